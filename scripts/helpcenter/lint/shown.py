"""A piece of Markdown or of a data file as its reader sees it, each sign with its place.

What the reader does not see (emphasis, link targets, anchors, comments) is left out; what must
not be changed (code, facts, parameters, addresses) is one sign for private use between the
letters it begins and ends with. So a tool that knows no markup can correct the text, and its
corrections find their way back into the source.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

HAN = "\u3400-\u9fff\uf900-\ufaff"

_OPAQUE = "\ue000"
_BLOCK = re.compile(r"\s*(?:(?:[-*+>:|]|\d+[.)]|#{1,6}|!!!\s+\w+)(?:\s+|$)|\|)*")
_TITLE = re.compile(r"\s*!!!\s+\w+\s+\"(?P<title>.*)\"\s*$")
_PIECE = re.compile(
    r"(?P<hidden><!--.*?(?:-->|$)|\{\s*[#.:][^{}]*\})"
    r"|(?P<ticks>(?<!`)`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\{\{\s*(?P<fact>[^{}]*?)\s*\}\}"
    r"|(?P<parameter>\{\w+\}|\$\w+)"
    rf"|(?P<address><[^<>\s]+>|https?://[^\s()<>{HAN}，。；：！？（）“”、]+)"
    r"|(?P<opens>!?\[)"
    r"|(?P<closes>\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])?)"
    r"|(?P<toggles>\*\*|\*|__)"
    r"|\\(?P<escaped>[^\w\s])"
)
_LATIN_OR_DIGIT = re.compile(r"[0-9A-Za-z%]")
_HAN = re.compile(f"[{HAN}]")


@dataclass(frozen=True)
class Edit:
    """One correction: what `source[start:end]` should be."""

    start: int
    end: int
    text: str


@dataclass
class Shown:
    """The text of a source, and for each sign where it stands there; grows while it is read.

    `gaps` has one place more than there are signs: where to put something before each, and at
    the end, so that it stands outside of emphasis and links.
    """

    source: str
    text: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)
    gaps: list[int] = field(default_factory=lambda: [0])

    def add(self, signs: str, start: int, end: int) -> None:
        """Add signs that stand for `source[start:end]`."""
        self.text += signs
        self.places += [(start, end)] * len(signs)
        self.gaps += [end] * len(signs)


def show(source: str, facts: Mapping[str, str]) -> Shown:
    """Read one line of Markdown, or one value of a data file; `facts` has the values by name."""
    title = _TITLE.match(source)
    begin, end = title.span("title") if title else (_end_of_block(source), len(source))
    shown, place = Shown(source, gaps=[begin]), begin
    opened: list[str] = []
    for piece in _PIECE.finditer(source, begin, end):
        _plain(shown, place, piece.start())
        _add(shown, piece, facts, opened)
        place = piece.end()
    _plain(shown, place, end)
    return shown


def _end_of_block(source: str) -> int:
    match = _BLOCK.match(source)
    return match.end() if match else 0


def _plain(shown: Shown, start: int, end: int) -> None:
    for place in range(start, end):
        shown.add(shown.source[place], place, place + 1)


def _add(shown: Shown, piece: re.Match[str], facts: Mapping[str, str], opened: list[str]) -> None:
    start, end = piece.span()
    if piece["fact"] is not None:
        shown.add(_sign(facts.get(piece["fact"], "")), start, end)
    elif piece["code"] or piece["address"]:
        shown.add(_sign(piece["code"] or "https"), start, end)
    elif piece["parameter"]:
        shown.add(_OPAQUE, start, end)
    elif piece["escaped"]:
        shown.add(piece["escaped"], start, end)
    elif piece["toggles"] in opened:
        opened.remove(piece["toggles"])
        shown.gaps[-1] = end
    elif piece["toggles"]:
        opened.append(piece["toggles"])
    elif piece["closes"]:
        shown.gaps[-1] = end


def _sign(value: str) -> str:
    """Return the sign for a value, between letters of the kind it begins and ends with."""
    kinds = [
        "A" if _LATIN_OR_DIGIT.match(edge) else "中" if _HAN.match(edge) else ""
        for edge in (value[:1], value[-1:])
    ]
    return _OPAQUE.join(kinds)


def edits(shown: Shown, wanted: str) -> Iterator[Edit]:
    """Yield what to change in the source for its text to be `wanted`.

    A change within what must not be changed is left out, and so is taking away a space beside
    emphasis: without it, some readers of Markdown do not see where `**` ends after a full stop.
    """
    matcher = difflib.SequenceMatcher(None, shown.text, wanted, autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        new = wanted[new_first:new_last]
        places = shown.places[first:last]
        if kind == "insert":
            inside = (
                0 < first < len(shown.places) and shown.places[first - 1] == shown.places[first]
            )
            if not inside:
                yield Edit(shown.gaps[first], shown.gaps[first], new)
        elif kind != "equal" and _is_plain(shown.source, places):
            start, end = places[0][0], places[-1][1]
            is_beside_emphasis = "*" in (
                shown.source[start - 1 : start],
                shown.source[end : end + 1],
            )
            if not is_beside_emphasis:
                yield Edit(start, end, new)


def _is_plain(source: str, places: list[tuple[int, int]]) -> bool:
    """Tell whether signs stand one after another in the source, as they are or escaped."""
    follow = all(before[1] == after[0] for before, after in pairwise(places))
    return follow and all(
        end - start == 1 or (end - start == 2 and source[start] == "\\") for start, end in places
    )


def apply(source: str, changes: list[Edit]) -> str:
    """Return the source with all changes made."""
    for change in sorted(changes, key=lambda change: -change.start):
        source = source[: change.start] + change.text + source[change.end :]
    return source
