"""Start the analytical engine so that it can do one thing: count these files, on this machine.

The only module that imports DuckDB. The engine may read the given files and write to the
scratch folder, nothing else; it loads no extension, keeps no secrets and has bounded memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from helpcenter.tickets.common.errors import SyncError

MEMORY_LIMIT = "352MB"
# DuckDB 2.0 takes up to 60 MiB for each thread that reads: six do not fit into the limit. Where
# there are fewer processors, threads take turns.
_THREADS = 4

Value = str | int | bool | None
Row = tuple[Value, ...]
Parameter = Value | Sequence[Value]


class Engine:
    """A locked-down connection; every failure of it becomes a SyncError without its message."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, scratch: Path) -> None:
        self._connection = connection
        self.scratch = scratch

    def run(self, sql: str, values: Sequence[Parameter] = (), *, file: int = 0) -> list[Row]:
        """Run one or more statements and return the rows of the last; `file` is to blame."""
        try:
            return self._connection.execute(sql, list(values)).fetchall()
        except duckdb.OutOfMemoryException:
            code = "E_MEMORY"
        except duckdb.IOException:
            code = "E_DISK"
        except duckdb.Error:
            code = "E_PARSE" if file else "E_INTERNAL"
        except RuntimeError:
            # What DuckDB 2.0 makes of a signal that arrives during a query.
            code = "E_STOPPED"
        # Outside of the handlers, so that not even a chained cause holds the engine's message.
        raise SyncError(code, file=file)


@contextmanager
def start(scratch: Path, readable: Iterable[Path | str], *, progress: bool) -> Iterator[Engine]:
    """Yield an engine that may read `readable` and spill to `scratch`.

    `progress` draws the engine's own bar on standard output, and only if a step is long.
    """
    with duckdb.connect(":memory:") as connection:
        settings: Mapping[str, object] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
            "allow_persistent_secrets": False,
            "enable_logging": False,
            "home_directory": str(scratch),
            **bounds(scratch),
            "preserve_insertion_order": False,
            # DuckDB 2.0 takes a JSON file for a few rows, and would keep all of them in memory to
            # look up their labels. So the side of a join that is kept is the one on the right.
            "disabled_optimizers": "build_side_probe_side",
            "enable_progress_bar": progress,
            "TimeZone": "UTC",
            # Set last, then nothing may change.
            "allowed_directories": [str(scratch)],
            "allowed_paths": [str(path) for path in readable],
            "enable_external_access": False,
        }
        for name, value in settings.items():
            connection.execute(f"SET {name} = {_literal(value)}")
        connection.execute("SET lock_configuration = true")
        yield Engine(connection, scratch)


def bounds(scratch: Path) -> Mapping[str, str | int]:
    """Return the settings that bound an engine's memory; it puts the rest into `scratch`."""
    return {"memory_limit": MEMORY_LIMIT, "threads": _THREADS, "temp_directory": str(scratch)}


def _literal(value: object) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(_literal(item) for item in value)}]"
    return "'" + str(value).replace("'", "''") + "'"
