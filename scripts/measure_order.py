#!/usr/bin/env python3
"""Measure the hysteresis of the FAQ's order on invented tickets: false moves, and true ones.

Categories of unequal or equal size get tickets by chance around a weekday pattern, Poisson or
with a variance of so many times the mean, and random severities. A move is a category that
leaves its place among the others from one daily run to the next. Two true changes happen to the
category in the middle of the order: all its tickets double, as an export of a later time shows;
or from a day on it gets twice as many a day, so that a window later all have doubled.
"""

from __future__ import annotations

import argparse
import bisect
import math
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.common.publish import weight
from helpcenter.tickets.ranking.counts import CategoryCounts
from helpcenter.tickets.ranking.order import arrange
from helpcenter.tickets.ranking.score import Score, score

WINDOW, RUNS = 90, 30
WEEKDAYS = (1.25, 1.15, 1.05, 1.05, 1.15, 0.75, 0.6)
WEIGHTS = {
    **{"volume": 0.5, "severity": 0.15, "trend": 0.1, "coverage": 0.1},
    **{"reopens": 0.05, "dissatisfaction": 0.05, "reply_delay": 0.05},
}


@dataclass(frozen=True)
class Scene:
    """How many categories, and how many tickets they have in a window together."""

    categories: int
    tickets: int
    equal: bool = False
    dispersion: float = 1.0

    def __str__(self) -> str:
        """Return the scene as the table names it."""
        sizes = "equal" if self.equal else "unequal"
        return f"{self.categories} {sizes}, {self.tickets:,} tickets, variance ×{self.dispersion:g}"


class World:
    """One history of tickets; each day is drawn once."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self._chance = random.Random(seed)
        self._scene = scene
        shares = [1 if scene.equal else 1 / place for place in range(1, scene.categories + 1)]
        self._chance.shuffle(shares)
        self._means = [share / sum(shares) * scene.tickets / WINDOW for share in shares]
        self.taxonomy = _taxonomy([self._chance.randint(1, 4) for _ in shares])
        self.days: list[list[int]] = [[] for _ in shares]
        for _ in range(WINDOW):
            self.step()

    def step(self) -> None:
        """Let a day pass."""
        factor = WEEKDAYS[len(self.days[0]) % len(WEEKDAYS)]
        for days, mean in zip(self.days, self._means, strict=True):
            days.append(_draw(mean * factor, self._scene.dispersion, self._chance))

    def double(self, category: str) -> None:
        """Let the category have twice as many tickets a day from now on."""
        names = [each.id for each in self.taxonomy.categories]
        self._means[names.index(category)] *= 2

    def scores(self, *, doubled: str = "") -> tuple[Score, ...]:
        """Return today's scores; the tickets of the category `doubled` count twice."""
        counts = {
            category.id: CategoryCounts(
                {"en": tuple(n * (1 + (category.id == doubled)) for n in days[: -WINDOW - 1 : -1])}
            )
            for category, days in zip(self.taxonomy.categories, self.days, strict=True)
        }
        return score(counts, dict.fromkeys(counts, 0.0), self.taxonomy)


def noise(scene: Scene, seed: int) -> tuple[int, int]:
    """Return how many moves RUNS daily runs make of chance alone, with hysteresis and without."""
    world = World(scene, seed)
    order = plain = arrangement(world.scores(), {})
    moves = plain_moves = 0
    for _ in range(RUNS):
        world.step()
        scores = world.scores()
        new, new_plain = arrangement(scores, order), arrangement(scores, {})
        moves += moved([*order], [*new])
        plain_moves += moved([*plain], [*new_plain])
        order, plain = new, new_plain
    return moves, plain_moves


