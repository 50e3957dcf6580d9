"""The notices as a feed, one per language: what began, and what is over with its cause.

A notice enters on the day it begins; the page of known issues also names what is planned.
"""

from __future__ import annotations

from helpcenter.atom import About, Entry, feed, midnight
from helpcenter.machines.listed import notices_path
from helpcenter.notices import Notice
from helpcenter.site_context import Site

PAGE = "contact/known-issues"


def notices_feed(site: Site, language: str) -> str:
    """Return the feed of one language, what changed last first."""
    page, strings = site.url(PAGE, language), site.strings[language]
    over = site.notices.past(site.as_of)
    entries = [
        _entry(site, language, notice, is_over=notice in over)
        for notice in (*site.notices.current(site.as_of), *over)
    ]
    entries.sort(key=lambda entry: (entry.updated, entry.address), reverse=True)
    source = site.page(PAGE, language)
    reviewed = midnight(source.meta.reviewed if source else site.as_of)
    return feed(
        About(
            own=site.address(notices_path(language)),
            page=page,
            title=strings.text("machines.notices.title", product=site.product.name[language]),
            subtitle=strings.text("machines.notices.subtitle"),
            author=site.product.company[language],
            tag=site.product.tag(language),
            updated=max((entry.updated for entry in entries), default=reviewed),
        ),
        entries,
    )


def _entry(site: Site, language: str, notice: Notice, *, is_over: bool) -> Entry:
    strings = site.strings[language]
    level = strings.text(f"notices.level.{notice.level}")
    state = strings.text("machines.notices.over") if is_over else level
    texts = [notice.text, notice.known, notice.action, notice.outcome]
    return Entry(
        address=f"{site.url(PAGE, language)}#issue-{notice.id}",
        title=strings.text("machines.notices.entry", state=state, title=notice.title[language]),
        updated=notice.ends if is_over else notice.starts,
        summary="\n".join(text[language] for text in texts if text),
    )
