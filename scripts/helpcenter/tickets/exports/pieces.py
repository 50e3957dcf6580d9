"""Cut a large table into pieces that begin with a row, so that several can be read at once.

DuckDB 2.0 guesses where a row begins when it reads one file in parallel; where a quoted text has
line ends, it takes lines of that text for rows. Here a piece ends at a line end before which the
number of quotation marks is even. That is a row's end, unless a mark stands where CSV allows
none. To be sure, a row that is known is put after each piece: if the reader returns it, no quote
was open at the end of the piece. If it returns all of them, it read the table as if in one go:
the first piece begins with a row, and so does each next one, because the one before ended with one.
A header is put before each piece, because DuckDB 2.0 takes the first line end for the table's, be
it one inside of quotes.

A piece is a named pipe in the scratch folder, filled from the file without a copy. Knows nothing
of tickets.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import BinaryIO, Final

Span = tuple[int, int]

# DuckDB 2.0 reads up to 8,000,000 bytes without a guess.
_LARGE: Final = 7 << 20
_SMALLEST: Final = 32 << 20
_MOST: Final = 64
_CHUNK: Final = 1 << 20
_QUOTE = b'"'


def cut(table: BinaryIO, *, skip: int) -> list[Span]:
    """Return where the pieces of a table begin and end, in bytes, without its header.

    `skip` lines come before the header. A small table, or one without line feeds, has none.
    """
    size = table.seek(0, os.SEEK_END)
    if size < _LARGE:
        return []
    count = min(_MOST, 1 + size // _SMALLEST)
    table.seek(0)
    here = sum(len(table.readline()) for _ in range(skip))
    starts: list[int] = []
    for number in range(count):
        # The first piece begins behind the header, which is a row like the others.
        found = _row_end(table, here, max(here, size * number // count))
        if found is None:
            break
        here = found
        starts.append(here)
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


def _row_end(table: BinaryIO, start: int, after: int) -> int | None:
    """Return where the first row ends that ends behind `after`; a row begins at `start`."""
    table.seek(start)
    quotes = 0
    while start < after:
        chunk = table.read(min(_CHUNK, after - start))
        quotes += chunk.count(_QUOTE)
        start += len(chunk)
    while line := table.readline():
        quotes += line.count(_QUOTE)
        start += len(line)
        if quotes % 2 == 0 and line.endswith(b"\n"):
            return start
    return None


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
