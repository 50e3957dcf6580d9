"""Request Tracker 5: the search of tickets by number, through REST 2.

https://docs.bestpractical.com/rt/5.0.3/RT/REST2.html
Each request asks for the tickets after the last number, so that none is missed when another is
merged or deleted meanwhile. The end is a page that holds all that `total` says remain.
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import msgspec

from helpcenter.tickets.fetch.client import Client
from helpcenter.tickets.fetch.errors import FetchError
from helpcenter.tickets.fetch.plan import Page, Plan, Provider, Record
from helpcenter.tickets.fetch.reduce import labels, language, present

_PATH: Final = "/REST/2.0/tickets"
_PER_PAGE: Final = 100
_FIELDS: Final = (
    "Created,LastUpdated,Status,Queue,Priority,Started,Resolved,Requestors,Subject,CustomFields"
)
# A search reads dates in the zone of whom the token belongs to: a day more covers them all.
_ZONES: Final = datetime.timedelta(days=1)

Moment = Annotated[datetime.datetime, msgspec.Meta(tz=True)]
Word = Annotated[str, msgspec.Meta(max_length=255)]
Number = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,18}$")]


class _Queue(msgspec.Struct):
    Name: Word


class _Person(msgspec.Struct):
    id: msgspec.Raw


class _Field(msgspec.Struct):
    name: Word
    values: msgspec.Raw


class _Ticket(msgspec.Struct):
    id: Number
    Created: Moment
    LastUpdated: Moment
    Status: Word
    Queue: _Queue
    Priority: Word | int | None = None
    Started: Word | None = None
    Resolved: Word | None = None
    CustomFields: list[_Field] = []
    Requestors: list[_Person] = []
    Subject: msgspec.Raw = msgspec.Raw()


class _Page(msgspec.Struct):
    items: list[_Ticket]
    total: int | None = None


def _headers(secrets: Mapping[str, str]) -> Mapping[str, str]:
    return {"Authorization": f"token {secrets['RT_TOKEN']}"}


def _pages(client: Client, plan: Plan) -> Iterator[Page]:
    first_day = (plan.since - _ZONES).date().isoformat()
    last = done = 0
    while True:
        page = client.get(
            _PATH,
            _Page,
            {
                "query": f"id > {last} AND Created >= '{first_day}'",
                "orderby": "id",
                "order": "ASC",
                "fields": _FIELDS,
                "fields[Queue]": "Name",
                "per_page": _PER_PAGE,
                "page": 1,
            },
        ).value
        numbers = [int(ticket.id) for ticket in page.items]
        if any(later <= earlier for earlier, later in itertools.pairwise([last, *numbers])):
            raise FetchError("E_ORDER")
        if page.total is None:
            # Told only to those who may see all that is found.
            raise FetchError("E_END")
        if len(numbers) != min(page.total, _PER_PAGE):
            raise FetchError("E_COUNT")
        done += len(numbers)
        left = page.total - len(numbers)
        yield Page([_record(ticket, plan) for ticket in page.items], done / max(1, done + left))
        if left == 0:
            return
        last = numbers[-1]


def _record(ticket: _Ticket, plan: Plan) -> Record:
    fields = {field.name: field.values for field in ticket.CustomFields}
    kept = labels(fields, plan.fields)
    person = plan.hashed(ticket.Requestors[0].id) if ticket.Requestors else None
    values = present(
        id=ticket.id,
        Created=ticket.Created,
        LastUpdated=ticket.LastUpdated,
        Status=ticket.Status,
        Queue={"Name": ticket.Queue.Name},
        Priority=ticket.Priority,
        Started=_moment(ticket.Started),
        Resolved=_moment(ticket.Resolved),
        CustomFields=[{"name": name, "values": value} for name, value in kept.items()],
        Requestors=[{"id": person}] if person else None,
        language=language(ticket.Subject),
    )
    return Record(ticket.id, ticket.Created, ticket.LastUpdated, values)


def _moment(text: str | None) -> str | None:
    """Return a time as it came; what has not happened yet is 1970."""
    return None if text is None or text.startswith("1970-01-01") else text


REQUEST_TRACKER: Final = Provider(
    name="rt",
    address="RT_URL",
    default="",
    secrets=("RT_TOKEN",),
    optional=frozenset(),
    headers=_headers,
    pages=_pages,
)
