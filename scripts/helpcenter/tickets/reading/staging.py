"""Read one export into the engine: of each ticket its number, two times and a category.

All of it is SQL inside the engine, over the file, with bounded memory. No column but the
mapped ones is read, and of a row nothing reaches Python: only counts and places of rows do.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.common.errors import Place, SyncError
from helpcenter.tickets.exports import pieces
from helpcenter.tickets.exports.export import Export
from helpcenter.tickets.exports.source import SourceFile
from helpcenter.tickets.reading.cells import relation
from helpcenter.tickets.reading.cutoff import check_last_cell, check_last_row
from helpcenter.tickets.reading.scan import (
    MACROS,
    MISSED,
    Known,
    in_order,
    known_labels,
    rows,
    side_rows,
)
from helpcenter.tickets.reading.values import words_of

MOST_UNREADABLE: Final = 0.01
_MOST_SAMPLES = 5
_SAMPLE = 100_000
_MOST_VERSIONS = 20
# A quotation mark inside quotes is doubled, or, by some databases, preceded by a backslash.
_ESCAPES = ('"', "\\")
# A ticket counts even if these are in another encoding than the rest of the table.
_OPTIONAL = frozenset({"subject", "requester"})

_STAGED = """
CREATE TEMP TABLE staged (
  file INTEGER, source VARCHAR, id VARCHAR, updated TIMESTAMPTZ, age INTEGER, category INTEGER,
  language VARCHAR, requester UBIGINT, reopens INTEGER, satisfied BOOLEAN, reply_minutes INTEGER);
CREATE TEMP TABLE side (
  source VARCHAR, id VARCHAR, updated TIMESTAMPTZ,
  reopens INTEGER, satisfied BOOLEAN, reply_minutes INTEGER)
"""
# Of the versions of a ticket's metrics the last counts; of equal ones the larger.
_JOIN = """
UPDATE staged SET reopens = coalesce(last[2], reopens), satisfied = coalesce(last[3], satisfied),
  reply_minutes = coalesce(last[4], reply_minutes)
FROM (SELECT source, id, max(row(updated, reopens, satisfied, reply_minutes)) AS last
      FROM side GROUP BY ALL) AS metrics
WHERE staged.source = metrics.source AND staged.id = metrics.id
"""


@dataclass(frozen=True)
class Oddities:
    """What is odd about the rows of an export: how many cannot be read, and where the first are."""

    rows: int = 0
    places: tuple[Place, ...] = ()
    repeats: bool = False
    """Whether so few numbers are on so many rows that they may be no ticket numbers."""


def prepare(engine: Engine, taxonomy: Taxonomy, *, as_of: datetime.date, key: str) -> None:
    """Create the macros and the table `staged`; ages count days back from `as_of`.

    `key` is the run's secret, with which requesters are hashed.
    """
    engine.run("SET VARIABLE key = ?", [key])
    engine.run(MACROS)
    engine.run(_STAGED)
    engine.run(f"SET VARIABLE as_of_day = {(as_of - datetime.date(1970, 1, 1)).days}")
    engine.run(f"SET VARIABLE uncategorized = {len(taxonomy.categories)}")


def install(engine: Engine, taxonomy: Taxonomy, mapping: SourceFile) -> None:
    """Set the variables that hold what a system's words mean, by folded word."""
    # A category is named in each language of the product.
    words = words_of(mapping, tuple(taxonomy.categories[0].name))
    engine.run(
        "CREATE OR REPLACE TEMP TABLE word AS SELECT field, fold(term) AS term, meaning "
        "FROM (SELECT unnest(?) AS field, unnest(?) AS term, unnest(?) AS meaning)",
        list(zip(*words, strict=True)),
    )
    for field in ("satisfaction", "language"):
        engine.run(
            f"SET VARIABLE {field}_words = (SELECT map(list(term), list(meaning)) FROM ("
            "SELECT term, min(meaning) AS meaning FROM word "
            f"WHERE field = '{field}' GROUP BY term))"
        )


