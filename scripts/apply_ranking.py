#!/usr/bin/env python3
"""Take the order of the FAQ from the small file that sync_tickets.py --proposal wrote.

The second of two steps. It can run where no ticket may ever be: the file is accepted only if
every line is one that a proposal for this project can have. It then writes
docs/_data/faq_ranking.yml, and drafts of answers that are missing under docs/_drafts/.
"""

from __future__ import annotations

import argparse
import datetime
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import barrier
from helpcenter.problems import report
from helpcenter.project import Project
from helpcenter.tickets.changes import apply
from helpcenter.tickets.common.errors import SyncError

MANUAL = """\
examples:
  apply_ranking.py order.txt             write what the proposal asks for
  apply_ranking.py --dry-run order.txt   accept or refuse it, and say what would be written
  apply_ranking.py --check order.txt     the same; exit 1 if a file would change

exit codes:
  0    done, whether or not the order changed
  1    the proposal was refused; or a data file of the project has problems; or --check: a file
       would change
  2    the command was misused, or there is no such file
  4    a file could not be read or written
  130  told to stop
  141  what read the output was closed; files had been written
A refused proposal is a rule and a line; nothing of its text is shown.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Apply the proposal and return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not options.proposal.is_file():
        parser.error("the proposal does not exist or is not a file")
    # A refused file may hold anything, and an exception may quote it.
    return barrier.run(lambda: _run(options), SyncError)


def _run(options: argparse.Namespace) -> int:
    project = Project(options.project.resolve())
    changes, problems = apply.changes(
        project,
        apply.read_proposal(options.proposal),
        day=options.as_of or datetime.datetime.now(datetime.UTC).date(),
        name="proposal",
    )
    if changes is None:
        print(report(problems), file=sys.stderr)
        return 1
    states = apply.write(changes, project, pretend=options.dry_run or options.check)
    print("\n".join(states))
    return 1 if options.check and any(change.text for change in changes) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=MANUAL, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("proposal", metavar="FILE", type=Path, help="what sync_tickets.py --proposal wrote")
    add("--dry-run", action="store_true", help="print what would be written, write nothing")
    add("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    add("--as-of", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD",
        help="refuse a proposal of a later day (default: today, UTC)")  # fmt: skip
    add("--project", type=Path, default=Path(__file__).resolve().parents[1], metavar="DIR",
        help="the help center to work in (default: the one this script lies in)")  # fmt: skip
    return parser


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
