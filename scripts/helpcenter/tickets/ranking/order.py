"""Decide the order that is published: what the scores ask for, less what is only noise.

A category passes the one above it only if its score is higher by more than DEAD_BAND and by more
than chance explains: the hysteresis of a Schmitt trigger ("A thermionic trigger", 1938) with a
band as wide as the noise, like the control limits of Shewhart ("Economic control of quality of
manufactured product", 1931). How many standard errors that is follows from CHANCE, the risk of
one false move among all neighbors together (Dunn, "Multiple comparisons among means", 1961).
A category whose published weight changes has certainly changed: one standard error is enough.

In one run a category moves at most MOST_PLACES up or down, so that nobody can flood the top of
the FAQ overnight. Knows no counts: only scores, their errors and the order readers see.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Literal

from helpcenter.tickets.common.publish import MOST_PLACES
from helpcenter.tickets.ranking.score import Score

CHANCE: Final = 0.02
DEAD_BAND: Final = 0.01

Reason = Literal["", "pinned", "noise", "limit"]


@dataclass(frozen=True)
class Place:
    """A category's new place, from 1, and what kept it from the one its score asks for."""

    category: str
    place: int
    by_score: int
    wanted: int
    reason: Reason


def arrange(
    scores: Sequence[Score],
    published: Sequence[str],
    *,
    pinned: Sequence[str] = (),
    changed: Collection[str] = (),
) -> tuple[Place, ...]:
    """Return every category's new place, best first; `scores` come best first.

    `published` is the order readers see, best first and empty before the first run; `pinned`
    categories come before all others, in their own order; the weights of `changed` ones are
    about to change. A category that was not published enters where its score belongs. The same
    scores and order always give the same places.
    """
    by_name = {score.category: score for score in scores}
    free = [score.category for score in scores if score.category not in pinned]
    # A file that people can reach may hold a category twice.
    known = [name for name in dict.fromkeys(published) if name in free]
    wanted = _settled(known, by_name, changed)
    reached = _limited(known, wanted)
    best_first = {name: place for place, name in enumerate(free)}
    for name in free:
        if name not in known:
            for order in (wanted, reached):
                better = sum(best_first[other] < best_first[name] for other in order)
                order.insert(better, name)
    by_score = _places([*pinned, *free])
    ideal = _places([*pinned, *wanted])
    return tuple(
        Place(
            category=name,
            place=place,
            by_score=by_score[name],
            wanted=ideal[name],
            reason=_reason(name in pinned, by_score[name], ideal[name], place),
        )
        for name, place in _places([*pinned, *reached]).items()
    )


def certainty(neighbors: int) -> float:
    """Return how many standard errors a difference of scores must have, for so many pairs."""
    return NormalDist().inv_cdf(1 - CHANCE / max(neighbors, 1))


def _settled(
    known: Sequence[str], scores: Mapping[str, Score], changed: Collection[str]
) -> list[str]:
    """Return the published order after everyone has passed whom they certainly outdo.

    One by one from the top, each goes up until the next above holds its place: an order that
    has settled settles to itself.
    """
    sure = certainty(len(known) - 1)
    order: list[str] = []
    for name in known:
        place = len(order)
        while place:
            lower, upper = scores[name], scores[order[place - 1]]
            is_real = name in changed or upper.category in changed
            noise = (1 if is_real else sure) * math.hypot(lower.error, upper.error)
            if lower.total - upper.total <= max(DEAD_BAND, noise):
                break
            place -= 1
        order.insert(place, name)
    return order


def _limited(known: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Return `wanted` as far as it can be reached if none moves more than MOST_PLACES.

    Place by place: whoever can fall no further, else who is wanted first of those who may rise
    as far. No two can fall no further at the same place, so it never gets stuck.
    """
    left = list(wanted)
    before = {name: place for place, name in enumerate(known)}
    order: list[str] = []
    for place in range(len(known)):
        fallen = (name for name in left if before[name] + MOST_PLACES == place)
        risen = (name for name in left if before[name] - MOST_PLACES <= place)
        order.append(next(fallen, None) or next(risen))
        left.remove(order[-1])
    return order


def _places(order: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(order, start=1)}


def _reason(pinned: bool, by_score: int, wanted: int, place: int) -> Reason:
    if pinned:
        return "pinned"
    if wanted != place:
        return "limit"
    return "noise" if by_score != wanted else ""
