"""Rules about the menu: every page is in it once, and every entry is a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpcenter.lint.rules import Finding
from helpcenter.lint.sources import CONFIGURATION, Content

_NAV_ENTRY = re.compile(r"^\s*-\s+(?:[^:#]+:\s+)?[\"']?([\w/-]+)\.md[\"']?\s*(?:#.*)?$")


def nav_missing(content: Content) -> Iterator[Finding]:
    """Report a page that is not in the menu.

    Why: readers who browse never find it, and the site generator puts it nowhere.
    Bad: a new file that mkdocs.yml does not name
    Good: its line under `nav`, without the language
    """
    source = content.site.product.source_language
    for slug in sorted(content.slugs[source] - set(content.site.written_navigation.slugs)):
        hint = f"add the line - {slug}.md under nav in {CONFIGURATION}"
        yield Finding(1, "the page is not in the menu", hint, f"docs/{source}/{slug}.md")


def nav_broken(content: Content) -> Iterator[Finding]:
    """Report an entry of the menu that is no page.

    Why: the build fails, or the menu leads nowhere.
    Bad: `- fees/overview.md` after the file was renamed
    Good: the name of a file below docs/ and the language
    """
    source = content.site.product.source_language
    for slug in sorted(set(content.site.written_navigation.slugs) - content.slugs[source]):
        message = f"the menu names {slug}.md, and docs/{source}/{slug}.md does not exist"
        yield Finding(_nav_lines(content, slug)[0], message, "correct the entry", CONFIGURATION)


def nav_duplicate(content: Content) -> Iterator[Finding]:
    """Report a page that is in the menu twice.

    Why: the page before and the page after it are then undecided.
    Bad: `- fees/overview.md` in two sections
    Good: one entry, and links from elsewhere
    """
    slugs = content.site.written_navigation.slugs
    for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        hint = "keep one of the entries"
        yield Finding(
            _nav_lines(content, slug)[-1], f"the menu names {slug}.md twice", hint, CONFIGURATION
        )


def _nav_lines(content: Content, slug: str) -> list[int]:
    lines = enumerate(content.sources[CONFIGURATION].lines, 1)
    matches = ((number, _NAV_ENTRY.match(line)) for number, line in lines)
    return [number for number, match in matches if match and match[1] == slug] or [1]
