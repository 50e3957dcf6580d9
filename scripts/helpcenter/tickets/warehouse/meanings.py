"""Learn what the words of a table mean: each is asked for once, and judged as in a file.

A column of labels, grades or languages has few different values. They are fetched without
anything else of a row, judged inside the local engine by the same rules as those of a file, and
go back as lists in an expression. They are kept nowhere and never shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import ibis
import ibis.expr.types as ir
from ibis import _

from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.warehouse.connection import guarded

# The most different values of a column, and the most that may mean something: more of the first
# are no labels, more of the second make a query that engines refuse.
MOST_VALUES: Final = 1_000_000
MOST_MEANT: Final = 5_000
_AT_ONCE = 50_000

Meanings = Mapping[int, Sequence[str]]


def meanings_of(connection: Any, column: ir.Value, engine: Engine, sql: str) -> Meanings:
    """Return the values of a column by what they mean; most mean nothing.

    `sql` gives the meaning of `value`, a text, as a number or NULL. Of a list each element is a
    value.
    """
    values = column.unnest() if column.type().is_array() else column
    table = values.name("value").as_table().distinct().filter(_.value.notnull())
    # Not in batches as they come: what Ibis 12 calls for them is not in DuckDB 2.0.
    fetched = guarded("E_QUERY", lambda: connection.to_pyarrow(table.limit(MOST_VALUES + 1)))
    if fetched.num_rows > MOST_VALUES:
        raise SyncError("E_LABELS")
    found: dict[int, list[str]] = {}
    number = 0
    for batch in fetched.to_batches(max_chunksize=_AT_ONCE):
        rows = engine.run(
            f"SELECT meaning, value FROM (SELECT {sql} AS meaning, value "
            "FROM (SELECT unnest(?::VARCHAR[]) AS value)) WHERE meaning IS NOT NULL",
            [batch.column(0).to_pylist()],
        )
        number += len(rows)
        if number > MOST_MEANT:
            raise SyncError("E_LABELS")
        for meaning, value in rows:
            found.setdefault(int(meaning or 0), []).append(str(value))
    return {meaning: sorted(found[meaning]) for meaning in sorted(found)}


def meant(column: ir.Value, meanings: Meanings) -> ir.IntegerValue:
    """Return what a column's values mean, of a list the smallest, or NULL."""
    if not meanings:
        return ibis.null("int64")
    if column.type().is_array():
        tests = {
            meaning: ibis.or_(*(column.contains(value) for value in values))
            for meaning, values in meanings.items()
        }
    else:
        tests = {meaning: column.isin(values) for meaning, values in meanings.items()}
    cases = [(test.fill_null(False), ibis.literal(at, "int64")) for at, test in tests.items()]
    return ibis.cases(*cases, else_=ibis.null("int64"))
