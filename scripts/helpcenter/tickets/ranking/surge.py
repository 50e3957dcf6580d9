"""Find surges: many tickets of one category in one language, more than its own past explains.

Knows counts by day and nothing of tickets. Every whole day is held against a baseline of the
eight weeks that end two weeks before it, in the manner of Farrington:

baseline   The mean of each day of the week: the general level times a factor for the weekday,
           shrunk toward 1 as if PRIOR tickets had come evenly (Poisson-gamma, Clayton and
           Kaldor, "Empirical Bayes estimates of age-standardized relative risks", 1987), so
           that a few tickets make no pattern. Past outbreaks do not raise it: days with a
           standardized Anscombe residual s over 2.58 count with 1/s², and the fit is repeated.
           Farrington et al., "A statistical algorithm for the early detection of outbreaks of
           infectious disease", 1996; the limit of 2.58 and the negative binomial below are of
           Noufaily et al., "An improved algorithm for outbreak detection in multiple
           surveillance systems", 2013.
dispersion Pearson's χ² of the baseline by its degrees of freedom, at least 1 (quasi-Poisson).
test       The tickets of the day, and of the 7 and 14 days that end with it, under a negative
           binomial with the baseline's mean and a variance that also holds the uncertainty of
           that mean. Its upper tail is a lower tail of F(2n, 2r), which Paulson's cube root
           turns into a standard normal deviate ("An approximate normalization of the analysis
           of variance distribution", 1942).
alarm      A deviate of at least LIMIT, at least LEAST_RATIO times the mean, also in the newest
           half of those days, and LEAST tickets.
surge      Alarms with at most GAP days between them, and after the last of them. It starts on the
           day from which on a raised Poisson mean makes the tickets up to the first alarm most
           likely (Hinkley, "Inference about the change-point in a sequence of random variables",
           1970). One of fewer than THRESHOLD tickets is withheld.

A day's verdict depends on the days before it alone, so a surge keeps its start from run to
run. Why this method and not EARS: docs/_decisions/0008-surges.md, with the figures that
`scripts/measure_surges.py` prints.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from helpcenter.tickets.common.publish import THRESHOLD

WEEK: Final = 7
HISTORY: Final = 8 * WEEK
GUARD: Final = 2 * WEEK
PRIOR: Final = 20.0
LIMIT: Final = 3.7
LEAST_RATIO: Final = 1.5
LEAST: Final = 4
GAP: Final = 3
# A surge that was first seen more days ago has long had its notice; it is on its way to being the
# usual. 90 days of tickets show whether an alarm within this time was the first.
LONGEST: Final = 17

# The lengths of time that are tested, in days, and how many of the newest must be raised too:
# a surge that is over stays in the longer ones for a while.
_TESTED = ((1, 1), (WEEK, 3), (GUARD, WEEK))
_OUTLYING = 2.58
# The median of the χ² distribution of one degree of freedom.
_MEDIAN_SQUARE = 0.455
_DIGITS = 9


@dataclass(frozen=True, order=True)
class Surge:
    """A surge that runs; `start` is its first day (UTC)."""

    category: str
    language: str
    start: datetime.date


@dataclass(frozen=True)
class Baseline:
    """What a series usually brings: the mean of each day by its index modulo 7."""

    means: tuple[float, ...]
    dispersion: float
    tickets: float


def find(
    daily: Mapping[tuple[str, str], Sequence[int]], *, as_of: datetime.date, whole: bool = True
) -> tuple[Surge, ...]:
    """Return the surges that run on the last whole day, sorted.

    `daily` holds counts by age in days, those of `as_of` first, for each category and language.
    `whole` says whether the day `as_of` is over (UTC): one that is not is left out. Days before
    the oldest ticket of all are not held to be days without tickets: the exports do not tell.
    """
    newest = 0 if whole else 1
    ages = (age for days in daily.values() for age, tickets in enumerate(days) if tickets)
    oldest = max(ages, default=0)
    found = []
    for (category, language), by_age in daily.items():
        days = tuple(by_age[newest : oldest + 1][::-1])
        start = running(days)
        if start is not None and sum(days[start:]) >= THRESHOLD:
            age = newest + len(days) - 1 - start
            found.append(Surge(category, language, as_of - datetime.timedelta(days=age)))
    return tuple(sorted(found))


def running(days: Sequence[int]) -> int | None:
    """Return the index of the first day of the surge that runs on the last day, or None.

    `days` are in order of time. Fewer than HISTORY + GUARD days are too few to tell.
    """
    first, next_alarm = None, len(days)
    for day in range(len(days) - 1, HISTORY + GUARD - 2, -1):
        if next_alarm - day - 1 > GAP:
            break
        if (start := alarm(days, day)) is not None:
            first, next_alarm = start, day
    return first if len(days) - next_alarm <= LONGEST else None


def alarm(days: Sequence[int], day: int) -> int | None:
    """Return since when the tickets of index `day` are too many, or None if they are not."""
    usual = baseline(days, day)
    for length, newest in _TESTED:
        tickets, mean = _sums(days, usual, range(day - length + 1, day + 1))
        recent, usually = _sums(days, usual, range(day - newest + 1, day + 1))
        if tickets < max(LEAST, LEAST_RATIO * mean) or recent < LEAST_RATIO * usually:
            continue
        if round(deviate(tickets, mean, usual), _DIGITS) >= LIMIT:
            return _change(days, usual, range(day - GUARD + 1, day + 1))
    return None


def baseline(days: Sequence[int], day: int) -> Baseline:
    """Fit the HISTORY days that end GUARD days before index `day`, outbreaks weighed down."""
    past = range(day - GUARD - HISTORY + 1, day - GUARD + 1)
    weights = [1.0] * HISTORY
    usual = _fit(days, past, weights)
    # The typical square: an outbreak would hide itself behind the mean one.
    squares = [_square(days[each], usual.means[each % WEEK]) for each in past]
    typical = max(1.0, median(squares) / _MEDIAN_SQUARE)
    for number, each in enumerate(past):
        residual = _anscombe(days[each], usual.means[each % WEEK], typical)
        if residual > _OUTLYING:
            weights[number] = residual**-2
    return _fit(days, past, weights)


def deviate(tickets: int, mean: float, usual: Baseline) -> float:
    """Return how far `tickets`, above 0, lie above `mean`, as a standard normal deviate."""
    variance = usual.dispersion * mean * (1 + mean / usual.tickets)
    narrow = 2 / (9 * 2 * tickets)
    wide = 2 * (variance - mean) / (9 * 2 * mean**2)
    ratio = mean / tickets
    return (1 - narrow - (1 - wide) * math.pow(ratio, 1 / 3)) / math.sqrt(
        narrow + wide * math.pow(ratio, 2 / 3)
    )


def _sums(days: Sequence[int], usual: Baseline, tested: range) -> tuple[int, float]:
    """Return the tickets of the days tested, and those to be expected."""
    mean = math.fsum(usual.means[day % WEEK] for day in tested)
    return sum(days[tested.start : tested.stop]), mean


def _fit(days: Sequence[int], past: range, weights: Sequence[float]) -> Baseline:
    weight, tickets = [0.0] * WEEK, [0.0] * WEEK
    for each, share in zip(past, weights, strict=True):
        weight[each % WEEK] += share
        tickets[each % WEEK] += share * days[each]
    # Half a ticket keeps the mean of a silent past above 0.
    total = math.fsum(tickets) + 0.5
    level = total / math.fsum(weight)
    means = tuple(
        level * (tickets[each] + PRIOR) / (level * weight[each] + PRIOR) for each in range(WEEK)
    )
    squares = math.fsum(
        share * _square(days[each], means[each % WEEK])
        for each, share in zip(past, weights, strict=True)
    )
    freedom = math.fsum(weight) - WEEK
    return Baseline(means, max(1.0, squares / freedom), total)


def _square(tickets: int, mean: float) -> float:
    """Return Pearson's squared residual."""
    return (tickets - mean) ** 2 / mean


def _anscombe(tickets: int, mean: float, dispersion: float) -> float:
    distance = math.pow(tickets, 2 / 3) - math.pow(mean, 2 / 3)
    return 1.5 * distance / (math.pow(mean, 1 / 6) * math.sqrt(dispersion))


def _change(days: Sequence[int], usual: Baseline, tested: range) -> int:
    """Return the day from which on a raised mean explains the tickets best."""
    best, start = 0.0, tested[-1]
    for day in reversed(tested):
        tickets, mean = _sums(days, usual, range(day, tested[-1] + 1))
        ratio = max(LEAST_RATIO, tickets / mean)
        gain = round(tickets * math.log(ratio) - (ratio - 1) * mean, _DIGITS)
        if gain > best:
            best, start = gain, day
    return start
