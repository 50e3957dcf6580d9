"""The same commit, told the same day, gives the same bytes, wherever and whenever it is built."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from support import EPOCH, ROOT

# Another place, calendar day, zone, language, order of hashes, and rights of new files.
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "4711", "HOME": "/tmp"}
LATER = """
import os, runpy, sys, time_machine
os.umask(0o077)
time_machine.travel("2031-02-03T04:05:06+00:00", tick=True).start()
sys.argv = ["mkdocs", "build", "--strict", "--site-dir", sys.argv[1]]
runpy.run_module("mkdocs", run_name="__main__")
"""
BUILT_FROM = ("docs", "overrides", "scripts")


def copied(folder: Path) -> Path:
    """Copy what a build reads, each folder's files in the reverse order and with other times."""
    for path in sorted(
        (path for name in BUILT_FROM for path in (ROOT / name).rglob("*")), reverse=True
    ):
        if path.is_file() and path.suffix != ".pyc" and ".mypy_cache" not in path.parts:
            target = folder / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            os.utime(target, (981173106, 981173106))
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    return folder


def listing(site: Path) -> dict[str, tuple[int, str]]:
    """Return the size and the hash of every file."""
    return {
        path.relative_to(site).as_posix(): (
            path.stat().st_size,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in site.rglob("*")
        if path.is_file()
    }


def test_another_place_day_zone_and_order_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    project = copied(tmp_path / "elsewhere, 別處")
    site = tmp_path / "site"
    inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    told = {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, "-c", LATER, site],
        cwd=project,
        env=inherited | told | ELSEWHERE,
        text=True,
        capture_output=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    first, second = listing(built), listing(site)
    assert len(first) > 500
    assert {name for name in first | second if first.get(name) != second.get(name)} == set()
