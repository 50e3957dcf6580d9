"""Look at an export before it is read: is it one, in which encoding, with which columns?

Reads the head and the tail of a file and nothing else, unless it has to be turned into UTF-8.
Knows nothing of tickets' meaning. Raises SyncError, which never shows a value.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from helpcenter.tickets.errors import SyncError
from helpcenter.tickets.source import SourceFile, resolve

_HEAD = 1 << 20
_BINARY = (b"PK\x03\x04", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1", b"\xd0\xcf\x11\xe0", b"%PDF")
_DELIMITERS = (",", ";", "\t", "|")
_LINE_END = re.compile(r"\r\n|\n|\r")
# What may stand before a header: blank lines, and the line that tells Excel the delimiter.
_PREAMBLE = re.compile(r"(?:\r\n|\n|\r)*(?:sep=(?P<delimiter>.)(?:\r\n|\n|\r))?", re.IGNORECASE)
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


@dataclass(frozen=True)
class Table:
    """How a CSV is laid out; `skip` lines come before the header, `fields` are positions."""

    delimiter: str
    skip: int
    width: int
    fields: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True)
class Export:
    """An export that can be read: a UTF-8 file, its mapping, and its layout if it is a table."""

    number: int
    path: Path
    source: str
    mapping: SourceFile
    table: Table | None
    last_line_at: int | None
    """Where a last line begins that no line end closes, in bytes; None if all are closed."""


def open_export(
    path: Path,
    number: int,
    *,
    sources: Mapping[str, SourceFile],
    source: str | None,
    encoding: str | None,
    scratch: Path,
) -> Export:
    """Decide what the file at `path` is, in UTF-8, reachable from the folder `scratch`."""
    _must_be_a_file(path, number)
    readable = _in_utf8(path, number, encoding=encoding, scratch=scratch)
    with readable.open("rb") as file:
        head = file.read(_HEAD).removeprefix(codecs.BOM_UTF8)
    kind = _kind(head, number)
    if source is None:
        source = next(name for name, mapping in sources.items() if mapping.format == kind)
    mapping = sources[source]
    if mapping.format != kind:
        raise SyncError("E_SOURCE", file=number)
    table = _table(head, number, mapping) if kind == "csv" else None
    return Export(number, readable, source, mapping, table, _last_line_at(readable))


def _must_be_a_file(path: Path, number: int) -> None:
    if not path.exists():
        raise SyncError("E_NOFILE", file=number)
    if not path.is_file():
        raise SyncError("E_NOTAFILE", file=number)
    try:
        with path.open("rb"):
            pass
    except OSError:
        raise SyncError("E_ACCESS", file=number) from None


def _in_utf8(path: Path, number: int, *, encoding: str | None, scratch: Path) -> Path:
    """Return a path in `scratch` whose name has no character the engine could take for a glob."""
    copy = scratch / f"{number}.txt"
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_BINARY):
        raise SyncError("E_BINARY", file=number)
    # A byte order mark says more than the command line, which speaks of all files at once.
    encoding = _UTF16.get(start[:2]) or encoding
    if start.startswith(codecs.BOM_UTF8):
        # DuckDB 2.0 passes over the mark in a CSV, but loses the first line of JSON lines to it.
        encoding = "utf-8-sig" if start.removeprefix(codecs.BOM_UTF8).startswith(b"{") else None
    if encoding is None:
        copy.symlink_to(path.resolve())
        return copy
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as raw, copy.open("w", encoding="utf-8", newline="") as text:
        try:
            while chunk := raw.read(_HEAD):
                text.write(decoder.decode(chunk))
            text.write(decoder.decode(b"", final=True))
        except UnicodeError:
            raise SyncError("E_ENCODING", file=number) from None
    return copy


def _kind(head: bytes, number: int) -> str:
    first = head.lstrip()[:1]
    if not first:
        raise SyncError("E_EMPTY", file=number)
    if first == b"<":
        raise SyncError("E_HTML", file=number)
    if first == b"[" or head.split(b"\n", 1)[0].strip() == b"{":
        raise SyncError("E_FORMAT", file=number)
    return "json-lines" if first == b"{" else "csv"


def _table(head: bytes, number: int, mapping: SourceFile) -> Table:
    """Find the delimiter under which the header names what is needed, and the fields' places."""
    # A character may be cut at the end of the head; the header itself must be whole.
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(head)
    preamble = _PREAMBLE.match(text)
    assert preamble is not None  # every part of the pattern may be absent
    body = text[preamble.end() :]
    delimiters = (preamble["delimiter"],) if preamble["delimiter"] else _DELIMITERS
    candidates = []
    for delimiter in delimiters:
        with suppress(csv.Error, StopIteration):
            reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
            header = tuple(next(reader))
            fields, lacking = resolve(mapping.columns, header)
            candidates.append((lacking == "", len(header), lacking, delimiter, fields, header))
    if not candidates:
        raise SyncError("E_QUOTES", file=number, row=1)
    _, width, lacking, delimiter, fields, header = max(candidates, key=lambda c: c[:2])
    if "\0" in "".join(header):
        raise SyncError("E_BINARY", file=number)
    if lacking:
        code = "E_ENCODING" if any("\ufffd" in name for name in header) else lacking
        raise SyncError(code, file=number, row=1)
    skip = len(_LINE_END.findall(preamble.group()))
    return Table(delimiter, skip, width, fields)


def _last_line_at(path: Path) -> int | None:
    with path.open("rb") as file:
        size = file.seek(0, io.SEEK_END)
        start = max(0, size - _HEAD)
        file.seek(start)
        tail = file.read()
    if tail.endswith((b"\n", b"\r")):
        return None
    return start + max(tail.rfind(b"\n"), tail.rfind(b"\r")) + 1
