#!/usr/bin/env python3
"""Order the FAQ by what customers ask most, from exports of the helpdesk.

Reads support tickets on this machine, counts them per category, and writes
docs/_data/faq_ranking.yml, and drafts of answers that are missing under docs/_drafts/. Nothing
a customer wrote is printed or kept, and only an order with coarse weights leaves: with
--proposal FILE as one small file, which apply_ranking.py takes where no ticket may be.
"""

from __future__ import annotations

import argparse
import datetime
import glob
import json
import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import barrier
from helpcenter.problems import report
from helpcenter.project import Project
from helpcenter.tickets import summary
from helpcenter.tickets.changes import apply, proposal
from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.common.scratch import scratch_folder
from helpcenter.tickets.exports.source import source_names
from helpcenter.tickets.reading.read import STDIN, Reading
from helpcenter.tickets.report import files
from helpcenter.tickets.review.look import look_at
from helpcenter.tickets.sync import Inputs, Outcome, load_inputs, sync
from helpcenter.tickets.table import address_of, sync_table

MANUAL = """\
examples:
  sync_tickets.py tickets.jsonl                     a Zendesk export, one ticket a line
  sync_tickets.py 2026-10.csv 2026-11.csv           several files; tickets in both count once
  sync_tickets.py --dry-run tickets.csv             show the new order, write nothing
  sync_tickets.py 'exports/*.json.gz'               compressed files, by a pattern
  sync_tickets.py --encoding gb18030 工单.csv        an Excel export that is not UTF-8
  sync_tickets.py --explain-mapping tickets.csv     what each column is taken for
  sync_tickets.py --mapping ours.yml tickets.csv    columns with names of your own
  sync_tickets.py --unmapped tickets.csv            tags that no category has
  sync_tickets.py --as-of 2026-06-30 tickets.csv    the order as it was on a day
  sync_tickets.py --report report tickets.csv       also report/report.html, with plots
  sync_tickets.py --proposal order.txt tickets.csv  write only what apply_ranking.py takes
  sync_tickets.py --connect env:WAREHOUSE --table support.tickets
                                                    count where the tickets are, through Ibis

The window, the half-life and the weights are in docs/_data/faq_categories.yml. In the table,
"was" is the rank readers see now, "weight" about how many tickets, as a power of two, and each
factor lies between 0 and 1. A category stays where it is unless its score differs from its
neighbor's by more than chance explains, and it moves at most three places in one run.

exit codes:
  0    done, whether or not the order changed
  1    --check: a file would change; or a data file or FAQ page of the project has problems
  2    the command was misused
  4    stopped, nothing written: an export or too many of its rows cannot be read
  130  told to stop, nothing written
  141  what read the output was closed; files had been written
An error is a code with file=<which export on the command line> and row=<which row>, followed
by a fixed explanation. It never shows what is in the file, so it may be shared.
"""


