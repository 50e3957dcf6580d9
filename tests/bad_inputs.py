#!/usr/bin/env python3
"""Build every bad input with the stock theme and plugins, strictly, and print what each side says.

The column `stock` of a case is what this measured; with --write it is noted in the case's file.
Exits with 1 where a file says otherwise. Codes in a case do no more than ask for a folder's name
or end at once, but they do run: nothing else of ours runs them.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import lint_cases
from support import run

CASES = Path(__file__).resolve().parent / "cases" / "bad-inputs"
SLOW = 30
"""Seconds from which a build counts as held up."""

_STOCK = "\nsite_name: Birch Help\ntheme: {name: material}\n"
_REASON = re.compile(r"^(?:WARNING|ERROR) +-  (.+)$|^Error: (.+)$", re.MULTILINE)


def load(path: Path) -> dict[str, Any]:
    """Return a case."""
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return case


def stock(case: dict[str, Any]) -> str:
    """Return what `mkdocs build --strict` does with a case: nothing of ours has a part in it."""
    with tempfile.TemporaryDirectory() as folder:
        root = lint_cases.make_content(Path(folder) / "project", case)
        with (root / "mkdocs.yml").open("a", encoding="utf-8") as file:
            file.write(_STOCK)
        (root / "overrides").unlink()
        started = time.monotonic()
        command = (sys.executable, "-m", "mkdocs", "build", "--strict", "-d", "../site")
        try:
            result = run(*command, cwd=root)
        except subprocess.TimeoutExpired:
            return "held up"
        if result.returncode == 0:
            slow = time.monotonic() - started > SLOW
            return "published, held up" if slow else "published"
        if "Traceback" in result.stderr:
            return f"traceback: {result.stderr.strip().splitlines()[-1].split(':')[0]}"
        reasons = [one or other for one, other in _REASON.findall(result.stderr)]
        return f"stopped: {reasons[0].split(', ')[0][:80] if reasons else 'without a reason'}"


def main() -> int:
    """Print a line for each case and the counts; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="note what was measured")
    parser.add_argument("cases", nargs="*", help="names of cases; all, if none is given")
    options = parser.parse_args()
    paths = sorted(CASES.glob("*.yml"), key=_place)
    paths = [path for path in paths if not options.cases or path.stem in options.cases]
    cases = [load(path) for path in paths]
    differing = 0
    counts = {"ours": 0, "published": 0, "stopped": 0, "traceback": 0, "held up": 0}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for path, case, measured in zip(paths, cases, pool.map(stock, cases), strict=True):
            ours = ", ".join(sorted({each.split()[1] for each in case["expect"]}))
            print(f"{path.stem:58.58} | {measured:60.60} | {ours or case['clean']}", flush=True)
            counts[measured.split(":")[0].split(",")[0]] += 1
            counts["ours"] += bool(ours)
            differing += case.get("stock") != measured
            if options.write:
                _note(path, measured)
    print(
        f"{len(cases)} inputs: {counts['ours']} stopped by ours (tests/test_bad_inputs.py); stock:"
    )
    print(", ".join(f"{number} {name}" for name, number in counts.items() if name != "ours"))
    return 1 if differing and not options.write else 0


def _place(path: Path) -> tuple[int, str]:
    number = re.match(r"\d+", path.stem)
    return int(number.group()) if number else 0, path.stem


def _note(path: Path, measured: str) -> None:
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    if lines[-1].startswith("stock: "):
        lines.pop()
    lines.append(yaml.safe_dump({"stock": measured}, width=1000).rstrip("\n"))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
