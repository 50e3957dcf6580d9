"""Zendesk: the cursor-based incremental export, which gives all tickets changed since a moment.

https://developer.zendesk.com/api-reference/ticketing/ticket-management/incremental_exports/
Ten requests a minute are allowed, of up to 1,000 tickets each. What changed within the last
minute is left out by Zendesk, and so it is here. The end is `end_of_stream`.
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

_PATH: Final = "/api/v2/incremental/tickets/cursor.json"
_PER_PAGE: Final = 1000
_LEFT_OUT: Final = datetime.timedelta(minutes=1)

Moment = Annotated[datetime.datetime, msgspec.Meta(tz=True)]
Word = Annotated[str, msgspec.Meta(max_length=255)]


class _Field(msgspec.Struct):
    id: int
    value: msgspec.Raw = msgspec.Raw(b"null")


class _Rating(msgspec.Struct):
    score: Word | None = None


class _Minutes(msgspec.Struct, omit_defaults=True):
    calendar: int | None = None
    business: int | None = None


class _Metrics(msgspec.Struct, omit_defaults=True):
    ticket_id: int | None = None
    reopens: int | None = None
    reply_time_in_minutes: _Minutes | None = None
    full_resolution_time_in_minutes: _Minutes | None = None


class _Ticket(msgspec.Struct):
    id: int
    created_at: Moment
    updated_at: Moment
    status: Word
    type: Word | None = None
    priority: Word | None = None
    tags: list[Word] | None = None
    ticket_form_id: int | None = None
    group_id: int | None = None
    brand_id: int | None = None
    custom_fields: list[_Field] | None = None
    satisfaction_rating: _Rating | None = None
    metric_set: _Metrics | None = None
    requester_id: msgspec.Raw = msgspec.Raw()
    subject: msgspec.Raw = msgspec.Raw()


class _Page(msgspec.Struct):
    tickets: list[_Ticket]
    end_of_stream: bool
    after_cursor: str | None = None
    metric_sets: list[_Metrics] = []


def _headers(secrets: Mapping[str, str]) -> Mapping[str, str]:
    token = secrets["ZENDESK_TOKEN"]
    if email := secrets.get("ZENDESK_EMAIL"):
        pair = base64.b64encode(f"{email}/token:{token}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}
    return {"Authorization": f"Bearer {token}"}


def _pages(client: Client, plan: Plan) -> Iterator[Page]:
    shared: dict[str, str | int] = {"per_page": _PER_PAGE, "include": "metric_sets"}
    place: dict[str, str | int] = {"start_time": int(plan.since.timestamp())}
    seen = set()
    latest = plan.until - _LEFT_OUT
    while True:
        page = client.get(_PATH, _Page, shared | place).value
        beside = {metrics.ticket_id: metrics for metrics in page.metric_sets}
        reached = max((ticket.updated_at for ticket in page.tickets), default=plan.since)
        yield Page(
            [
                _record(ticket, ticket.metric_set or beside.get(ticket.id), plan)
                for ticket in page.tickets
                if ticket.created_at <= latest
            ],
            share(plan, reached),
        )
        if page.end_of_stream:
            return
        if not page.after_cursor:
            raise FetchError("E_END")
        if page.after_cursor in seen:
            raise FetchError("E_LOOP")
        seen.add(page.after_cursor)
        place = {"cursor": page.after_cursor}


def _record(ticket: _Ticket, metrics: _Metrics | None, plan: Plan) -> Record:
    fields = {str(field.id): field.value for field in ticket.custom_fields or ()}
    kept = labels(fields, plan.fields)
    values = present(
        id=ticket.id,
        created_at=ticket.created_at,
        updated_at=ticket.updated_at,
        status=ticket.status,
        type=ticket.type,
        priority=ticket.priority,
        tags=ticket.tags,
        ticket_form_id=ticket.ticket_form_id,
        group_id=ticket.group_id,
        brand_id=ticket.brand_id,
        custom_fields=[{"id": int(name), "value": value} for name, value in kept.items()],
        satisfaction_rating=ticket.satisfaction_rating,
        metric_set=metrics,
        requester_id=plan.hashed(ticket.requester_id),
        language=language(ticket.subject),
    )
    return Record(str(ticket.id), ticket.created_at, ticket.updated_at, values)


ZENDESK: Final = Provider(
    name="zendesk",
    address="ZENDESK_URL",
    default="",
    secrets=("ZENDESK_TOKEN", "ZENDESK_EMAIL"),
    optional=frozenset({"ZENDESK_EMAIL"}),
    headers=_headers,
    pages=_pages,
)
