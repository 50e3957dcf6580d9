"""What is fetched and what is kept of it: the words that every helpdesk's module speaks.

Knows no helpdesk. A record has no place for a name, an address or a text.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpcenter.tickets.fetch.client import Client


@dataclass(frozen=True)
class Plan:
    """Which tickets: created from `since` to `until`, aware times in UTC.

    `fields` are the category fields of the helpdesk's own that are kept, by name or number;
    `tags` asks for tags where they cost a request a ticket; `hashed` turns a requester's id
    into a code that means nothing outside of this run, and nothing into None.
    """

    since: datetime.datetime
    until: datetime.datetime
    fields: tuple[str, ...]
    tags: bool
    hashed: Callable[[bytes], str | None]


@dataclass(frozen=True)
class Record:
    """A ticket in the helpdesk's own field names; `values` is what is written of it."""

    id: str
    created: datetime.datetime
    updated: datetime.datetime
    values: Mapping[str, object]


@dataclass(frozen=True)
class Page:
    """Some records, and which part of all that is to come is done, from 0 to 1."""

    records: Sequence[Record]
    done: float


@dataclass(frozen=True)
class Provider:
    """A helpdesk: the variables it needs from the environment, and how it is read.

    `address` names the variable of the base address, and `default` its value if that is the
    same for everybody; `secrets` names the variables that hold who we are, of which
    `optional` ones may be missing. `headers` makes the request headers of them.
    """

    name: str
    address: str
    default: str
    secrets: tuple[str, ...]
    optional: frozenset[str]
    headers: Callable[[Mapping[str, str]], Mapping[str, str]]
    pages: Callable[[Client, Plan], Iterator[Page]]


def share(plan: Plan, reached: datetime.datetime) -> float:
    """Return which part of the window lies before a moment, from 0 to 1."""
    return min(1.0, max(0.0, (reached - plan.since) / (plan.until - plan.since)))
