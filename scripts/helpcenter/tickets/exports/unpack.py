"""Turn what was downloaded into UTF-8 text or Parquet that the engine can read.

Decompresses, decodes and checks: what is cut off or damaged is refused, because readers pass
over it in silence (DuckDB 2.0 reads a truncated zstd stream as far as it goes). A copy that has to
be made never has a name: it is an open file that no folder lists, so that nothing is left of it
whenever the process ends. Knows nothing of tickets.
"""

from __future__ import annotations

import codecs
import gzip
import io
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from helpcenter.tickets.common.errors import SyncError

try:
    from compression import zstd  # type: ignore[import-not-found, unused-ignore]
except ImportError:  # before Python 3.14
    from backports import zstd

CHUNK: Final = 1 << 20
PARQUET: Final = b"PAR1"

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_BINARY = (b"PK\x03\x04", b"PARE", b"\xd0\xcf\x11\xe0", b"%PDF", b"BZh", b"\xfd7zXZ", b"7z\xbc")
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# A file may be compressed twice, but not for ever: some gzip streams unpack to themselves.
_MOST_WRAPPINGS = 2
# Of UTF-16 without a mark, at least this share of bytes is zero where text has digits.
_ZEROS = 0.2
_SAMPLE = 4096
# What a copy may take of the free space of the temporary folder.
_SPACE = 0.5


@dataclass(frozen=True)
class Unpacked:
    """An open file in UTF-8 or Parquet, and what it was before.

    `document` says that its lines were made from a JSON document.
    """

    stream: BinaryIO
    packing: tuple[str, ...]
    encoding: str
    document: bool = False


@dataclass(frozen=True)
class Copies:
    """Makes files for bytes that no folder lists, in the file system of `folder`.

    They are closed with `files`, and are gone then, or with the process.
    """

    folder: Path
    files: ExitStack

    def new(self) -> BinaryIO:
        """Return a new nameless file."""
        return self.files.enter_context(tempfile.TemporaryFile(dir=self.folder))

    def of(self, chunks: Iterator[bytes], number: int) -> BinaryIO:
        """Return a nameless file of all `chunks`, the content of export `number`."""
        room = int(shutil.disk_usage(self.folder).free * _SPACE)
        copy = self.new()
        for chunk in chunks:
            room -= len(chunk)
            if room < 0:
                raise SyncError("E_BIG", file=number)
            copy.write(chunk)
        copy.flush()
        return copy


def unpack(file: BinaryIO, number: int, *, encoding: str | None, copies: Copies) -> Unpacked:
    """Return `file`, or a copy of it, as UTF-8 text without a mark, or as Parquet.

    Raises SyncError if it is damaged, or nothing of the kind.
    """
    packing: list[str] = []
    for _ in range(_MOST_WRAPPINGS):
        if packed := _opened(file):
            packing.append("gzip" if isinstance(packed, gzip.GzipFile) else "zstd")
            file = _replaced(file, copies.of(_decompressed(packed, number), number))
    start = _start(file)
    if start.startswith(PARQUET):
        _check_end(file, number)
        return Unpacked(file, tuple(packing), "")
    if start.startswith((_GZIP, _ZSTD, *_BINARY, *_UTF32)):
        raise SyncError("E_BINARY", file=number)
    # A byte order mark says more than the command line, which speaks of all files at once.
    known = _UTF16.get(start[:2]) or encoding or _unmarked(start)
    if start.startswith(codecs.BOM_UTF8):
        # DuckDB 2.0 passes over the mark in a CSV, but loses the first line of JSON lines to it.
        known = "utf-8-sig" if start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in b"[{" else None
    if known is not None:
        file = _replaced(file, copies.of(_decoded(file, known, number), number))
    return Unpacked(file, tuple(packing), (known or "utf-8").removesuffix("-sig"))


def _replaced(old: BinaryIO, new: BinaryIO) -> BinaryIO:
    old.close()
    return new


def _start(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(_SAMPLE)


def _opened(file: BinaryIO) -> BinaryIO | None:
    """Return a stream of what is packed in `file`, or None if nothing is."""
    start = _start(file)
    file.seek(0)
    if start.startswith(_GZIP):
        return gzip.GzipFile(fileobj=file, mode="rb")  # type: ignore[return-value]
    return zstd.ZstdFile(file) if start.startswith(_ZSTD) else None


def _decompressed(packed: BinaryIO, number: int) -> Iterator[bytes]:
    """Yield the content of all members; each is checked against its length and checksum."""
    try:
        yield from iter(lambda: packed.read(CHUNK), b"")
    except EOFError:
        code = "E_CUTOFF"
    except (gzip.BadGzipFile, zlib.error, zstd.ZstdError):
        code = "E_PACKED"
    else:
        return
    raise SyncError(code, file=number)


def _decoded(file: BinaryIO, encoding: str, number: int) -> Iterator[bytes]:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError:
        pass
    else:
        return
    raise SyncError("E_ENCODING", file=number)


def _unmarked(start: bytes) -> str | None:
    """Return the UTF-16 encoding of a text without a mark, if it can be no other."""
    start = start[: len(start) // 2 * 2]
    for zeros, encoding in ((start[1::2], "utf-16-le"), (start[::2], "utf-16-be")):
        if start and zeros.count(0) == start.count(0) >= len(start) * _ZEROS:
            with suppress(UnicodeError):
                if "\n" in start.decode(encoding, "strict"):
                    return encoding
    return None


def _check_end(file: BinaryIO, number: int) -> None:
    file.seek(-len(PARQUET), io.SEEK_END)
    if file.read() != PARQUET:
        raise SyncError("E_CUTOFF", file=number)
