"""Read one built page, in one pass, into what the checks of a site ask about.

Knows HTML and nothing of the site: whether an address is right is for the rules to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from helpcenter.lint.signs import shapeless

Attributes = Mapping[str, str]

# Elements and attributes whose address a browser follows by itself, without a reader's click.
_REQUESTS: Mapping[str, tuple[str, ...]] = {
    "audio": ("src",),
    "base": ("href",),
    "button": ("formaction",),
    "embed": ("src",),
    "form": ("action",),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src", "formaction"),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
# What a <link> may name without anything being loaded; every other rel is a request.
_MERE_NAMES = {"alternate", "author", "canonical", "help", "license", "me", "next", "prev"}
# Types of <script> that no browser runs.
_DATA = {"application/json", "application/ld+json"}
_CODE = ("code", "pre", "textarea")
_MARKER = re.compile(r"^\s*hc:")
_BRACES = re.compile(r"\{\{|\}\}")
# In a script, braces stand side by side for other reasons; a name between them has only one.
_PLACEHOLDER = re.compile(r"\{\{\s*[\w.-]+\s*\}\}")
_CSS_ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^\s"'()]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')"""
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Reference:
    """An address in a page or style sheet, as written."""

    line: int
    element: str
    address: str


@dataclass(frozen=True)
class Element:
    """An element as it begins, its attributes in small letters and without references."""

    line: int
    name: str
    attributes: Attributes


@dataclass
class Document:
    """What a page says; every list is in the page's order, with lines where they are known.

    `text_links` are those of the article alone: not the menu's or its order's, and not those
    of a list of all pages.
    """

    language: str = ""
    language_line: int = 1
    title: str = ""
    titles: int = 0
    meta: dict[str, str] = field(default_factory=dict)
    canonical: list[Reference] = field(default_factory=list)
    alternates: list[tuple[str, Reference]] = field(default_factory=list)
    ids: list[tuple[str, int]] = field(default_factory=list)
    links: list[Reference] = field(default_factory=list)
    text_links: list[str] = field(default_factory=list)
    requests: list[Reference] = field(default_factory=list)
    images_without_alt: list[Reference] = field(default_factory=list)
    first_level_headings: list[int] = field(default_factory=list)
    inline_handlers: list[tuple[int, str]] = field(default_factory=list)
    inline_scripts: list[int] = field(default_factory=list)
    inline_styles: list[tuple[int, str]] = field(default_factory=list)
    markers: list[tuple[int, str]] = field(default_factory=list)
    placeholders: list[tuple[int, str]] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    shapeless: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_noindex(self) -> bool:
        """Return whether the page asks search engines to leave it out."""
        return "noindex" in self.meta.get("robots", "").casefold()

    def anchors(self) -> frozenset[str]:
        """Return every id, and the names that old anchors have."""
        return frozenset(name for name, _ in self.ids)


def parse(text: str) -> Document:
    """Read a page; broken HTML is read as browsers do, as far as it goes."""
    parser = _Parser()
    parser.feed(text)
    parser.close()
    return parser.document


def css_references(text: str, first_line: int = 1) -> list[Reference]:
    """Return the addresses that a style sheet loads, without embedded `data:`."""
    text = _CSS_COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
    return [
        Reference(first_line + text.count("\n", 0, match.start()), "style", address)
        for match in _CSS_ADDRESS.finditer(text)
        if (address := next(filter(None, match.groups()), "")) and not address.startswith("data:")
    ]


