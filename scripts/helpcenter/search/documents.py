"""What the search is told about: pages and glossary entries, wherever they come from.

Knows no site, no HTML and no file: whoever has a corpus makes these.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part of a document under one heading; the first part of a page may have none."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class Document:
    """Something that can be found.

    `url` is relative to the language's root and `anchor` a place on that page, `path` the names
    of the menu's sections above it, `asked_as` how readers put the question, `answer` the short
    answer, `twin_title` the title of the same document in another language. `weight` is the
    light prior that the score is multiplied by.
    """

    id: str
    title: str
    sections: tuple[Section, ...]
    type: str = "guide"
    url: str = ""
    anchor: str = ""
    path: tuple[str, ...] = ()
    asked_as: tuple[str, ...] = ()
    answer: str | None = None
    twin_title: str = ""
    weight: float = 1.0

    @property
    def page(self) -> str:
        """Return the id of the page that it is, or of the page on which it stands."""
        return self.id.removesuffix(f"#{self.anchor}") if self.anchor else self.id
