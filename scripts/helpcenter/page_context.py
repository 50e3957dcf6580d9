"""What the page template needs beyond the text: addresses, languages, notices, related pages.

Pure: a view of a page in, values out. The templates decide how they look.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from helpcenter.facts import fill, format_day
from helpcenter.fragments import Entry, entry
from helpcenter.machines.head import Head, head
from helpcenter.notices import Notice
from helpcenter.site_context import Site, View, link


@dataclass(frozen=True)
class Alternate:
    """The same page in a language in which it truly exists; `url` is absolute."""

    tag: str
    name: str
    url: str


@dataclass(frozen=True)
class Switch:
    """A link that changes the language and stays on the page."""

    tag: str
    name: str
    url: str
    label: str


@dataclass(frozen=True)
class PageContext:
    """The values of one page.

    `t` gives interface texts in the reader's language, `url` the relative address of a page, and
    `home` is that of the site's root.
    """

    t: Callable[..., str]
    url: Callable[..., str]
    home: str
    language: str
    tag: str
    text_tag: str
    is_fallback: bool
    is_home: bool
    title: str
    description: str
    canonical: str
    alternates: tuple[Alternate, ...]
    x_default: str
    switches: tuple[Switch, ...]
    notices: tuple[Notice, ...]
    related: tuple[Entry, ...]
    before: Entry | None
    after: Entry | None
    reviewed: str
    is_stale: bool
    product: str
    company: str
    site_name: str
    site_host: str
    head: Head


def page_context(site: Site, view: View, *, stale_after_days: int) -> PageContext:
    """Return the template's values for a page as one reader opens it."""
    page, product = view.page, site.product
    interface = site.strings[view.interface]
    values = site.values(page.language)
    age = site.as_of - page.meta.reviewed
    before, after = site.navigation.neighbors(page.slug)
    return PageContext(
        t=interface.text,
        url=lambda slug, anchor="": link(site, view, slug, anchor),
        home=link(site, view, "index", to=site.product.source_language),
        language=view.interface,
        tag=product.tag(view.interface),
        text_tag=product.tag(page.language),
        is_fallback=view.is_fallback,
        is_home=page.slug == "index",
        title=fill(page.meta.title, values),
        description=fill(page.meta.description, values),
        canonical=site.url(page.slug, page.language),
        alternates=alternates(site, page.slug),
        x_default=site.url(page.slug, site.languages_of(page.slug)[0]),
        switches=_switches(site, view),
        notices=() if page.slug == "index" else site.notices.current(site.as_of),
        related=tuple(
            found for slug in page.meta.related if (found := entry(site, view, slug)) is not None
        ),
        before=entry(site, view, before) if before else None,
        after=entry(site, view, after) if after else None,
        reviewed=format_day(page.meta.reviewed, view.interface),
        is_stale=age > datetime.timedelta(days=stale_after_days),
        product=product.name[view.interface],
        company=product.company[view.interface],
        site_name=product.site_name[view.interface],
        site_host=product.site_url.host or "",
        head=head(site, view),
    )


def alternates(site: Site, slug: str) -> tuple[Alternate, ...]:
    """Return the languages in which the page exists, with their absolute addresses."""
    exists = site.languages_of(slug)
    return tuple(
        Alternate(language.tag, language.name, site.url(slug, language.code))
        for language in site.product.languages
        if language.code in exists
    )


def _switches(site: Site, view: View) -> tuple[Switch, ...]:
    return tuple(
        Switch(
            tag=language.tag,
            name=language.name,
            url=link(site, view, view.page.slug, to=language.code),
            label=site.strings[language.code].text("header.switch_language"),
        )
        for language in site.product.languages
        if language.code != view.interface
    )
