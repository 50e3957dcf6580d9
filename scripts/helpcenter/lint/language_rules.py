"""Rules about languages and search engines: which page is which, and which may be listed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from helpcenter.lint.html import Document
from helpcenter.lint.output import NOT_FOUND, SITEMAP, Output
from helpcenter.lint.rules import Finding
from helpcenter.problems import found

_LOCATION = re.compile(r"<loc>\s*([^<]*?)\s*</loc>|<xhtml:link\b[^>]*\bhref=[\"']([^\"']*)")


def lang_wrong(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report a page whose language is not that of its folder.

    Why: it decides the voice of a screen reader, hyphenation, fonts and translation offers.
    Bad: `<html lang="en">` below zh/
    Good: the tag that product.yml gives for the folder's language
    """
    expected = output.product.tag(output.language(path))
    if document.language != expected:
        message = f"the page's language is not its folder's {found(document.language, expected)}"
        hint = "check <html lang> in the template and tag in product.yml"
        yield Finding(document.language_line, message, hint)


def canonical_wrong(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report a page that does not name its own address, or its source's where it is a fallback.

    Why: search engines otherwise list copies, and English text as Chinese.
    Bad: `<link rel="canonical" href="../">`
    Good: the absolute address; on a page not yet translated, the address of its source
    """
    source = output.source_of(path)
    expected = output.address(source or path)
    if path == NOT_FOUND or (document.is_noindex and not document.canonical and not source):
        return
    if len(document.canonical) != 1:
        message = f"the page names {len(document.canonical)} canonical addresses (expected 1)"
        yield Finding(1, message, f'write <link rel="canonical" href="{expected}">')
    elif document.canonical[0].address != expected:
        canonical = document.canonical[0]
        message = f"the canonical address is wrong {found(canonical.address, expected)}"
        yield Finding(canonical.line, message, f"write {expected}")


def noindex_missing(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report a copy of another page that search engines are not told to leave out.

    Why: a page not yet translated shows its source's text; listed, it hides the source.
    Bad: a fallback page without `noindex`
    Good: `<meta name="robots" content="noindex">` beside the canonical address of the source
    """
    elsewhere = any(each.address != output.address(path) for each in document.canonical)
    if path != NOT_FOUND and not document.is_noindex and (elsewhere or output.source_of(path)):
        hint = 'write <meta name="robots" content="noindex">'
        yield Finding(1, "the page is a copy of another and may be listed", hint)


def hreflang_target(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report language versions that are named by a relative address or are no pages to list.

    Why: search engines drop all of a page's versions when one of them is wrong.
    Bad: `<link rel="alternate" hreflang="zh-Hans" href="./zh/">`
    Good: an absolute address of a page that exists in that language
    """
    for tag, link in document.alternates:
        place = output.place("", link.address) if "://" in link.address else None
        if place is None:
            message = f"the address for {tag} is not absolute {found(link.address, 'https://…')}"
            yield Finding(link.line, message, f"begin it with {output.root}")
        elif place.file not in output.indexable:
            message = f"the address for {tag} is no page to be listed: {link.address}"
            yield Finding(link.line, message, "name only languages in which the page is written")


def hreflang_missing(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report language versions that a page does not name: itself, its twins, the default.

    Why: versions count only when each names all the others, `x-default` included.
    Bad: a Chinese page that its English twin names and that names nothing
    Good: the same list on every version
    """
    twins = output.twins.get(path, {})
    if path not in output.indexable or not twins:
        return
    expected = {output.product.tag(code): output.address(twin) for code, twin in twins.items()}
    expected["x-default"] = next(iter(expected.values()))
    named = [(tag, link.address) for tag, link in document.alternates]
    for tag, address in expected.items():
        if named.count((tag, address)) != 1:
            hint = f'write <link rel="alternate" hreflang="{tag}" href="{address}"> once'
            yield Finding(1, f"the language version {tag} is not named once and rightly", hint)


def sitemap_missing(output: Output) -> Iterator[Finding]:
    """Report pages that the sitemap does not list, and a missing sitemap.

    Why: search engines find new pages through it first.
    Bad: a page that is in the menu and not in sitemap.xml
    Good: every page that may be listed, once in its own language
    """
    if SITEMAP not in output.texts:
        yield Finding(1, "the site has no sitemap", "check that the build writes one", SITEMAP)
        return
    listed = [address for _, address, is_page in _locations(output) if is_page]
    for path in sorted(output.indexable):
        if listed.count(output.address(path)) != 1:
            times = listed.count(output.address(path))
            message = f"{output.address(path)} is listed {times} times (expected 1)"
            hint = "list it once, or mark the page noindex"
            yield Finding(1, message, hint, SITEMAP)


def sitemap_extra(output: Output) -> Iterator[Finding]:
    """Report addresses in the sitemap that are no page to be listed.

    Why: one that lists errors and copies is trusted for nothing else.
    Bad: the Chinese address of a page that is not yet translated
    Good: pages that exist in that language, by their canonical address
    """
    known = {output.address(path) for path in output.indexable}
    for line, address, _ in _locations(output):
        if address not in known:
            message = f"{address} is no page to be listed"
            yield Finding(line, message, "leave it out of the sitemap", SITEMAP)


def _locations(output: Output) -> Iterator[tuple[int, str, bool]]:
    """Yield the line and address of every entry, and whether it is a page or a page's twin."""
    for number, line in enumerate(output.texts.get(SITEMAP, "").split("\n"), 1):
        for match in _LOCATION.finditer(line):
            yield number, html.unescape(match[1] or match[2] or ""), match[2] is None
