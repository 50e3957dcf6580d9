"""A reader's way through the help center, on a desktop and a phone, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.conftest import visiting
from helpcenter.facts import format_amount
from helpcenter.fees.formulas import Fixed
from helpcenter.site_context import Site

LANGUAGES = {"en": "", "zh": "zh/"}
QUESTIONS = {"en": "deposit", "zh": "充值未到账"}
WORDS = ["提现", "手续费", "钱包", "矿工"]

both_sizes = pytest.mark.parametrize("size", ["desktop", "phone"])
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def results(page: Page) -> list[str]:
    expect(page.locator(".hc-result").first).to_be_visible()
    return page.locator(".hc-result").all_inner_texts()


def address(page: Page, home: str) -> str:
    return page.url.removeprefix(home).partition("#")[0]


def titles(site: Site, language: str) -> list[str]:
    return [site.pages[language, category.slug].meta.title for category in site.faq_order]


@both_sizes
@both_languages
def test_a_reader_finds_an_answer_and_changes_the_language_of_the_page(
    browser: Browser, home: str, size: str, language: str
) -> None:
    with visiting(browser, home, size) as visit:
        page = visit.page
        visit.open(LANGUAGES[language])
        page.locator("#hc-search-query").press_sequentially(QUESTIONS[language], delay=20)
        assert results(page)
        assert "q=" not in page.url
        page.locator(".hc-result").first.click()
        page.wait_for_url(re.compile(r"/(faq|troubleshooting|receive-and-send|reference|contact)/"))
        found = address(page, home)
        assert found.startswith("zh/") == (language == "zh")
        page.locator(".hc-language").click()
        other = "en" if language == "zh" else "zh-Hans"
        expect(page.locator("html")).to_have_attribute("lang", other)
        twin = found.removeprefix("zh/") if language == "zh" else f"zh/{found}"
        assert address(page, home) == twin


@both_sizes
@both_languages
def test_the_home_page_and_the_faq_show_the_order_of_the_ranking(
    browser: Browser, home: str, size: str, language: str, site: Site
) -> None:
    expected = titles(site, language)
    with visiting(browser, home, size) as visit:
        visit.open(LANGUAGES[language])
        assert visit.page.locator(".hc-questions a").all_inner_texts() == expected[:6]
        visit.open(f"{LANGUAGES[language]}faq/")
        assert visit.page.locator(".hc-faq__question a").all_inner_texts() == expected
        if size == "desktop":
            menu = visit.page.locator(".hc-nav__list .hc-nav__list a")
            assert [text.strip() for text in menu.all_inner_texts()] == expected


@both_sizes
@both_languages
def test_the_fee_table_shows_every_withdrawal_fee_of_the_schedule(
    browser: Browser, home: str, size: str, language: str, site: Site
) -> None:
    fees = list(site.schedule.on(site.as_of, "withdrawal"))
    assert fees
    with visiting(browser, home, size) as visit:
        visit.open(f"{LANGUAGES[language]}fees/withdrawal-fees/")
        for fee, version in fees:
            assert isinstance(version.formula, Fixed)
            row = visit.page.locator(f'[data-fee="{fee.id}"]')
            expect(row).to_be_visible()
            amount = format_amount(version.formula.amount, language)
            expect(row).to_contain_text(f"{amount} {fee.asset}")


@both_sizes
def test_a_missing_page_helps_in_both_languages(
    browser: Browser, home: str, size: str, site: Site
) -> None:
    with visiting(browser, home, size) as visit:
        for missing in ("no-such-page/", "zh/faq/no-such-page/"):
            visit.open(missing, status=404)
            for language in LANGUAGES:
                title = site.strings[language].text("not_found.title")
                expect(visit.page.get_by_role("heading", name=title)).to_be_visible()
        visit.page.get_by_role("link", name=site.strings["zh"].text("not_found.home")).click()
        visit.page.wait_for_url(f"{home}zh/")


@pytest.mark.parametrize("word", WORDS)
def test_chinese_words_find_pages(browser: Browser, home: str, word: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("zh/")
        visit.page.locator("#hc-search-query").fill(word)
        assert any(word in text for text in results(visit.page))


@pytest.mark.parametrize("size", ["phone", "small"])
@both_languages
def test_the_menu_opens_and_closes_by_keyboard_on_a_small_screen(
    browser: Browser, home: str, size: str, language: str
) -> None:
    with visiting(browser, home, size) as visit:
        page = visit.page
        visit.open(f"{LANGUAGES[language]}fees/overview/")
        button = page.locator("[data-hc-menu]")
        expect(page.locator("#hc-nav a").first).not_to_be_visible()
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(page.locator("#hc-nav a").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(page.locator("#hc-nav a").first).not_to_be_visible()


def test_no_page_scrolls_sideways_at_320_pixels(browser: Browser, home: str, built: Path) -> None:
    with visiting(browser, home, "small") as visit:
        for path in sorted(built.rglob("index.html")):
            place = path.parent.relative_to(built).as_posix()
            visit.page.goto(home + ("" if place == "." else f"{place}/"))
            width = visit.page.evaluate("document.documentElement.scrollWidth")
            assert width <= 320, f"{place} is {width} px wide"


@both_languages
def test_everything_can_be_read_without_scripts(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    with visiting(browser, home, "phone", scripts=False) as visit:
        visit.open(LANGUAGES[language])
        expect(visit.page.locator(".hc-questions a").first).to_be_visible()
        visit.page.locator("#hc-search-query").fill("lost phrase")
        visit.page.locator(".hc-search__button").click()
        expect(visit.page.locator(".hc-index a").first).to_be_visible()
        assert address(visit.page, home).rstrip("?") == f"{LANGUAGES[language]}reference/all-pages/"
        shown = visit.page.locator(".hc-index a").all_inner_texts()
        assert set(titles(site, language)) <= set(shown)
        visit.open(f"{LANGUAGES[language]}fees/withdrawal-fees/")
        expect(visit.page.locator("[data-fee]").first).to_be_visible()


@both_languages
def test_each_page_warns_that_nobody_asks_for_secrets(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    with visiting(browser, home, "phone") as visit:
        visit.open(f"{LANGUAGES[language]}faq/lost-recovery-phrase/")
        line = visit.page.locator(".hc-safety").first
        expect(line).to_be_visible()
        expect(line).to_contain_text(site.product.site_url.host or "")


COLORS = """
() => [...document.querySelectorAll('body, .md-content *')].map((each) => {
  const { color, fill, stroke, backgroundColor, borderTopColor } = getComputedStyle(each);
  return [color, fill, stroke, backgroundColor, borderTopColor].join(' ');
})
"""


def test_paper_is_light_whatever_the_screen_was(browser: Browser, home: str) -> None:
    colors = {}
    for scheme in ("light", "dark"):
        with visiting(browser, home, scheme=scheme) as visit:
            visit.open("fees/overview/")
            on_screen = visit.page.evaluate(COLORS)
            visit.page.emulate_media(media="print")
            colors[scheme] = on_screen, visit.page.evaluate(COLORS)
    assert colors["light"][0] != colors["dark"][0]
    assert colors["light"][1] == colors["dark"][1]
