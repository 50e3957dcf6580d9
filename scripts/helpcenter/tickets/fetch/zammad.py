"""Zammad, 6.5 or newer with Elasticsearch: the search of tickets by the time they were created.

https://docs.zammad.org/en/latest/api/intro.html
The search begins anew from the last seen second (steps.py). The end is a page that holds all
that `total_count` says remain. Tags are not part of a ticket and cost a request each.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import msgspec

from helpcenter.tickets.fetch.body import decoded
from helpcenter.tickets.fetch.client import Client
from helpcenter.tickets.fetch.errors import FetchError
from helpcenter.tickets.fetch.plan import Page, Plan, Provider, Record, share
from helpcenter.tickets.fetch.reduce import labels, language, present
from helpcenter.tickets.fetch.steps import Step

_PATH: Final = "/api/v1/tickets/search"
_TAGS: Final = "/api/v1/tags"
_PER_PAGE: Final = 100
# Elasticsearch gives out 10,000 results of one search.
_MOST_PAGES: Final = 100
# Zammad's own fields that hold a text or a person, whatever fields are asked for.
_NEVER: Final = frozenset(
    {"title", "note", "number", "customer", "owner", "organization", "created_by", "updated_by"}
)

Moment = Annotated[datetime.datetime, msgspec.Meta(tz=True)]
Word = Annotated[str, msgspec.Meta(max_length=255)]


class _Ticket(msgspec.Struct):
    id: int
    created_at: Moment
    updated_at: Moment
    state: Word
    group: Word | None = None
    priority: Word | None = None
    type: Word | None = None
    first_response_in_min: int | None = None
    close_in_min: int | None = None
    first_response_at: Moment | None = None
    close_at: Moment | None = None
    customer_id: msgspec.Raw = msgspec.Raw()
    title: msgspec.Raw = msgspec.Raw()


class _Page(msgspec.Struct):
    records: list[msgspec.Raw]
    total_count: int


class _Tags(msgspec.Struct):
    tags: list[Word]


def _headers(secrets: Mapping[str, str]) -> Mapping[str, str]:
    return {"Authorization": f"Token token={secrets['ZAMMAD_TOKEN']}"}


def _pages(client: Client, plan: Plan) -> Iterator[Page]:
    step = Step(plan.since)
    while True:
        query: dict[str, str | int] = {
            "query": f"created_at:[{_text(step.start)} TO {_text(plan.until)}]",
            "sort_by": "created_at",
            "order_by": "asc",
            "expand": "true",
            "with_total_count": "true",
            "per_page": _PER_PAGE,
            "page": step.page,
        }
        page = client.get(_PATH, _Page, query).value
        tickets = [(decoded(raw, _Ticket), raw) for raw in page.records]
        times = [ticket.created_at for ticket, _ in tickets]
        yield Page(
            [_record(ticket, raw, client, plan) for ticket, raw in tickets],
            share(plan, times[-1] if times else plan.until),
        )
        left = page.total_count - (step.page - 1) * _PER_PAGE - len(tickets)
        if left <= 0 and len(tickets) <= _PER_PAGE:
            break
        if len(tickets) < _PER_PAGE:
            raise FetchError("E_COUNT")
        step = step.after(times, most_pages=_MOST_PAGES)
    if left < 0:
        raise FetchError("E_COUNT")


def _record(ticket: _Ticket, raw: msgspec.Raw, client: Client, plan: Plan) -> Record:
    tags: list[str] = []
    if plan.tags:
        tags = client.get(_TAGS, _Tags, {"object": "Ticket", "o_id": ticket.id}).value.tags
    # Fields that an organization adds stand beside Zammad's own.
    added = decoded(raw, dict[str, msgspec.Raw]) if plan.fields else {}
    wanted = tuple(name for name in plan.fields if name not in _NEVER)
    values = labels(added, wanted) | present(
        id=ticket.id,
        created_at=ticket.created_at,
        updated_at=ticket.updated_at,
        state=ticket.state,
        group=ticket.group,
        priority=ticket.priority,
        type=ticket.type,
        tags=tags,
        first_response_in_min=ticket.first_response_in_min,
        close_in_min=ticket.close_in_min,
        first_response_at=ticket.first_response_at,
        close_at=ticket.close_at,
        customer_id=plan.hashed(ticket.customer_id),
        language=language(ticket.title),
    )
    return Record(str(ticket.id), ticket.created_at, ticket.updated_at, values)


def _text(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


ZAMMAD: Final = Provider(
    name="zammad",
    address="ZAMMAD_URL",
    default="",
    secrets=("ZAMMAD_TOKEN",),
    optional=frozenset(),
    headers=_headers,
    pages=_pages,
)
