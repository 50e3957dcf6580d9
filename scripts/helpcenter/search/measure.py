"""How good a search is: figures over questions, of which each has pages graded 2 or 1.

A page counts as found if its grade is 1 or more, as is usual for all figures but nDCG, which
alone tells a right page from a useful one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

DEPTH = 10


@dataclass(frozen=True)
class Asked:
    """A question as it was answered: the ids that were found, the best first."""

    split: str
    type: str
    relevant: Mapping[str, float]
    found: Sequence[str]

    def with_least(self, grade: float) -> Asked:
        """Return the question with the pages of at least this grade, or all if it has none."""
        kept = {name: value for name, value in self.relevant.items() if value >= grade}
        return replace(self, relevant=kept or self.relevant)


def figures(asked: Sequence[Asked]) -> dict[str, float]:
    """Return the shares of questions with a page among the first 1, 3 and 10, and the means.

    `mrr` is the mean of 1 / place of the first page; `ndcg` compares the order of the first ten
    with the best order there is (Järvelin and Kekäläinen 2002, gain 2^grade - 1); `zero` is the
    share of questions that nothing was found for. All are between 0 and 1.
    """
    total = len(asked) or 1
    places = [_first(each) for each in asked]
    return {
        "recall@1": sum(place <= 1 for place in places) / total,
        "recall@3": sum(place <= 3 for place in places) / total,
        "recall@10": sum(place <= DEPTH for place in places) / total,
        "mrr": sum(1 / place for place in places if place <= DEPTH) / total,
        "ndcg": sum(map(_ndcg, asked)) / total,
        "zero": sum(not each.found for each in asked) / total,
    }


def _first(asked: Asked) -> float:
    for place, name in enumerate(asked.found[:DEPTH], 1):
        if asked.relevant.get(name, 0) >= 1:
            return place
    return math.inf


def _ndcg(asked: Asked) -> float:
    grades = [asked.relevant.get(name, 0) for name in asked.found[:DEPTH]]
    best = sorted(asked.relevant.values(), reverse=True)[:DEPTH]
    return _gain(grades) / (_gain(best) or 1)


def _gain(grades: Sequence[float]) -> float:
    return float(
        sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))
    )
