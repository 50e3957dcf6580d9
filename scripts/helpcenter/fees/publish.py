"""The fee schedule as published data: what a program reads to compute what the pages say."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal

from helpcenter.fees.schedule import Schedule


def fees_json(schedule: Schedule, as_of: datetime.date) -> str:
    """Return the whole schedule as canonical JSON: keys sorted, no space, one newline at the end.

    Amounts and rates are strings without exponent, days are ISO 8601; what is not set is left
    out. `as_of` is the day that the pages beside it were made for.
    """
    data = schedule.model_dump(by_alias=True, exclude_none=True) | {"as_of": as_of}
    text = json.dumps(
        data, default=_plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True
    )
    return text + "\n"


def _plain(value: Decimal | datetime.date) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else value.isoformat()
