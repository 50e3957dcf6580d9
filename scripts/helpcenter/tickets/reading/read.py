"""Read all exports of a run: open them, stage them, and see that none changed meanwhile.

Knows no clock, no terminal and no place for temporary files: the caller gives all three.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.common import engine as engines
from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.common.errors import Note, SyncError
from helpcenter.tickets.exports import unpack
from helpcenter.tickets.exports.export import Export, open_export
from helpcenter.tickets.exports.source import SourceFile
from helpcenter.tickets.reading import rules, staging

STDIN = Path("-")


@dataclass(frozen=True)
class Reading:
    """How the exports of a run are to be read, as the person at the door said.

    `source` names the mapping of all of them; `stdin` is what the path "-" means. `step` hears
    what begins, "open", "read" or "count", and the number of the export it is about, or 0;
    `progress` lets the engine draw its bar within a long step.
    """

    source: str | None = None
    encoding: str | None = None
    most_unreadable: float = staging.MOST_UNREADABLE
    stdin: BinaryIO | None = None
    progress: bool = False
    step: Callable[[str, int], None] = lambda name, file: None


@dataclass(frozen=True)
class Read:
    """What was found while the tickets of all exports were staged."""

    unreadable: int
    notes: tuple[Note, ...]


@contextmanager
def opened(
    paths: Sequence[Path],
    taxonomy: Taxonomy,
    sources: Mapping[str, SourceFile],
    *,
    reading: Reading,
    as_of: datetime.date,
    scratch: Path,
    key: str,
) -> Iterator[tuple[Engine, tuple[Export, ...]]]:
    """Yield an engine and the exports it can read, as of the end of a UTC day.

    `scratch` is an empty, private folder, `key` a secret of this run. Raises SyncError, which
    names no value; also if an export changes before the end.
    """
    with ExitStack() as stack:
        copies = unpack.Copies(scratch, stack)
        streams = [
            stack.enter_context(_opened(path, number, stdin=reading.stdin, copies=copies))
            for number, path in enumerate(paths, start=1)
        ]
        states = [_state(path) for path in paths]
        exports = []
        failure = None
        try:
            for number, stream in enumerate(streams, start=1):
                reading.step("open", number)
                export = open_export(
                    stream,
                    number,
                    sources=sources,
                    source=reading.source,
                    encoding=reading.encoding,
                    copies=copies,
                )
                exports.append(export)
            engine = stack.enter_context(
                engines.start(scratch, [each.path for each in exports], progress=reading.progress)
            )
            staging.prepare(engine, taxonomy, as_of=as_of, key=key)
            yield engine, tuple(exports)
        except SyncError as error:
            # Half of a file that is being replaced looks damaged: what happened comes first.
            failure = error
        for number, (path, state) in enumerate(zip(paths, states, strict=True), start=1):
            if _state(path) != state:
                raise SyncError("E_CHANGED", file=number)
        if failure is not None:
            raise failure


def read(engine: Engine, exports: Sequence[Export], taxonomy: Taxonomy, reading: Reading) -> Read:
    """Put the tickets of opened exports into the engine's table `staged`. Raises SyncError."""
    unreadable, notes = 0, list(_notes(exports))
    for export in exports:
        reading.step("read", export.number)
        install(engine, taxonomy, export)
        found = staging.stage(engine, export, most_unreadable=reading.most_unreadable)
        unreadable += found.rows
        notes += [Note("N_UNREADABLE", export.number, place) for place in found.places]
        if found.repeats:
            notes.append(Note("N_REPEATS", export.number))
    staging.finish(engine, exports)
    reading.step("count", 0)
    return Read(unreadable, tuple(notes))


def install(engine: Engine, taxonomy: Taxonomy, export: Export) -> None:
    """Let the engine know what the labels and words of an export's system mean."""
    rules.install(engine, taxonomy, export.mapping)
    staging.install(engine, taxonomy, export.mapping)


def _opened(path: Path, number: int, *, stdin: BinaryIO | None, copies: unpack.Copies) -> BinaryIO:
    if path == STDIN and stdin is not None:
        return copies.of(_chunks(stdin), number)
    if not path.exists():
        raise SyncError("E_NOFILE", file=number)
    if path.is_dir():
        raise SyncError("E_FOLDER", file=number)
    try:
        if path.is_fifo():
            with path.open("rb") as pipe:
                return copies.of(_chunks(pipe), number)
        if path.is_file():
            return path.open("rb")
    except OSError:
        code = "E_ACCESS"
    else:
        code = "E_NOTAFILE"
    # Outside of the handler: a chained cause would hold the file's name.
    raise SyncError(code, file=number)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Yield what can be read only once."""
    return iter(lambda: stream.read(unpack.CHUNK), b"")


def _notes(exports: Sequence[Export]) -> Iterator[Note]:
    """Yield what is odd about the files, taken together."""
    had: dict[str, set[str]] = {}
    for export in exports:
        if export.form == "csv" and export.last_line_at is not None:
            yield Note("N_OPEN", export.number)
        if export.choice.side:
            continue
        has = {field for field, found in export.fields.items() if found}
        for field in sorted(had.get(export.source, set()) - has):
            yield Note("N_COLUMN", export.number, field=field)
        had.setdefault(export.source, set()).update(has)


def _state(path: Path) -> tuple[int, int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0, 0
    return status.st_ino, status.st_size, status.st_mtime_ns
