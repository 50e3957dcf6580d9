"""In which order releases came, where one was taken back, and which are still needed.

The same for every place that is published to. An order names each release once, the latest last.
"""

from __future__ import annotations

from collections.abc import Sequence


class ReleaseError(Exception):
    """Why nothing was published, in words for the person who publishes."""


class BusyError(ReleaseError):
    """Another run publishes to the same place."""


# A release that lost more than this share of the pages was built from half a checkout.
_MOST_LOST = 0.3


def with_release(order: Sequence[str], current: str | None, new: str) -> list[str]:
    """Return the order after `new` took over from `current`, which it can be taken back to."""
    rest = [each for each in order if each not in (current, new)]
    return [*rest, *([current] if current and current != new else []), new]


def before(order: Sequence[str], current: str | None) -> str:
    """Return the release to take `current` back to; ReleaseError where none is kept."""
    place = order.index(current) if current in order else 0
    if place == 0:
        raise ReleaseError("there is no earlier release to go back to")
    return order[place - 1]


def refuse_shrinking(before: int, after: int) -> None:
    """Raise ReleaseError where a site of `before` pages lost too many of them."""
    if after < before * (1 - _MOST_LOST):
        raise ReleaseError(f"only {after} of {before} pages are left; use --force if that is meant")
