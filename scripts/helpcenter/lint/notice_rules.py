"""Rules about notices: what readers were promised, and what the ticket sync goes by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpcenter.lint.rules import Finding
from helpcenter.lint.sources import Content
from helpcenter.notices import Notice
from helpcenter.problems import found


def notice_overdue(content: Content) -> Iterator[Finding]:
    """Report a running notice whose next update should have come before today (UTC).

    Why: whoever waits for their money reads the promise, and sees that it was not kept.
    Bad: `next_update: 2026-11-01T12:00:00Z` on November 22
    Good: what is known now in `text` and `known`, and a `next_update` to come
    """
    day = content.site.as_of
    for notice in content.site.notices.current(day):
        if notice.next_update is not None and notice.next_update.date() < day:
            message = f"{notice.id}: the next update was due on {notice.next_update.date()}"
            hint = "say what is known now and when the next update comes, or end the notice"
            yield _at(content, notice, "next_update:", message, hint)


def notice_category(content: Content) -> Iterator[Finding]:
    """Report a notice about a ticket category that does not exist.

    Why: the sync would draft a second notice for a surge that has its own already.
    Bad: `category: withdrawals`
    Good: `category: withdrawal-delayed`, an id of faq_categories.yml
    """
    known = {category.id for category in content.site.taxonomy.categories}
    for notice in content.site.notices.notices:
        if notice.category is not None and notice.category not in known:
            expected = "the id of a category of faq_categories.yml"
            message = f"{notice.id}: no such category {found(notice.category, expected)}"
            hint = f"known: {', '.join(sorted(known))}"
            yield _at(content, notice, "category:", message, hint)


def _at(content: Content, notice: Notice, field: str, message: str, hint: str) -> Finding:
    """Return a finding on the line of a notice's field."""
    path = content.site.project.relative(content.site.project.data / "notices.yml")
    lines = list(enumerate(content.sources[path].lines, 1))
    begins = re.compile(rf"\bid:\s*[\"']?{re.escape(notice.id)}\b(?!-)")
    start = next((number for number, text in lines if begins.search(text)), 1)
    line = next((number for number, text in lines[start - 1 :] if field in text), start)
    return Finding(line, message, hint, path)
