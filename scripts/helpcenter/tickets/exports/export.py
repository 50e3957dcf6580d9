"""Look at an export before it is read: of which system is it, in which form, with which columns?

Reads heads and tails. Of what they hold only names reach Python: the headings of a table and the
keys of JSON objects. Knows nothing of tickets' meaning. Raises SyncError, which shows no value.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import BinaryIO, Literal

from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.exports import records, unpack
from helpcenter.tickets.exports.header import headers, with_plain_header
from helpcenter.tickets.exports.naming import Match
from helpcenter.tickets.exports.naming import Path as Name
from helpcenter.tickets.exports.parquet import parquet_columns
from helpcenter.tickets.exports.sniff import Choice, choose, resolve
from helpcenter.tickets.exports.source import SourceFile

Form = Literal["csv", "json", "parquet"]

_HEAD = 1 << 20
_SAMPLES = 16
_SAMPLE = 64 << 10


@dataclass(frozen=True)
class Export:
    """An export that can be read: an open UTF-8 file, and what its columns mean.

    `names` are the columns of a table or the paths of JSON objects, as they are written, and
    `fields` those of them that are read. A table's header comes after `skip` lines.
    """

    number: int
    file: unpack.Unpacked
    form: Form
    choice: Choice
    names: tuple[Name, ...]
    delimiter: str = ""
    skip: int = 0
    last_line_at: int | None = None
    """Where a last line begins that no line end closes, in bytes; None if all are closed."""
    types: Mapping[str, str] = field(default_factory=dict)
    """The engine's types of a Parquet file's columns."""
    left_out: frozenset[str] = frozenset()
    """Fields that are not read after all, because the ticket counts without them."""

    @property
    def path(self) -> str:
        """Return where the engine finds the file, whatever its name is and whether it has one."""
        return f"/dev/fd/{self.file.stream.fileno()}"

    @property
    def source(self) -> str:
        """Return the name of the system's mapping."""
        return self.choice.source

    @property
    def mapping(self) -> SourceFile:
        """Return what the system calls its columns."""
        return self.choice.mapping

    @cached_property
    def fields(self) -> Mapping[str, tuple[Match, ...]]:
        """Return which of the names are read, by field."""
        fields = resolve(self.choice.columns, self.names)[0]
        return {name: () if name in self.left_out else found for name, found in fields.items()}


def open_export(
    stream: BinaryIO,
    number: int,
    *,
    sources: Mapping[str, SourceFile],
    source: str | None,
    encoding: str | None,
    copies: unpack.Copies,
) -> Export:
    """Decide what `stream` is; `source` names its mapping, else the content decides.

    The file of the result may be another one, a copy without a name.
    """
    file = unpack.unpack(stream, number, encoding=encoding, copies=copies)
    file.stream.seek(0)
    head = file.stream.read(_HEAD)
    if head.startswith(unpack.PARQUET):
        names, types = parquet_columns(file.stream, number, scratch=copies.folder)
        choice = choose(names, sources, source, number)
        return Export(number, file, "parquet", choice, names, types=types)
    head = head.removeprefix(codecs.BOM_UTF8)
    first = head.lstrip()[:1]
    if not first:
        raise SyncError("E_EMPTY", file=number)
    if first == b"<":
        raise SyncError("E_HTML", file=number)
    if first in b"[{":
        keys = records.names_in(head)
        if not keys:
            raise SyncError("E_NOTICKETS", file=number)
        choice = choose(keys, sources, source, number)
        file = _lines(file, head, choice, copies=copies, number=number)
        parts = _parts(file.stream)
        found = dict.fromkeys(name for part in parts for name in records.names_in(part))
        export = Export(number, file, "json", choice, tuple(found))
        _check_keys(export)
    else:
        export = _table(head, sources, source, file=file, copies=copies, number=number)
    return replace(export, last_line_at=_last_line_at(export.file.stream))


def _check_keys(export: Export) -> None:
    """Raise SyncError if two keys that are read differ in case alone: the engine knows only one."""
    keys = {match.path[0] for found in export.fields.values() for match in found}
    if len({key.casefold() for key in keys}) < len(keys):
        raise SyncError("E_TWICE", file=export.number, row=1)


def _lines(
    file: unpack.Unpacked, head: bytes, choice: Choice, *, copies: unpack.Copies, number: int
) -> unpack.Unpacked:
    """Return the tickets of a JSON document as JSON lines, which it may already be."""
    if not choice.inside and records.is_lines(head):
        return file
    lines = copies.new()
    records.as_lines(file.stream, lines, inside=choice.inside, number=number)
    lines.flush()
    file.stream.close()
    return replace(file, stream=lines, document=True)


def _parts(lines: BinaryIO) -> Iterator[bytes]:
    """Yield the head of JSON lines, and whole lines from many places of the rest.

    A field that is rarely filled may be missing from all the first tickets.
    """
    size = lines.seek(0, io.SEEK_END)
    lines.seek(0)
    yield lines.read(_HEAD)
    for sample in range(1, _SAMPLES + 1) if size > _HEAD else ():
        lines.seek(_HEAD + (size - _HEAD) * sample // _SAMPLES - _SAMPLE)
        yield lines.read(_SAMPLE).partition(b"\n")[2].rpartition(b"\n")[0]


def _table(
    head: bytes,
    sources: Mapping[str, SourceFile],
    source: str | None,
    *,
    file: unpack.Unpacked,
    copies: unpack.Copies,
    number: int,
) -> Export:
    """Find the delimiter under which the header names what is needed."""
    found = list(headers(head))
    if not found:
        raise SyncError("E_QUOTES", file=number, row=1)
    failure = SyncError("E_NOID", file=number, row=1)
    # The more columns a delimiter makes, the likelier it is the one.
    for header in sorted(found, key=lambda each: -len(each.names)):
        names = tuple((name,) for name in header.names)
        try:
            choice = choose(names, sources, source, number)
        except SyncError as error:
            failure = error if failure.code == "E_NOID" else failure
            continue
        skip = header.skip
        if header.misleads:
            plain = copies.of(with_plain_header(file.stream, header, head=_HEAD), number)
            file, skip = replace(file, stream=plain), 0
        return Export(number, file, "csv", choice, names, delimiter=header.delimiter, skip=skip)
    widest = max((each.names for each in found), key=len)
    if "\0" in "".join(widest):
        raise SyncError("E_BINARY", file=number)
    if any("\ufffd" in name for name in widest):
        raise SyncError("E_ENCODING", file=number, row=1)
    raise SyncError(failure.code, file=number, row=1)


def _last_line_at(stream: BinaryIO) -> int | None:
    size = stream.seek(0, io.SEEK_END)
    start = max(0, size - _HEAD)
    stream.seek(start)
    tail = stream.read()
    if tail.endswith((b"\n", b"\r")):
        return None
    return start + max(tail.rfind(b"\n"), tail.rfind(b"\r")) + 1
