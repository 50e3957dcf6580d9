"""Cut Chinese text into words, the glossary's own words first.

General dictionaries cut words of the field apart, so the glossary's terms are found before a
general segmenter sees the rest. The decision record on search names the alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import rjieba

# U+200B: invisible in a result, and a separator for the search engine.
BOUNDARY = "\u200b"

_HAN = re.compile(r"[\u3400-\u9fff]+")


def segmenter(vocabulary: Iterable[str]) -> Callable[[str], list[str]]:
    """Return a function that cuts a run of Han characters into words.

    At each place the longest word of `vocabulary` wins; rjieba cuts what lies between.
    """
    known = sorted({word for word in vocabulary if _HAN.fullmatch(word)}, key=len, reverse=True)
    pattern = re.compile(f"({'|'.join(known) or '(?!)'})")

    def words(run: str) -> list[str]:
        found: list[str] = []
        for place, part in enumerate(pattern.split(run)):
            found += [part] if place % 2 else rjieba.cut(part, False)
        return found

    return words


def with_boundaries(text: str, words: Callable[[str], list[str]]) -> str:
    """Return `text` with an invisible boundary around every Chinese word."""

    def cut(match: re.Match[str]) -> str:
        return BOUNDARY + BOUNDARY.join(words(match.group())) + BOUNDARY

    return _HAN.sub(cut, text).strip(BOUNDARY)
