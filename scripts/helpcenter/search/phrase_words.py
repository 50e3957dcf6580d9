"""The words of recovery phrases as a set of bits, small enough to be in every reader's browser.

phrase-words.js holds the result and asks it; a test makes it again from the list of BIP 39 and
compares.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable

BITS = 8_192


def bits(words: Iterable[str]) -> str:
    """Return a set of words, one bit for each, in base 64."""
    found = bytearray(BITS // 8)
    for word in words:
        place = _place(word)
        found[place >> 3] |= 1 << (place & 7)
    return base64.b64encode(found).decode("ascii")


def _place(word: str) -> int:
    """Return a word's bit: FNV-1a of 32 bits, its upper half folded in."""
    number = 0x811C9DC5
    for byte in word.encode("ascii"):
        number = (number ^ byte) * 0x01000193 & 0xFFFFFFFF
    return (number ^ number >> 15) % BITS
