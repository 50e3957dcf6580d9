"""Score categories by seven factors. Pure arithmetic on counts; knows no order and no file.

score = Σ weight · factor, each factor between 0 and 1, the weights from the taxonomy and
together 1: simple additive weighting (Fishburn, "Additive utilities with incomplete product
sets", 1967), chosen because each factor's share of a score can be read off and more of any
factor never lowers it. Ties fall to the taxonomy's order.

volume    √(D / the largest D of any category), where D = Σ n(age) · 2^(−age / half-life).
          Exponential decay: Brown, "Statistical forecasting for inventory control", 1959. On
          the scale of square roots counts of all sizes have the same error (Bartlett, "The
          square root transformation in analysis of variance", 1936), and a flood counts less.
severity  (level − 1) / 3 for the taxonomy's levels 1 to 4, the impact scale of ITIL's
          priority matrix.
trend     ½ + ½ · (recent − earlier) / (recent + earlier + 2 · THRESHOLD), where recent and
          earlier are the tickets of the two halves of the window. The symmetric relative
          change of Törnqvist, Vartia and Vartia, "How should relative changes be measured?",
          1985, with additive smoothing so that a few tickets make no trend; ½ is no change.
reopens, dissatisfaction, reply_delay
          the shares of tickets that were reopened, of rated ones rated badly, and of answered
          ones answered late, x of n: (x + THRESHOLD · p) / (n + THRESHOLD), where p is that
          share over all categories together. Shrinkage of small samples to the common mean
          (James and Stein, "Estimation with quadratic loss", 1961). Fewer than THRESHOLD cases
          say nothing: the factor is p. In steps of 1 / STEPS, so that none tells a small number.
coverage  how much of the answer is missing; see `coverage.gap`.

A category under THRESHOLD tickets is withheld: its counts enter no factor, and it scores as if
THRESHOLD tickets were spread evenly over the window. That is the least volume of any category,
so that a number that hovers at the threshold makes no jump.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from statistics import median
from typing import Final

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.common.publish import THRESHOLD
from helpcenter.tickets.ranking.counts import CategoryCounts

STEPS: Final = 20

_DIGITS = 9
_HIGHEST_SEVERITY = 4
_WEEK = 7


@dataclass(frozen=True)
class Factors:
    """What a category's score is made of, each between 0 and 1; named as in the taxonomy."""

    volume: float
    severity: float
    trend: float
    reopens: float
    dissatisfaction: float
    reply_delay: float
    coverage: float


@dataclass(frozen=True)
class Score:
    """A category's score; `error` is the standard error of it that chance alone explains.

    `tickets` must not be shown: `publish.weight` may.
    """

    category: str
    tickets: int
    factors: Factors
    total: float
    error: float

    @property
    def withheld(self) -> bool:
        """Return whether too few tickets were counted to say anything about them."""
        return self.tickets < THRESHOLD


def score(
    counts: Mapping[str, CategoryCounts], gaps: Mapping[str, float], taxonomy: Taxonomy
) -> tuple[Score, ...]:
    """Return the score of every category, best first; `gaps` are those of their answers."""
    scoring, names = taxonomy.scoring, [category.id for category in taxonomy.categories]
    window = range(scoring.window_days)
    decay = [math.pow(2, -age / scoring.half_life_days) for age in window]
    evenly = [THRESHOLD / len(window) for _ in window]
    tickets = {name: sum(counts[name].days()) for name in names}
    days: dict[str, Sequence[float]] = {
        name: counts[name].days() if tickets[name] >= THRESHOLD else evenly for name in names
    }
    least = _dot(evenly, decay)
    volumes = {name: max(least, _dot(days[name], decay)) for name in names}
    largest = max(volumes.values())
    noise = dispersion([days[name] for name in names])
    reopens = _shares({name: (counts[name].reopened, tickets[name]) for name in names})
    bad = _shares({name: (counts[name].dissatisfied, counts[name].rated) for name in names})
    late = _shares({name: (counts[name].late, counts[name].replied) for name in names})
    scores = []
    for category in taxonomy.categories:
        name = category.id
        trend, slopes = _trend(days[name])
        factors = Factors(
            volume=math.sqrt(volumes[name] / largest),
            severity=(category.severity - 1) / (_HIGHEST_SEVERITY - 1),
            trend=trend,
            reopens=reopens[name],
            dissatisfaction=bad[name],
            reply_delay=late[name],
            coverage=gaps[name],
        )
        total = _dot([weight for _, weight in scoring.weights], astuple(factors))
        # How much one ticket more changes the score, by its age.
        steepness = scoring.weights.volume / (2 * math.sqrt(volumes[name] * largest))
        changes = [
            steepness * share + scoring.weights.trend * slope
            for share, slope in zip(decay, slopes, strict=True)
        ]
        variance = noise * _dot(days[name], [change * change for change in changes])
        error = round(math.sqrt(variance), _DIGITS)
        scores.append(Score(name, tickets[name], factors, round(total, _DIGITS), error))
    # Sorting is stable: equal scores keep the taxonomy's order.
    return tuple(sorted(scores, key=lambda each: -each.total))


def dispersion(series: Sequence[Sequence[float]]) -> float:
    """Return how many times the variance of daily counts is that of Poisson, at least 1.

    The median over the categories of Σ (n(day) − n(day − 7))² / Σ (n(day) + n(day − 7)): mean
    square successive differences (von Neumann et al., 1941) a week apart, which neither the
    days of the week nor a slow trend enter, as the scale of a quasi-Poisson model (McCullagh and
    Nelder, "Generalized linear models", 1989). The median, so that one surge is not noise.
    """
    found = []
    for days in series:
        pairs = list(zip(days, days[_WEEK:], strict=False))
        if number := sum(one + other for one, other in pairs):
            found.append(sum((one - other) ** 2 for one, other in pairs) / number)
    return max(1.0, median(found or [1.0]))


def _trend(days: Sequence[float]) -> tuple[float, list[float]]:
    """Return the trend, and how much one ticket more changes it, by its age."""
    half = len(days) // 2
    recent, earlier = sum(days[:half]), sum(days[half : 2 * half])
    difference, size = recent - earlier, recent + earlier + 2 * THRESHOLD
    slopes = [
        0.5 * ((1 if age < half else -1) * size - difference) / size**2 if age < 2 * half else 0
        for age in range(len(days))
    ]
    return 0.5 + 0.5 * difference / size, slopes


def _shares(cases: Mapping[str, tuple[int, int]]) -> dict[str, float]:
    """Return the share x / n of each category, drawn toward that of all of them together."""
    known = [(x, n) for x, n in cases.values() if n >= THRESHOLD]
    usual = sum(x for x, _ in known) / sum(n for _, n in known) if known else 0.0
    return {
        name: round(STEPS * (x + THRESHOLD * usual) / (n + THRESHOLD)) / STEPS
        if n >= THRESHOLD
        else round(STEPS * usual) / STEPS
        for name, (x, n) in cases.items()
    }


def _dot(these: Sequence[float], those: Sequence[float]) -> float:
    return math.fsum(one * other for one, other in zip(these, those, strict=True))
