#!/usr/bin/env python3
"""Measure the search for surges on invented series: false alarms, and days to find a true one.

Tickets of a day are Poisson, or negative binomial with a variance of so many times the mean,
around a weekday pattern. A surge is three times the usual from a day on. What is counted is
what would be published: surges of at least 20 tickets.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from helpcenter.tickets.common.publish import THRESHOLD
from helpcenter.tickets.ranking.surge import WEEK, running

WINDOW = 90
MEANS = (0.5, 1, 2, 5, 10, 20, 50, 100)
DISPERSIONS = (1, 2, 4)
WEEKDAYS = (1.25, 1.15, 1.05, 1.05, 1.15, 0.75, 0.6)
PATIENCE = 28
LATER = 999


@dataclass(frozen=True)
class Delay:
    """How many days after its begin a surge is found: the day itself is 1."""

    median: float
    slowest_tenth: float
    missed: float
    start_error: float


def series(
    days: int, mean: float, *, dispersion: float, chance: random.Random, surge: int | None = None
) -> list[int]:
    """Return invented counts by day, three times as high from the index `surge` on."""
    factors = (
        WEEKDAYS[day % WEEK] * (3 if surge is not None and day >= surge else 1)
        for day in range(days)
    )
    return [_draw(mean * factor, dispersion, chance) for factor in factors]


def published(days: Sequence[int], day: int) -> int | None:
    """Return the index at which the surge starts that a sync at the end of `day` publishes."""
    first = max(0, day + 1 - WINDOW)
    start = running(days[first : day + 1])
    if start is None or sum(days[first + start : day + 1]) < THRESHOLD:
        return None
    return first + start


def false_alarms(mean: float, *, dispersion: float, years: int, seed: int) -> float:
    """Return how many surges a year are published of a category that has none."""
    chance = random.Random(seed)
    alarms = 0
    for _ in range(years):
        days = series(WINDOW + 365, mean, dispersion=dispersion, chance=chance)
        found = [published(days, day) is not None for day in range(WINDOW - 1, len(days))]
        alarms += sum(now and not before for before, now in itertools.pairwise(found))
    return alarms / years


def delay(mean: float, *, dispersion: float, runs: int, seed: int) -> Delay:
    """Return how fast a threefold surge is published."""
    chance = random.Random(seed)
    waits, errors = [], []
    for run in range(runs):
        begin = WINDOW + run % WEEK
        days = series(begin + PATIENCE, mean, dispersion=dispersion, chance=chance, surge=begin)
        wait = LATER
        for day in range(begin, len(days)):
            start = published(days, day)
            if start is not None:
                wait = day - begin + 1
                errors.append(abs(start - begin))
                break
        waits.append(wait)
    return Delay(
        median=statistics.median(waits),
        slowest_tenth=sorted(waits)[math.ceil(0.9 * runs) - 1],
        missed=waits.count(LATER) / runs,
        start_error=statistics.median(errors or [LATER]),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table by dispersion and mean; return 0."""
    options = _parser().parse_args(arguments)
    print("variance/mean  tickets/day  false/year  found after  slowest tenth  missed  start off")
    for dispersion in DISPERSIONS:
        for mean in options.means:
            false = false_alarms(
                mean, dispersion=dispersion, years=options.years, seed=options.seed
            )
            found = delay(mean, dispersion=dispersion, runs=options.runs, seed=options.seed)
            print(
                f"{dispersion:>13}{mean:>13g}{false:>12.2f}{_days(found.median):>13}"
                f"{_days(found.slowest_tenth):>15}{found.missed:>8.0%}{found.start_error:>11.0f}",
                flush=True,
            )
    return 0


def _days(days: float) -> str:
    return f"> {PATIENCE}" if days >= LATER else f"{days:g} d"


def _draw(mean: float, dispersion: float, chance: random.Random) -> int:
    """Return a negative binomial number as a Poisson one of a gamma mean."""
    if dispersion > 1:
        mean = chance.gammavariate(mean / (dispersion - 1), dispersion - 1)
    # Arrivals of a Poisson process, by their exponential gaps.
    number, time = 0, chance.expovariate(1)
    while time < mean:
        number, time = number + 1, time + chance.expovariate(1)
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--years", type=int, default=100, metavar="N", help="default: 100")
    parser.add_argument("--runs", type=int, default=200, metavar="N", help="default: 200")
    parser.add_argument("--means", type=float, nargs="+", default=MEANS, metavar="N",
                        help=f"tickets a day (default: {' '.join(map(str, MEANS))})")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="default: 1")
    return parser


if __name__ == "__main__":
    sys.exit(main())
