"""Find the tickets in a JSON document without reading what they say.

The engine reads JSON lines: one object a line, so that one broken ticket costs one line. Arrays,
documents with tickets somewhere inside, and pretty-printed objects are turned into lines here,
byte for byte, by looking at brackets and quotes alone. Of all texts only keys are decoded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.exports.naming import EACH, Path

# A ticket longer than this is none.
LONGEST: Final = 16 << 20

_CHUNK = 1 << 20
_DEEPEST_NAME = 6
_MOST_NAMES = 5_000
_FIRST_LINES = 20
_STRING = rb'"(?:[^"\\]++|\\.)*+"'
_TOKEN = re.compile(rb"(?P<string>" + _STRING + rb")(?P<key>\s*+:)?|[\[\]{},]", re.DOTALL)
_UP_TO_BRACKET = re.compile(rb'((?:[^"\[\]{}]++|' + _STRING + rb")*+)([\[\]{}])", re.DOTALL)
_LAST_KEY = re.compile(rb"(" + _STRING + rb")\s*:\s*\Z", re.DOTALL)
_BETWEEN = b" \t\r\n,"


def names_in(head: bytes) -> list[Path]:
    """Return the paths of all keys in the beginning of a document, in order, once each.

    Lines are looked at one by one, so that a broken one says nothing about the next.
    """
    parts = head.split(b"\n") if is_lines(head) else [head]
    names: dict[Path, None] = {}
    for part in parts:
        if len(names) < _MOST_NAMES:
            names |= dict.fromkeys(_names(part))
    return list(names)


def _names(text: bytes) -> Iterator[Path]:
    here: list[str] = []
    steps: list[int] = []
    key: str | None = None
    for token in _TOKEN.finditer(text):
        if token["string"]:
            key = _decoded(token["string"]) if token["key"] else None
            if key is not None and len(here) < _DEEPEST_NAME:
                yield (*here, key)
            continue
        if token[0] in b"[{":
            new = ([] if key is None else [key]) + ([EACH] if token[0] == b"[" else [])
            here += new
            steps.append(len(new))
        elif token[0] in b"]}" and steps:
            del here[len(here) - steps.pop() :]
        key = None


def is_lines(head: bytes) -> bool:
    """Return whether one of the first lines of `head` is a whole object, as in JSON lines."""
    lines = head.lstrip().split(b"\n", _FIRST_LINES)[:_FIRST_LINES]
    return len(lines) == 1 or any(_is_object(line) for line in lines)


def _is_object(line: bytes) -> bool:
    depth = 0
    for token in _TOKEN.finditer(line):
        if not token["string"]:
            depth += (token[0] in b"[{") - (token[0] in b"]}")
        if depth == 0:
            return line[0] == ord("{") and not line[token.end() :].strip()
    return False


def as_lines(document: BinaryIO, lines: BinaryIO, *, inside: Path, number: int) -> None:
    """Write the objects at the path `inside` of a JSON document to `lines`, one a line.

    What stands in an object's place and is none becomes the line `null`. Raises SyncError, with
    the count of objects as the row, if the document of export `number` ends too early.
    """
    document.seek(0)
    here: list[str] = []
    steps: list[int] = []
    written, start, level, position = 0, -1, 0, 0
    buffer = b""
    while chunk := document.read(_CHUNK):
        keep = start if start >= 0 else position
        buffer = buffer[keep:] + chunk
        position -= keep
        start = 0 if start >= 0 else -1
        if len(buffer) > LONGEST + 2 * _CHUNK:
            raise SyncError("E_LONG", file=number, row=written + 1)
        while match := _UP_TO_BRACKET.match(buffer, position):
            before, bracket = match.groups()
            position = match.end()
            among = start < 0 and tuple(here) == inside
            if among and before.strip(_BETWEEN):
                lines.write(b"null\n")
                written += 1
            if bracket in b"[{":
                if among:
                    start, level = match.start(2), len(steps)
                new = [] if start >= 0 else _steps(before, bracket)
                here += new
                steps.append(len(new))
                continue
            if not steps:
                raise SyncError("E_PARSE", file=number, row=written + 1)
            del here[len(here) - steps.pop() :]
            if start >= 0 and len(steps) == level:
                line = buffer[start:position].replace(b"\n", b" ").replace(b"\r", b" ")
                lines.write(line + b"\n")
                written, start = written + 1, -1
    if steps or buffer[position:].strip():
        raise SyncError("E_CUTOFF", file=number, row=written + 1)


def _steps(before: bytes, bracket: bytes) -> list[str]:
    """Return what a bracket adds to the path: the key before it, and "[]" if it opens a list."""
    key = _LAST_KEY.search(before)
    return ([_decoded(key[1]) or ""] if key else []) + ([EACH] if bracket == b"[" else [])


def _decoded(string: bytes) -> str | None:
    try:
        return str(json.loads(string))
    except ValueError:
        return None
