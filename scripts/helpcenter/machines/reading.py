"""A page's text as its reader finds it: paragraphs, numbered steps and links. Reads HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

# Between these lies the text of a whole page; the rest need not be read.
_BEGIN, _END = '<div class="hc-text', "</article>"
_HEADINGS = ("h2", "h3")


@dataclass(frozen=True)
class Steps:
    """A numbered list; `name` is the heading of its own that it may have, at `anchor`."""

    name: str
    anchor: str
    steps: tuple[str, ...]


def parse(html: str) -> BeautifulSoup:
    """Read a part of a page."""
    return BeautifulSoup(html, "html.parser")


def parse_text(html: str) -> Tag:
    """Read of a whole page the element that holds its text.

    Raises ValueError where there is none: a defect of the template.
    """
    text = parse(html[html.index(_BEGIN) :].partition(_END)[0]).find("div")
    if text is None:
        raise ValueError("the page has no text")
    return text


def words(element: Tag) -> str:
    """Return all that stands in an element as one line."""
    return " ".join(element.get_text().split())


def lead(text: Tag) -> str:
    """Return the first paragraph: the answer, before anything else."""
    paragraph = text.find("p", recursive=False)
    return words(paragraph) if paragraph else ""


def steps(text: Tag, anchor: str) -> tuple[Steps, ...]:
    """Return the numbered lists of the section that begins at `anchor`."""
    return tuple(_steps(text, anchor))


def _steps(text: Tag, anchor: str) -> Iterator[Steps]:
    heading = text.find(_HEADINGS[0], id=anchor)
    name, place = "", anchor
    for element in heading.find_next_siblings() if heading else ():
        if element.name == _HEADINGS[0]:
            return
        if element.name == _HEADINGS[1]:
            name, place = words(element), str(element.get("id", anchor))
        elif element.name == "ol":
            items = element.find_all("li", recursive=False)
            yield Steps(name, place, tuple(words(item) for item in items))
