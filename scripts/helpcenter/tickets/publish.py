"""Turn scores into the one thing that is published: an order and coarse weights.

Everything that leaves is a category id, a power of two, a date or the window: a finite
language in which nothing a customer wrote can be expressed.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from helpcenter.faq.ranking import Ranking
from helpcenter.tickets.score import THRESHOLD, Score

_HEADER = f"""\
# The order of the FAQ, written by scripts/sync_tickets.py from support tickets. Do not edit it:
# the next sync writes it again. Categories and their rules are in faq_categories.yml.
#
# Why this order: tickets of the last window_days days, recent ones counting more, together
# with severity and trend. The formula is in scripts/helpcenter/tickets/score.py.
# weight: the number of tickets, rounded down to a power of two; 0 is fewer than {THRESHOLD}.
"""


def weight(tickets: int) -> int:
    """Return the largest power of two that is not above `tickets`, or 0 under THRESHOLD."""
    return 0 if tickets < THRESHOLD else 1 << (tickets.bit_length() - 1)


def ranking_of(scores: Sequence[Score], *, as_of: datetime.date, window_days: int) -> Ranking:
    """Return what may be published of `scores`, which come best first."""
    order = [{"category": each.category, "weight": weight(each.tickets)} for each in scores]
    return Ranking.model_validate(
        {"schema": 1, "as_of": as_of, "window_days": window_days, "order": order}
    )


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
