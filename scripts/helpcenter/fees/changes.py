"""What changed in the fees and what will: the schedule read as a history.

A change is a day on which a fee begins, ends or is replaced by its next version.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from helpcenter.fees.schedule import DAY, Fee, Schedule, Version
from helpcenter.fees.table import describe
from helpcenter.strings import Strings


@dataclass(frozen=True)
class Change:
    """A fee that is another from `day` on; `before` is None for a new fee, `after` for an ended one.

    `id` is the change's anchor, for good: the fee's id and the day.
    """

    id: str
    fee: Fee
    day: datetime.date
    before: Version | None
    after: Version | None


def changes(schedule: Schedule) -> tuple[Change, ...]:
    """Return every change of the schedule, the newest first, then in the file's order.

    The fees of the schedule's first day are where it starts, and no change.
    """
    first = min(
        (fee.versions[0].valid_from for fee in schedule.fees), default=datetime.date.min
    )
    found = [change for fee in schedule.fees for change in _changes_of(fee, first)]
    return tuple(sorted(found, key=lambda change: change.day, reverse=True))


def _changes_of(fee: Fee, first: datetime.date) -> Iterator[Change]:
    if fee.versions[0].valid_from > first:
        yield _change(fee, fee.versions[0].valid_from, None, fee.versions[0])
    for older, newer in pairwise(fee.versions):
        yield _change(fee, newer.valid_from, older, newer)
    if (last := fee.versions[-1]).valid_to is not None:
        yield _change(fee, last.valid_to + DAY, last, None)


def _change(
    fee: Fee, day: datetime.date, before: Version | None, after: Version | None
) -> Change:
    return Change(f"{fee.id}-{day}", fee, day, before, after)


def upcoming(all_changes: tuple[Change, ...], day: datetime.date) -> tuple[Change, ...]:
    """Return the changes that lie after `day`, the nearest first."""
    return tuple(reversed([change for change in all_changes if change.day > day]))


def past(all_changes: tuple[Change, ...], day: datetime.date) -> tuple[Change, ...]:
    """Return the changes that apply on `day`, the newest first."""
    return tuple(change for change in all_changes if change.day <= day)
