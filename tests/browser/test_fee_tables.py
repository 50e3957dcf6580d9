"""The tools of a fee table: a filter, sorting, a header that stays; also at two thousand rows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import Visit, visiting
from helpcenter.site_context import Site

PLACES = {"en": "fees/withdrawal-fees/", "zh": "zh/fees/withdrawal-fees/"}

both_languages = pytest.mark.parametrize("language", PLACES)
both_sizes = pytest.mark.parametrize("size", ["desktop", "small"])

# Repeats the table's rows until there are many, each with a fee and a word of its own.
MANY = """number => {
  const body = document.querySelector(".hc-fees tbody");
  const models = [...body.rows];
  for (let index = models.length; index < number; index += 1) {
    const row = models[index % models.length].cloneNode(true);
    row.dataset.fee = `made-${index}`;
    row.dataset.words = `${row.dataset.words} word${index % 100}`;
    const cell = row.querySelector("[data-value]");
    cell.dataset.value = `${(index * 7919) % 1000}.00000000000000000${index % 10}`;
    body.append(row);
  }
}"""


def opened(visit: Visit, language: str) -> tuple[Locator, Locator]:
    visit.open(PLACES[language])
    tools = visit.page.locator("[data-hc-table-tools]").first
    expect(tools).to_be_visible()
    return tools, visit.page.locator(".hc-fees").first


def shown(table: Locator) -> list[str]:
    rows: list[str] = table.locator("tbody tr").evaluate_all(
        "rows => rows.filter(row => row.checkVisibility()).map(row => row.dataset.fee)"
    )
    return rows


def fees(site: Site) -> list[str]:
    return [fee.id for fee, _ in site.schedule.on(site.as_of, "withdrawal")]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("trc-20", "usdt-tron"),
        ("TRC20", "usdt-tron"),
        ("ＴＲＣ２０", "usdt-tron"),
        ("usdt erc", "usdt-ethereum"),
        ("比特币", "btc"),
        ("bitcoin", "btc"),
        ("以太坊 泰达币", "usdt-ethereum"),
        ("瑞波", "xrp"),
    ],
)
@both_languages
@both_sizes
def test_the_filter_finds_rows_by_words_of_both_languages(
    browser: Browser, home: str, site: Site, language: str, size: str, words: str, part: str
) -> None:
    with visiting(browser, home, size) as visit:
        tools, table = opened(visit, language)
        tools.locator("input").fill(words)
        expect(table.locator("tbody tr:visible")).to_have_count(1)
        assert shown(table) == [f"withdrawal-{part}"]
        text = site.strings[language].text("fees.tools.shown", n=1, total=len(fees(site)))
        expect(tools.get_by_role("status")).to_have_text(text)


@both_languages
def test_a_filter_that_finds_nothing_says_so_and_an_empty_one_shows_all(
    browser: Browser, home: str, site: Site, language: str
) -> None:
    with visiting(browser, home, "phone") as visit:
        tools, table = opened(visit, language)
        tools.locator("input").fill("doge")
        none = site.strings[language].text("fees.tools.none")
        expect(tools.get_by_role("status")).to_have_text(none)
        assert shown(table) == []
        tools.locator("input").fill("")
        assert shown(table) == fees(site)


@both_languages
def test_a_column_is_sorted_by_its_exact_values_up_and_down_by_keyboard(
    browser: Browser, home: str, language: str
) -> None:
    with visiting(browser, home) as visit:
        _, table = opened(visit, language)
        header = table.locator("th[aria-sort]").nth(2)
        header.get_by_role("button").focus()
        visit.page.keyboard.press("Enter")
        expect(header).to_have_attribute("aria-sort", "ascending")
        upwards = values(table)
        assert upwards == sorted(upwards)
        assert len(set(upwards)) > 5
        visit.page.keyboard.press("Space")
        expect(header).to_have_attribute("aria-sort", "descending")
        assert values(table) == sorted(upwards, reverse=True)
        expect(table.locator('th[aria-sort]:not([aria-sort="none"])')).to_have_count(1)
        expect(header.get_by_role("button")).to_be_focused()


def values(table: Locator) -> list[Decimal]:
    cells: list[str] = table.locator("tbody tr td:nth-child(3)").evaluate_all(
        "cells => cells.map(cell => cell.dataset.value)"
    )
    return [Decimal(value) for value in cells]


@pytest.mark.parametrize("size", ["phone", "small"])
@both_languages
def test_on_a_small_screen_a_list_sorts_the_cards(
    browser: Browser, home: str, site: Site, language: str, size: str
) -> None:
    with visiting(browser, home, size) as visit:
        tools, table = opened(visit, language)
        chooser = tools.locator("select")
        expect(chooser).to_be_visible()
        expect(table.locator(".hc-sort").first).to_be_hidden()
        chooser.select_option("2")
        assert values(table) == sorted(values(table))
        chooser.select_option("")
        assert shown(table) == fees(site)
        assert (
            visit.page.evaluate("document.documentElement.scrollWidth")
            <= (visit.page.viewport_size or {"width": 0})["width"]
        )


def test_names_are_sorted_as_the_language_of_the_page_does(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        _, table = opened(visit, "zh")
        table.locator(".hc-sort").nth(1).click()
        names = table.locator("tbody td:nth-child(2)").all_inner_texts()
        pinyin = visit.page.evaluate(
            "names => [...names].sort(new Intl.Collator('zh-Hans', { numeric: true }).compare)",
            names,
        )
        assert names == pinyin
        assert names != sorted(names)


def test_the_header_of_a_long_table_stays_in_sight(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        _, table = opened(visit, "en")
        table.locator("tbody tr").last.scroll_into_view_if_needed()
        visit.page.mouse.wheel(0, 200)
        bar = visit.page.locator(".md-header").bounding_box()
        header = table.locator("thead th").first
        expect(header).to_be_in_viewport()
        box = header.bounding_box()
        assert bar is not None
        assert box is not None
        assert abs(box["y"] - bar["y"] - bar["height"]) <= 2


def test_two_thousand_rows_are_filtered_and_sorted_exactly(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        grow(page, 2000)
        tools, table = opened(visit, "en")
        tools.locator("input").fill("word42")
        assert len(shown(table)) == 20
        tools.locator("input").fill("")
        table.locator(".hc-sort").nth(2).click()
        upwards = values(table)
        assert len(upwards) == 2000
        assert upwards == sorted(upwards)


def grow(page: Page, rows: int) -> None:
    """Have every page opened from now on find that many rows in its first fee table."""
    page.add_init_script(f"""document.addEventListener("readystatechange", () => {{
      if (document.readyState === "interactive" && document.querySelector(".hc-fees"))
        ({MANY})({rows});
    }});""")
