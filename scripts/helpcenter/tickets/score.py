"""Score categories by volume, severity and trend. Pure arithmetic on daily counts.

score = weight.volume · volume + weight.severity · severity + weight.trend · trend,
each factor between 0 and 1, the weights from the taxonomy and together 1: simple additive
weighting (Fishburn, "Additive utilities with incomplete product sets", 1967), chosen because
each factor's share of a rank can be read off and more of any factor never lowers the score.

volume    Σ n(age) · 2^(−age / half-life), divided by the largest such sum of any category.
          Exponential decay: Brown, "Statistical Forecasting for Inventory Control", 1959.
severity  (level − 1) / 3 for the taxonomy's levels 1 to 4, the impact scale of ITIL's
          priority matrix.
trend     ½ + ½ · (recent − earlier) / (recent + earlier + 2 · THRESHOLD), where recent and
          earlier are the tickets of the two halves of the window. The symmetric relative
          change of Törnqvist, Vartia and Vartia, "How should relative changes be measured?",
          1985, with additive smoothing so that a few tickets make no trend; ½ is no change.

A category under THRESHOLD tickets is withheld: its counts enter no factor, and it follows all
others, by severity. Ties fall to the taxonomy's order.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from helpcenter.faq.taxonomy import Taxonomy

# The fewest tickets of a category that anything is published or shown about.
THRESHOLD: Final = 20

_DIGITS = 9
_HIGHEST_SEVERITY = 4


@dataclass(frozen=True)
class Score:
    """A category's score and its factors; `tickets` must not be shown: `publish.weight` may."""

    category: str
    tickets: int
    volume: float
    severity: float
    trend: float
    total: float

    @property
    def withheld(self) -> bool:
        """Return whether too few tickets were counted to say anything about them."""
        return self.tickets < THRESHOLD


def score(daily: Mapping[str, Sequence[int]], taxonomy: Taxonomy) -> tuple[Score, ...]:
    """Return the score of every category, best first; `daily` counts by age in days."""
    scoring = taxonomy.scoring
    shown = {name: days for name, days in daily.items() if sum(days) >= THRESHOLD}
    volumes = {name: _decayed(days, scoring.half_life_days) for name, days in shown.items()}
    largest = max(volumes.values(), default=1.0)
    scores = []
    for category in taxonomy.categories:
        volume = volumes.get(category.id, 0.0) / largest
        severity = (category.severity - 1) / (_HIGHEST_SEVERITY - 1)
        trend = _trend(shown[category.id]) if category.id in shown else 0.0
        total = (
            scoring.weights.volume * volume
            + scoring.weights.severity * severity
            + scoring.weights.trend * trend
        )
        tickets = sum(daily[category.id])
        scores.append(Score(category.id, tickets, volume, severity, trend, round(total, _DIGITS)))
    # Sorting is stable: equal scores keep the taxonomy's order.
    return tuple(sorted(scores, key=lambda each: (each.withheld, -each.total)))


def _decayed(days: Sequence[int], half_life: int) -> float:
    return sum(tickets * math.pow(2, -age / half_life) for age, tickets in enumerate(days))


def _trend(days: Sequence[int]) -> float:
    half = len(days) // 2
    recent, earlier = sum(days[:half]), sum(days[half : 2 * half])
    return 0.5 + 0.5 * (recent - earlier) / (recent + earlier + 2 * THRESHOLD)
