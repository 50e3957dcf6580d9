"""Read one export into the engine: of each ticket its number, two times and a category.

All of it is SQL inside the engine, over the file, with bounded memory. No column but the
mapped ones is read, and of a row nothing reaches Python: only counts of rows do.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.engine import Engine
from helpcenter.tickets.errors import SyncError
from helpcenter.tickets.export import Export
from helpcenter.tickets.scan import MACROS, relation, rows

MOST_UNREADABLE: Final = 0.01
# A quotation mark inside quotes is doubled, or, by some databases, preceded by a backslash.
_ESCAPES = ('"', "\\")

_STAGED = """
CREATE TEMP TABLE staged (
  file INTEGER, source VARCHAR, id VARCHAR, updated TIMESTAMPTZ, age INTEGER, category INTEGER)
"""


def prepare(engine: Engine, taxonomy: Taxonomy, as_of: datetime.date) -> None:
    """Create the macros and the table `staged`; ages count days back from `as_of`."""
    engine.run(MACROS)
    engine.run(_STAGED)
    engine.run(f"SET VARIABLE as_of = DATE '{as_of.isoformat()}'")
    engine.run(f"SET VARIABLE uncategorized = {len(taxonomy.categories)}")


def stage(engine: Engine, export: Export) -> int:
    """Add an export's rows to `staged` and return how many of its rows cannot be read.

    A row that cannot be read is staged without an id, or, if its width is wrong, not at all.
    Raises SyncError if the export is cut off, empty, or has over 1 % of such rows.
    """
    rejects = _Rejects()
    escape = _ESCAPES[0]
    for escape in _ESCAPES:
        engine.run(
            f"INSERT INTO staged SELECT {export.number}, '{export.source}', "
            "CASE WHEN readable THEN id END, updated, age, category "
            f"FROM ({rows(export.mapping, export.table, relation(export, escape))})",
            file=export.number,
        )
        if export.table is None:
            break
        rejects = _take_rejects(engine)
        if not rejects.quotes_at:
            break
        engine.run("DELETE FROM staged WHERE file = ?", [export.number])
    if rejects.quotes_at:
        raise SyncError("E_QUOTES", file=export.number, row=rejects.quotes_at)
    [(staged, good)] = engine.run(
        "SELECT count(*), count(id) FROM staged WHERE file = ?", [export.number]
    )
    total = int(staged or 0) + rejects.rows
    unreadable = total - int(good or 0)
    if total == 0:
        raise SyncError("E_NOTICKETS", file=export.number)
    too_many = unreadable > total * MOST_UNREADABLE
    if export.last_line_at is not None and (unreadable == 1 or (unreadable and not too_many)):
        _check_last_row(engine, export, escape, rejects)
    if too_many:
        row = _first_unreadable(engine, export, escape, rejects)
        code = "E_ENCODING" if rejects.encoding * 2 > unreadable else "E_UNREADABLE"
        raise SyncError(code, file=export.number, row=row)
    return unreadable


@dataclass(frozen=True)
class _Rejects:
    """Rows of a table that are not laid out like the header; rows count from 1, 0 is none."""

    rows: int = 0
    encoding: int = 0
    quotes_at: int = 0
    first_row: int = 0
    last_row: int = 0
    last_at: int = -1


def _take_rejects(engine: Engine) -> _Rejects:
    """Return what the engine noted of the last scan, and drop it: it holds whole rows."""
    [numbers] = engine.run(
        "SELECT count(DISTINCT line), "
        "count(DISTINCT line) FILTER (error_type = 'INVALID ENCODING'), "
        "coalesce(min(line) FILTER (error_type = 'UNQUOTED VALUE'), 0), "
        "coalesce(min(line), 0), coalesce(max(line), 0), coalesce(max(line_byte_position), -1) "
        "FROM rejected_row"
    )
    engine.run("DROP TABLE rejected_row; DROP TABLE rejected_scan")
    return _Rejects(*(int(number or 0) for number in numbers))


def _first_unreadable(engine: Engine, export: Export, escape: str, rejects: _Rejects) -> int:
    """Return the first such row, by reading the export a second time in order."""
    [(place,)] = engine.run(
        "SELECT coalesce(min(place) FILTER (NOT readable), 0) " + _in_order(export, escape),
        file=export.number,
    )
    return min((at for at in (int(place or 0), rejects.first_row) if at), default=0)


def _check_last_row(engine: Engine, export: Export, escape: str, rejects: _Rejects) -> None:
    """Raise SyncError if the last line, which no line end closes, is only a part of a row."""
    at = export.last_line_at or 0
    if export.table is not None:
        if rejects.last_at >= at:
            raise SyncError("E_CUTOFF", file=export.number, row=rejects.last_row)
        return
    [(place, partial)] = engine.run(
        "SELECT max(place), arg_max(id IS NULL, place) " + _in_order(export, escape),
        file=export.number,
    )
    if partial:
        raise SyncError("E_CUTOFF", file=export.number, row=int(place or 0))


def _in_order(export: Export, escape: str) -> str:
    """Return the FROM clause of a second reading in which rows know their place."""
    header = 0 if export.table is None else 1
    return (
        f"FROM (SELECT id, readable, row_number() OVER () + {header} AS place "
        f"FROM ({rows(export.mapping, export.table, relation(export, escape))}))"
    )
