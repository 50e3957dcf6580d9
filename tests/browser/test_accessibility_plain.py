"""The site without JavaScript: everything can be read and found, and what is missing is said."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from browser.conftest import visiting
from browser.looks import PREFIXES, looking, looks
from helpcenter.site_context import Site

# Controls on the page that only a script would answer.
DEAD = """
button:visible:not([type=submit]):not([type=reset]), [data-hc-calculator]:visible,
[data-hc-address-checker]:visible, [data-hc-explainer]:visible, [data-hc-table-tools]:visible
"""

both_languages = pytest.mark.parametrize("language", PREFIXES)


def test_every_page_can_be_read_and_shows_no_dead_control(
    browser: Browser, home: str, site: Site
) -> None:
    with looking(browser, scripts=False) as page:
        for look in looks(site):
            page.set_viewport_size({"width": 320, "height": 640})
            page.goto(home + look.address)
            expect(page.locator("h1").first, look.address).to_be_visible()
            assert page.locator(DEAD).count() == 0, look
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, look


@both_languages
def test_the_menu_and_the_other_language_are_reached_by_links(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    said = site.strings[language].text
    with visiting(browser, home, "small", scripts=False) as visit:
        page = visit.page
        visit.open(f"{PREFIXES[language]}faq/wrong-network/")
        menu = page.locator("#hc-nav")
        expect(menu).to_be_hidden()
        opener = page.get_by_role("link", name=said("nav.label"), exact=True)
        opener.focus()
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        page.keyboard.press("Tab")
        expect(menu.get_by_role("link").first).to_be_focused()
        title = page.locator("h1").bounding_box()
        last = menu.get_by_role("link").last.bounding_box()
        assert title is not None
        assert last is not None
        assert last["y"] + last["height"] <= title["y"]
        page.locator(".hc-language").click()
        other = "en" if language == "zh" else "zh-Hans"
        expect(page.locator("html")).to_have_attribute("lang", other)


@pytest.mark.parametrize(
    ("address", "key", "stands_in"),
    [
        ("fees/calculator/", "fees.calculator.without", "[data-hc-calculator-without] a"),
        ("search/", "search.no_script", "main noscript a"),
        ("receive-and-send/address-formats-and-networks/", "address.no_script", "main table"),
        ("receive-and-send/check-transaction-status/", None, ".hc-states tbody tr"),
        ("fees/withdrawal-fees/", None, ".hc-fees tbody tr"),
        ("receive-and-send/send/", None, ".hc-walkthrough__transcript summary"),
    ],
)
@both_languages
def test_each_tool_has_something_in_its_place(
    browser: Browser,
    home: str,
    site: Site,
    language: str,
    address: str,
    key: str | None,
    stands_in: str,
) -> None:
    with looking(browser, scripts=False) as page:
        page.goto(home + PREFIXES[language] + address)
        if key:
            said = page.locator("main p", has_text=site.strings[language].text(key))
            expect(said.last).to_be_visible()
        expect(page.locator(stands_in).first).to_be_visible()
