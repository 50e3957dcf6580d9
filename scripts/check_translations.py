#!/usr/bin/env python3
"""Tell which pages lack a translation or lag behind their source, from pages and git's history."""

from __future__ import annotations

import argparse
import datetime
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from helpcenter.atomic import write_if_changed
from helpcenter.pages import load_pages
from helpcenter.problems import report
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.translations.debt import Commit, markdown, owed

_EPILOG = """\
examples:
  check_translations.py                                 print the report
  check_translations.py --output export/translations.md write it; the file is empty if all is well
  check_translations.py --check                         exit 1 if a language owes anything

A translation lags if its source was changed after it, or reviewed later, or has other headings.
In a checkout without its history only the last two can be seen.

exit codes: 0 done, 1 --check and something is owed, or a page has problems, 2 misuse
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or print the report and return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parents[1]
    parser.add_argument("--output", type=Path, metavar="FILE", help="write the report there")
    parser.add_argument("--check", action="store_true", help="exit 1 if anything is owed")
    parser.add_argument("--project", type=Path, default=home, help="the project's folder")
    options = parser.parse_args(arguments)
    project = Project(options.project.resolve())
    product, problems = load_product(project)
    pages, others = load_pages(project, product.language_codes if product else ())
    if product is None or problems or others:
        print(report([*problems, *others]), file=sys.stderr)
        return 1
    debts = owed(product, pages, _history(project.root))
    text = markdown(product, debts)
    if options.output:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        write_if_changed(options.output, text)
        print(f"{len(debts)} pages in {options.output}")
    else:
        print(text or "every language is whole")
    return 1 if options.check and debts else 0


def _history(root: Path) -> list[Commit]:
    """Return what git knows of the pages, newest first; nothing outside a repository."""
    command = ["git", "-c", "core.quotePath=false", "log", "--format=%x00%cs", "--name-only"]
    command += ["--relative", "--no-renames", "--", "docs"]
    logged = subprocess.run(command, cwd=root, text=True, capture_output=True, check=False)
    commits = []
    for block in logged.stdout.split("\0")[1:]:
        day, _, paths = block.partition("\n")
        commits.append(
            Commit(datetime.date.fromisoformat(day), frozenset(paths.split("\n")) - {""})
        )
    return commits


if __name__ == "__main__":
    sys.exit(main())
