"""Freshdesk: the list of tickets by the time they changed.

https://developers.freshdesk.com/api/#list_all_tickets
A list ends after 300 pages of 100 without a word; so it is begun anew from the last seen second
(steps.py), and more than that in one second is an error. The end is a page that is not full.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import msgspec

from helpcenter.tickets.fetch.client import Client
from helpcenter.tickets.fetch.errors import FetchError
from helpcenter.tickets.fetch.plan import Page, Plan, Provider, Record, share
from helpcenter.tickets.fetch.reduce import labels, language, present
from helpcenter.tickets.fetch.steps import Step

_PATH: Final = "/api/v2/tickets"
_PER_PAGE: Final = 100
_MOST_PAGES: Final = 300

Moment = Annotated[datetime.datetime, msgspec.Meta(tz=True)]
Word = Annotated[str, msgspec.Meta(max_length=255)]


class _Stats(msgspec.Struct, omit_defaults=True):
    first_responded_at: Moment | None = None
    resolved_at: Moment | None = None
    closed_at: Moment | None = None
    reopened_at: Moment | None = None


class _Ticket(msgspec.Struct):
    id: int
    created_at: Moment
    updated_at: Moment
    status: int
    type: Word | None = None
    priority: int | None = None
    source: int | None = None
    tags: list[Word] | None = None
    group_id: int | None = None
    product_id: int | None = None
    spam: bool | None = None
    stats: _Stats | None = None
    custom_fields: dict[str, msgspec.Raw] | None = None
    requester_id: msgspec.Raw = msgspec.Raw()
    subject: msgspec.Raw = msgspec.Raw()


def _headers(secrets: Mapping[str, str]) -> Mapping[str, str]:
    pair = base64.b64encode(f"{secrets['FRESHDESK_API_KEY']}:X".encode()).decode()
    return {"Authorization": f"Basic {pair}"}


def _pages(client: Client, plan: Plan) -> Iterator[Page]:
    step = Step(plan.since)
    while True:
        query: dict[str, str | int] = {
            "updated_since": step.start.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "order_by": "updated_at",
            "order_type": "asc",
            "include": "stats",
            "per_page": _PER_PAGE,
            "page": step.page,
        }
        answer = client.get(_PATH, list[_Ticket], query)
        tickets = answer.value
        reached = tickets[-1].updated_at if tickets else plan.until
        yield Page([_record(ticket, plan) for ticket in tickets], share(plan, reached))
        if len(tickets) < _PER_PAGE:
            if answer.more:
                raise FetchError("E_END")
            return
        times = [ticket.updated_at for ticket in tickets]
        step = step.after(times, most_pages=_MOST_PAGES)


def _record(ticket: _Ticket, plan: Plan) -> Record:
    values = present(
        id=ticket.id,
        created_at=ticket.created_at,
        updated_at=ticket.updated_at,
        status=ticket.status,
        type=ticket.type,
        priority=ticket.priority,
        source=ticket.source,
        tags=ticket.tags,
        group_id=ticket.group_id,
        product_id=ticket.product_id,
        spam=ticket.spam,
        stats=ticket.stats,
        custom_fields=labels(ticket.custom_fields or {}, plan.fields),
        requester_id=plan.hashed(ticket.requester_id),
        language=language(ticket.subject),
    )
    return Record(str(ticket.id), ticket.created_at, ticket.updated_at, values)


FRESHDESK: Final = Provider(
    name="freshdesk",
    address="FRESHDESK_URL",
    default="",
    secrets=("FRESHDESK_API_KEY",),
    optional=frozenset(),
    headers=_headers,
    pages=_pages,
)
