"""Text as the search compares it, the same here and in the browser (normalise.js).

Compatibility forms are unified (NFKC), letters made small, apostrophes straight, traditional
Chinese characters simplified one by one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

from helpcenter.search.wordlists import NEGATIONS

HAN = "\u3400-\u4dbf\u4e00-\u9fff"

_IS_HAN = re.compile(f"[{HAN}]")
_UNIT = re.compile(f"[{HAN}]|[a-z0-9]+(?:['.-][a-z0-9]+)*")
_TO_SIMPLIFIED = OpenCC("t2s")


class _Forms(dict[int, int]):
    """What each character is compared as; filled as characters are met."""

    def __missing__(self, code: int) -> int:
        self[code] = ord(simplified(chr(code))) if is_han(chr(code)) else code
        return self[code]


_FORMS = _Forms(str.maketrans("\u2018\u2019\u02bc`\u00b4", "'''''"))


def is_han(text: str) -> bool:
    """Return whether a text begins with a Chinese character."""
    return bool(_IS_HAN.match(text))


@cache
def simplified(character: str) -> str:
    """Return the simplified form of one Chinese character."""
    form: str = _TO_SIMPLIFIED.convert(character)
    return form if len(form) == 1 else character


def normalise(text: str) -> str:
    """Return `text` in the form in which it is compared."""
    return unicodedata.normalize("NFKC", text).lower().translate(_FORMS)


def units(normal: str) -> list[str]:
    """Return the single characters of Chinese and the words of everything else, in order.

    A word with inner marks is cut at hyphens and points (`erc-20`) and keeps its apostrophe's
    letters (`we're` is `were`); short forms of "not" are all `not`.
    """
    found: list[str] = []
    for match in _UNIT.finditer(normal):
        found += match.group().replace("'", "").replace(".", "-").split("-")
    return [NEGATIONS.get(unit, unit) for unit in found]