class _Parser(HTMLParser):
    """Collect a document; a class because html.parser calls back."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()
        counted = (*_CODE, "script", "style", "title", "svg", "article")
        self._open: dict[str, int] = dict.fromkeys(counted, 0)
        self._in_index = False  # a list of all pages is no text; its sections hold no others

    @property
    def _line(self) -> int:
        return self.getpos()[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in reversed(attrs)}
        document, line = self.document, self._line
        document.elements.append(Element(line, tag, attributes))
        self._look(*attributes.values())
        if tag in self._open:
            self._open[tag] += 1
        if name := attributes.get("id"):
            document.ids.append((name, line))
        if tag == "html":
            document.language, document.language_line = attributes.get("lang", ""), line
        elif tag == "title" and not self._open["svg"]:
            document.titles += 1
        elif tag == "meta" and "name" in attributes:
            document.meta.setdefault(attributes["name"].lower(), attributes.get("content", ""))
        elif tag == "section":
            self._in_index = "hc-index" in attributes.get("class", "").split()
        elif tag == "h1":
            document.first_level_headings.append(line)
        elif tag == "img" and "alt" not in attributes:
            source = attributes.get("src", "")
            document.images_without_alt.append(Reference(line, tag, source))
        elif tag == "link":
            self._link(attributes)
        elif tag in ("a", "area") and "href" in attributes:
            document.links.append(Reference(line, tag, attributes["href"]))
            in_order = attributes.get("rel") in ("prev", "next")  # as in the menu, not as in a text
            if self._open["article"] and not self._in_index and not in_order:
                document.text_links.append(attributes["href"])
        self._requests(tag, attributes)
        self._code(tag, attributes)
        for name, value in attributes.items():
            if braces := _BRACES.search(value):
                document.placeholders.append((line, f"{name}: {_around(value, braces)}"))

    def _link(self, attributes: Attributes) -> None:
        relations = attributes.get("rel", "").lower().split()
        reference = Reference(self._line, "link", attributes.get("href", ""))
        if "canonical" in relations:
            self.document.canonical.append(reference)
        if "alternate" in relations and "hreflang" in attributes:
            self.document.alternates.append((attributes["hreflang"], reference))
        elif "stylesheet" in relations or not _MERE_NAMES.issuperset(relations):
            self.document.requests.append(reference)

    def _requests(self, tag: str, attributes: Attributes) -> None:
        for name in _REQUESTS.get(tag, ()):
            if value := attributes.get(name, "").strip():
                addresses = _candidates(value) if name == "srcset" else [value]
                self.document.requests += [Reference(self._line, tag, each) for each in addresses]
        if "style" in attributes:
            self.document.requests += css_references(attributes["style"], self._line)

    def _code(self, tag: str, attributes: Attributes) -> None:
        document, line = self.document, self._line
        if tag == "script" and "src" not in attributes and attributes.get("type") not in _DATA:
            document.inline_scripts.append(line)
        if tag == "style" or "style" in attributes:
            document.inline_styles.append((line, tag))
        handlers = [(line, name) for name in attributes if name.startswith("on")]
        document.inline_handlers += handlers

    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self._in_index = False
        if self._open.get(tag):
            self._open[tag] -= 1

    def handle_comment(self, data: str) -> None:
        if _MARKER.match(data) and not self._in(_CODE):
            self.document.markers.append((self._line, data.strip()))

    def _look(self, *texts: str) -> None:
        """Note the first sign of a text that no reader sees."""
        for text in texts:
            if not text.isascii() and (sign := shapeless(text)):
                self.document.shapeless.append((self._line, sign))

    def handle_data(self, data: str) -> None:
        self._look(data)
        if self._open["style"]:
            self.document.requests += css_references(data, self._line)
            return
        if self._open["title"] and not self._open["svg"]:
            self.document.title += data
        pattern = _PLACEHOLDER if self._open["script"] else _BRACES
        if not self._in(_CODE) and (match := pattern.search(data)):
            line = self._line + data.count("\n", 0, match.start())
            self.document.placeholders.append((line, _around(data, match)))

    def _in(self, tags: tuple[str, ...]) -> bool:
        return any(self._open[tag] for tag in tags)


def _candidates(srcset: str) -> list[str]:
    return [candidate.split()[0] for candidate in srcset.split(",") if candidate.strip()]


def _around(text: str, match: re.Match[str]) -> str:
    start = max(match.start() - 12, 0)
    return " ".join(text[start : match.end() + 24].split())
