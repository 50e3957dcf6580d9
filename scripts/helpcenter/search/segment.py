"""Cut Chinese text into words, the glossary's own words first.

General dictionaries cut words of the field apart, so the glossary's terms are found before a
general segmenter sees the rest. The decision record on search names the alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import rjieba

# U+200B: invisible in a result, and a separator for the search engine.
BOUNDARY = "\u200b"

_HAN = re.compile(r"[\u3400-\u9fff]+")


def words(text: str, vocabulary: Iterable[str]) -> list[str]:
    """Return the words of a run of Han characters, longest known word first at each place."""
    known = sorted({word for word in vocabulary if _HAN.fullmatch(word)}, key=len, reverse=True)
    if not known:
        return list(rjieba.cut(text, False))
    pattern = re.compile("(" + "|".join(known) + ")")
    found: list[str] = []
    for place, part in enumerate(pattern.split(text)):
        found += [part] if place % 2 else rjieba.cut(part, False)
    return found


def with_boundaries(text: str, vocabulary: Iterable[str]) -> str:
    """Return `text` with an invisible boundary around every Chinese word."""
    known = tuple(vocabulary)

    def cut(match: re.Match[str]) -> str:
        return BOUNDARY + BOUNDARY.join(words(match.group(), known)) + BOUNDARY

    return _HAN.sub(cut, text).strip(BOUNDARY)
