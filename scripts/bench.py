#!/usr/bin/env python3
"""Measure what takes time, each against the least it could take.

sync    the ticket sync on an invented export, against a bare query of the same engine that
        reads the same columns and counts by day and category where a tag equals one: the limit
        for any sync. It has the same memory, and may be wrong where a sync may not.
build   the site with as many pages as asked for, against the same pages built by the stock
        theme and plugins, without anything of ours.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from helpcenter.faq.taxonomy import load_taxonomy
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.tickets.common import engine

SCRIPTS = Path(__file__).resolve().parent
AS_OF = "2026-11-20"


class Cost(NamedTuple):
    """What a process took: seconds, seconds of all processors, and MiB of memory at the peak."""

    seconds: float
    cpu: float
    memory: float


# What the sync reads of each form, and how the bare query reads the same.
_TABLE = ("Ticket ID", "Subject", "Email", "Created at", "Updated at", "Status", "Help Topic",
          "Tags", "Reopens", "Satisfaction", "First reply time in minutes")  # fmt: skip
_ZENDESK = ("id", "created_at", "updated_at", "status", "type", "subject", "requester_id", "tags",
            "custom_fields", "metric_set", "satisfaction_rating")  # fmt: skip
_PARQUET = ("id", "subject", "requester_id", "created_at", "updated_at", "status", "help_topic",
            "tags", "reopens", "satisfaction", "first_reply_minutes")  # fmt: skip
_JSON_COLUMNS = ", ".join(f"{name}: 'VARCHAR'" for name in _ZENDESK)
_READ: Mapping[str, tuple[str, Sequence[str], str, str]] = {
    # Read in parallel, DuckDB 2.0 takes lines of a quoted text for rows, or refuses the file.
    "csv": (
        "read_csv('{file}', all_varchar = true, parallel = false)",
        _TABLE, '"Created at"[:10]', '"Tags"',
    ),
    "zendesk-jsonl": (
        f"read_json('{{file}}', format = 'newline_delimited', columns = {{{{{_JSON_COLUMNS}}}}})",
        _ZENDESK, "created_at[:10]", "tags[3:-3]",
    ),
    "parquet": ("read_parquet('{file}')", _PARQUET, "created_at::DATE", "tags[1]"),
}  # fmt: skip
_BARE = """
import duckdb
connection = duckdb.connect(config={bounds!r})
connection.execute("SET preserve_insertion_order = false; SET TimeZone = 'UTC'")
connection.execute({query!r}).fetchall()
"""


def bench_sync(options: argparse.Namespace, folder: Path) -> Mapping[str, Sequence[Cost]]:
    """Return the cost of each run of the sync and of the bare query, in turns."""
    export, project = folder / "tickets", folder / "project"
    shutil.copytree(SCRIPTS.parent / "docs" / "_data", project / "docs" / "_data")
    size = ("--count", str(options.tickets), "--text", str(options.text))
    written = ("-o", str(export), "--format", options.format, "--as-of", AS_OF)
    _cost(str(SCRIPTS / "demo_tickets.py"), *written, *size)
    print(f"{options.tickets:,} tickets, {export.stat().st_size / 1e6:,.0f} MB, {options.format}")
    read, columns, day, tag = _READ[options.format]
    category = (
        f"CASE {tag} " + " ".join(f"WHEN '{name}' THEN {at}" for name, at in _tags()) + " END"
    )
    counts = ", ".join(f'count("{name}")' for name in columns)
    source = read.format(file=export)
    query = f"SELECT {day}, {category}, count(*), {counts} FROM {source} GROUP BY 1, 2"
    bare = _BARE.format(bounds=dict(engine.bounds(folder)), query=query)
    sync = ("--project", str(project), "--as-of", AS_OF, "--dry-run", "--json")
    runs: dict[str, list[Cost]] = {"sync": [], "bare query": []}
    for _ in range(options.runs):
        runs["sync"].append(_cost(str(SCRIPTS / "sync_tickets.py"), str(export), *sync))
        runs["bare query"].append(_cost("-c", bare))
    return runs


def _tags() -> Iterator[tuple[str, int]]:
    """Yield the taxonomy's tags with the places of their categories."""
    project = Project(SCRIPTS.parent)
    product, _ = load_product(project)
    taxonomy, _ = load_taxonomy(project, product.language_codes if product else ())
    for place, category in enumerate(taxonomy.categories if taxonomy else ()):
        yield from ((tag, place) for tag in category.tags)


def bench_build(options: argparse.Namespace, folder: Path) -> Mapping[str, Sequence[Cost]]:
    """Return the cost of each build of our site and of the stock theme's, in turns."""
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
    runs: dict[str, list[Cost]] = {"help center": [], "stock theme": []}
    for _ in range(options.runs):
        for name, file in (("help center", "mkdocs.yml"), ("stock theme", "stock.yml")):
            runs[name].append(_cost("-m", "mkdocs", "build", "-q", "-f", str(project / file)))
    return runs


BENCHMARKS: Mapping[str, Callable[[argparse.Namespace, Path], Mapping[str, Sequence[Cost]]]] = {
    "build": bench_build,
    "sync": bench_sync,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one benchmark; the last of its timings is the limit that the others are held to."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        timings = BENCHMARKS[options.benchmark](options, Path(folder))
    limits = [statistics.median(each) for each in zip(*list(timings.values())[-1], strict=True)]
    heads = ("seconds", "min", "max", "ratio", "CPU s", "ratio", "MiB")
    print(f"{'medians':<12}" + "".join(f"{head:>9}" for head in heads))
    for name, costs in timings.items():
        wall, cpu, memory = (statistics.median(each) for each in zip(*costs, strict=True))
        walls = [cost.seconds for cost in costs]
        figures = (wall, min(walls), max(walls), wall / limits[0], cpu, cpu / limits[1], memory)
        print(f"{name:<12}" + "".join(f"{figure:>9.2f}" for figure in figures))
    return 0


def _cost(*arguments: str) -> Cost:
    """Run Python with these arguments in a process of its own, and return what it took."""
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("benchmark", choices=sorted(BENCHMARKS))
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="default: 5")
    parser.add_argument("--pages", type=int, default=200, metavar="N", help="build only")
    parser.add_argument("--tickets", type=int, default=500_000, metavar="N", help="sync only")
    parser.add_argument("--text", type=int, default=400, metavar="N",
                        help="sync only: the mean length of a ticket's text")  # fmt: skip
    parser.add_argument(
        "--format", choices=sorted(_READ), default="zendesk-jsonl", help="sync only"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
