"""The fees as values that prose may refer to: `{{ fees.withdrawal-btc }}`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from helpcenter.facts import format_amount
from helpcenter.fees.schedule import Schedule
from helpcenter.fees.table import describe
from helpcenter.strings import Strings


def values(schedule: Schedule, as_of: datetime.date, strings: Strings) -> dict[str, str]:
    """Return each fee that applies on `as_of`, in words, by `fees.<id>`.

    `fees.<id>.least` is its smallest amount, where it has one.
    """
    return dict(_values(schedule, as_of, strings))


def _values(
    schedule: Schedule, as_of: datetime.date, strings: Strings
) -> Iterator[tuple[str, str]]:
    for fee in schedule.fees:
        if version := fee.on(as_of):
            currency = fee.currency or fee.asset or ""
            yield f"fees.{fee.id}", describe(version.formula, currency, strings)
            if version.least is not None:
                least = format_amount(version.least, strings.language)
                yield f"fees.{fee.id}.least", f"{least} {fee.asset}"
