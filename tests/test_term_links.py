"""Words of the glossary in running text: which are linked, and where to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpcenter import markers
from helpcenter.glossary import GLOSSARY, Glossary
from helpcenter.site_context import Site, View
from helpcenter.term_links import MOST, LinkedWords, linked_words, with_links

DATA = yaml.safe_load(
    (Path(__file__).parent / "cases" / "term-links" / "pages.yml").read_text(encoding="utf-8")
)


def glossary_of(data: dict[str, Any]) -> Glossary:
    return Glossary.model_validate(data, context={"languages": ("en", "zh")})


TERMS = glossary_of(DATA["glossary"])
LINK = re.compile(r'<a class="hc-term" href="([^"]*)">(.*?)</a>')


def link(text: str, words: LinkedWords, case: dict[str, Any]) -> str:
    html = with_links(
        text,
        words,
        address=lambda term: term,
        without=case.get("without", ()),
        keeps_lead=case.get("keeps_lead", False),
    )
    return LINK.sub(r"[\2](\1)", html)


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: str(case["name"]))
def test_words_of_the_glossary_are_linked_where_a_page_first_uses_them(
    case: dict[str, Any],
) -> None:
    language = "en" if "en" in case else "zh"
    assert link(case[language], linked_words(TERMS, language), case) == case["gives"]


def test_a_page_links_at_most_so_many_words() -> None:
    letters = "abcdefghij"
    both = {"en": ".", "zh": "。"}
    terms = [
        {"id": name, "term": {"en": name * 3, "zh": name}, "definition": both, "linked": True}
        for name in letters
    ]
    glossary = glossary_of({"terms": terms})
    text = " ".join(name * 3 for name in letters)
    assert with_links(text, linked_words(glossary, "en"), address=str).count("<a ") == MOST


@given(text=st.text(alphabet="gas miner`*[](){}<>|#!\n地址矿工费İ", max_size=200))
def test_linking_takes_nothing_away_and_keeps_the_lines(text: str) -> None:
    for language in ("en", "zh"):
        html = with_links(text, linked_words(TERMS, language), address=lambda term: "?")
        assert re.sub(r'<a class="hc-term" href="\?">|</a>', "", html) == text


def test_a_language_without_linked_terms_is_left_alone() -> None:
    glossary = glossary_of({"terms": DATA["glossary"]["terms"][-1:]})
    assert with_links("A block.", linked_words(glossary, "en"), address=str) == "A block."


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_link_leads_to_a_term_of_the_glossary(site: Site, language: str) -> None:
    ids = {term.id for term in site.glossary.terms}
    found = set()
    for (code, slug), page in site.pages.items():
        if code == language:
            text, _ = markers.expand(page.body, View(page, code), site, first_line=page.body_line)
            addresses = [match[1] for match in LINK.finditer(text)]
            assert len(addresses) <= MOST
            assert slug != GLOSSARY or not addresses
            found |= {address.partition("glossary/#")[2] for address in addresses}
    assert found
    assert found <= ids


def test_a_fallback_page_leads_to_the_glossary_of_the_language_around_it(site: Site) -> None:
    page = site.pages["en", "receive-and-send/send"]
    text, _ = markers.expand("A private key.", View(page, "zh"), site, first_line=1)
    assert LINK.findall(text) == [("../../reference/glossary/#private-key", "private key")]
