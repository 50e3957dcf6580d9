"""Rules about links in pages: each leads to something that exists, or to a reviewed domain.

A link falls to one rule only: what `link-external` or `link-absolute` reports, `link-broken`
leaves alone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Literal
from urllib.parse import SplitResult, unquote

from helpcenter.lint.inline import Link, links
from helpcenter.lint.rules import Finding
from helpcenter.lint.sources import Content
from helpcenter.pages import Page
from helpcenter.problems import found

Kind = Literal["external", "absolute", "relative"]


def link_external(page: Page, content: Content) -> Iterator[Finding]:
    """Report links that leave the help center for an address nobody reviewed.

    Why: readers trust every link here; a look-alike domain is how they lose their money.
    Bad: `[support](http://acme-help.example.net)`, `[x](javascript:…)`
    Good: an https address on a domain of official_domains, or mailto: with an official channel
    """
    product = content.site.product
    mailboxes = {
        channel.address_in(page.language).casefold()
        for channel in product.channels
        if channel.kind == "email"
    }
    for link, parts in _of_kind(page, content, "external"):
        if parts is not None and parts.scheme == "mailto":
            if unquote(parts.path).casefold() not in mailboxes or parts.query:
                message = f"no official mailbox {found(parts.path, ' or '.join(sorted(mailboxes)))}"
                hint = "name the channel with <!-- hc:contact-card -->, or add it to product.yml"
                yield Finding(link.line, message, hint)
        elif parts is None or parts.scheme != "https" or not parts.hostname:
            message = (
                f"not a web address of ours {found(link.target, 'https://…, mailto:… or a page')}"
            )
            yield Finding(link.line, message, "remove the link, or write its https address")
        elif parts.netloc.casefold() not in product.official_domains:
            expected = f"one of {', '.join(product.official_domains)}"
            message = f"the domain is not official {found(parts.netloc, expected)}"
            hint = "remove the link, or have the domain reviewed and added to product.yml"
            yield Finding(link.line, message, hint)


def link_absolute(page: Page, content: Content) -> Iterator[Finding]:
    """Report links to our own pages that are not relative paths to a file.

    Why: they break in the other language, below another address, and in a preview.
    Bad: `[fees](/fees/overview/)`, `[fees](../../zh/fees/overview.md)`
    Good: `[fees](../fees/overview.md)`
    """
    for link, _ in _of_kind(page, content, "absolute"):
        message = f"the link is not a relative path to a file {found(link.target, '../…/page.md')}"
        hint = "write the path from this file to the other, without language, ending in .md"
        yield Finding(link.line, message, hint)


def link_broken(page: Page, content: Content) -> Iterator[Finding]:
    """Report links to files that do not exist.

    Why: the reader meets an error where the answer was promised.
    Bad: `[fees](../fee/overview.md)`
    Good: `[fees](../fees/overview.md)`
    """
    for link, parts in _of_kind(page, content, "relative"):
        if parts is not None and parts.path:
            target = _target(page, parts)
            if target not in content.files and _in_source_language(target, content) is None:
                message = f"the link leads to {target}, which does not exist"
                close = get_close_matches(target, content.files, n=1, cutoff=0.7)
                start = posixpath.dirname(page.path)
                hint = (
                    f"did you mean {posixpath.relpath(close[0], start)}?"
                    if close
                    else "correct the path: it begins at the folder of this file"
                )
                yield Finding(link.line, message, hint)


def link_anchor(page: Page, content: Content) -> Iterator[Finding]:
    """Report links to an anchor that the target page does not have.

    Why: the reader lands at the top of a long page and has to search again.
    Bad: `[steps](send.md#step)`
    Good: `[steps](send.md#steps)`
    """
    for link, parts in _of_kind(page, content, "relative"):
        if parts is None or not parts.fragment:
            continue
        target = _target(page, parts) if parts.path else page.path
        anchors = content.anchors.get(target)
        if anchors is None:
            anchors = content.anchors.get(_in_source_language(target, content) or "")
        if anchors is not None and unquote(parts.fragment) not in anchors:
            message = f"{target} has no heading with the anchor #{parts.fragment}"
            known = ", ".join(f"#{anchor}" for anchor in sorted(anchors))
            yield Finding(link.line, message, f"its anchors: {known or 'none'}")


def linked_slugs(page: Page, content: Content) -> frozenset[str]:
    """Return the slugs of the pages that a page's text links, whether they exist or not."""
    folder = f"docs/{page.language}/"
    targets = (_target(page, parts) for _, parts in _of_kind(page, content, "relative") if parts)
    return frozenset(
        target.removeprefix(folder).removesuffix(".md")
        for target in targets
        if target.startswith(folder) and target.endswith(".md")
    )


def _of_kind(page: Page, content: Content, kind: Kind) -> Iterator[tuple[Link, SplitResult | None]]:
    for link in links(page):
        parts = link.parts
        if _kind(page, content, parts) == kind:
            yield link, parts


def _kind(page: Page, content: Content, parts: SplitResult | None) -> Kind:
    product = content.site.product
    if parts is None:
        return "external"
    if parts.scheme or parts.netloc:
        own = parts.scheme == "https" and parts.netloc == product.site_url.host
        return "absolute" if own else "external"
    if parts.path:
        target = _target(page, parts)
        folder = target.removeprefix("docs/").partition("/")[0]
        names_language = folder in product.language_codes and folder != page.language
        into_language = parts.path.partition("/")[0] in product.language_codes
        address = not posixpath.splitext(parts.path)[1] or parts.path.endswith(("/", ".html"))
        if parts.path.startswith(("/", "\\")) or names_language or into_language or address:
            return "absolute"
    return "relative"


def _target(page: Page, parts: SplitResult) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(parts.path)))


def _in_source_language(target: str, content: Content) -> str | None:
    """Return the source page that is shown in place of a translation not yet written."""
    source = content.site.product.source_language
    for code in content.site.product.language_codes:
        if target.startswith(f"docs/{code}/") and target.endswith(".md"):
            page = f"docs/{source}/{target.removeprefix(f'docs/{code}/')}"
            return page if page in content.files else None
    return None
