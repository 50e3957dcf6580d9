"""The pages of a built site as documents: what a reader sees is what the search finds.

Reads HTML; drafts are not built, and fallbacks and `noindex` pages are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from helpcenter.facts import fill
from helpcenter.glossary import GLOSSARY
from helpcenter.search.documents import Document, Section
from helpcenter.site_context import Site

# What answers a pasted secret, address or transaction.
LANDMARKS = {
    "secret": "security/protect-recovery-phrase",
    "address": "receive-and-send/check-transaction-status",
    "transaction": "receive-and-send/check-transaction-status",
}

_TYPES = {"index": "reference"}
_FEES = "fees"
_HEADINGS = ("h2", "h3")
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "wbr",
}
_SILENT = ("script", "style", "template", "select")
_BLOCKS = {"p", "li", "td", "th", "dt", "dd", "tr", "div", "h4", "summary", "caption", "br"}


@dataclass
class _Part:
    anchor: str = ""
    heading: str = ""
    text: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the text of a page; a class because html.parser calls back."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.is_hidden = False
        self.parts = [_Part()]
        self.paragraphs: list[str] = []
        self._open: list[tuple[str, str]] = []  # element and what it is for us

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta" and attributes.get("name") == "robots":
            self.is_hidden |= "noindex" in attributes.get("content", "")
        role = ""
        if "hc-text" in attributes.get("class", "").split():
            role = "text"
        elif tag in _SILENT or tag == "h1" or "data-search-exclude" in attributes:
            role = "silent"
        elif tag in _HEADINGS and self._is_text:
            role = "heading"
            self.parts.append(_Part(attributes.get("id", "")))
        elif tag == "p" and self._is_text:
            self.paragraphs.append("")
            role = "paragraph"
        if tag not in _VOID:
            self._open.append((tag, role))
        if tag in _BLOCKS:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            place = len(names) - 1 - names[::-1].index(tag)
            del self._open[place:]
        if tag in _BLOCKS:
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        roles = {role for _, role in self._open}
        if "silent" in roles or "text" not in roles:
            return
        part = self.parts[-1]
        if "heading" in roles:
            part.heading += data
        else:
            part.text.append(data)
        if "paragraph" in roles:
            self.paragraphs[-1] += data

    @property
    def _is_text(self) -> bool:
        roles = {role for _, role in self._open}
        return "text" in roles and "silent" not in roles


def documents(site: Site, folder: Path, language: str) -> list[Document]:
    """Return the pages and glossary entries that are found in one language of a built site."""
    found = []
    for slug in site.navigation.slugs:
        if (language, slug) not in site.pages:
            continue
        page = site.pages[language, slug]
        html = (folder / site.path(slug, language) / "index.html").read_text(encoding="utf-8")
        reader = _Reader()
        reader.feed(html)
        reader.close()
        if reader.is_hidden:
            continue
        twins = [code for code in site.languages_of(slug) if code != language]
        is_fee = page.section == _FEES and page.meta.type != "faq"
        answer = next((_squeezed(text) for text in reader.paragraphs if text.strip()), None)
        found.append(
            Document(
                id=slug,
                title=fill(page.meta.title, site.values(language)),
                sections=_sections(reader) if slug != GLOSSARY else (),
                type="fee" if is_fee else _TYPES.get(page.meta.type, page.meta.type),
                url=_url(site, slug, language),
                path=_path(site, slug, language),
                asked_as=page.meta.asked_as,
                answer=answer if page.meta.type == "faq" else None,
                twin_title=" \n ".join(
                    fill(site.pages[code, slug].meta.title, site.values(code)) for code in twins
                ),
                weight=_weight(site, slug, page.meta.type),
            )
        )
    return found + _glossary(site, language)


def _sections(reader: _Reader) -> tuple[Section, ...]:
    parts = [
        Section(part.anchor, _squeezed(part.heading), _squeezed("".join(part.text)))
        for part in reader.parts
    ]
    return tuple(part for part in parts if part.heading or part.text)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _url(site: Site, slug: str, language: str) -> str:
    return site.path(slug, language).removeprefix(site.path("index", language))


def _path(site: Site, slug: str, language: str) -> tuple[str, ...]:
    section = f"{slug.partition('/')[0]}/index" if "/" in slug else ""
    page = site.page(section, language) if section and section != slug else None
    return (fill(page.meta.title, site.values(language)),) if page else ()


def _weight(site: Site, slug: str, kind: str) -> float:
    """Return the prior: the FAQ's most asked pages a little higher, lists of pages lower."""
    places = {category.slug: place for place, category in enumerate(site.faq_order)}
    if slug in places:
        return 1.08 - 0.05 * places[slug] / len(places)
    return 0.8 if kind == "index" else 1.0


def _glossary(site: Site, language: str) -> list[Document]:
    if (language, GLOSSARY) not in site.pages:
        return []
    title = fill(site.pages[language, GLOSSARY].meta.title, site.values(language))
    return [
        Document(
            id=f"{GLOSSARY}#{term.id}",
            title=term.term[language],
            sections=(Section(term.id, "", term.definition[language]),),
            type="glossary",
            url=_url(site, GLOSSARY, language),
            anchor=term.id,
            path=(*_path(site, GLOSSARY, language), title),
            asked_as=term.synonyms.get(language, ()),
            twin_title=" \n ".join(text for code, text in term.term.items() if code != language),
            weight=0.6,
        )
        for term in site.glossary.terms
    ]
