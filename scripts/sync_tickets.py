#!/usr/bin/env python3
"""Order the FAQ by what customers ask most, from exports of the helpdesk.

Reads support tickets on this machine, counts them per category, and writes
docs/_data/faq_ranking.yml. Nothing a customer wrote is read, printed or kept: only columns
with times, status, tags and categories are, and only an order with coarse weights leaves.
"""

from __future__ import annotations

import argparse
import datetime
import json
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from helpcenter.atomic import write_if_changed
from helpcenter.problems import report
from helpcenter.project import Project
from helpcenter.tickets import publish, summary
from helpcenter.tickets.errors import SyncError
from helpcenter.tickets.sync import load_inputs, sync

MANUAL = """\
examples:
  sync_tickets.py tickets.jsonl                     a Zendesk export, one ticket a line
  sync_tickets.py 2026-10.csv 2026-11.csv           several files; tickets in both count once
  sync_tickets.py --dry-run tickets.csv             show the new order, write nothing
  sync_tickets.py --encoding gb18030 工单.csv        an Excel export that is not UTF-8
  sync_tickets.py --as-of 2026-06-30 tickets.csv    the order as it was on a day

The window, the half-life and the weights are in docs/_data/faq_categories.yml. In the table,
"was" is the rank readers see now, "weight" the tickets rounded down to a power of two.

exit codes:
  0    done, whether or not the order changed
  1    --check: the order would change; or a data file of the project has problems
  2    the command was misused
  4    stopped, nothing written: an export cannot be read, or over 1 % of its rows cannot
  130  told to stop, nothing written
An error is a code with file=<which export on the command line> and row=<which row>, followed
by a fixed explanation. It never shows what is in the file, so it may be shared.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sync and return its exit code; whatever fails, nothing of an export is shown."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except SyncError as error:
        failure = error
    except KeyboardInterrupt:
        failure = SyncError("E_STOPPED")
    except OSError:
        failure = SyncError("E_DISK")
    except Exception:
        failure = SyncError("E_INTERNAL")
    print(failure, file=sys.stderr)
    return 130 if failure.code == "E_STOPPED" else 4


def _run(options: argparse.Namespace) -> int:
    project = Project(options.project.resolve())
    inputs, problems = load_inputs(project)
    if inputs is None:
        print(report(problems), file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="sync-tickets-") as scratch:
        outcome = sync(
            options.exports,
            inputs,
            as_of=options.as_of or datetime.datetime.now(datetime.UTC).date(),
            scratch=Path(scratch),
            source=options.source,
            encoding=options.encoding,
            progress=sys.stdout.isatty() and not options.json,
        )
    path = project.data / "faq_ranking.yml"
    state = "unchanged"
    if outcome.changed and (options.dry_run or options.check):
        state = "would change; nothing written"
    elif outcome.changed:
        write_if_changed(path, publish.render(outcome.ranking))
        state = "written"
    if options.json:
        print(json.dumps(summary.data(outcome)))
    else:
        print(f"{summary.text(outcome)}\n\n{project.relative(path)}: {state}")
    return 1 if options.check and outcome.changed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=MANUAL, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("exports", metavar="EXPORT", nargs="+", type=Path, help="a JSON-lines or CSV export")
    add("--dry-run", action="store_true", help="print what would be written, write nothing")
    add("--check", action="store_true", help="write nothing; exit 1 if the order would change")
    add("--as-of", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD",
        help="the last day that counts (default: today, UTC)")  # fmt: skip
    add("--source", choices=("zendesk", "csv"), help="default: decided by the content")
    add("--encoding", choices=("gb18030", "utf-16"), help="default: UTF-8, or by its byte mark")
    add("--json", action="store_true", help="print one JSON object instead of tables")
    add("--project", type=Path, default=Path(__file__).resolve().parents[1], metavar="DIR",
        help="the help center to work in (default: the one this script lies in)")  # fmt: skip
    return parser


if __name__ == "__main__":
    # Whoever asks to stop: leave by way of the temporary folder's removal.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
