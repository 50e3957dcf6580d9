"""Collect the pages of a run into one set of tickets, and refuse one that cannot be right.

Pure: knows no connection and no file.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from helpcenter.tickets.fetch.errors import FetchError
from helpcenter.tickets.fetch.plan import Page, Plan

# Overlapping requests repeat a page now and then; so many in a row are a server that loops.
_MOST_IDLE_PAGES: Final = 10

_LEAST_OF_LAST: Final = 0.7
_MOST_OF_LAST: Final = 4.0

Progress = Callable[[float, int], None]


def collect(pages: Iterable[Page], plan: Plan, progress: Progress) -> list[bytes]:
    """Return one JSON line for each ticket created in the window, by number.

    A ticket that came several times is kept in its latest version; of equal times, in the
    greatest line: a total order, so that the order of pages decides nothing.
    `progress` hears the part done, from 0 to 1, and the number of tickets.
    """
    kept: dict[str, tuple[datetime.datetime, bytes]] = {}
    came: set[tuple[str, datetime.datetime]] = set()
    idle = 0
    for page in pages:
        before = len(came)
        for record in page.records:
            came.add((record.id, record.updated))
            if not plan.since <= record.created <= plan.until:
                continue
            version = record.updated, msgspec.json.encode(record.values)
            kept[record.id] = max(kept.get(record.id, version), version)
        idle = 0 if len(came) > before else idle + 1
        if idle > _MOST_IDLE_PAGES:
            raise FetchError("E_LOOP")
        progress(page.done, len(kept))
    return [kept[number][1] for number in sorted(kept, key=lambda number: (len(number), number))]


def check_change(tickets: int, last: int | None) -> None:
    """Raise FetchError if there is no ticket, or far fewer or more than the `last` time.

    Over 30 % fewer or 300 % more is rather a token that sees less, or a query gone wrong,
    than a change of what customers ask.
    """
    if tickets == 0:
        raise FetchError("E_NOTICKETS")
    if last is None:
        return
    if tickets < last * _LEAST_OF_LAST:
        raise FetchError("E_SHRUNK")
    if last and tickets > last * _MOST_OF_LAST:
        raise FetchError("E_GREW")
