"""Each page's Markdown twin: the same words, tables and steps without the page around them.

Made from the built page, so that facts, tables and lists stand there as readers see them. What
asks for a hand or an eye, a form or a drawing, is left out; the words under a drawing stay.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

from bs4 import Tag
from markdownify import MarkdownConverter

from helpcenter.facts import fill, format_day
from helpcenter.machines.listed import listed_pages, twin_path
from helpcenter.machines.reading import parse_text
from helpcenter.site_context import Site

_LEFT_OUT = frozenset(
    {"h1", "script", "style", "template", "form", "button", "input", "select", "dialog", "nav"}
    | {"figure", "svg"}
)
_TITLES = ("summary", "caption")
# Parts that stand under each other in a cell of a page's table stand beside each other here.
_BELOW = " · "
_SPACES, _EMPTY_LINES = re.compile(r" {2,}· "), re.compile(r"\n{3,}")
_CONVERTER = MarkdownConverter(heading_style="ATX", bullets="-")


def twins(site: Site, folder: Path) -> dict[str, str]:
    """Return the text of each twin by its path; `folder` holds the built pages."""
    return {
        twin_path(site, slug, language): twin(
            site,
            slug,
            language,
            (folder / site.path(slug, language) / "index.html").read_text(encoding="utf-8"),
        )
        for slug, language in listed_pages(site)
    }


def twin(site: Site, slug: str, language: str, html: str) -> str:
    """Return the twin of one page, whose built page is `html`."""
    page, strings = site.pages[language, slug], site.strings[language]
    url = site.url(slug, language)
    text = parse_text(html)
    head = [
        f"# {fill(page.meta.title, site.values(language))}",
        f"> {fill(page.meta.description, site.values(language))}",
        strings.text(
            "machines.twin",
            site=site.product.site_name[language],
            url=url,
            date=format_day(page.meta.reviewed, language),
        ),
    ]
    return "\n\n".join([*head, _markdown(text, url)]).rstrip() + "\n"


def _markdown(text: Tag, url: str) -> str:
    """Return the Markdown of a page's text; its links become absolute. Changes `text`."""
    for element in text.find_all(True):
        if element.decomposed:  # within an element that was left out
            continue
        classes = element.get_attribute_list("class")
        if element.name in _LEFT_OUT or "hidden" in element.attrs:
            element.decompose()
        elif element.name == "a" and element.get("href"):
            element["href"] = urljoin(url, str(element["href"]))
        elif "hc-part" in classes and any(str(each).strip() for each in element.previous_siblings):
            element.insert_before(_BELOW)
        elif element.name == "th" and element.find_parent("tbody"):
            _as_cell(element)
        elif element.name in _TITLES or "admonition-title" in classes:
            _as_title(element)
        elif "admonition" in classes:
            element.name = "blockquote"
    markdown = _SPACES.sub(_BELOW, _CONVERTER.convert_soup(text))
    return _EMPTY_LINES.sub("\n\n", markdown).strip()


def _as_cell(element: Tag) -> None:
    """Make a cell of the head of a row: only a table's first row is a head in Markdown."""
    element.name = "td"
    if element.has_attr("colspan"):  # a line between rows
        strong = Tag(name="strong")
        strong.string = element.get_text().strip()
        element.clear()
        element.append(strong)


def _as_title(element: Tag) -> None:
    """Make a paragraph in strong type of a title; that of a table comes before the table."""
    table = element.find_parent("table") if element.name == "caption" else None
    element.name = "strong"
    paragraph = element.wrap(Tag(name="p"))
    if table:
        table.insert_before(paragraph.extract())
