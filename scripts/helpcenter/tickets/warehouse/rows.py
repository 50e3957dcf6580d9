"""Write the Ibis expression of what the rows of a table mean: tickets, of which nothing is kept.

The counterpart of reading/scan.py. What needs the taxonomy's or a mapping's words is judged by
the same rules, in the local engine; the rest is arithmetic that every engine knows. It is written
in steps, each a query of the one before, because engines give up on expressions without end.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import ibis
import ibis.expr.types as ir

from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.exports.naming import Match, Path
from helpcenter.tickets.exports.source import SourceFile
from helpcenter.tickets.reading.scan import LABELS, LONGEST_ID, ways_in
from helpcenter.tickets.warehouse.columns import text_at, texts_of, value_at
from helpcenter.tickets.warehouse.meanings import Meanings, meanings_of, meant
from helpcenter.tickets.warehouse.script import is_chinese, is_latin
from helpcenter.tickets.warehouse.times import DAY, later, readable, time_of

Fields = Mapping[str, Sequence[Match]]
Meaning = Callable[[str, str], ir.IntegerValue]

_UNITS: Final = {"reply_seconds": 1, "reply_minutes": 60, "reply_hours": 3600}
_TEXTS: Final = ("id", "language", "subject", "requester", "reopens", "satisfaction", *_UNITS)
_TIMES: Final = ("created", "updated", "replied")
_SETS: Final = (*LABELS, "status", "excluded")
_NUMBER = r"^[+-]?\d+(\.\d*)?$"
_CLOCK = r"^(\d+):(\d\d):(\d\d)$"
# What Chinese keyboards make of ASCII.
_FULL_WIDTH = "".join(map(chr, range(0xFF01, 0xFF5F)))
_HALF_WIDTH = "".join(map(chr, range(0x21, 0x7F)))
_TEXT = "nullif(trim(value), '')"
# The most seconds whose minutes the file path still counts: what fits its column.
_MOST_SECONDS = 60 << 31


def rows(
    connection: Any,
    table: ir.Table,
    fields: Fields,
    mapping: SourceFile,
    *,
    engine: Engine,
    languages: Sequence[str],
    as_of: datetime.date,
    target_hours: int,
) -> ir.Table:
    """Return what is counted of each row, and an `id` that is NULL if it cannot be read.

    `engine` knows the words of taxonomy and mapping. Words are asked for here, once.
    """
    labels = _labels(table, fields)
    cells = _cells(table, fields, [column for column, _ in labels], epoch=mapping.epoch)
    known = _known_terms(engine)

    def meaning(column: str, sql: str) -> ir.IntegerValue:
        if column in fields and not fields[column]:
            return ibis.null("int64")
        return meant(cells[column], meanings_of(connection, cells[column], engine, sql))

    in_categories = [
        meaning(f"label_{at}", sql) if sql else meant(cells[f"label_{at}"], known)
        for at, (_, sql) in enumerate(labels)
    ]
    created, changed, replied = (time_of(cells[field]) for field in _TIMES)
    updated = later(changed, created)
    tickets = cells.select(
        "updated_given",
        number=cells.id.re_replace(r"\.0$", "").nullif(""),
        created=created.seconds,
        changed=changed.seconds,
        updated=updated.seconds,
        finer=updated.finer,
        took=ibis.coalesce(*(_seconds(cells[field], unit) for field, unit in _UNITS.items())),
        replied=replied.seconds,
        category=ibis.least(_BEYOND, *(each.fill_null(_BEYOND) for each in in_categories)),
        language=_language(cells, meaning, engine, languages),
        requester=cells.requester.lower(),
        reopened=meaning("reopens", f"CASE WHEN reopens_of({_TEXT}) > 0 THEN 1 END"),
        happy=meaning("satisfaction", f"CAST(satisfied_by({_TEXT}) AS INTEGER)"),
    )
    first_reply = tickets.replied - tickets.created
    timed = tickets.mutate(
        age=(as_of - datetime.date(1970, 1, 1)).days - tickets.created // DAY,
        took=ibis.coalesce(tickets.took, first_reply.cast("float64")),
    )
    return _judged(timed, target_hours)


# Larger than the place of any category: a row that is in none.
_BEYOND: Final = 1 << 20


def _judged(tickets: ir.Table, target_hours: int) -> ir.Table:
    late = target_hours * 3600
    answered = tickets.took.between(0, _MOST_SECONDS)
    known = (
        (tickets.number.length() <= LONGEST_ID)
        & (tickets.age >= -1)
        & (tickets.changed.notnull() | ~tickets.updated_given)
    )
    return tickets.select(
        *("updated", "finer", "age", "category", "language", "requester"),
        id=known.fill_null(False).ifelse(tickets.number, ibis.null("string")),
        reopened=_flag(tickets.reopened.isin([1])),
        rated=_flag(tickets.happy.notnull()),
        dissatisfied=_flag(tickets.happy.isin([0])),
        replied=_flag(answered),
        # Minutes are rounded to even, as the file path does: half a minute over is not late.
        late=_flag(answered & (tickets.took > late + 30)),
    )


def _flag(condition: ir.BooleanValue) -> ir.IntegerValue:
    return condition.fill_null(False).ifelse(1, 0)


def _cells(table: ir.Table, fields: Fields, labels: Sequence[ir.Value], *, epoch: bool) -> ir.Table:
    """Return the columns that are read, as texts, times and lists of texts; and no others."""
    times = {field: value_at(table, fields[field]) for field in _TIMES}
    return table.select(
        **{field: text_at(table, fields[field]) for field in _TEXTS},
        **{field: readable(value, epoch=epoch) for field, value in times.items()},
        **{f"label_{at}": column for at, column in enumerate(labels)},
        updated_given=text_at(table, fields["updated"]).notnull(),
    )


def _labels(table: ir.Table, fields: Fields) -> list[tuple[ir.Value, str]]:
    """Return each column of labels, with SQL for the category that a `value` of it is in.

    Custom fields hold anything, also what customers typed. So their values are not asked for:
    they have no SQL, are folded where they lie, and compared with the terms of the rules.
    """
    columns: dict[Path, list[str]] = {}
    for field in _SETS:
        for match in fields[field]:
            columns.setdefault(match.path, []).append(field)
    return [
        (_folded(column), "")
        if names == ["custom"]
        else (column, _category_sql(names, element=column.type().is_array()))
        for path, names in columns.items()
        for column in texts_of(table, Match(0, path))
    ]


def _folded(column: ir.Value) -> ir.Value:
    """Return a column of labels as reading/folding.py compares them, but for rare characters."""
    if column.type().is_array():
        return column.map(_folded)
    return column.translate(_FULL_WIDTH, _HALF_WIDTH).lower().re_replace(r"[ _\t\r\n-]", "")


def _known_terms(engine: Engine) -> Meanings:
    """Return the folded tags and field values of the rules, by category."""
    found: dict[int, list[str]] = {}
    for category, term in engine.run(
        "SELECT min(category), term FROM rule WHERE field IN ('tags', 'topic') "
        "GROUP BY term ORDER BY ALL"
    ):
        found.setdefault(int(category or 0), []).append(str(term))
    return found


def _category_sql(names: Sequence[str], *, element: bool) -> str:
    texts: dict[str, list[str]] = {field: [] for field in _SETS}
    for name in names:
        # An element of a list stands on a line of its own, so that it is not taken for words.
        labels = "chr(10) || value" if element else "value"
        texts[name] = [labels if name in LABELS else _TEXT]
    return f"least({', '.join(ways_in(texts))}, NULL)"


def _language(
    cells: ir.Table, meaning: Meaning, engine: Engine, languages: Sequence[str]
) -> ir.IntegerValue:
    """Return the place of a ticket's language from 1; one place more is any other."""
    other = len(languages) + 1
    places = f"list_position([{', '.join(map(repr, languages))}], language_of({{}}, {{}}))"
    [(chinese, latin)] = engine.run(
        f"SELECT {places.format('NULL', repr('中'))}, {places.format('NULL', repr('a'))}"
    )
    named = meaning("language", f"{places.format(_TEXT, 'NULL')}")
    return ibis.cases(
        (named.notnull(), named),
        (cells.language.notnull(), other),
        (is_chinese(cells.subject).fill_null(False), int(chinese or other)),
        (is_latin(cells.subject).fill_null(False), int(latin or other)),
        else_=other,
    ).cast("int64")


def _seconds(text: ir.StringValue, unit: int) -> ir.FloatingValue:
    """Return how long a reply took that a text says in units, or in hours, minutes, seconds."""
    nothing = ibis.null("string")
    number = text.re_search(_NUMBER).ifelse(text, nothing).cast("float64") * unit
    clock = text.re_search(_CLOCK).ifelse(text, nothing)
    hours, minutes, seconds = (
        clock.re_extract(_CLOCK, group).nullif("").cast("float64") for group in (1, 2, 3)
    )
    return ibis.coalesce(number, hours * 3600 + minutes * 60 + seconds)
