"""Tell whether an export was cut off in its last row: the one thing a table does not say itself.

Only exports whose last line no line end closes are looked at, by a second reading.
"""

from __future__ import annotations

from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.exports.export import Export
from helpcenter.tickets.reading.cells import relation
from helpcenter.tickets.reading.scan import in_order

_FEW_VALUES = 100
_ENOUGH_ROWS = 20
_LENGTH_OF_A_DATE = 8


def check_last_row(engine: Engine, export: Export, escape: str) -> None:
    """Raise SyncError if the last of JSON lines, which cannot be read, is no ticket at all."""
    [(place, partial)] = engine.run(
        "SELECT max(place), arg_max(id IS NULL, place) " + in_order(export, escape),
        file=export.number,
    )
    if partial:
        raise SyncError("E_CUTOFF", file=export.number, row=int(place or 0))


def check_last_cell(engine: Engine, export: Export, escape: str) -> None:
    """Raise SyncError if the table's last cell is the beginning of what that column holds.

    So it is if all others are of one form and length, like dates, and it is shorter; or if they
    are few different values, and it is none of them but the first part of one.
    """
    cell = f"c{len(export.names) - 1}"
    source = relation(export, escape, note_rejects=False)
    ordered = f"(SELECT {cell} AS cell, row_number() OVER () AS place FROM {source})"
    engine.run(
        f"SET VARIABLE last_cell = (SELECT arg_max(coalesce(cell, ''), place) FROM {ordered})",
        file=export.number,
    )
    [(place, cut)] = engine.run(
        f"""
        SELECT any_value(places), sum(cells) >= {_ENOUGH_ROWS} AND (
          min(length(cell)) = max(length(cell)) AND min(length(cell)) >= {_LENGTH_OF_A_DATE}
            AND length(last) < min(length(cell)) AND bool_and(starts_with(form, last_form))
          OR count(*) <= {_FEW_VALUES} AND sum(cells) >= 2 * count(*)
            AND bool_or(starts_with(cell, last)) AND NOT bool_or(cell = last))
        FROM (
          SELECT cell, cells, last, regexp_replace(cell, '[0-9]', '0', 'g') AS form,
            regexp_replace(last, '[0-9]', '0', 'g') AS last_form, sum(cells) OVER () + 1 AS places
          FROM (SELECT coalesce({cell}, '') AS cell, count(*) AS cells,
                  getvariable('last_cell') AS last FROM {source} GROUP BY ALL))
        WHERE cell <> last OR cells > 1 GROUP BY last, last_form""",
        file=export.number,
    ) or [(0, False)]
    if cut:
        raise SyncError("E_CUTOFF", file=export.number, row=int(place or 0))