def main(
    arguments: Sequence[str] | None = None, *, environment: Mapping[str, str] = os.environ
) -> int:
    """Run the sync and return its exit code; whatever fails, nothing of an export is shown."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if bool(options.exports) == bool(options.connect):
        parser.error("name exports, or a table with --connect and --table")
    if options.connect:
        if not options.table or options.explain_mapping or options.unmapped:
            parser.error("--connect needs --table, and only counts")
        try:
            options.connect = address_of(options.connect, environment)
        except ValueError as error:
            parser.error(f"--connect: {error}")
    return barrier.run(lambda: _run(options), SyncError)


def _run(options: argparse.Namespace) -> int:
    project = Project(options.project.resolve())
    inputs, problems = load_inputs(project, options.mapping)
    if inputs is None:
        print(report(problems), file=sys.stderr)
        return 1
    words, problems = None, []
    if options.report:
        words, problems = files.load_words(project, inputs, options.language)
    if problems:
        print(report(problems), file=sys.stderr)
        return 1
    today = datetime.datetime.now(datetime.UTC).date()
    as_of = options.as_of or today
    drawn = sys.stderr.isatty() and not options.json and not os.environ.get("CI")
    exports = [path for named in options.exports for path in _named(named)]
    reading = Reading(
        source=options.mapping.stem if options.mapping else options.source,
        encoding=options.encoding,
        most_unreadable=options.max_unreadable / 100,
        stdin=sys.stdin.buffer if STDIN in exports else None,
        progress=drawn and sys.stdout.isatty(),
        step=_Bar(2 * len(exports) + 1) if drawn else lambda name, file: None,
    )
    with scratch_folder(Path(tempfile.gettempdir())) as scratch:
        if options.explain_mapping or options.unmapped:
            look = look_at(
                exports,
                inputs.taxonomy,
                inputs.sources,
                unmapped=options.unmapped,
                reading=reading,
                as_of=as_of,
                scratch=scratch,
                key=secrets.token_hex(32),
            )
            print(json.dumps(look.data(), ensure_ascii=False) if options.json else look.text())
            return 0
        try:
            outcome = _outcome(options, exports, inputs, reading, scratch=scratch, today=today)
        finally:
            if drawn:
                print(file=sys.stderr)
    text = proposal.render(outcome.proposal)
    if options.proposal:
        changes: Sequence[apply.Change] = [apply.Change(options.proposal.absolute(), text)]
    else:
        found, problems = apply.changes(project, text.encode(), day=as_of, name="proposal")
        if found is None:
            print(report(problems), file=sys.stderr)
            return 1
        changes = found
    pages = files.render(outcome, inputs, words) if words else {}
    reports = [apply.Change(options.report.absolute() / name, pages[name]) for name in pages]
    states = apply.write([*changes, *reports], project, pretend=options.dry_run or options.check)
    if options.json:
        print(json.dumps(summary.data(outcome)))
    else:
        print("\n".join([summary.text(outcome), "", *states]))
    return 1 if options.check and any(change.text for change in changes) else 0


def _outcome(
    options: argparse.Namespace,
    exports: Sequence[Path],
    inputs: Inputs,
    reading: Reading,
    *,
    scratch: Path,
    today: datetime.date,
) -> Outcome:
    as_of = options.as_of or today
    key, whole_day = secrets.token_hex(32), as_of < today
    if not options.connect:
        return sync(
            exports,
            inputs,
            as_of=as_of,
            scratch=scratch,
            key=key,
            whole_day=whole_day,
            reading=reading,
        )
    with barrier.silenced():
        return sync_table(
            options.connect,
            options.table,
            inputs,
            source=reading.source,
            most_unreadable=reading.most_unreadable,
            as_of=as_of,
            scratch=scratch,
            key=key,
            whole_day=whole_day,
        )


def _named(path: Path) -> list[Path]:
    """Return the files that a pattern means, if the shell has left that to us."""
    found = [] if path.exists() else sorted(glob.glob(str(path)))  # noqa: PTH207 (any folder)
    return [Path(name) for name in found] or [path]


class _Bar:
    """A bar on standard error that grows by a part with every step."""

    def __init__(self, steps: int) -> None:
        self.steps, self.done = steps, 0

    def __call__(self, name: str, file: int) -> None:
        told = {"open": f"opening export {file}", "read": f"reading export {file}"}
        bar = "#" * (30 * self.done // self.steps)
        self.done += 1
        line = f"[{bar:<30}] {self.done} of {self.steps}: {told.get(name, 'counting')}"
        print(f"\r{line:<70}", end="", file=sys.stderr, flush=True)


def _percentage(text: str) -> float:
    percentage = float(text)
    if not 0 <= percentage <= 100:
        raise ValueError
    return percentage


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=MANUAL, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("exports", metavar="EXPORT", nargs="*", type=Path,
        help="CSV, TSV, JSON, JSON lines, Parquet; also .gz, .zst; - is stdin")  # fmt: skip
    add("--connect", metavar="ADDRESS",
        help="in place of exports: a warehouse's address as Ibis takes it, or env:NAME for "
        "a variable that holds one; see CONTRIBUTING.md")  # fmt: skip
    add("--table", metavar="NAME", help="the table of tickets there, such as support.tickets")
    add("--explain-mapping", action="store_true",
        help="only show which column becomes what, and what is ignored or unknown")  # fmt: skip
    add("--unmapped", action="store_true",
        help="only list the labels of most tickets that are in no category")  # fmt: skip
    add("--dry-run", action="store_true", help="print what would be written, write nothing")
    add("--check", action="store_true", help="write nothing; exit 1 if a file would change")
    add("--proposal", type=Path, metavar="FILE", help="write this file and change nothing else")
    add("--report", type=Path, metavar="DIR", help="also write a page and a summary to DIR")
    add("--language", choices=("en", "zh"), default="en", help="of the report (default: en)")
    add("--as-of", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD",
        help="the last day that counts (default: today, UTC)")  # fmt: skip
    add("--source", choices=source_names(), metavar="NAME",
        help=f"{', '.join(source_names())} (default: decided by the content)")  # fmt: skip
    add("--mapping", type=Path, metavar="FILE", help="what your helpdesk calls its columns")
    add("--max-unreadable", type=_percentage, default=1.0, metavar="PERCENT",
        help="of the rows of an export, before the sync stops (default: 1)")  # fmt: skip
    add("--encoding", choices=("gb18030", "utf-16"), help="default: UTF-8, or by its byte mark")
    add("--json", action="store_true", help="print one JSON object instead of tables")
    add("--project", type=Path, default=Path(__file__).resolve().parents[1], metavar="DIR",
        help="the help center to work in (default: the one this script lies in)")  # fmt: skip
    return parser


if __name__ == "__main__":
    # Whoever asks to stop: leave by way of the temporary folder's removal.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
