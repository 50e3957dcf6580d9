"""Step through tickets by time, so that a ticket that changes meanwhile is met again, not missed.

Numbered pages shift when a ticket moves to the end, and the first of the next page is lost. So
each request asks for all from the last seen moment on; page numbers only serve where a whole
page lies in one second. Knows no helpdesk.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from helpcenter.tickets.fetch.errors import FetchError

# Whether "since" includes its moment differs; a second of overlap makes it the same.
_OVERLAP: Final = datetime.timedelta(seconds=1)


@dataclass(frozen=True)
class Step:
    """What to ask for: tickets from a moment on, and which page of them, from 1."""

    start: datetime.datetime
    page: int = 1

    def after(self, times: Sequence[datetime.datetime], *, most_pages: int) -> Step:
        """Return the next step after a full page, whose tickets have these times.

        Raises FetchError if the times do not ascend, or if one second fills `most_pages`.
        """
        if any(later < earlier for earlier, later in itertools.pairwise(times)):
            raise FetchError("E_ORDER")
        start = times[-1].replace(microsecond=0) - _OVERLAP
        if start > self.start:
            return Step(start)
        if self.page >= most_pages:
            raise FetchError("E_CAP")
        return Step(self.start, self.page + 1)
