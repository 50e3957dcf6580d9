"""Rules about what a built page may hold at all: elements, attributes and addresses on a list.

They look at whole pages, so at templates and markers too; what a writer's text became, the build
itself has judged by a shorter list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from helpcenter.allowed_html import PAGE, SCHEMES
from helpcenter.lint.html import Document, Element
from helpcenter.lint.output import Output
from helpcenter.lint.rules import Finding
from helpcenter.problems import found

_FREE = ("aria-", "data-")
# Rules of their own report these, with what to do instead.
_REPORTED = re.compile(r"on.*|style")
# Browsers leave these out of an address before they read its scheme.
_LEFT_OUT = re.compile(r"[\x00-\x20]+")
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):")
_SLASHES = re.compile(r"^[/\\]{2,}")
_REFRESH = re.compile(r"(?i)^[\s\d.]*[;,]?\s*(?:url\s*=)?\s*['\"]?(.*?)['\"]?\s*$")


def element_unlisted(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report an element or attribute that is not on the list of what pages hold.

    Why: a list of what is known to be harmless holds where one of what is harmful has gaps.
    Bad: `<iframe src="…">`, `<base href="…">`, `<a ping="…">`
    Good: what helpcenter/allowed_html.py lists, and there a new line after a review
    """
    hint = "remove it, or have it reviewed and listed in scripts/helpcenter/allowed_html.py"
    for element in document.elements:
        own = PAGE.get(element.name)
        if own is None and element.name == "style":
            continue
        if own is None:
            yield Finding(element.line, f"<{element.name}> is not on the list of elements", hint)
            continue
        for name in element.attributes:
            listed = name in own or name in PAGE["*"] or name.startswith(_FREE)
            if not listed and not _REPORTED.fullmatch(name):
                message = f"<{element.name}> may have no attribute {name!r}"
                yield Finding(element.line, message, hint)


def address_scheme(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report an address that is code, data, or opens an app.

    Why: `javascript:` runs what it says, and no reader sees where `tg:` leads.
    Bad: `<a href="JaVa&#10;script:alert(1)">`
    Good: an https address, or mailto:
    """
    for element, address in _addresses(document):
        scheme = _SCHEME.match(_LEFT_OUT.sub("", address).casefold())
        if scheme and scheme[1] not in SCHEMES:
            expected = " or ".join(f"{name}:" for name in sorted(SCHEMES))
            message = f"<{element.name}> has an address {found(f'{scheme[1]}:', expected)}"
            yield Finding(element.line, message, "remove it, or write its https address")


def link_foreign(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report a link to a host, or a mailbox, that is not an official one.

    Why: readers trust every link here; a look-alike domain is how they lose their money.
    Bad: `<a href="https://birch-support.example.net/">`
    Good: a domain of official_domains, and a mailbox of the channels, in product.yml
    """
    product = output.product
    for element, address in _addresses(document):
        parts = _parts(address)
        if parts is None:
            yield Finding(element.line, f"no browser reads {address!r}", "correct the address")
        elif parts.scheme == "mailto":
            if unquote(parts.path).casefold() not in _mailboxes(output):
                message = f"no official mailbox {found(unquote(parts.path), 'one of product.yml')}"
                yield Finding(element.line, message, "name a channel of product.yml")
        elif (parts.netloc and not parts.scheme) or parts.scheme == "https":
            if parts.netloc.casefold() in product.official_domains:
                continue
            expected = f"one of {', '.join(product.official_domains)}"
            message = f"the domain is not official {found(parts.netloc, expected)}"
            hint = "remove the link, or have the domain reviewed and added to product.yml"
            yield Finding(element.line, message, hint)


def refresh_elsewhere(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report a page that sends its reader on, other than to a page of this site.

    Why: no policy of the browser stops it; the reader is on a stranger's page in no time.
    Bad: `<meta http-equiv="refresh" content="0;url=https://evil.example/">`
    Good: a redirect of docs/_data/redirects.yml
    """
    for element in document.elements:
        if element.attributes.get("http-equiv", "").strip().casefold() == "refresh":
            match = _REFRESH.match(element.attributes.get("content", ""))
            place = output.place(path, match[1]) if match and match[1] else None
            if place is None or place.file not in output.files:
                message = "the page sends its reader to another place"
                yield Finding(element.line, message, "remove it; see docs/_data/redirects.yml")


def invisible_character(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report characters without a shape in a page's text or attributes.

    Why: they let a text read otherwise than it is, and no search finds what they split.
    Bad: an address in which a hidden mark reverses the letters
    Good: the same address, typed by hand
    """
    for line, sign in document.shapeless:
        name = unicodedata.name(sign, "without a name")
        message = f"invisible character U+{ord(sign):04X} ({name})"
        yield Finding(line, message, "delete it in the page's source, a data file or the template")


def _addresses(document: Document) -> Iterator[tuple[Element, str]]:
    """Yield what a click may open; what a page loads by itself is for `request-foreign`."""
    for element in document.elements:
        address = element.attributes.get("href", "").strip()
        if address and element.name in ("a", "area"):
            yield element, address


def _parts(address: str) -> SplitResult | None:
    """Return the parts of an address as browsers see them: any slashes, and no line ends."""
    try:
        return urlsplit(_SLASHES.sub("//", re.sub(r"[\t\n\r]", "", address)))
    except ValueError:
        return None


def _mailboxes(output: Output) -> frozenset[str]:
    product = output.product
    channels = {
        channel.address_in(code).casefold()
        for channel in product.channels
        for code in product.language_codes
        if channel.kind == "email"
    }
    return frozenset(channels | {product.security.contact.removeprefix("mailto:").casefold()})
