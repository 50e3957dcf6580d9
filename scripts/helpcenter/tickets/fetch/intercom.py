"""Intercom: the search of conversations by the time they began.

https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations
The end is a page without a next one, when as many conversations came as `total_count` says.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import msgspec

from helpcenter.tickets.fetch.client import Client
from helpcenter.tickets.fetch.errors import FetchError
from helpcenter.tickets.fetch.plan import Page, Plan, Provider, Record
from helpcenter.tickets.fetch.reduce import labels, language, present

_PATH: Final = "/conversations/search"
_PER_PAGE: Final = 150
_VERSION: Final = "2.11"

# Seconds since 1970, to the year 2200.
Seconds = Annotated[int, msgspec.Meta(ge=0, le=7_258_118_400)]
Word = Annotated[str, msgspec.Meta(max_length=255)]


class _Named(msgspec.Struct):
    name: Word


class _Tags(msgspec.Struct):
    tags: list[_Named] = []


class _Topics(msgspec.Struct):
    topics: list[_Named] = []


class _Rating(msgspec.Struct, omit_defaults=True):
    rating: int | None = None


class _Statistics(msgspec.Struct, omit_defaults=True):
    time_to_admin_reply: int | None = None
    count_reopens: int | None = None
    first_admin_reply_at: int | None = None
    first_close_at: int | None = None


class _Contact(msgspec.Struct):
    id: msgspec.Raw


class _Contacts(msgspec.Struct):
    contacts: list[_Contact] = []


class _Source(msgspec.Struct):
    type: Word | None = None
    subject: msgspec.Raw = msgspec.Raw()
    body: msgspec.Raw = msgspec.Raw()


class _Conversation(msgspec.Struct):
    id: Word
    created_at: Seconds
    updated_at: Seconds
    state: Word | None = None
    priority: Word | bool | None = None
    tags: _Tags | None = None
    topics: _Topics | None = None
    conversation_rating: _Rating | None = None
    statistics: _Statistics | None = None
    custom_attributes: dict[str, msgspec.Raw] | None = None
    contacts: _Contacts | None = None
    title: msgspec.Raw = msgspec.Raw()
    source: _Source | None = None


class _Next(msgspec.Struct):
    starting_after: str


class _Pages(msgspec.Struct):
    next: _Next | None = None


class _Page(msgspec.Struct):
    conversations: list[_Conversation]
    total_count: int
    pages: _Pages


def _headers(secrets: Mapping[str, str]) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {secrets['INTERCOM_TOKEN']}", "Intercom-Version": _VERSION}


def _pages(client: Client, plan: Plan) -> Iterator[Page]:
    bounds = ((">", int(plan.since.timestamp()) - 1), ("<", int(plan.until.timestamp()) + 1))
    query = {
        "operator": "AND",
        "value": [{"field": "created_at", "operator": o, "value": value} for o, value in bounds],
    }
    place: dict[str, str] = {}
    came: set[str] = set()
    seen = set()
    total = None
    while True:
        page = client.post(
            _PATH,
            _Page,
            {
                "query": query,
                "sort": {"field": "created_at", "order": "ascending"},
                "pagination": {"per_page": _PER_PAGE, **place},
            },
        ).value
        if page.total_count != (page.total_count if total is None else total):
            # One that went away meanwhile may have moved another across the edge of a page.
            raise FetchError("E_COUNT")
        total = page.total_count
        came.update(each.id for each in page.conversations)
        yield Page(
            [_record(each, plan) for each in page.conversations],
            min(1.0, len(came) / max(1, page.total_count)),
        )
        if page.pages.next is None:
            break
        if page.pages.next.starting_after in seen:
            raise FetchError("E_LOOP")
        seen.add(page.pages.next.starting_after)
        place = {"starting_after": page.pages.next.starting_after}
    if len(came) != total:
        raise FetchError("E_COUNT")


def _record(each: _Conversation, plan: Plan) -> Record:
    source = each.source or _Source()
    contacts = each.contacts.contacts if each.contacts else []
    values = present(
        id=each.id,
        created_at=each.created_at,
        updated_at=each.updated_at,
        state=each.state,
        priority=each.priority,
        tags=each.tags,
        topics=each.topics,
        conversation_rating=each.conversation_rating,
        statistics=each.statistics,
        custom_attributes=labels(each.custom_attributes or {}, plan.fields),
        contacts=_nested(plan.hashed(contacts[0].id)) if contacts else None,
        source={"type": source.type} if source.type else None,
        # A chat has no subject: the script of its first message tells, and is all that is kept.
        language=language(each.title, source.subject, source.body),
    )
    created, updated = (
        datetime.datetime.fromtimestamp(moment, datetime.UTC)
        for moment in (each.created_at, each.updated_at)
    )
    return Record(each.id, created, updated, values)


def _nested(contact: str | None) -> Mapping[str, object] | None:
    return {"contacts": [{"id": contact}]} if contact else None


INTERCOM: Final = Provider(
    name="intercom",
    address="INTERCOM_URL",
    default="https://api.intercom.io",
    secrets=("INTERCOM_TOKEN",),
    optional=frozenset(),
    headers=_headers,
    pages=_pages,
)
