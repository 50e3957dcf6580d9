"""Cut a large table into pieces that begin with a row, so that several can be read at once.

DuckDB 2.0 guesses where a row begins when it reads one file in parallel; where a quoted text has
line ends, it takes lines of that text for rows. Here a piece ends at a line end behind which rows
have as many columns as the header: once if a quote is taken to be open there, once if not, and
where that leaves a doubt, nothing is cut. To be sure, a row that is known is put after each piece:
if the reader returns it, no quote was open at the end of the piece. If it returns all of them, it
read the table as if in one go: the first piece begins with a row, and so does each next one,
because the one before ended with one.
A header is put before each piece, because DuckDB 2.0 takes the first line end for the table's, be
it one inside of quotes.

A piece is a named pipe in the scratch folder, filled from the file without a copy. Knows nothing
of tickets.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import BinaryIO, Final

Span = tuple[int, int]

# DuckDB 2.0 reads up to 8,000,000 bytes without a guess.
_LARGE: Final = 7 << 20
# Of a pipe, DuckDB 2.0 keeps all it has read until the end, in memory or in a file.
_SMALLEST: Final = 16 << 20
_MOST: Final = 256
_CHUNK: Final = 1 << 20
# What is looked at to find a row, and the fewest rows that show how wide they are.
_WINDOW: Final = 128 << 10
_FEWEST: Final = 2
_QUOTE: Final = b'"'
_QUOTED: Final = re.compile(rb'"[^"]*+"')
_ROW: Final = re.compile(rb'(?:[^"\n]++|"[^"]*+")*+\n')


def cut(table: BinaryIO, *, skip: int, delimiter: str, columns: int) -> list[Span]:
    """Return where the pieces of a table begin and end, in bytes, without its header.

    `skip` lines come before the header. A small table, or one without line feeds, has none.
    """
    size = table.seek(0, os.SEEK_END)
    if size < _LARGE:
        return []
    table.seek(0)
    skipped = sum(len(table.readline()) for _ in range(skip))
    header = _ROW.match(table.read(_CHUNK))
    if header is None:
        return []
    # The first piece begins behind the header, which is a row like the others.
    starts = [skipped + header.end()]
    count = min(_MOST, 1 + size // _SMALLEST)
    for number in range(1, count):
        start = _row_start(table, size * number // count, delimiter.encode(), columns)
        if start is not None and start > starts[-1]:
            starts.append(start)
    ends = [*starts[1:], size]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def holds(table: BinaryIO, text: bytes) -> bool:
    """Return whether a table has a short text somewhere."""
    table.seek(0)
    before = b""
    while chunk := table.read(_CHUNK):
        if text in before + chunk:
            return True
        before = chunk[-len(text) :]
    return False


def _row_start(table: BinaryIO, after: int, delimiter: bytes, columns: int) -> int | None:
    """Return where a row begins behind `after`, or None if that is in doubt."""
    table.seek(after)
    window = table.read(_WINDOW)
    found = []
    for opened in (b"", _QUOTE):
        text = opened + window
        ends = _row_ends(text)
        rows = [_QUOTED.sub(b"", text[start:end]) for start, end in pairwise(ends)]
        if len(rows) >= _FEWEST and all(row.count(delimiter) == columns - 1 for row in rows):
            found.append(after + ends[0] - len(opened))
    return found[0] if len(found) == 1 else None


def _row_ends(text: bytes) -> list[int]:
    ends: list[int] = []
    while row := _ROW.match(text, ends[-1] if ends else 0):
        ends.append(row.end())
    return ends


@contextmanager
def pipes(
    table: BinaryIO, spans: Sequence[Span], *, header: str, last_row: str, folder: Path
) -> Iterator[list[Path]]:
    """Yield a named pipe in `folder` for each piece, `last_row` after it; each is read once.

    `header` comes before each piece but the one that begins with the table's own.
    """
    table.seek(0)
    line_end = "\r\n" if table.readline().endswith(b"\r\n") else "\n"
    table.seek(-1, os.SEEK_END)
    closed = table.read() == b"\n"
    before = (header + line_end).encode()
    after = (line_end * (not closed) + last_row + line_end).encode()
    with ExitStack() as stack:
        paths = [folder / f"piece-{number}" for number in range(len(spans))]
        for path, span in zip(paths, spans, strict=True):
            os.mkfifo(path, 0o600)
            stack.callback(path.unlink)
            # Only the last line of the table may lack its end.
            row = after if span is spans[-1] else (last_row + line_end).encode()
            rows = (before if span[0] else b"", row)
            filler = Thread(target=_fill, args=(path, table.fileno(), span, *rows), daemon=True)
            filler.start()
            stack.callback(_end, path, filler)
        yield paths


def _fill(path: Path, table: int, span: Span, first: bytes, last: bytes) -> None:
    start, end = span
    pipe = os.open(path, os.O_WRONLY)  # waits for who reads
    with suppress(BrokenPipeError):
        os.write(pipe, first)
        while start < end and (moved := os.splice(table, pipe, min(_CHUNK, end - start), start)):
            start += moved
        os.write(pipe, last)
    os.close(pipe)


def _end(path: Path, filler: Thread) -> None:
    """Let a filler go for whose pipe nobody came."""
    while filler.is_alive():
        os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
        filler.join(0.01)
