"""The schedule for a terminal or a pull request: what applies, what is coming, what differs.

For people who keep fees.yml; what readers see is made by `table` and the fragments.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence

from helpcenter.fees.changes import Change, changes, sentence, title, upcoming
from helpcenter.fees.schedule import PRODUCTS, Schedule
from helpcenter.fees.table import Row, row
from helpcenter.problems import Problem, report
from helpcenter.strings import Strings

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_NOTHING = "Nothing changes in what anybody pays."
_HEADINGS = ("Fee", "Asset", "Network", "Costs", "Smallest amount", "Received by", "Since")


def overview(schedule: Schedule, day: datetime.date, strings: Strings) -> str:
    """Return how many fees of each product apply on `day`, and what changes after it."""
    lines = [_heading(schedule, day)]
    for product in PRODUCTS:
        if number := sum(1 for _ in schedule.on(day, product)):
            lines.append(f"  {strings.text(f'fees.caption.{product}')}: {number}")
    return "\n".join([*lines, *_coming(schedule, day, strings)])


def table(schedule: Schedule, day: datetime.date, strings: Strings) -> str:
    """Return every fee that applies on `day`, in columns, and what changes after it."""
    lines = [_heading(schedule, day)]
    for product in PRODUCTS:
        rows = [row(*found, schedule, strings) for found in schedule.on(day, product)]
        if rows:
            cells = [_HEADINGS, *(tuple(_cells(each)) for each in rows)]
            lines += ["", strings.text(f"fees.caption.{product}"), *_aligned(cells)]
    return "\n".join([*lines, "", *_coming(schedule, day, strings)])


def plain(
    differences: Sequence[Change],
    schedule: Schedule,
    languages: Sequence[tuple[str, Strings]],
    problems: Sequence[Problem],
) -> str:
    """Return what changes for whom in every language, and the problems, for a terminal.

    `languages` are names and texts.
    """
    lines = [] if differences else [_NOTHING]
    for difference in differences:
        lines += [_sentence(difference, schedule, strings) for _, strings in languages]
    return "\n".join(lines + ([report(problems)] if problems else []))


def markdown(
    differences: Sequence[Change],
    schedule: Schedule,
    languages: Sequence[tuple[str, Strings]],
    problems: Sequence[Problem],
) -> str:
    """Return the same as the comment of a pull request, a list per language."""
    lines = [f"### Fee schedule {schedule.version}", *([] if differences else ["", _NOTHING])]
    for name, strings in languages if differences else ():
        sentences = (_sentence(difference, schedule, strings) for difference in differences)
        lines += ["", f"#### {name}", "", *(f"- {_escaped(each)}" for each in sentences)]
    if problems:
        lines += ["", "#### Problems", "", "```text", report(problems), "```"]
    return "\n".join(lines)


def _sentence(difference: Change, schedule: Schedule, strings: Strings) -> str:
    return sentence(difference, schedule, strings, day=str(difference.day))


def _heading(schedule: Schedule, day: datetime.date) -> str:
    number = sum(fee.on(day) is not None for fee in schedule.fees)
    return f"Schedule {schedule.version}, as of {day}: {number} of {len(schedule.fees)} fees apply"


def _coming(schedule: Schedule, day: datetime.date, strings: Strings) -> Iterator[str]:
    coming = upcoming(changes(schedule), day)
    yield "Next changes:" if coming else "No change is planned."
    for change in coming:
        yield f"  {change.day}  {title(change, schedule, strings)}"


def _cells(each: Row) -> Iterator[str]:
    network = f"{each.network} ({each.standard})" if each.standard else each.network
    yield from (each.name, each.asset or "any", network or "any", each.fee, each.least or "-")
    yield from (each.recipient, each.valid_from)


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for cells in rows:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        yield "  " + "  ".join(padded).rstrip()


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