def finish(engine: Engine, exports: Sequence[Export]) -> None:
    """Give the tickets what second files say of them, once all are staged."""
    if any(export.choice.side for export in exports):
        engine.run(_JOIN)


def stage(engine: Engine, export: Export, *, most_unreadable: float = MOST_UNREADABLE) -> Oddities:
    """Add an export's rows to `staged` and return which of its rows cannot be read.

    A row that cannot be read is staged without an id, or, if its width is wrong, not at all.
    Raises SyncError if the export is cut off, empty, or has too many such rows for the share
    `most_unreadable`.
    """
    if export.choice.side:
        engine.run(
            f"INSERT INTO side SELECT '{export.source}', * "
            f"FROM ({side_rows(export, relation(export, _ESCAPES[0]))})",
            file=export.number,
        )
        return Oddities()
    export, escape, rejects = _insert_export(engine, export)
    if rejects.quotes_at:
        raise SyncError("E_QUOTES", file=export.number, row=max(rejects.quotes_at, 0))
    [(staged, good, numbers)] = engine.run(
        "SELECT count(*), count(id), approx_count_distinct(id) FROM staged WHERE file = ?",
        [export.number],
    )
    total = int(staged or 0) + len(rejects.lines)
    unreadable = total - int(good or 0)
    if total == 0:
        raise SyncError("E_NOTICKETS", file=export.number)
    too_many = unreadable > round(total * most_unreadable, 6)
    if export.last_line_at is not None:
        few = unreadable == 1 or (unreadable > 0 and not too_many)
        _check_end(engine, export, escape, rejects, suspicious=few)
    repeats = int(good or 0) > _MOST_VERSIONS * int(numbers or 0)
    if not unreadable:
        return Oddities(repeats=repeats)
    places = _places(engine, export, escape, rejects)
    if too_many:
        code = "E_ENCODING" if rejects.encoding * 2 > unreadable else "E_UNREADABLE"
        raise SyncError(code, file=export.number, row=places[0].row, places=places)
    return Oddities(unreadable, places, repeats)


def _check_end(
    engine: Engine, export: Export, escape: str, rejects: _Rejects, *, suspicious: bool
) -> None:
    """Raise SyncError if the last line, which no line end closes, is only a part of a row."""
    if export.form != "csv":
        if suspicious:
            check_last_row(engine, export, escape)
    elif rejects.last_at < (export.last_line_at or 0):
        check_last_cell(engine, export, escape)
    elif suspicious:
        raise SyncError("E_CUTOFF", file=export.number, row=rejects.lines[-1])


def _insert_export(engine: Engine, export: Export) -> tuple[Export, str, _Rejects]:
    """Insert the rows in the first way that leaves no open quote and no foreign byte."""
    rejects = _Rejects()
    escape = _ESCAPES[0]
    for escape in _ESCAPES if export.form == "csv" else _ESCAPES[:1]:
        rejects = _insert_in_one_way(engine, export, escape)
        if not rejects.quotes_at or not pieces.holds(export.file.stream, b'\\"'):
            break
    if rejects.encoding and not rejects.quotes_at:
        export = replace(export, left_out=_OPTIONAL)
        rejects = _insert_in_one_way(engine, export, escape)
    return export, escape, rejects


def _insert_in_one_way(engine: Engine, export: Export, escape: str) -> _Rejects:
    source = relation(export, escape, note_rejects=False)
    [(sampled,)] = engine.run(known_labels(export, source, sample=_SAMPLE), file=export.number)
    if int(sampled or 0) < _SAMPLE:
        rejects = _insert_rows(engine, export, escape, known="all")
        missed = "SELECT count(*) FROM staged WHERE file = ? AND category = ?"
        if engine.run(missed, [export.number, MISSED]) == [(0,)]:
            return rejects
    return _insert_rows(engine, export, escape, known="some")


