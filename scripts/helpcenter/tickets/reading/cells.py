"""Write the SQL that reads the cells of an export: its mapped columns, and no others.

Pure text: nothing is run here. What is not mapped is skipped by the engine's reader and never
becomes a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from helpcenter.tickets.exports.export import Export
from helpcenter.tickets.exports.naming import ANY, EACH, Match
from helpcenter.tickets.exports.naming import Path as Name
from helpcenter.tickets.exports.records import LONGEST
from helpcenter.tickets.reading.values import list_of, quoted

_REJECTS = "store_rejects = true, rejects_table = 'rejected_row', rejects_scan = 'rejected_scan'"
# DuckDB 2.0 wants room for more than the longest row.
_BUFFER = LONGEST + (1 << 20)
# Types of a Parquet file whose text needs no trimming.
_WITHOUT_SPACES = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UBIGINT", "BOOLEAN"})


def relation(
    export: Export,
    escape: str,
    *,
    note_rejects: bool = True,
    pieces: Sequence[Path] = (),
    whole: bool = True,
) -> str:
    """Return what reads the export's mapped columns, as texts or JSON named `c` and a number.

    Rows of a table that are not laid out like its header are passed over, and noted in the
    tables `rejected_row` and `rejected_scan`. `pieces` of it are read in place of the table, each
    with a header; the lines before the header are in them if they are the `whole` table.
    """
    path = quoted(export.path)
    if export.form == "csv":
        columns = ", ".join(f"c{at}: 'VARCHAR'" for at in range(len(export.names)))
        return (
            f"read_csv({list_of(list(map(str, pieces))) if pieces else path}, "
            f"auto_detect = false, header = true, skip = {export.skip if whole else 0}, "
            # Only where it reads in parallel, DuckDB 2.0 tells of a quote that is not closed.
            f"parallel = {note_rejects and not pieces}, "
            f"delim = {quoted(export.delimiter)}, quote = '\"', escape = {quoted(escape)}, "
            f"strict_mode = true, max_line_size = {LONGEST}, buffer_size = {_BUFFER}, "
            f"{_REJECTS if note_rejects else 'ignore_errors = true'}, columns = {{{columns}}})"
        )
    cells = _cells(export)
    if export.form == "parquet":
        columns = ", ".join(
            f"{_typed(export, key, nested=nested)} AS c{at}"
            for at, ((key, *_), nested) in enumerate(cells.items())
        )
        return f"(SELECT {columns} FROM read_parquet({path}, binary_as_string = true))"
    types = ", ".join(
        f"{quoted(key)}: {quoted(_type([cell[1:] for cell in cells if cell[0] == key], nested))}"
        for key, nested in {cell[0]: nested for cell, nested in cells.items()}.items()
    )
    columns = ", ".join(
        f"{'.'.join(map(_identifier, cell))} AS c{at}" for at, cell in enumerate(cells)
    )
    return (
        f"(SELECT {columns} FROM read_json({path}, format = 'newline_delimited', "
        "records = true, ignore_errors = true, "
        f"maximum_object_size = {LONGEST}, columns = {{{types}}}))"
    )


def labels_of(export: Export, match: Match) -> str:
    """Return SQL for what a column of labels holds, as one text.

    Labels that a list keeps apart are on lines of their own, so that none is taken for words;
    so is the value of a field of which only the whole is known to be a label.
    """
    text = _expression(export, match)
    if EACH in match.path or ANY in match.path:
        return f"chr(10) || array_to_string({text}, chr(10))"
    return f"chr(10) || {text}" if match in export.fields["custom"] else text


def is_filled(export: Export, match: Match) -> str:
    """Return SQL for whether there is something in a column."""
    return f"trim({labels_of(export, match)}, ' []{{}}' || chr(10)) <> ''"


def one_text(export: Export, found: Sequence[Match], *, trimmed: bool = True) -> str:
    """Return SQL for the text of the first column found, trimmed, and NULL if it is empty."""
    if not found:
        return "CAST(NULL AS VARCHAR)"
    text = _expression(export, found[0])
    if EACH in found[0].path or ANY in found[0].path:
        text = f"{text}[1]"
    # What has a type is written without spaces.
    typed = _type_of(export, found[0].path[0]) in _WITHOUT_SPACES
    return text if typed or not trimmed else f"trimmed({text})"


def time_column(export: Export, found: Sequence[Match]) -> str | None:
    """Return the column of the first match if it has a type for times, or None."""
    kind = _type_of(export, found[0].path[0]) if found else ""
    is_time = kind.startswith("TIMESTAMP") and not kind.endswith("]")
    return column_of(export, found[0]) if is_time else None


def _expression(export: Export, match: Match) -> str:
    """Return SQL for what stands at a path: a text, or a list of texts if it may be several."""
    column = column_of(export, match)
    if export.form == "csv":
        return column
    cell, nested = _cell(export, match)
    if not nested:
        return f"CAST({column} AS VARCHAR)" if export.form == "parquet" else column
    steps = (
        "[*]" if step == EACH else ".*" if step == ANY else f".{_in_path(step)}"
        for step in match.path[len(cell) :]
    )
    return f"json_extract_string({column}, {quoted('$' + ''.join(steps))})"


def column_of(export: Export, match: Match) -> str:
    """Return the column of `relation` that a name, or the whole it is a part of, is read as."""
    if export.form == "csv":
        return f"c{match.at}"
    return f"c{list(_cells(export)).index(_cell(export, match)[0])}"


def _cell(export: Export, match: Match) -> tuple[Name, bool]:
    """Return the path that is read for a match, and whether the match is inside of it."""
    cells = _cells(export)
    return next((cell, cells[cell]) for cell in (match.path, match.path[:1]) if cell in cells)


def _cells(export: Export) -> dict[Name, bool]:
    """Return the paths that are read, and whether something inside of them is.

    What lies inside of JSON objects alone is read by itself, because to look for it in a text
    later is slow.
    """
    paths: dict[str, dict[Name, None]] = {}
    for found in export.fields.values():
        for match in found:
            paths.setdefault(match.path[0], {})[match.path] = None
    cells: dict[Name, bool] = {}
    if export.form == "parquet":
        parts = {name[0] for name in export.names if len(name) > 1}
        return {(key,): key in parts for key in paths}
    for key, inside in paths.items():
        if _are_fields(inside):
            cells |= dict.fromkeys(inside, False)
        else:
            cells[(key,)] = any(len(path) > 1 for path in inside)
    return cells


def _are_fields(paths: Iterable[Name]) -> bool:
    """Return whether paths can be the fields of one type: none is a list or inside another."""
    folded = sorted(tuple(step.casefold() for step in path) for path in paths)
    return not any(
        EACH in path or ANY in path or other[: len(path)] == path
        for path, other in zip(folded, [*folded[1:], ()], strict=True)
    )


def _type(paths: Sequence[Name], nested: bool) -> str:
    """Return the type in which a key is read, of which the parts at `paths` are."""
    if nested or paths == [()]:
        return "JSON" if nested else "VARCHAR"
    parts: dict[str, list[Name]] = {}
    for path in paths:
        parts.setdefault(path[0], []).append(path[1:])
    fields = (f"{_identifier(key)} {_type(inner, False)}" for key, inner in parts.items())
    return f"STRUCT({', '.join(fields)})"


def _typed(export: Export, key: str, *, nested: bool) -> str:
    name = _identifier(key)
    if nested:
        return f"to_json({name})"
    # Times of other units have other bounds.
    return f"CAST({name} AS TIMESTAMP)" if _type_of(export, key).startswith("TIMESTAMP_") else name


def _type_of(export: Export, key: str) -> str:
    return export.types.get(key, "")


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _in_path(key: str) -> str:
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'
