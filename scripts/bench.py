#!/usr/bin/env python3
"""Measure what takes time, each against the least it could take.

sync    the ticket sync on an invented export, against a bare query of the same engine that
        reads the same columns and counts tickets by day and tags: the limit for any sync.
build   the site with as many pages as asked for, against the same pages built by the stock
        theme and plugins, without anything of ours.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import yaml

SCRIPTS = Path(__file__).resolve().parent
AS_OF = "2026-11-20"

_READ = {
    "zendesk-jsonl": (
        "read_json('{file}', format = 'newline_delimited', columns = {{id: 'VARCHAR', "
        "created_at: 'VARCHAR', updated_at: 'VARCHAR', status: 'VARCHAR', type: 'VARCHAR', "
        "tags: 'VARCHAR', custom_fields: 'STRUCT(value VARCHAR)[]'}})"
    ),
    "csv": "(SELECT *, ticket_id AS id FROM "
    "read_csv('{file}', normalize_names = true, all_varchar = true))",
}
_BARE = """
import duckdb
duckdb.execute("SELECT created_at[:10], tags, count(*), max(id), max(updated_at), max(status), "
               "max({topic}) FROM {read} GROUP BY ALL").fetchall()
"""
_TOPIC = {"zendesk-jsonl": "len(custom_fields)", "csv": "help_topic"}


def bench_sync(options: argparse.Namespace, folder: Path) -> Mapping[str, Sequence[float]]:
    """Return the seconds of each run of the sync and of the bare query, in turns."""
    export, project = folder / "tickets", folder / "project"
    shutil.copytree(SCRIPTS.parent / "docs" / "_data", project / "docs" / "_data")
    _run("demo_tickets.py", "-o", str(export), "--count", str(options.tickets),
         "--format", options.format, "--as-of", AS_OF, "--language-share", "0.4")  # fmt: skip
    print(f"{options.tickets:,} tickets, {export.stat().st_size / 1e6:,.0f} MB, {options.format}")
    read = _READ[options.format].format(file=export)
    bare = _BARE.format(read=read, topic=_TOPIC[options.format])
    sync = ("sync_tickets.py", str(export), "--project", str(project), "--as-of", AS_OF, "--json")
    runs: dict[str, list[float]] = {"sync": [], "bare query": []}
    for _ in range(options.runs):
        runs["sync"].append(_seconds(lambda: _run(*sync)))
        runs["bare query"].append(_seconds(lambda: _python("-c", bare)))
    return runs


def bench_build(options: argparse.Namespace, folder: Path) -> Mapping[str, Sequence[float]]:
    """Return the seconds of each build of our site and of the stock theme's, in turns."""
    project = folder / "project"
    shutil.copytree(SCRIPTS.parent / "docs", project / "docs")
    for name in ("overrides", "scripts"):
        (project / name).symlink_to(SCRIPTS.parent / name)
    configuration = yaml.safe_load((SCRIPTS.parent / "mkdocs.yml").read_text(encoding="utf-8"))
    section = next(item["reference"] for item in configuration["nav"] if "reference" in item)
    slugs = len(list((project / "docs" / "en").rglob("*.md")))
    for number in range(max(options.pages - slugs, 0)):
        section.append(f"reference/copy-{number}.md")
        for language in ("en", "zh"):
            pages = project / "docs" / language
            source = pages / "receive-and-send" / "send.md"
            shutil.copy(source, pages / "reference" / f"copy-{number}.md")
    stock = {key: configuration[key] for key in ("site_name", "exclude_docs", "nav", "plugins")}
    stock["theme"] = {"name": "material"}
    stock["markdown_extensions"] = configuration["markdown_extensions"]
    for name, content in (("mkdocs.yml", configuration), ("stock.yml", stock)):
        (project / name).write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    print(f"{max(options.pages, slugs):,} pages in each of 2 languages")
    runs: dict[str, list[float]] = {"help center": [], "stock theme": []}
    for _ in range(options.runs):
        for name, file in (("help center", "mkdocs.yml"), ("stock theme", "stock.yml")):
            build = ("-m", "mkdocs", "build", "-q", "-f", str(project / file))
            runs[name].append(_seconds(lambda: _python(*build)))  # noqa: B023 (called at once)
    return runs


BENCHMARKS: Mapping[str, Callable[[argparse.Namespace, Path], Mapping[str, Sequence[float]]]] = {
    "build": bench_build,
    "sync": bench_sync,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark; the last of its timings is the limit that the others are held to."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        timings = BENCHMARKS[options.benchmark](options, Path(folder))
    limit = statistics.median(list(timings.values())[-1])
    print(f"{'seconds':<12}{'median':>9}{'min':>9}{'max':>9}{'ratio':>9}")
    for name, seconds in timings.items():
        figures = (statistics.median(seconds), min(seconds), max(seconds))
        ratio = figures[0] / limit
        print(f"{name:<12}" + "".join(f"{figure:>9.2f}" for figure in (*figures, ratio)))
    return 0


def _run(door: str, *arguments: str) -> None:
    _python(str(SCRIPTS / door), *arguments)


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("benchmark", choices=sorted(BENCHMARKS))
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="default: 5")
    parser.add_argument("--pages", type=int, default=200, metavar="N", help="build only")
    parser.add_argument("--tickets", type=int, default=100_000, metavar="N", help="sync only")
    parser.add_argument(
        "--format", choices=sorted(_READ), default="zendesk-jsonl", help="sync only"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
