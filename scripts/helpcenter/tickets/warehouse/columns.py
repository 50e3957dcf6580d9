"""Find the columns of a table that a mapping names, and write Ibis expressions of their texts.

What lies inside of structs, lists and maps has a path, as in JSON. Nothing is run here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.schema as sch
import ibis.expr.types as ir

from helpcenter.tickets.exports.naming import ANY, EACH, Match, Path

# Engines write numbers with a fraction each in their own way; of decimals, all write digits.
_EXACT = "decimal(38, 6)"


def names_in(schema: sch.Schema) -> tuple[Path, ...]:
    """Return the paths of all columns; what has parts is followed by its parts."""
    return tuple(path for name, kind in schema.items() for path in _below((name,), kind))


def _below(path: Path, kind: dt.DataType) -> Iterator[Path]:
    yield path
    if kind.is_struct():
        for name, inner in kind.items():
            yield from _below((*path, name), inner)
    elif kind.is_array():
        yield from _below((*path, EACH), kind.value_type)
    elif kind.is_map():
        yield (*path, ANY)


def texts_of(table: ir.Table, match: Match) -> list[ir.Value]:
    """Return the columns of text, or of lists of texts, that stand at a match's path.

    They are more than one only where every part of a struct is meant; none if there is no text.
    """
    found = _at(table[match.path[0]], match.path[1:])
    return [as_text(value) for value in found if _is_plain(value.type())]


def value_at(table: ir.Table, found: Sequence[Match]) -> ir.Value | None:
    """Return the column of the first match, as it is typed; of a list, its first element."""
    values = [value for match in found[:1] for value in _at(table[match.path[0]], match.path[1:])]
    values = [value[0] if value.type().is_array() else value for value in values]
    return next((value for value in values if _is_plain(value.type())), None)


def text_at(table: ir.Table, found: Sequence[Match]) -> ir.StringValue:
    """Return the text of the first match, trimmed, and NULL if it is empty or there is none."""
    value = value_at(table, found)
    if value is None:
        return ibis.null("string")
    return as_text(value).strip().nullif("")


def as_text(value: ir.Value) -> ir.Value:
    """Return a column as text, or as a list of texts; whole numbers without a fraction."""
    kind = value.type()
    if kind.is_array():
        return value if kind.value_type.is_string() else value.map(as_text)
    if kind.is_floating():
        finite = ~(value.isnan() | value.isinf())
        value = finite.ifelse(value, ibis.null(kind)).cast(_EXACT)
    if value.type().is_decimal():
        return value.cast("string").re_replace(r"\.0+$", "")
    if kind.is_json():
        return value.cast("string").re_replace('^"|"$', "").nullif("null")
    return value if kind.is_string() else value.cast("string")


def _at(value: ir.Value, steps: Path) -> list[ir.Value]:
    if not steps:
        return [value]
    step, rest = steps[0], steps[1:]
    if step == EACH:
        if not rest:
            return [value]
        inner = value.map(lambda each: _at(each, rest)[0])
        return [inner.flatten() if inner.type().value_type.is_array() else inner]
    if step == ANY:
        return [value.values()] if value.type().is_map() else [value[key] for key in value.names]
    return _at(value[step], rest)


def _is_plain(kind: dt.DataType) -> bool:
    if kind.is_array():
        kind = kind.value_type
    return not (kind.is_nested() or kind.is_null() or kind.is_binary())
