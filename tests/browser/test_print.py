"""Paper and PDF: every answer is open, nothing is cut, and it says where the page came from."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from browser.conftest import visiting
from helpcenter.facts import format_day
from helpcenter.site_context import Site

# A page of each type, with what is closed, filtered or moving on the screen.
PAGES = {
    "guide": "receive-and-send/send",
    "faq": "faq/account-locked",
    "troubleshooting": "troubleshooting/deposit-not-credited",
    "status": "receive-and-send/check-transaction-status",
    "fees": "fees/withdrawal-fees",
    "contact": "contact/transparency-report",
}
# Millimeters are 72/25.4 points.
SIZES = {"A4": (595, 842), "Letter": (612, 792)}
CLOSED = """() => [...document.querySelectorAll(
  ".hc-text details:not([open]) > :not(summary), .hc-walkthrough__film p, .hc-text tr")]
  .flatMap((part) => {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode.data);
    return found;
  })"""
# What helps on a screen only; the button in a table's heading is also its name.
CLICKABLE = """() => [...document.querySelectorAll(
  "header, nav, dialog, form, button, select, input, label, .md-path, .md-skip, .md-banner")]
  .filter((part) => part.checkVisibility({ opacityProperty: true }))
  .filter((part) => !part.closest("th, .hc-footer, [aria-labelledby=hc-related]"))
  .map((part) => part.outerHTML.slice(0, 80))"""
COLORS = """() => [document.body, ...document.querySelectorAll(".hc-text *")]
  .map((part) => getComputedStyle(part))
  .map(({ color, backgroundColor }) => [color, backgroundColor])"""


# Where a font has one glyph for a character and the radical it is, a PDF names the radical.
RADICALS = str.maketrans(
    "戶⻄⻅⻆⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻮⻰⻳", "户西见角车长门青韦页风飞食马鱼鸟麦黄齐齿龙龟"
)


def plain(text: str) -> str:
    """The letters alone, because lines are broken anywhere."""
    folded = unicodedata.normalize("NFKC", text).translate(RADICALS)
    return re.sub(r"\s|\N{SOFT HYPHEN}", "", folded)


def words(printed: bytes) -> str:
    """The text of a PDF without the numbers of its pages."""
    sheets = PdfReader(io.BytesIO(printed)).pages
    texts = [plain(sheet.extract_text()) for sheet in sheets]
    return "".join(
        re.sub(rf"{number}/{len(texts)}", "", text, count=1) for number, text in enumerate(texts, 1)
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("slug", PAGES.values(), ids=PAGES)
def test_a_printed_page_holds_every_answer_and_its_source(
    slug: str, language: str, browser: Browser, home: str, site: Site
) -> None:
    paper = "A4" if language == "zh" else "Letter"
    # One language without scripts, the other in the dark: what both print is the same.
    options = {"scripts": False} if language == "zh" else {"scheme": "dark"}
    with visiting(browser, home, **options) as visit:
        visit.open(site.path(slug, language))
        closed = [text for text in visit.page.evaluate(CLOSED) if text.strip()]
        printed = visit.page.pdf(format=paper)
        visit.page.emulate_media(media="print")
        clickable = visit.page.evaluate(CLICKABLE)
    sheets = [sheet.mediabox.upper_right for sheet in PdfReader(io.BytesIO(printed)).pages]
    assert sheets == [pytest.approx(SIZES[paper], abs=2)] * len(sheets)
    text = words(printed)
    page = site.pages[language, slug]
    should_be = (
        page.meta.title,
        site.url(slug, language),
        format_day(page.meta.reviewed, language),
        site.strings[language].text("print.again", url=site.url(slug, language)),
        *closed,
    )
    assert [part for part in should_be if plain(part) not in text] == []
    assert clickable == []


def test_a_table_that_was_filtered_is_printed_whole(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("fees/withdrawal-fees/")
        rows = visit.page.locator(".hc-fees tbody tr")
        names = [name for name in rows.locator("th").all_text_contents() if name.strip()]
        visit.page.locator(".hc-tools input").first.fill("bitcoin")
        assert rows.filter(visible=True).count() < rows.count()
        text = words(visit.page.pdf())
    assert [name for name in names if plain(name) not in text] == []


def test_official_addresses_are_readable_on_paper_once(browser: Browser, home: str) -> None:
    with visiting(browser, home, scripts=False) as visit:
        visit.open("security/official-channels/")
        text = words(visit.page.pdf(page_ranges="1"))
    assert text.count("https://example.com/support") == 1


def test_paper_is_white_and_no_text_on_it_is_light(browser: Browser, home: str) -> None:
    with visiting(browser, home, scheme="dark") as visit:
        visit.open("faq/account-locked/")
        visit.page.emulate_media(media="print", color_scheme="dark")
        colors = visit.page.evaluate(COLORS)
    assert colors[0][1] in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
    light = [text for text, _ in colors if sum(map(int, re.findall(r"\d+", text)[:3])) > 450]
    assert light == []


def test_the_built_site_asks_for_the_style_of_paper_on_every_page(built: Path) -> None:
    without = [
        page
        for page in built.rglob("index.html")
        if 'id="top"' in (text := page.read_text("utf-8")) and "stylesheets/print." not in text
    ]
    assert without == []
