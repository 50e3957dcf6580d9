#!/usr/bin/env python3
"""Write an invented helpdesk export to try the ticket sync on.

English and Chinese tickets, with weekday pattern, a surge, spam, reopened and untagged ones.
Every ticket carries invented personal data with a token: none of them may ever show up
outside of the export.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

from helpcenter.faq.taxonomy import load_taxonomy
from helpcenter.problems import report
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.tickets.common import engine
from helpcenter.tickets.demo import bulk
from helpcenter.tickets.demo.canaries import canaries
from helpcenter.tickets.demo.formats import as_csv, as_zendesk
from helpcenter.tickets.demo.mixes import load_mixes
from helpcenter.tickets.demo.tickets import Ticket, invent

MANUAL = """\
examples:
  demo_tickets.py -o tickets.jsonl                        10,000 tickets, up to today
  demo_tickets.py --mix accounts --seed 2 -o other.jsonl  tickets that give another order
  demo_tickets.py --format csv --language-share 0.9 -o 工单.csv
  demo_tickets.py --list-canaries                         the planted tokens, one a line

exit codes: 0 done, 1 a data file of the project has problems, 2 the command was misused
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the export, or print its canaries, and return the exit code."""
    mixes, problems = load_mixes()
    parser = _parser(tuple(mixes))
    options = parser.parse_args(arguments)
    planted = canaries(options.seed)
    if options.list_canaries:
        print("\n".join(f"{canary.kind}\t{canary.token}" for canary in planted))
        return 0
    project = Project(options.project.resolve())
    product, in_product = load_product(project)
    taxonomy, in_taxonomy = load_taxonomy(project, product.language_codes if product else ())
    if taxonomy is None or problems or in_product:
        print(report(problems + in_product + in_taxonomy), file=sys.stderr)
        return 1
    if options.format == "parquet" and not options.text:
        parser.error("--format parquet needs --text")
    tickets = invent(
        bulk.PALETTE if options.text else options.count,
        taxonomy,
        mixes[options.mix],
        planted,
        seed=options.seed,
        as_of=options.as_of or datetime.datetime.now(datetime.UTC).date(),
        chinese=options.language_share,
    )
    if options.text:
        _multiply(list(tickets), options)
        return 0
    in_chinese = options.language_share > 0.5
    lines = (
        as_csv(tickets, chinese_header=in_chinese)
        if options.format == "csv"
        else as_zendesk(tickets)
    )
    try:
        options.output.parent.mkdir(parents=True, exist_ok=True)
        with options.output.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
    except OSError as error:
        parser.error(f"{options.output} cannot be written: {error.strerror}")
    return 0


def _multiply(palette: Sequence[Ticket], options: argparse.Namespace) -> None:
    """Write many tickets in the engine, which may write to this folder and nowhere else."""
    file = options.output.absolute()
    with engine.start(file.parent, [], progress=False) as opened:
        bulk.multiply(
            opened, palette, file, form=options.format, count=options.count, mean=options.text
        )


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise ValueError
    return share


def _parser(mixes: tuple[str, ...]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=MANUAL, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("-o", "--output", type=Path, default=Path("/dev/stdout"), metavar="FILE",
        help="where to write (default: standard output)")  # fmt: skip
    add("--count", type=int, default=10_000, metavar="N", help="rows to write (default: 10000)")
    add("--format", choices=tuple(bulk.FORMS), default="zendesk-jsonl")
    add("--text", type=int, metavar="N",
        help="write millions fast, with texts of N characters on average")  # fmt: skip
    add("--mix", choices=mixes, default=mixes[0], help="what is asked most")
    add("--language-share", type=_share, default=0.45, metavar="0…1",
        help="the share of Chinese tickets; over a half, a CSV has a Chinese header")  # fmt: skip
    add("--seed", type=int, default=1, metavar="S", help="another seed, other tickets and tokens")
    add("--as-of", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD",
        help="the last day of the tickets (default: today, UTC)")  # fmt: skip
    add("--list-canaries", action="store_true", help="print the planted tokens and write nothing")
    add("--project", type=Path, default=Path(__file__).resolve().parents[1], metavar="DIR",
        help="the help center whose categories are used")  # fmt: skip
    return parser


if __name__ == "__main__":
    sys.exit(main())