def _insert_rows(engine: Engine, export: Export, escape: str, *, known: Known) -> _Rejects:
    """Insert the rows in place of those that are there; a large table's in pieces at once."""
    if export.form != "csv":
        _insert(engine, export, relation(export, escape), known=known)
        return _Rejects()
    spans = pieces.cut(
        export.file.stream,
        skip=export.skip,
        delimiter=export.delimiter,
        columns=len(export.names),
    )
    if spans and _insert_pieces(engine, export, escape, spans, known=known) == _Rejects():
        return _Rejects()
    # Only in one go it is certain which rows are rejected.
    if spans:
        return _insert_pieces(engine, export, escape, [(0, spans[-1][1])], known=known)
    _insert(engine, export, relation(export, escape), known=known)
    return _take_rejects(engine)


def _insert_pieces(
    engine: Engine,
    export: Export,
    escape: str,
    spans: Sequence[pieces.Span],
    *,
    known: Known,
) -> _Rejects:
    [(mark,)] = engine.run("SELECT md5('end' || getvariable('key'))")
    row = [""] * len(export.names)
    row[export.fields["id"][0].at] = str(mark)
    row[export.fields["created"][0].at] = "2000-01-01"
    header, last_row = export.delimiter * (len(row) - 1), export.delimiter.join(row)
    with pieces.pipes(
        export.file.stream, spans, header=header, last_row=last_row, folder=engine.scratch
    ) as paths:
        source = relation(export, escape, pieces=paths, whole=not spans[0][0])
        _insert(engine, export, source, known=known)
    rejects = _take_rejects(engine)
    [(ends,)] = engine.run("DELETE FROM staged WHERE file = ? AND id = ?", [export.number, mark])
    return rejects if ends == len(spans) else replace(rejects, quotes_at=rejects.quotes_at or -1)


def _insert(engine: Engine, export: Export, source: str, *, known: Known) -> None:
    engine.run("DELETE FROM staged WHERE file = ?", [export.number])
    engine.run(
        f"INSERT INTO staged SELECT {export.number}, '{export.source}', "
        "CASE WHEN unreadable IS NULL THEN id END, updated, age, category, "
        "language, requester, reopens, satisfied, reply_minutes "
        f"FROM ({rows(export, source, known=known)})",
        file=export.number,
    )


@dataclass(frozen=True)
class _Rejects:
    """Rows of a table that are not laid out like the header; rows count from 1, 0 is none.

    `quotes_at` is where a quote is opened and not closed, -1 if that is known of no row.
    """

    lines: tuple[int, ...] = ()
    encoding: int = 0
    quotes_at: int = 0
    last_at: int = -1


def _take_rejects(engine: Engine) -> _Rejects:
    """Return what the engine noted of the last scan, and drop it: it holds whole rows."""
    [numbers] = engine.run(
        "SELECT count(DISTINCT line) FILTER (error_type = 'INVALID ENCODING'), "
        "coalesce(min(line) FILTER (error_type = 'UNQUOTED VALUE'), 0), "
        "coalesce(max(line_byte_position), -1) FROM rejected_row"
    )
    lines = engine.run("SELECT DISTINCT line FROM rejected_row ORDER BY line")
    engine.run("DROP TABLE rejected_row; DROP TABLE rejected_scan")
    encoding, quotes_at, last_at = (int(number or 0) for number in numbers)
    return _Rejects(tuple(int(line or 0) for (line,) in lines), encoding, quotes_at, last_at)


def _places(engine: Engine, export: Export, escape: str, rejects: _Rejects) -> tuple[Place, ...]:
    """Return the first such rows, by reading the export a second time in order."""
    found = engine.run(
        f"SELECT place, unreadable {in_order(export, escape)} WHERE unreadable IS NOT NULL "
        f"ORDER BY place LIMIT {_MOST_SAMPLES}",
        file=export.number,
    )
    places = [Place(line, "columns") for line in rejects.lines[:_MOST_SAMPLES]]
    for place, field in found:
        # Rows of a wrong width are not among those the engine counted.
        row = int(place or 0)
        for line in rejects.lines:
            row += line <= row
        places.append(Place(row, str(field)))
    return tuple(sorted(places)[:_MOST_SAMPLES])
