"""What every fragment is made with: its options, its template, links to other pages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from helpcenter import templates
from helpcenter.facts import fill, format_day
from helpcenter.site_context import Site, View, link
from helpcenter.strings import Strings

Options = Mapping[str, str]


class FragmentError(Exception):
    """An option that cannot be used; `hint` says what can."""

    def __init__(self, message: str, hint: str) -> None:
        """Say what is wrong and what to write instead."""
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Fragment:
    """A marker's meaning: how it is rendered and which options it takes."""

    render: Callable[[Site, View, Options], str]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A link to a page with its lead, as lists show it."""

    title: str
    url: str
    lead: str
    language: str | None  # the tag of the text where it is not the page's language


def render(site: Site, view: View, name: str, **values: object) -> str:
    """Render the template `name` in the language of the page's text."""
    strings = site.strings[view.page.language]
    return templates.render(
        site.fragments,
        name,
        t=strings.text,
        count=strings.count,
        url=lambda slug, anchor="": link(site, view, slug, anchor),
        **values,
    )


def moment(time: datetime.datetime, strings: Strings) -> str:
    """Return a time as readers see it, in UTC: "November 20, 2026, 08:00 UTC"."""
    utc = time.astimezone(datetime.UTC)
    day = format_day(utc.date(), strings.language)
    return strings.text("notices.moment", day=day, time=f"{utc:%H:%M}")


def entry(site: Site, view: View, slug: str) -> Entry | None:
    """Return a list entry for a page in the reader's language, or None where there is no page."""
    page = site.page(slug, view.page.language)
    if page is None:
        return None
    values = site.values(page.language)
    return Entry(
        title=fill(page.meta.title, values),
        url=link(site, view, slug),
        lead=fill(page.lead, values),
        language=None if page.language == view.page.language else site.product.tag(page.language),
    )


def entries(site: Site, view: View, slugs: list[str]) -> list[Entry]:
    """Return the list entries of those slugs that have a page."""
    return [found for slug in slugs if (found := entry(site, view, slug))]


def inline_json(data: str) -> str:
    """Return JSON that a script element can hold: nothing in it can end the element."""
    return data.replace("<", "\\u003c").strip()
