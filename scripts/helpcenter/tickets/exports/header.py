"""Find the header of a table, and put one in its place that the engine cannot misread.

DuckDB 2.0 takes the first line end of a file for the table's. Where a heading, or what comes
before the header, has another kind of line end, it finds no rows. Knows nothing of tickets.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO, Final

_DELIMITERS: Final = (",", ";", "\t", "|")
_LINE_END = re.compile(r"\r\n|\n|\r")
_LINE_END_IN_BYTES = re.compile(rb"\r\n|\n|\r")
# What may stand before a header: blank lines, and the line that tells Excel the delimiter.
_PREAMBLE = re.compile(r"(?:\r\n|\n|\r)*(?:sep=(?P<delimiter>.)(?:\r\n|\n|\r))?", re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """The header of a table if `delimiter` is what parts its columns.

    It comes after `skip` lines and ends, in bytes, at `end`; `line_ends` are all up to there.
    """

    delimiter: str
    names: tuple[str, ...]
    skip: int
    end: int
    line_ends: tuple[bytes, ...]

    @property
    def misleads(self) -> bool:
        """Return whether the engine would not find the rows behind it."""
        return len(set(self.line_ends)) > 1


def headers(head: bytes) -> Iterator[Header]:
    """Yield what the header may be of a table that begins with `head`, by delimiter."""
    # A character may be cut at the end of the head; the header itself must be whole.
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(head)
    preamble = _PREAMBLE.match(text)
    assert preamble is not None  # every part of the pattern may be absent
    body = text[preamble.end() :]
    skip = len(_LINE_END.findall(preamble[0]))
    given = preamble["delimiter"]
    for delimiter in (given,) if given else _DELIMITERS:
        with suppress(csv.Error, StopIteration):
            reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
            names = tuple(next(reader))
            ends = [*_LINE_END_IN_BYTES.finditer(head)][: skip + reader.line_num]
            end = ends[-1].end() if ends else len(head)
            yield Header(delimiter, names, skip, end, tuple(found[0] for found in ends))


def with_plain_header(table: BinaryIO, header: Header, *, head: int) -> Iterator[bytes]:
    """Yield the table with a first line of empty names; the header is in the first `head` bytes."""
    yield (header.delimiter * (len(header.names) - 1)).encode() + header.line_ends[-1]
    table.seek(0)
    yield table.read(head).removeprefix(codecs.BOM_UTF8)[header.end :]
    yield from iter(lambda: table.read(head), b"")
