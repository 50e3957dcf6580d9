"""From a table in a warehouse to a proposal: the first step of the sync, without an export.

Ibis is optional and slow to load, so it is imported where it is used.
"""

from __future__ import annotations

import datetime
import importlib.util
import urllib.parse
from collections.abc import Mapping
from pathlib import Path

from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.sync import Inputs, Outcome, rank

_VARIABLE = "env:"


def address_of(text: str, environment: Mapping[str, str]) -> str:
    """Return where to connect to: `text`, or what the variable holds that env:NAME names.

    Raises ValueError, which shows nothing of an address. A password may only be in a variable:
    the command line is seen by everyone on the machine.
    """
    if text.startswith(_VARIABLE):
        name = text.removeprefix(_VARIABLE)
        if not environment.get(name):
            raise ValueError(f"the variable {name} is not set")
        return environment[name]
    try:
        password = urllib.parse.urlsplit(text).password
    except ValueError:
        password = text
    if password:
        raise ValueError("no address, or one with a password, which only env:NAME may name")
    return text


def sync_table(
    address: str,
    table: str,
    inputs: Inputs,
    *,
    source: str | None,
    most_unreadable: float,
    as_of: datetime.date,
    scratch: Path,
    key: str,
    whole_day: bool = True,
) -> Outcome:
    """Count the tickets of a table where it lies and rank the categories, as `sync` does.

    `address` is what Ibis takes to connect, `source` names the mapping of the table's columns.
    Raises SyncError, which names no value and no address.
    """
    if importlib.util.find_spec("ibis") is None:
        raise SyncError("E_NOIBIS")
    from helpcenter.tickets.warehouse.count import Where, count_table

    counts, notes = count_table(
        Where(address, table, source, most_unreadable),
        inputs.taxonomy,
        inputs.sources,
        languages=inputs.languages,
        as_of=as_of,
        scratch=scratch,
        key=key,
    )
    return rank(counts, notes, inputs, as_of=as_of, whole_day=whole_day)
