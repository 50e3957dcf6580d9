"""The words that a language's glossary avoids, as one pattern over text.

A word is whole where it begins or ends with a Latin letter or digit; Chinese has no such edges.
A term that contains an avoided word is allowed: the pattern finds it first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from helpcenter.glossary import Term

Vocabulary = tuple[re.Pattern[str] | None, Mapping[str, str]]

_LATIN = "0-9A-Za-z\u00c0-\u024f"
_EDGE = re.compile(f"[{_LATIN}]")


def words_to_avoid(terms: Iterable[Term], language: str) -> Vocabulary:
    """Return a pattern and the term to use for each avoided word, in lower case.

    The pattern also meets the terms themselves, which are not in the mapping; it is None where
    nothing is avoided.
    """
    terms = tuple(terms)
    allowed = {term.term[language].casefold() for term in terms}
    instead = {
        word.casefold(): term.term[language]
        for term in terms
        for word in term.avoid.get(language, ())
        if word.casefold() not in allowed
    }
    if not instead:
        return None, {}
    longest_first = sorted(allowed | set(instead), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_whole, longest_first)), re.IGNORECASE), instead


def _whole(word: str) -> str:
    pattern = r"\s+".join(re.escape(part) for part in word.split())
    before = f"(?<![{_LATIN}])" if _EDGE.match(word[0]) else ""
    after = f"(?![{_LATIN}])" if _EDGE.match(word[-1]) else ""
    return before + pattern + after
