"""What the sitemap lists: each page in each language it truly exists in, and when it changed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from helpcenter.fees.changes import changes
from helpcenter.machines.listed import listed_pages
from helpcenter.page_context import Alternate, alternates
from helpcenter.pages import Page
from helpcenter.site_context import Site

_MARKER = re.compile(r"<!-- hc:([a-z-]+)")


@dataclass(frozen=True)
class SitemapEntry:
    """One address; `changed` is the last day on which its text or its data became different."""

    url: str
    changed: datetime.date
    alternates: tuple[Alternate, ...]
    x_default: str


def entries(site: Site) -> list[SitemapEntry]:
    """Return the entries in the order of the menu, the source language first."""
    return [
        SitemapEntry(
            url=site.url(slug, language),
            changed=changed(site, site.pages[language, slug]),
            alternates=alternates(site, slug),
            x_default=site.url(slug, site.languages_of(slug)[0]),
        )
        for slug, language in listed_pages(site)
    ]


def changed(site: Site, page: Page) -> datetime.date:
    """Return the day a page was last reviewed, or that its dated data last changed, if later."""
    data = [day for name in _MARKER.findall(page.body) for day in _days(site, name)]
    return max([page.meta.reviewed, *(day for day in data if day <= site.as_of)])


def _days(site: Site, marker: str) -> Iterator[datetime.date]:
    """Yield the days on which what a marker shows changed; facts have no dates."""
    if marker.startswith("fee-"):
        yield from (change.day for change in changes(site.schedule))
    elif marker in ("faq-list", "top-questions") and site.ranking:
        yield site.ranking.as_of
    elif marker in ("notices", "known-issues"):
        for notice in site.notices.notices:
            yield from (notice.starts.date(), notice.ends.date())
