r"""Write Ibis expressions of times, whether a column has a type for them or holds texts.

Engines disagree on which texts are times, so texts are checked by one pattern that all of them
read alike (no \p, no group without a number) and taken apart by position.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import ibis
import ibis.expr.types as ir

from helpcenter.tickets.warehouse.columns import as_text

DAY: Final = 86_400

# ISO 8601 with whole months, days and hours. Names of zones are refused: CST is two of them.
_ISO = (
    r"^\d{4}[-/]\d{2}[-/]\d{2}"
    r"([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?(Z|UTC|GMT|[+-]\d{2}(:?\d{2})?))?)?$"
)
_FRACTION = r"\.(\d{1,9})"
_ZONE = r":\d{2}(\.\d+)? ?([+-])(\d{2}):?(\d{2})?$"
# Seconds, milliseconds or microseconds since 1970, by the number of digits.
_EPOCH = r"^(\d{9,10}(\.\d+)?|\d{12,13}|\d{15,16})$"
_MILLISECONDS, _MICROSECONDS = 10**11, 10**14


@dataclass(frozen=True)
class Time:
    """A column of times: whole UTC seconds since 1970, and what orders times within a second."""

    seconds: ir.IntegerValue
    finer: ir.Value


def readable(value: ir.Value | None, *, epoch: bool) -> ir.Value:
    """Return a column of times as `time_of` takes it; NULL where a text is not known as a time.

    Texts are ISO 8601 or, if `epoch`, numbers since 1970, as are numbers.
    """
    if value is None:
        return ibis.null("string")
    kind = value.type()
    if kind.is_date():
        return value.cast("timestamp")
    if kind.is_timestamp():
        return value
    text = as_text(value).strip()
    known = text.re_search(_ISO)
    if epoch:
        known |= text.re_search(_EPOCH)
    return known.ifelse(text, ibis.null("string"))


def time_of(column: ir.Value) -> Time:
    """Return the times in a column of `readable`. Without a zone they are UTC."""
    if column.type().is_timestamp():
        # Some engines give a fraction too, though Ibis says a whole number.
        return Time((column.epoch_seconds() // 1).cast("int64"), column)
    digits = column.re_extract(r"^(\d+)(\.\d+)?$", 1)
    since = _number(digits)
    seconds = ibis.coalesce(
        ibis.cases(
            (since < _MILLISECONDS, since),
            (since < _MICROSECONDS, since // 1_000),
            else_=since // 1_000_000,
        ),
        _iso_seconds(column),
    )
    fraction = column.re_extract(_FRACTION, 1).fill_null("") + "000000"
    return Time(seconds, _number(fraction.substr(0, 6)))


def later(time: Time, other: Time) -> Time:
    """Return `time`, and `other` where there is none."""
    kind = time.finer.type()
    both = (time.finer, other.finer) if other.finer.type() == kind else (time.finer,)
    return Time(ibis.coalesce(time.seconds, other.seconds), ibis.coalesce(*both))


def _iso_seconds(text: ir.StringValue) -> ir.IntegerValue:
    date = text.substr(0, 4) + "-" + text.substr(5, 2) + "-" + text.substr(8, 2)
    days = date.try_cast("date").epoch_days().cast("int64")
    has_seconds = text.substr(16, 1) == ":"
    hour, minute, second = (
        _number(part).fill_null(0)
        for part in (
            text.substr(11, 2),
            text.substr(14, 2),
            has_seconds.ifelse(text.substr(17, 2), ""),
        )
    )
    hours, minutes = (_number(text.re_extract(_ZONE, group)).fill_null(0) for group in (3, 4))
    east = (text.re_extract(_ZONE, 2) == "-").fill_null(False).ifelse(-1, 1)
    exists = (hour < 24) & (minute < 60) & (second < 60)
    clock = hour * 3600 + minute * 60 + second
    moved = east * (hours * 3600 + minutes * 60)
    return exists.ifelse(days * DAY + clock - moved, ibis.null("int64"))


def _number(digits: ir.StringValue) -> ir.IntegerValue:
    return digits.nullif("").cast("int64")
