"""Compare the HTML that a writer's text became with what a text may hold, and mend nothing.

Checks of the source look for what is wrong; this looks at what came out, whatever the source
was. nh3 reads it as browsers do and leaves out all that is not on the list: where that
makes a difference, the page is refused. Parts made by markers are templates of ours: they are
taken out before, and judged with the whole page by the checks of the built site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import zip_longest

import nh3

from helpcenter.allowed_html import SCHEMES, TEXT
from helpcenter.pages import Page
from helpcenter.problems import Problem

_ABROAD = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\])")
# Stands where a marker's part was: an element that no list holds would be found, this is text.
_PART = "\n<p>part</p>\n"

# A piece of HTML: "<", an element and its attributes; "/", an element; "", a text; "!", the rest.
Piece = tuple[str, str, tuple[tuple[str, str], ...]]


def problems(html: str, parts: Sequence[str], page: Page) -> list[Problem]:
    """Return what the page's `html` holds beside the list; `parts` are what its markers became."""
    for part in parts:
        before, found, after = html.partition(part)
        if not found:
            message = "a marker's part did not reach the page as it was made"
            hint = "write the marker alone, with an empty line before and after it"
            return [Problem(page.path, page.body_line, "html-not-listed", message, hint)]
        html = f"{before}{_PART}{after}"
    tags = set(TEXT) - {"*"}
    attributes = {name: set(own) for name, own in TEXT.items()}
    kept = nh3.clean(
        html,
        tags=tags,
        attributes=attributes,
        attribute_filter=_own_images,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    for was, left in zip_longest(_pieces(html), _pieces(kept)):
        if was != left:
            return [_problem(was or left, page)]
    return []


def _own_images(element: str, attribute: str, value: str) -> str | None:
    """Leave out the address of an image that is not a file of this site."""
    return None if element == "img" and attribute == "src" and _ABROAD.match(value) else value


def _problem(piece: Piece | None, page: Page) -> Problem:
    kind, name, attributes = piece or ("", "", ())
    shown = " ".join((name, *(f"{key}={value}" for key, value in attributes)))
    sought = [value for _, value in attributes if value] or [f"<{name}" if kind == "<" else name]
    message = f"the page's HTML holds what no text may: {kind}{shown[:80]}"
    hint = "write it in Markdown, without HTML and attributes"
    line = _line_of(sought, page)
    return Problem(page.path, line, "html-not-listed", message, hint)


def _line_of(sought: Sequence[str], page: Page) -> int:
    """Return the first line that holds one of these, or where the text begins."""
    for number, line in enumerate(page.body.split("\n"), page.body_line):
        if any(text.casefold() in line.casefold() for text in sought):
            return number
    return page.body_line


def _pieces(html: str) -> Iterator[Piece]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = ""
    for kind, name, attributes in reader.pieces:
        if kind == "":
            text += name
            continue
        if text := re.sub(r"\s+", "", text):
            yield "", text, ()
        text = ""
        yield kind, name, attributes
    if text := re.sub(r"\s+", "", text):
        yield "", text, ()


class _Reader(HTMLParser):
    """Collect the pieces; a class because html.parser calls back."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = tuple(sorted((name, value or "") for name, value in attrs))
        self.pieces.append(("<", tag, own))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(("/", tag, ()))

    def handle_data(self, data: str) -> None:
        self.pieces.append(("", data, ()))

    def handle_comment(self, data: str) -> None:
        self.pieces.append(("!", data, ()))

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)
