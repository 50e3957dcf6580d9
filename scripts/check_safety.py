"""Check that the sources are safe to build: run by `make build` before anything else reads them.

MkDocs reads mkdocs.yml, and whatever it names, before any code of ours can object.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from pathlib import Path

from helpcenter.lint import safety, sources
from helpcenter.problems import report
from helpcenter.project import Project

_EPILOG = """\
`check_content.py` has these rules too, and explains each with --explain RULE.

exit codes: 0 no problem, 1 problems found, 2 misuse
"""


def main(arguments: list[str] | None = None) -> int:
    """Print every problem; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parent.parent
    parser.add_argument("--project", type=Path, default=home, help="the project's folder")
    options = parser.parse_args(arguments)
    project = Project(options.project.resolve())
    if not project.docs.is_dir():
        parser.error(f"{project.root} has no docs folder: --project needs a help center")
    reading, problems = sources.read(project, datetime.datetime.now(datetime.UTC).date())
    problems += safety.check(reading)
    if problems:
        print(report(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
