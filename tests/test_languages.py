"""Each page speaks its language: texts, and names that only a screen reader says.

Looks at every built page, and at what scripts write as far as the interface texts hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from helpcenter.site_context import Site

NAMES = ("aria-label", "aria-description", "aria-roledescription", "title", "alt", "placeholder")
# Elements whose text is their name, or that of a part of the page.
NAMED = {
    *("a", "button", "caption", "figcaption", "h1", "h2", "h3", "h4", "label", "legend"),
    *("option", "summary", "th", "title"),
}
VOID = ("br", "hr", "img", "input", "link", "meta", "source", "wbr")
HAN = re.compile("[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]{2,}")
# Three English words that are no name, one after the other.
PHRASE = re.compile(r"\b[a-z]{2,}(?:[ ,]+[a-z]{2,}){2,}")
# What the app and block explorers show in no other language, and what nobody translates.
TERMS = {"Gas"}
ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
SHOWN_BY_EXPLORERS = {"out of gas"}


@dataclass
class Speech(HTMLParser):
    """What a page says, each part in the language that its nearest `lang` gives."""

    names: list[tuple[str, str]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    open: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin a page."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the names that an element gives itself."""
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang") or (self.open[-1][1] if self.open else "")
        self.names += [(language, given[name]) for name in NAMES if given.get(name)]
        if tag not in VOID:
            self.open.append((tag, language, []))

    def handle_endtag(self, tag: str) -> None:
        """Note the name that an element has from its text."""
        while self.open:
            ended, language, parts = self.open.pop()
            if ended in NAMED and (name := " ".join("".join(parts).split())):
                self.names.append((language, name))
            if self.open and ended not in ("script", "style") and language == self.open[-1][1]:
                self.open[-1][2].extend(parts)
            if ended == tag:
                return

    def handle_data(self, data: str) -> None:
        """Note a text."""
        if self.open and self.open[-1][0] not in ("script", "style"):
            self.open[-1][2].append(data)
            self.texts.append((self.open[-1][1], data.strip()))


def said_by(html: str) -> Speech:
    speech = Speech()
    speech.feed(html)
    return speech


def untranslatable(site: Site) -> set[str]:
    """Latin words of a Chinese page's names: of assets, networks and the product."""
    words = [site.product.site_url.host or "", *site.product.name.values(), *TERMS]
    words += site.schedule.assets
    for network in site.schedule.networks.values():
        words += [*network.name.values(), network.standard or ""]
    for other in site.reference.networks.networks:
        words += other.name.values() if other.name else ()
    return {word for text in words for word in WORD.findall(text)}


def foreign(speech: Speech, known: set[str]) -> Iterator[str]:
    for language, name in speech.names:
        if ADDRESS.fullmatch(name):
            continue
        if language == "en" and HAN.search(name):
            yield f"English name: {name}"
        if language.startswith("zh") and not HAN.search(name) and set(WORD.findall(name)) - known:
            yield f"Chinese name: {name}"
    for language, text in speech.texts:
        if language == "en" and HAN.search(text):
            yield f"English text: {text}"
        if language.startswith("zh") and set(PHRASE.findall(text)) - SHOWN_BY_EXPLORERS:
            yield f"Chinese text: {text}"


def test_every_page_speaks_its_language(built: Path, site: Site) -> None:
    known = untranslatable(site)
    found = {}
    for path in sorted(built.rglob("index.html")):  # 404.html is in every language at once
        speech = said_by(path.read_text(encoding="utf-8"))
        if wrong := list(foreign(speech, known)):
            found[path.relative_to(built).as_posix()] = wrong
    assert found == {}


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p lang="zh-Hans">提示 insufficient output amount</p>', "Chinese text"),
        ('<p lang="zh-Hans">提示 <code lang="en">insufficient output amount</code></p>', ""),
        ('<p lang="en">简体中文</p>', "English text"),
        ('<p lang="en"><a lang="zh-Hans" aria-label="简体中文：阅读本页">简体中文</a></p>', ""),
        ('<p lang="zh-Hans"><button aria-label="Open the menu"></button></p>', "Chinese name"),
        ('<p lang="zh-Hans"><img alt="Logo"></p>', "Chinese name"),
        ('<h2 lang="zh-Hans"><span>Network</span> fees</h2>', "Chinese name"),
        ('<th lang="zh-Hans">USDT <span>TRC-20</span></th>', ""),
        ('<a lang="en" title="菜单"></a>', "English name"),
    ],
)
def test_a_foreign_name_or_passage_is_found(site: Site, html: str, said: str) -> None:
    found = "\n".join(foreign(said_by(html), untranslatable(site)))
    assert said in found
    assert bool(said) == bool(found)


def test_the_language_switch_is_named_in_the_language_it_leads_to(built: Path) -> None:
    for place, tag in (("fees/overview/", "zh-Hans"), ("zh/fees/overview/", "en")):
        page = (built / place / "index.html").read_text(encoding="utf-8")
        assert re.search(rf'class="hc-language"[^>]* hreflang="{tag}" lang="{tag}"', page)
