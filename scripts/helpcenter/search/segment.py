"""Cut Chinese into words for the index; the browser cuts questions along the index's own words.

rjieba is a maintained binding of the usual dictionary. It cuts words of the field apart, so the
glossary's words are added to it, and the pairs of characters that the corpus itself keeps together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise

import rjieba

from helpcenter.search.normalise import HAN, is_han, normalise

Segmenter = Callable[[str], tuple[tuple[str, float], ...]]

INNER = 0.6
"""What a word found inside a longer one counts, such as 钱包 in 钱包地址."""

_RUN = re.compile(f"[{HAN}]+")
_LONGEST_WORD = 4
_FREQUENT = 20_000

# A pair of lone characters is a word of the corpus if it stands there this often, and at least
# this share of the rarer character's uses as a lone one are in it: 到账.
_LEAST_PAIRS = 4
_LEAST_SHARE = 0.5


def segmenter(words: Iterable[str], texts: Iterable[str]) -> Segmenter:
    """Return a function that cuts a run of Chinese characters into (word, weight) pairs.

    It knows `words`, and learns the pairs that `texts` keep together.
    """
    dictionary = rjieba.Jieba()
    for word in sorted(set(words)):
        if 2 <= len(word) <= _LONGEST_WORD and all(map(is_han, word)):
            dictionary.add_word(word, _FREQUENT, "n")
    runs = [run for text in texts for run in _RUN.findall(normalise(text))]
    for pair in sorted(_pairs([dictionary.cut(run, False) for run in runs])):
        dictionary.add_word(pair, _FREQUENT, "n")

    @cache
    def cut(run: str) -> tuple[tuple[str, float], ...]:
        found = []
        for word in dictionary.cut(run, False):
            found.append((word, 1.0))
            for length in range(2, len(word)):
                for start in range(len(word) - length + 1):
                    inner = word[start : start + length]
                    if dictionary.has_word(inner):
                        found.append((inner, INNER))
        return tuple(found)

    return cut


def _pairs(runs: Iterable[list[str]]) -> set[str]:
    alone: Counter[str] = Counter()
    together: Counter[str] = Counter()
    for run in runs:
        alone.update(word for word in run if len(word) == 1)
        together.update(a + b for a, b in pairwise(run) if len(a) == len(b) == 1)
    return {
        pair
        for pair, count in together.items()
        if count >= _LEAST_PAIRS and count >= _LEAST_SHARE * min(alone[pair[0]], alone[pair[1]])
    }
