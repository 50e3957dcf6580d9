"""The rules of WCAG 2.2 AA and good practice that a program can check, by axe.

A page of every kind is looked at on each run; ACCESSIBILITY=full looks at every page.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, expect

from browser.conftest import visiting
from helpcenter.site_context import Site

FULL = os.environ.get("ACCESSIBILITY") == "full"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Pages with a fragment, a tool or a layout of their own, besides one of each type.
OF_THEIR_OWN = [
    "",
    "search/",
    "contact/known-issues/",
    "contact/transparency-report/",
    "fees/calculator/",
    "fees/service-and-trading-fees/",
    "receive-and-send/address-formats-and-networks/",
    "receive-and-send/check-transaction-status/",
    "receive-and-send/send/",
    "reference/glossary/",
    "reference/supported-assets-and-networks/",
    "no-such-page/",
]
# A desktop by day and a phone by night show every part of the layout and both palettes.
VIEWS = [("desktop", "light"), ("phone", "dark")]
ALL_VIEWS = [(size, scheme) for size in ("desktop", "phone") for scheme in ("light", "dark")]


def addresses(site: Site) -> list[str]:
    """Addresses below a language's home: all, or one of every type and what is special."""
    slugs: dict[str, str] = {}
    for (language, slug), page in site.pages.items():
        if language == site.product.languages[0].code:
            slugs.setdefault(slug if FULL else page.meta.type, slug)
    pages = [f"{slug}/".removesuffix("index/") for slug in slugs.values()]
    return sorted({*pages, *OF_THEIR_OWN})


def violations(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{rule['id']}: {node['html'][:120]} ({' '.join(node['failureSummary'].split())[:160]})"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("size", "scheme"), ALL_VIEWS if FULL else VIEWS)
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser, home: str, site: Site, size: str, scheme: str, language: str
) -> None:
    found = {}
    with visiting(browser, home, size, scheme=scheme, bypass_csp=True) as visit:
        for address in addresses(site):
            visit.page.goto(home + ("" if language == "en" else "zh/") + address)
            visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            if wrong := violations(visit.page):
                found[address] = wrong
    assert found == {}


def search_open(page: Page) -> None:
    if page.locator("[data-hc-search-open]").is_visible():
        page.locator("[data-hc-search-open]").click()
    page.keyboard.press("/")
    page.keyboard.type("deposit")
    expect(page.locator(".hc-result").first).to_be_visible()


def menu_open(page: Page) -> None:
    page.locator("[data-hc-menu]").click()
    expect(page.locator("#hc-nav a").first).to_be_visible()


STATES: list[tuple[str, str, Callable[[Page], None]]] = [
    ("faq/", "desktop", search_open),
    ("zh/faq/", "phone", search_open),
    ("faq/", "phone", menu_open),
    ("zh/faq/", "phone", menu_open),
]


@pytest.mark.parametrize(("address", "size", "act"), STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_breaks_no_rule_either(
    browser: Browser, home: str, address: str, size: str, act: Callable[[Page], None], scheme: str
) -> None:
    with visiting(browser, home, size, scheme=scheme, bypass_csp=True) as visit:
        visit.open(address)
        act(visit.page)
        assert violations(visit.page) == []


def test_the_checker_sees_what_is_wrong(browser: Browser, home: str) -> None:
    with visiting(browser, home, bypass_csp=True) as visit:
        visit.open()
        visit.page.evaluate(
            "document.querySelector('main').append(document.createElement('button'))"
        )
        assert any(text.startswith("button-name:") for text in violations(visit.page))
