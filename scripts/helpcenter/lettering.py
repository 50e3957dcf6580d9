"""How much room a text takes in a drawing, and where its lines break.

An estimate from the signs alone, on the generous side for the system fonts of the style sheet;
what a browser makes of it, the tests measure. Knows nothing of what is drawn.
"""

from __future__ import annotations

import re
import unicodedata

_NARROW = frozenset("iljtfrI.,:;'!|()[]·… ")
_BROAD = frozenset("mwMW%@—")

# Shares of the size of type. Full-width signs are squares.
_FULL, _WIDE, _CAPITAL, _LETTER, _THIN = 1.0, 0.92, 0.7, 0.6, 0.36

# A line may end after a space or hyphen, and before or after any full-width sign.
_PIECES = re.compile(r"[^\s\u2e80-\uffef-]+-?|\s+|[\u2e80-\uffef]|-")

# Chinese lines neither begin with the first nor end with the second.
_NOT_FIRST, _NOT_LAST = frozenset("，。、：；！？）》」”’…"), frozenset("（《「“‘")


def width(text: str, size: float) -> float:
    """Return about how wide `text` is in letters of `size`, in the same unit."""
    return size * sum(map(_share, text))


def _share(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return _FULL
    if sign in _BROAD:
        return _WIDE
    if sign in _NARROW:
        return _THIN
    return _CAPITAL if sign.isupper() else _LETTER


def wrap(text: str, room: float, size: float) -> list[str]:
    """Break `text` into lines that fit into `room`; a piece that cannot be broken may not fit."""
    lines = [""]
    for piece in _glued(_PIECES.findall(text)):
        if lines[-1] and width((lines[-1] + piece).rstrip(), size) > room:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines if line.strip()]


def _glued(pieces: list[str]) -> list[str]:
    glued: list[str] = []
    for piece in pieces:
        if glued and (piece[0] in _NOT_FIRST or glued[-1][-1] in _NOT_LAST):
            glued[-1] += piece
        else:
            glued.append(piece)
    return glued
