"""Write the SQL that reads the cells of an export: its mapped columns, and no others.

Pure text: nothing is run here. What is not mapped is skipped by the engine's reader and never
becomes a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from helpcenter.tickets.exports.export import Export
from helpcenter.tickets.exports.naming import ANY, EACH, Match
from helpcenter.tickets.exports.records import LONGEST
from helpcenter.tickets.reading.values import list_of, quoted

_REJECTS = "store_rejects = true, rejects_table = 'rejected_row', rejects_scan = 'rejected_scan'"
_BUFFER = 2 * LONGEST


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
    keys = _keys(export)
    if export.form == "parquet":
        columns = ", ".join(
            f"{_as_text(key, nested=nested)} AS c{at}"
            for at, (key, nested) in enumerate(keys.items())
        )
        return f"(SELECT {columns} FROM read_parquet({path}, binary_as_string = true))"
    types = ", ".join(
        f"{quoted(key)}: '{'JSON' if nested else 'VARCHAR'}'" for key, nested in keys.items()
    )
    columns = ", ".join(f"{_identifier(key)} AS c{at}" for at, key in enumerate(keys))
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


def one_text(export: Export, found: Sequence[Match]) -> str:
    """Return SQL for the text of the first column found, trimmed, and NULL if it is empty."""
    if not found:
        return "CAST(NULL AS VARCHAR)"
    text = _expression(export, found[0])
    if EACH in found[0].path or ANY in found[0].path:
        text = f"{text}[1]"
    return f"nullif(trim({text}), '')"


def _expression(export: Export, match: Match) -> str:
    """Return SQL for what stands at a path: a text, or a list of texts if it may be several."""
    column = column_of(export, match)
    if export.form == "csv" or not _keys(export)[match.path[0]]:
        return column
    steps = (
        "[*]" if step == EACH else ".*" if step == ANY else f".{_in_path(step)}"
        for step in match.path[1:]
    )
    return f"json_extract_string({column}, {quoted('$' + ''.join(steps))})"


def column_of(export: Export, match: Match) -> str:
    """Return the column of `relation` that a name, or the whole it is a part of, is read as."""
    return f"c{match.at if export.form == 'csv' else list(_keys(export)).index(match.path[0])}"


def _keys(export: Export) -> dict[str, bool]:
    """Return the outermost names that are read, and whether something inside of them is."""
    keys: dict[str, bool] = {}
    for found in export.fields.values():
        for match in found:
            key = match.path[0]
            keys[key] = keys.get(key, False) or len(match.path) > 1
    if export.form == "parquet":
        parts = {name[0] for name in export.names if len(name) > 1}
        return {key: nested or key in parts for key, nested in keys.items()}
    return keys


def _as_text(key: str, *, nested: bool) -> str:
    name = _identifier(key)
    return f"to_json({name})" if nested else f"CAST({name} AS VARCHAR)"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _in_path(key: str) -> str:
    return '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'
