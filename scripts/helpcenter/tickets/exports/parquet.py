"""Read the names and types of a Parquet file's columns, and the fields inside of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from helpcenter.tickets.common import engine as engines
from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.exports.naming import EACH
from helpcenter.tickets.exports.naming import Path as Name

# As the engine lists a schema: depth first, each node with the number of its children.
_SCHEMA = """
SELECT name, coalesce(num_children, 0), coalesce(converted_type, '') = 'LIST'
  OR starts_with(coalesce(logical_type, ''), 'List')
FROM parquet_schema('{path}')
"""
_TYPES = "SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet('{path}'))"


def parquet_columns(
    stream: BinaryIO, number: int, *, scratch: Path
) -> tuple[tuple[Name, ...], dict[str, str]]:
    """Return the paths of all columns, and the engine's type of each outermost one.

    What has parts is followed by its parts.
    """
    path = f"/dev/fd/{stream.fileno()}"
    with engines.start(scratch, [path], progress=False) as engine:
        rows = engine.run(_SCHEMA.format(path=path), file=number)
        types = engine.run(_TYPES.format(path=path), file=number)
    nodes = iter([(str(name), int(children or 0), bool(many)) for name, children, many in rows])
    root = next(nodes, None)
    if root is None:
        raise SyncError("E_PARSE", file=number)
    names = tuple(name for _ in range(root[1]) for name in _below((), nodes))
    return names, {str(name): str(kind) for name, kind in types}


def _below(path: Name, nodes: Iterator[tuple[str, int, bool]]) -> Iterator[Name]:
    name, children, many = next(nodes)
    here = (*path, name)
    yield here
    if not many:
        for _ in range(children):
            yield from _below(here, nodes)
        return
    # A list holds a group that repeats, which holds the element, which may have parts.
    yield (*here, EACH)
    _, elements, _ = next(nodes)
    for _ in range(elements):
        yield from ((*here, EACH, *part[1:]) for part in _below((), nodes) if len(part) > 1)
