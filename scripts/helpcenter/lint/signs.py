"""Characters that no reader sees where they stand; knows neither sources nor pages."""

from __future__ import annotations

import re
import unicodedata

# Signs without a shape that Unicode counts among letters, marks and symbols: fillers, an empty
# pattern of Braille, joiners of graphemes, and variants other than those of emoji.
_SHAPELESS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
) | {chr(code) for code in (*range(0xFE00, 0xFE0F), *range(0xE0100, 0xE01F0))}
# Directions, joiners and tags (Cf), private signs (Co), ends of lines that are none (Zl, Zp).
_SHAPELESS_CATEGORIES = {"Cf", "Co", "Zl", "Zp"}
# An emoji of several signs holds joiners and variants between them, which are no text.
_EMOJI = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_OF_EMOJI = re.compile(f"(?<={_EMOJI})\ufe0f?\u200d(?={_EMOJI})|(?<={_EMOJI})\ufe0f")


def shapeless(text: str) -> str:
    """Return the first sign of a text that has no shape, or ""; emoji may be joined."""
    if text.isascii():
        return ""
    signs = _OF_EMOJI.sub("", text)
    return next((sign for sign in signs if not sign.isascii() and _is_shapeless(sign)), "")


def _is_shapeless(sign: str) -> bool:
    return sign in _SHAPELESS or unicodedata.category(sign) in _SHAPELESS_CATEGORIES
