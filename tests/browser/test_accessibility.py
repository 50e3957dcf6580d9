"""The rules of WCAG 2.2 AA and good practice that a program can check, by axe.

looks.py says at which pages; what no rule of a program finds has tests of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, Page, expect

from browser.conftest import visiting
from browser.looks import FULL, PREFIXES, addresses, looking
from helpcenter.site_context import Site
from support import serving

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A desktop by day and a phone by night show every part of the layout, both palettes and languages.
VIEWS = [("desktop", "light", "en"), ("phone", "dark", "zh")]
ALL_VIEWS = list(itertools.product(("desktop", "phone"), ("light", "dark"), PREFIXES))


def violations(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return [
        f"{rule['id']}: {node['html'][:120]} ({' '.join(node['failureSummary'].split())[:160]})"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("size", "scheme", "language"), ALL_VIEWS if FULL else VIEWS)
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser, home: str, site: Site, size: str, scheme: str, language: str
) -> None:
    found = {}
    with visiting(browser, home, size, scheme=scheme, bypass_csp=True) as visit:
        for address in addresses(site):
            visit.page.goto(home + PREFIXES[language] + address)
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


def calculated(page: Page) -> None:
    page.locator("#hc-fee-amount").fill("0.5")
    expect(page.locator("[data-hc-result] .hc-receipt")).to_be_visible()


def misread(page: Page) -> None:
    page.locator("#hc-fee-amount").fill("half")
    expect(page.locator("#hc-fee-amount-error")).not_to_be_empty()


def checked(page: Page) -> None:
    page.locator("#hc-address").fill("0x52908400098527886E0F7030069857D2E4169EE7")
    expect(page.locator("[data-hc-verdict]")).to_be_visible()


def explained(page: Page) -> None:
    page.locator("#hc-transfer-side").select_option(index=1)
    page.locator("#hc-transfer-state").select_option(index=1)


def filtered(page: Page) -> None:
    page.locator("[data-hc-table-tools] input").first.fill("usdt")


STATES: list[tuple[str, str, Callable[[Page], None]]] = [
    ("faq/", "desktop", search_open),
    ("zh/faq/", "phone", search_open),
    ("faq/", "phone", menu_open),
    ("zh/faq/", "phone", menu_open),
    ("fees/calculator/", "phone", calculated),
    ("zh/fees/calculator/", "desktop", misread),
    ("zh/receive-and-send/address-formats-and-networks/", "phone", checked),
    ("receive-and-send/check-transaction-status/", "desktop", explained),
    ("zh/fees/withdrawal-fees/", "desktop", filtered),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_breaks_no_rule_either(browser: Browser, home: str, scheme: str) -> None:
    found = {}
    for number, (address, size, act) in enumerate(STATES):
        if not FULL and (number % 2 == 0) == (scheme == "dark"):
            continue
        with visiting(browser, home, size, scheme=scheme, bypass_csp=True) as visit:
            visit.open(address)
            act(visit.page)
            if wrong := violations(visit.page):
                found[address, act.__name__] = wrong
    assert found == {}


@pytest.mark.parametrize(("language", "words"), [("en", "deposit"), ("zh-Hans", "充值")])
def test_the_search_in_another_page_breaks_no_rule(
    browser: Browser, home: str, tmp_path: Path, language: str, words: str
) -> None:
    (tmp_path / "index.html").write_text(
        f'<!doctype html><html lang="en"><title>App</title><main><h1>App</h1>'
        f'<help-center language="{language}"></help-center></main>'
        f'<script src="{home}help-widget.js"></script>',
        encoding="utf-8",
    )
    with serving(tmp_path, {}) as app, looking(browser) as page:
        page.goto(app)
        page.get_by_role("combobox").fill(words)
        expect(page.locator(".hc-result").first).to_be_visible()
        assert violations(page) == []


def test_the_checker_sees_what_is_wrong(browser: Browser, home: str) -> None:
    with visiting(browser, home, bypass_csp=True) as visit:
        visit.open()
        visit.page.evaluate(
            "document.querySelector('main').append(document.createElement('button'))"
        )
        assert any(text.startswith("button-name:") for text in violations(visit.page))
