"""The fee pages under a reader's eyes: the reason is near, links open what they name."""

from __future__ import annotations

import hashlib
import re

import pytest
from playwright.sync_api import Browser, expect

from browser.conftest import visiting
from fee_cases import PAGES
from helpcenter.fees.changes import changes, upcoming
from helpcenter.site_context import Site

LANGUAGES = {"en": "", "zh": "zh/"}

both_languages = pytest.mark.parametrize("language", LANGUAGES)
every_page = pytest.mark.parametrize("name", PAGES)


@both_languages
def test_who_received_less_finds_the_reason_in_three_clicks(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    with visiting(browser, home, "phone") as visit:
        page = visit.page
        visit.open(LANGUAGES[language])
        for slug in ("fees/index", "fees/received-less-than-expected"):
            title = site.pages[language, slug].meta.title
            page.locator("main").get_by_role("link", name=title, exact=True).first.click()
            page.wait_for_load_state("networkidle")
        page.locator('.hc-text a[href="#withdrawal"]').click()
        receipt = page.locator("#withdrawal ~ .hc-receipt").first
        expect(receipt).to_be_in_viewport()
        expect(receipt).to_contain_text(site.strings[language].text("fees.page.receiver.service"))


@both_languages
def test_a_coming_change_leads_from_its_row_to_the_list_of_changes(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    change = next(
        change
        for change in upcoming(changes(site.schedule), site.as_of)
        if "withdrawal" in change.fee.products
    )
    with visiting(browser, home, "phone") as visit:
        visit.open(f"{LANGUAGES[language]}fees/withdrawal-fees/")
        visit.page.locator(f'[data-fee="{change.fee.id}"] a').click()
        visit.page.wait_for_url(re.compile(rf"/fees/fee-changes/#{change.id}$"))
        expect(visit.page.locator(f'[id="{change.id}"]')).to_be_in_viewport()


@both_languages
@pytest.mark.parametrize(
    "anchor", ["schedule-2026-01-01", "schedule-2026-07-01", "send-btc-2026-11-01"]
)
def test_a_link_into_the_past_opens_what_it_names(
    browser: Browser, home: str, language: str, anchor: str
) -> None:
    with visiting(browser, home) as visit:
        visit.open(f"{LANGUAGES[language]}fees/fee-changes/")
        expect(visit.page.locator(f'[id="{anchor}"]')).not_to_be_visible()
        visit.open(f"{LANGUAGES[language]}fees/fee-changes/?#{anchor}")
        expect(visit.page.locator(f'[id="{anchor}"]')).to_be_in_viewport()


@both_languages
def test_the_file_has_the_hash_that_the_page_shows(
    browser: Browser, home: str, language: str
) -> None:
    with visiting(browser, home) as visit:
        visit.open(f"{LANGUAGES[language]}fees/fee-changes/")
        links = visit.page.locator(".hc-data a").evaluate_all("links => links.map(a => a.href)")
        assert len(links) == 4
        bodies = [visit.page.request.get(link) for link in links]
        assert all(body.ok for body in bodies)
        shown = visit.page.locator(".hc-data code").inner_text()
        assert hashlib.sha256(bodies[0].body()).hexdigest() == shown


@every_page
@both_languages
@pytest.mark.parametrize("size", ["small", "desktop"])
def test_nothing_is_wider_than_the_screen_or_hidden_without_scripts(
    browser: Browser, home: str, language: str, size: str, name: str
) -> None:
    with visiting(browser, home, size, scheme="dark", scripts=False) as visit:
        visit.open(f"{LANGUAGES[language]}fees/{name}/")
        page = visit.page
        room = page.evaluate("document.documentElement.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth") <= room
        for table in page.locator("main :is(table, .hc-receipt, .hc-chart):visible").all():
            box = table.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= room
        expect(page.locator("main form:visible, main [role=status]:visible")).to_have_count(0)


def test_on_paper_every_old_version_is_open(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("fees/fee-changes/")
        body = visit.page.locator('[id="schedule-2026-01-01"]')
        expect(body).not_to_be_visible()
        visit.page.emulate_media(media="print")
        expect(body).to_be_visible()