def doubling(scene: Scene, seed: int) -> tuple[int, int]:
    """Return how many places the middle category rises in two runs, and how many by its score."""
    world = World(scene, seed)
    order = arrangement(world.scores(), {})
    middle = len(order) // 2
    name = [*order][middle]
    scores = world.scores(doubled=name)
    second = arrangement(scores, arrangement(scores, order))
    by_score = arrangement(scores, {})
    return middle - [*second].index(name), middle - [*by_score].index(name)


def lasting(scene: Scene, seed: int) -> int | None:
    """Return the daily runs until the middle category rises whose daily tickets double for good.

    That is WINDOW and more if it does not within a window, and None if even then its score asks
    for no higher place.
    """
    world = World(scene, seed)
    order = arrangement(world.scores(), {})
    middle = len(order) // 2
    name = [*order][middle]
    world.double(name)
    seen = WINDOW
    for run in range(1, WINDOW + 1):
        world.step()
        order = arrangement(world.scores(), order)
        if [*order].index(name) < middle:
            seen = min(seen, run)
    by_score = [*arrangement(world.scores(), {})].index(name)
    return seen if by_score < middle else None


def arrangement(scores: Sequence[Score], published: Mapping[str, int]) -> dict[str, int]:
    """Return the new order with its weights, best first, after the `published` one."""
    weights = {each.category: weight(each.tickets, published.get(each.category)) for each in scores}
    changed = [name for name in published if weights[name] != published[name]]
    places = arrange(scores, [*published], changed=changed)
    return {each.category: weights[each.category] for each in places}


def moved(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how few categories can be lifted out so that all others kept their order."""
    ends: list[int] = []
    for place in (before.index(name) for name in after):
        at = bisect.bisect(ends, place)
        ends[at : at + 1] = [place]
    return len(before) - len(ends)


def _taxonomy(severities: Sequence[int]) -> Taxonomy:
    categories = [
        {"id": f"c{number}", "name": {}, "theme": "support", "severity": severity}
        for number, severity in enumerate(severities)
    ]
    scoring = {"window_days": WINDOW, "half_life_days": 30, "weights": WEIGHTS}
    return Taxonomy.model_validate({"schema": 1, "scoring": scoring, "categories": categories})


def _draw(mean: float, dispersion: float, chance: random.Random) -> int:
    if dispersion > 1:
        mean = chance.gammavariate(mean / (dispersion - 1), dispersion - 1)
    if mean > 50:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    tickets, product, end = 0, chance.random(), math.exp(-mean)
    while product > end:
        tickets, product = tickets + 1, product * chance.random()
    return tickets


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each scene and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, help="histories of each scene")
    parser.add_argument("--lasting", type=int, default=40, help="of these, with a lasting change")
    options = parser.parse_args(arguments)
    print(
        f"moves in {RUNS} daily runs of noise: of how many histories; without hysteresis; "
        f"a doubling seen in two runs; a lasting one: days until half see it, seen in {WINDOW}"
    )
    for dispersion in (1.0, 2.5):
        for categories in (10, 30):
            for tickets in (2_000, 20_000):
                for equal in (False, True):
                    scene = Scene(categories, tickets, equal, dispersion)
                    found = [noise(scene, seed) for seed in range(options.seeds)]
                    moves = sorted(Counter(moves for moves, _ in found).items())
                    plain = sum(moves for _, moves in found) / len(found)
                    rises = [doubling(scene, seed) for seed in range(options.seeds)]
                    real = [kept > 0 for kept, by_score in rises if by_score > 0]
                    days = [lasting(scene, seed) for seed in range(options.lasting)]
                    until = sorted(each for each in days if each is not None)
                    late = sum(each < WINDOW for each in until) / max(len(until), 1)
                    half = until[len(until) // 2] if until else WINDOW
                    print(
                        f"{scene!s:<46}"
                        f"{', '.join(f'{n} in {times}' for n, times in moves):<36}"
                        f"{plain:>6.1f}  rises in {sum(real) / max(len(real), 1):.0%}"
                        f"  {half:>3} days, {late:.0%}",
                        flush=True,
                    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
