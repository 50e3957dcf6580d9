"""What the sitemap lists: each page in each language it truly exists in, and when it changed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from helpcenter.page_context import Alternate, alternates
from helpcenter.site_context import Site


@dataclass(frozen=True)
class SitemapEntry:
    """One address; `changed` is the day its text was last reviewed."""

    url: str
    changed: datetime.date
    alternates: tuple[Alternate, ...]
    x_default: str


def entries(site: Site) -> list[SitemapEntry]:
    """Return the entries in the order of the menu, the source language first."""
    return [
        SitemapEntry(
            url=site.url(slug, language),
            changed=site.pages[language, slug].meta.reviewed,
            alternates=alternates(site, slug),
            x_default=site.url(slug, site.languages_of(slug)[0]),
        )
        for slug in site.navigation.slugs
        for language in site.languages_of(slug)
    ]
