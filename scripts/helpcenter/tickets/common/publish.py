"""What is published of the tickets: an order and coarse weights, as text. Nothing else leaves.

Everything in it is a category id, a power of two, a date or the window: a finite language in
which nothing a customer wrote can be expressed. Knows no ticket, no count's origin, no engine.
"""

from __future__ import annotations

import math
from typing import Final

from helpcenter.faq.ranking import Ranking

# The fewest tickets of a category that anything is published or shown about.
THRESHOLD: Final = 20
# A weight is a power of two from here on, or 0: the first that is not below the threshold.
LEAST_WEIGHT: Final = 32
MOST_WEIGHT: Final = 1 << 40
# How far a category may move in one run.
MOST_PLACES: Final = 3

# How many standard errors of a count a weight's bounds give way before it changes.
_STANDARD_ERRORS = 3

_HEADER = """\
# The order of the FAQ, written from support tickets by scripts/sync_tickets.py. Do not edit it:
# the next sync writes it again. Categories and their rules are in faq_categories.yml.
#
# Why this order: docs/_decisions/0006-faq-order.md; the sync prints each category's factors.
# weight: about how many tickets, a power of two; 0 is too few to say.
"""


def weight(tickets: int, published: int | None = None) -> int:
    """Return a power of two near the number of tickets, or 0 where there are too few to say.

    It is the largest that is not above `tickets`, unless the weight that was `published` last
    is still within chance: a number at a boundary does not flip its weight with every run. A
    number under THRESHOLD always gives 0.
    """
    if published is not None and certain_least(published) <= tickets < _certain_end(published):
        return published
    return 0 if tickets < LEAST_WEIGHT else min(1 << (tickets.bit_length() - 1), MOST_WEIGHT)


def is_weight(number: int) -> bool:
    """Return whether `number` is one of the weights that are published."""
    return number == 0 or (LEAST_WEIGHT <= number <= MOST_WEIGHT and number.bit_count() == 1)


def certain_least(weight: int) -> int:
    """Return the fewest tickets that a published weight can stand for."""
    return max(THRESHOLD, weight - _give(weight)) if weight else 0


def _certain_end(weight: int) -> int:
    end = max(2 * weight, LEAST_WEIGHT)
    return end + _give(end)


def _give(tickets: int) -> int:
    """Return how far chance moves a number of tickets: Poisson's standard error is its root."""
    return _STANDARD_ERRORS * math.isqrt(tickets)


def is_news(ranking: Ranking, published: Ranking | None) -> bool:
    """Return whether anything but the date differs from what is published."""
    return published is None or ranking.model_copy(update={"as_of": published.as_of}) != published


def render(ranking: Ranking) -> str:
    """Return the text of faq_ranking.yml: the same text for the same ranking."""
    lines = [
        f"schema: {ranking.schema_version}",
        f"as_of: {ranking.as_of.isoformat()}",
        f"window_days: {ranking.window_days}",
        "order:",
        *(f"  - {{category: {each.category}, weight: {each.weight}}}" for each in ranking.order),
    ]
    return _HEADER + "\n".join(lines) + "\n"
