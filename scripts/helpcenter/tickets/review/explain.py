"""Say how exports would be read: each column and what it becomes, what is ignored or unknown.

Counts rows and shows names of columns, never a value. A name is shown only if it looks like one:
in a file with another header than was thought, a cell could stand in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.common.publish import THRESHOLD
from helpcenter.tickets.exports.export import Export
from helpcenter.tickets.exports.naming import EACH, Path
from helpcenter.tickets.reading.cells import is_filled, relation
from helpcenter.tickets.reading.scan import is_uncategorized, texts, unknown_values

IGNORED: Final = "ignored"

_LONGEST_NAME = 50
_MOST_WORDS = 8
_NO_NAME = re.compile(
    r"\d{6}|[@:\\<>=\"'`$]|[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)
_ESCAPE = '"'


@dataclass(frozen=True)
class Column:
    """A column of an export, the field it is read as, and how many rows have something in it."""

    name: str
    field: str
    filled: int | None = None


@dataclass(frozen=True)
class Explanation:
    """How one export is read; `unknown` counts values that mean nothing, by field."""

    number: int
    form: str
    packing: tuple[str, ...]
    encoding: str
    delimiter: str
    source: str
    why: str
    second_file: bool
    rows: int
    columns: tuple[Column, ...]
    unknown: dict[str, int]


def explain(engine: Engine, export: Export) -> Explanation:
    """Count what is in the columns of an export, whose system's words the engine knows."""
    read = [(field, match) for field, found in export.fields.items() for match in found]
    source = relation(export, _ESCAPE, note_rejects=False)
    conditions = [is_filled(export, match) for _, match in read]
    [(rows, *filled)] = _count(engine, export, source, conditions)
    unknown = unknown_values(export)
    values = f"({texts(export, source)})"
    [(_, *strange)] = _count(engine, export, values, list(unknown.values()))
    strange_values = dict(zip(unknown, strange, strict=True))
    if not export.choice.side:
        [(_, strange_values["labels"])] = _count(engine, export, source, [is_uncategorized(export)])
    columns = [
        Column(_shown(match.path, match.at), field, number)
        for (field, match), number in zip(read, filled, strict=True)
    ]
    used = {match.path[0] for _, match in read}
    columns += [
        Column(_shown(name, at), IGNORED)
        for at, name in enumerate(export.names)
        if len(name) == 1 and name[0] not in used
    ]
    return Explanation(
        number=export.number,
        form=export.form,
        packing=export.file.packing,
        encoding=export.file.encoding,
        delimiter=export.delimiter,
        source=export.source,
        why=export.choice.why,
        second_file=export.choice.side,
        rows=rows,
        columns=tuple(columns),
        unknown={field: number for field, number in strange_values.items() if number},
    )


def data(explanations: Sequence[Explanation]) -> list[dict[str, Any]]:
    """Return the same as plain data, for `--json`."""
    return [
        {
            **asdict(each),
            "rows": shown(each.rows),
            "columns": [
                {
                    **asdict(column),
                    "filled": None if column.filled is None else shown(column.filled),
                }
                for column in each.columns
            ],
            "unknown": {field: shown(number) for field, number in each.unknown.items()},
        }
        for each in explanations
    ]


def text(explanations: Sequence[Explanation]) -> str:
    """Return what a person reads who wonders why a ticket was not counted."""
    return "\n\n".join("\n".join(_lines(each)) for each in explanations)


def _lines(each: Explanation) -> Iterator[str]:
    delimiter = {"": "", "\t": "tab"}.get(each.delimiter, each.delimiter)
    form = " ".join(part for part in (each.form, each.encoding, delimiter, *each.packing) if part)
    what = "its second file" if each.second_file else "tickets"
    yield f"export {each.number}: {form}, {shown(each.rows)} rows"
    yield f"  read as {each.source}, {what}: {each.why}"
    yield f"  {_padded('column')}  {'read as':<14}  {'filled':>12}"
    for column in each.columns:
        if column.filled is not None:
            filled = shown(column.filled)
            yield f"  {_padded(column.name)}  {column.field:<14}  {filled:>12}"
    ignored = [column.name for column in each.columns if column.field == IGNORED]
    yield f"  ignored: {', '.join(ignored) or 'nothing'}"
    for field, number in each.unknown.items():
        yield f"  rows with values that mean nothing here: {field} {shown(number)}"


def _padded(name: str) -> str:
    """Return a name as wide as the longest; Han takes two places of a terminal."""
    wide = sum(unicodedata.east_asian_width(letter) in "FW" for letter in name)
    return name + " " * (_LONGEST_NAME - len(name) - wide)


def shown(number: int) -> str:
    """Return a number as it may be shown."""
    return f"<{THRESHOLD}" if 0 < number < THRESHOLD else f"{number:,}"


def _count(
    engine: Engine, export: Export, source: str, conditions: Sequence[str]
) -> list[tuple[int, ...]]:
    counts = "".join(f", count(*) FILTER ({condition})" for condition in conditions)
    rows = engine.run(f"SELECT count(*){counts} FROM {source}", file=export.number)
    return [tuple(int(number or 0) for number in row) for row in rows]


def _shown(name: Path, at: int) -> str:
    """Return a name if it looks like one, else where its column is."""
    text = ".".join(name).replace(f".{EACH}", EACH)
    plain = len(text) <= _LONGEST_NAME and len(text.split()) <= _MOST_WORDS
    return text if plain and not _NO_NAME.search(text.replace(EACH, "")) else f"column {at + 1}"
