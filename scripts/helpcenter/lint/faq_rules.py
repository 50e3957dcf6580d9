"""Rules about the way between a short answer and the page that tells it in full."""

from __future__ import annotations

from collections.abc import Iterator

from helpcenter.lint.link_rules import linked_slugs
from helpcenter.lint.rules import Finding
from helpcenter.lint.sources import Content
from helpcenter.pages import Page, PageType

TELL_IN_FULL: frozenset[PageType] = frozenset({"guide", "troubleshooting", "explanation"})


def faq_without_guide(page: Page, content: Content) -> Iterator[Finding]:
    """Report an FAQ page whose text links no guide, troubleshooting page or explanation.

    Why: the answer is short; who needs more must not have to search again.
    Bad: steps in three lines and nothing to follow
    Good: `See [Wrong network](../troubleshooting/wrong-network.md#fix) for every case.`
    """
    if page.meta.type == "faq" and not _told_in_full(page, content):
        message = "the text links no guide, no troubleshooting page and no explanation"
        yield Finding("type:", message, "link the page that tells it in full, under #steps")


def faq_without_way_back(page: Page, content: Content) -> Iterator[Finding]:
    """Report an FAQ page that none of the pages it links names under `related`.

    Why: who begins with the long page finds the short answer there, and its ticket category.
    Bad: a link in one direction only
    Good: `related: [faq/wrong-network]` in troubleshooting/wrong-network.md
    """
    told = _told_in_full(page, content)
    if (
        page.meta.type == "faq"
        and told
        and all(page.slug not in each.meta.related for each in told)
    ):
        paths = " or ".join(sorted(each.path for each in told))
        message = "no page that the text links names this one under related"
        yield Finding("type:", message, f"add the line - {page.slug} under related in {paths}")


def _told_in_full(page: Page, content: Content) -> list[Page]:
    found = (content.site.page(slug, page.language) for slug in linked_slugs(page, content))
    return [each for each in found if each is not None and each.meta.type in TELL_IN_FULL]
