"""Open a table through Ibis, and let nothing of what a warehouse says out but a code.

Drivers quote addresses, queries and cells in what they raise. Knows no ticket.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import ibis
import ibis.expr.types as ir

from helpcenter.tickets.common.engine import bounds
from helpcenter.tickets.common.errors import SyncError

Result = TypeVar("Result")


@contextmanager
def opened(address: str, name: str, *, scratch: Path) -> Iterator[tuple[Any, ir.Table]]:
    """Yield a connection and the table `name` in it, which may have a schema before a dot.

    A local DuckDB file is opened for reading only and spills to `scratch`. Raises SyncError.
    """
    # Steps put into one another would repeat every expression as often as it is named.
    ibis.options.sql.fuse_selects = False
    options = _read_only(scratch).get(address.partition(":")[0], {})
    with warnings.catch_warnings():
        # What drivers warn of is for who writes them, and may quote as well.
        warnings.simplefilter("ignore")
        connection = guarded("E_CONNECT", lambda: ibis.connect(address, **options))
        try:
            *where, last = name.split(".")
            place = where[0] if len(where) == 1 else tuple(where) or None
            table = guarded("E_TABLE", lambda: connection.table(last, database=place))
            yield connection, table
        finally:
            # A session of Spark may be shared with the program that runs the sync.
            if connection.name != "pyspark":
                with suppress(Exception):
                    connection.disconnect()


def _read_only(scratch: Path) -> dict[str, dict[str, Any]]:
    """Return what keeps an engine from writing where it would, by the scheme of its address."""
    return {
        "duckdb": {"read_only": True, **bounds(scratch)},
        # Ibis makes a database of functions there otherwise; none of them is called here.
        "snowflake": {"create_object_udfs": False},
    }


def guarded(code: str, work: Callable[[], Result]) -> Result:
    """Return what `work` returns; whatever it raises becomes a SyncError of `code`."""
    try:
        return work()
    except SyncError as error:
        code = error.code
    except ImportError:
        code = "E_NOIBIS"
    except Exception:  # each driver has its own kinds
        pass
    # Outside of the handlers, so that not even a chained cause holds the driver's message.
    raise SyncError(code)
