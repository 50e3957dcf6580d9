"""Invent a stream of tickets with a helpdesk's habits. Pure: a seed decides everything.

Weekends are quieter, one category surges, people write again, wait for an answer and rate it,
tickets are updated and reopened (the same number again, later), some are spam or deleted, some
have no usable tag, and every one carries personal data where customers put it. The categories
and their tags are the project's own.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

from helpcenter.faq.taxonomy import Category, Taxonomy
from helpcenter.tickets.demo.canaries import Canary
from helpcenter.tickets.demo.mixes import Mix

_DAYS = 120
_WEEKDAYS = (1.2, 1.1, 1.0, 1.0, 1.1, 0.6, 0.5)
_REOPENED = 0.06
_RECENT = 400
_EXCLUDED = 0.03
_UNTAGGED = 0.08
_BY_TOPIC = 0.3
_REPLIED = 0.85
_REPLY = 360
_RATED = 0.3
_UNHAPPY = 0.12
_LANGUAGE_KNOWN = 0.1
_STATUSES = ("new", "open", "pending", "hold", "solved", "solved", "closed", "closed", "closed")
_NOISE = ("ios", "android", "web", "vip", "app_5_2", "新用户")
_SUBJECTS = {
    "en": ("Please help", "Question about {}", "{}?!"),
    "zh": ("请帮帮我", "关于{}", "{}怎么办"),
}
_BODIES = {
    "en": "Hello, this happened yesterday and I still wait. My details: {} Thank you.",
    "zh": "你好，昨天出现的问题到现在还没有解决。我的信息：{} 谢谢。",
}


@dataclass(frozen=True)
class Ticket:
    """One version of an invented ticket; times are UTC.

    `person` is the requester's number, `language` the one field that is mostly left empty.
    """

    id: int
    created: datetime.datetime
    updated: datetime.datetime
    status: str
    tags: tuple[str, ...]
    topic: str
    subject: str
    description: str
    requester: str
    email: str
    note: str
    person: int
    language: str
    reopens: int
    rating: str
    reply_minutes: int | None


def invent(
    count: int,
    taxonomy: Taxonomy,
    mix: Mix,
    canaries: tuple[Canary, ...],
    *,
    seed: int,
    as_of: datetime.date,
    chinese: float,
) -> Iterator[Ticket]:
    """Yield `count` versions of tickets from the days up to `as_of`; `chinese` is a share."""
    chance = random.Random(seed)
    service = random.Random(f"{seed} service")
    ages = range(_DAYS)
    by_day = [_WEEKDAYS[(as_of - datetime.timedelta(days=age)).weekday()] for age in ages]
    calm = [mix.shares.get(category.id, 1) for category in taxonomy.categories]
    surging = [
        share * (mix.surge.factor if category.id == mix.surge.category else 1)
        for share, category in zip(calm, taxonomy.categories, strict=True)
    ]
    end = datetime.datetime.combine(as_of, datetime.time(23, 59, 59), datetime.UTC)
    recent: list[Ticket] = []
    for number in range(count):
        if recent and chance.random() < _REOPENED:
            yield _later(chance.choice(recent), chance, end)
            continue
        age = chance.choices(ages, by_day)[0]
        shares = surging if age < mix.surge.days else calm
        category = chance.choices(taxonomy.categories, shares)[0]
        language = "zh" if chance.random() < chinese else "en"
        canary = canaries[number % len(canaries)]
        created = end - datetime.timedelta(days=age, seconds=chance.randrange(86_400))
        ticket = _ticket(100_000 + number, created, category, language, canary, chance)
        ticket = _served(ticket, category, language, service, people=max(count // 2, 20))
        ticket = replace(ticket, updated=min(end, created + _delay(chance)))
        recent[number % _RECENT : number % _RECENT + 1] = [ticket]
        yield ticket


def _ticket(
    number: int,
    created: datetime.datetime,
    category: Category,
    language: str,
    canary: Canary,
    chance: random.Random,
) -> Ticket:
    tags, topic = _labels(category, language, chance)
    status = chance.choice(_STATUSES)
    if chance.random() < _EXCLUDED:
        status, tags = chance.choice((("deleted", tags), ("closed", (*tags, "spam"))))
    subject = chance.choice(_SUBJECTS[language]).format(category.name.get(language, category.id))
    person = canary if chance.random() < 0.5 else None
    return Ticket(
        id=number,
        created=created,
        updated=created,
        status=status,
        tags=tags,
        topic=topic,
        subject=f"{subject} {canary.text}",
        description=_BODIES[language].format(canary.text),
        requester=person.text if person else f"Customer {number}",
        email=f"{person.token if person else number}@mail.example.net",
        note=canary.text,
        person=number,
        language="",
        reopens=0,
        rating="",
        reply_minutes=None,
    )


def _served(
    ticket: Ticket, category: Category, language: str, chance: random.Random, *, people: int
) -> Ticket:
    """Return the ticket as a helpdesk of some speed leaves it: the worse the matter, the slower."""
    replied = chance.random() < _REPLIED
    happy = chance.random() > _UNHAPPY * category.severity
    return replace(
        ticket,
        person=900_000 + chance.randrange(people),
        language=language if chance.random() < _LANGUAGE_KNOWN else "",
        reopens=chance.choices((0, 1, 2), (90, 8, 2))[0],
        rating=("good" if happy else "bad") if chance.random() < _RATED else "",
        reply_minutes=int(chance.expovariate(1 / (_REPLY * category.severity)))
        if replied
        else None,
    )


def _labels(
    category: Category, language: str, chance: random.Random
) -> tuple[tuple[str, ...], str]:
    """Return the tags and the topic an agent may have set: either, or neither, or with noise."""
    noise = tuple(chance.sample(_NOISE, chance.randrange(3)))
    if chance.random() < _UNTAGGED:
        return noise, ""
    if category.values and chance.random() < _BY_TOPIC:
        return noise, chance.choice(_in_language(category.values, language))
    if not category.tags:
        return noise, ""
    tag = chance.choice(_in_language(category.tags, language))
    spelling = chance.choice((tag, tag, tag, tag.upper(), tag.replace("_", "-")))
    return (*noise, spelling), ""


def _in_language(terms: tuple[str, ...], language: str) -> tuple[str, ...]:
    chosen = tuple(term for term in terms if term.isascii() == (language == "en"))
    return chosen or terms


def _later(ticket: Ticket, chance: random.Random, end: datetime.datetime) -> Ticket:
    updated = min(end, ticket.updated + _delay(chance))
    status = chance.choice(("open", "solved", "closed"))
    return replace(ticket, updated=updated, status=status, reopens=ticket.reopens + 1)


def _delay(chance: random.Random) -> datetime.timedelta:
    return datetime.timedelta(minutes=chance.randrange(5, 6_000))
