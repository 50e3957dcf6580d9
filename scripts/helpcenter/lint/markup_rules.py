"""Rules about single pages of the built site: what every page has, and what none may show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpcenter.lint.html import Document
from helpcenter.lint.output import Output
from helpcenter.lint.rules import Finding
from helpcenter.problems import found

_LEFT_IN_XML = re.compile(r"<!--\s*hc:|\{\{|\}\}")


def marker_left(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report a marker that was not replaced.

    Why: what it stands for, a table or the ways to reach us, is missing from the page.
    Bad: `<!-- hc:contact-card -->` in the built page
    Good: the card itself
    """
    for line, text in document.markers:
        hint = "check the marker in the page's source, and that the build replaces markers"
        yield Finding(line, f"a marker is still there: {text}", hint)


def fact_left(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report double braces outside code: a fact that was not replaced.

    Why: the reader sees braces in place of a limit or a time.
    Bad: `within {{ support.first_reply }}`
    Good: `within 24 hours`
    """
    for line, text in document.placeholders:
        hint = "check the fact's name in the source; show literal braces as code"
        yield Finding(line, f"double braces are still there: {text}", hint)


def left_in_xml(output: Output) -> Iterator[Finding]:
    """Report markers and facts that were not replaced in a feed or sitemap.

    Why: machines hand them to readers as they are.
    Bad: `<title>{{ product.name }}</title>`
    Good: `<title>Acme Wallet</title>`
    """
    for path, text in output.texts.items():
        if path.endswith(".xml"):
            for number, line in enumerate(text.split("\n"), 1):
                if match := _LEFT_IN_XML.search(line):
                    message = f"{match.group()} is still there"
                    yield Finding(number, message, "replace it where the file is made", path)


def title_missing(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report a page without exactly one title that says something.

    Why: it names the page in tabs, bookmarks and search results.
    Bad: `<title></title>`
    Good: `<title>Withdrawal fees - Acme Wallet Help</title>`
    """
    if document.titles != 1 or not document.title.strip():
        message = f"the page needs one title {found(document.titles, 'one <title> with text')}"
        yield Finding(1, message, "check title in the page's front matter and the template")


def description_missing(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report a page without a description.

    Why: search engines show it under the title, and otherwise whatever they find.
    Bad: `<meta name="description" content="">`
    Good: `<meta name="description" content="What a withdrawal costs, by network.">`
    """
    if not document.meta.get("description", "").strip():
        hint = "check description in the page's front matter and the template"
        yield Finding(1, "the page has no description", hint)


def heading_not_one(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report a page without exactly one first-level heading.

    Why: screen readers take it for the page's name.
    Bad: a page with two `<h1>`
    Good: the title, once
    """
    lines = document.first_level_headings
    if len(lines) != 1:
        message = f"the page has {len(lines)} first-level headings (expected 1)"
        yield Finding(lines[1] if lines else 1, message, "leave the one made from the title")


def id_duplicate(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report an id that stands twice on a page.

    Why: links, labels and scripts reach only the first.
    Bad: two elements with `id="steps"`
    Good: ids of their own
    """
    seen: dict[str, int] = {}
    for name, line in document.ids:
        if name in seen:
            message = f"the id {name!r} is already on line {seen[name]}"
            yield Finding(line, message, "rename one of the two")
        else:
            seen[name] = line


def image_alt(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report an image without a text in its place.

    Why: who does not see it hears its file name instead. A mere ornament has an empty text.
    Bad: `<img src="menu.png">`
    Good: `<img src="menu.png" alt="The menu, with Security open">`
    """
    for image in document.images_without_alt:
        message = f"the image {image.address} has no alt text"
        yield Finding(image.line, message, 'describe it; write alt="" for an ornament')
