"""The search in another page: another origin, a strict policy, and nothing of ours around it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from helpcenter.site_context import Site
from support import serving

# What the strictest of embedding pages allows; {help} is the help center's origin.
POLICY = (
    "default-src 'none'; script-src {help}; connect-src {help}; base-uri 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
# Such a page loads nothing from elsewhere that does not say it may be.
ISOLATED = {"Cross-Origin-Embedder-Policy": "require-corp", "Referrer-Policy": "unsafe-url"}
QUESTION = {"en": "withdrawal pending", "zh": "提现一直在处理中"}
PHRASE = "abandon ability able about above absent absorb abstract absurd abuse access accident"

both_languages = pytest.mark.parametrize("language", ["en", "zh"])


@pytest.fixture(scope="session")
def help_center(built: Path) -> Iterator[str]:
    """The help center as its host serves it to other origins."""
    with serving(built) as address:
        yield address


@contextmanager
def embedding(
    browser: Browser, help_center: str, folder: Path, element: str, *, allowed: bool = True
) -> Iterator[tuple[Page, list[str]]]:
    """Yield a page of another origin that holds the widget, and the requests it made.

    Afterwards fail on anything that the console complained of.
    """
    origin = help_center.rstrip("/")
    text = f'<!doctype html><html lang="en"><title>App</title><body>{element}'
    (folder / "index.html").write_text(
        f'{text}<script src="{html.escape(help_center)}help-widget.js" async></script>',
        encoding="utf-8",
    )
    policy = POLICY.format(help=origin if allowed else "'none'")
    with serving(folder, ISOLATED | {"Content-Security-Policy": policy}) as app:
        context = browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        complaints: list[str] = []
        requests: list[str] = []
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(app + "favicon.ico")  # asked for once, so that it is not asked for later
        complaints.clear()
        page.goto(app, wait_until="networkidle")
        yield page, requests
        context.close()
        assert not allowed or complaints == []


def field(page: Page) -> Locator:
    return page.locator("help-center").get_by_role("combobox")


def options(page: Page) -> Locator:
    return page.locator("help-center").get_by_role("option")


@both_languages
def test_another_page_shows_the_top_questions_and_answers_a_search(
    browser: Browser, help_center: str, tmp_path: Path, site: Site, language: str
) -> None:
    element = f'<help-center language="{site.product.tag(language)}"></help-center>'
    with embedding(browser, help_center, tmp_path, element) as (page, requests):
        expected = [
            site.pages[language, category.slug].meta.title for category in site.faq_order[:6]
        ]
        assert options(page).all_inner_texts() == expected
        assert not [url for url in requests if "core.json" in url]
        field(page).fill(QUESTION[language])
        slug = "faq/withdrawal-delayed"
        title = site.pages[language, slug].meta.title
        expect(options(page).filter(has_text=title).first).to_be_visible()
        address = help_center + site.path(slug, language)
        expect(options(page).filter(has_text=title).first).to_have_attribute(
            "href", re.compile(f"^{re.escape(address)}(#|$)")
        )


def test_the_keyboard_chooses_and_opens_an_article(
    browser: Browser, help_center: str, tmp_path: Path
) -> None:
    element = '<help-center language="en" target="_self"></help-center>'
    with embedding(browser, help_center, tmp_path, element) as (page, _):
        page.keyboard.press("Tab")
        expect(field(page)).to_be_focused()
        page.keyboard.insert_text("withdrawal pending")
        expect(page.locator("help-center .hc-result").first).to_be_visible()
        page.keyboard.press("ArrowDown")
        chosen = page.locator("help-center [aria-selected=true]")
        address = chosen.get_attribute("href")
        assert field(page).get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        page.keyboard.press("Enter")
        page.wait_for_url(str(address))


@pytest.mark.parametrize("topic", ["fees", "account-locked"])
def test_a_topic_is_a_section_or_a_category(
    browser: Browser, help_center: str, tmp_path: Path, site: Site, topic: str
) -> None:
    element = f'<help-center language="en" topic="{topic}"></help-center>'
    with embedding(browser, help_center, tmp_path, element) as (page, _):
        first = {"fees": "faq/fee-higher-than-expected", "account-locked": "faq/account-locked"}
        expect(options(page).first).to_have_text(site.pages["en", first[topic]].meta.title)


def test_the_page_may_change_language_and_topic(
    browser: Browser, help_center: str, tmp_path: Path, site: Site
) -> None:
    with embedding(browser, help_center, tmp_path, "<help-center></help-center>") as (page, _):
        widget = page.locator("help-center")
        expect(field(page)).to_have_attribute(
            "placeholder", site.strings["en"].text("search.placeholder")
        )
        widget.evaluate("element => element.setAttribute('language', 'zh-CN')")
        expect(field(page)).to_have_attribute(
            "placeholder", site.strings["zh"].text("search.placeholder")
        )
        widget.evaluate("element => element.setAttribute('topic', 'swap-failed')")
        title = site.pages["zh", "faq/swap-failed"].meta.title
        expect(options(page).first).to_have_text(title)


def test_an_app_may_open_the_article_itself(
    browser: Browser, help_center: str, tmp_path: Path
) -> None:
    element = '<help-center language="en" target="_self"></help-center>'
    with embedding(browser, help_center, tmp_path, element) as (page, _):
        page.evaluate(
            """() => {
              window.opened = [];
              document.addEventListener("help-center-open", (event) => {
                event.preventDefault();
                window.opened.push(event.detail);
              });
            }"""
        )
        before = page.url
        title = options(page).first.inner_text()
        address = options(page).first.get_attribute("href")
        options(page).first.click()
        assert page.evaluate("window.opened") == [{"url": address, "title": title}]
        assert page.url == before


def test_a_secret_leaves_the_field_and_goes_nowhere(
    browser: Browser, help_center: str, tmp_path: Path, site: Site
) -> None:
    element = '<help-center language="en"></help-center>'
    with embedding(browser, help_center, tmp_path, element) as (page, requests):
        field(page).fill(PHRASE)
        expect(field(page)).to_have_value("")
        alert = page.locator("help-center").get_by_role("alert").filter(has_text="recovery phrase")
        expect(alert).to_contain_text(site.strings["en"].text("search.secret"))
        expect(alert.get_by_role("link").first).to_be_visible()
        assert not [url for url in requests if "abandon" in url]


def test_what_is_a_transaction_or_a_key_leaves_the_widget_s_field(
    browser: Browser, help_center: str, tmp_path: Path, site: Site
) -> None:
    element = '<help-center language="en"></help-center>'
    pasted = "0123456789abcdef" * 4
    with embedding(browser, help_center, tmp_path, element) as (page, requests):
        field(page).fill(pasted)
        alert = page.locator("help-center").get_by_role("alert")
        warning = site.strings["en"].text("search.maybe_secret")
        expect(alert.filter(has_text=warning)).to_be_visible()
        guide = site.pages["en", "receive-and-send/check-transaction-status"].meta.title
        expect(options(page).first).to_contain_text(guide)
        expect(field(page)).to_have_value("")
        assert not [url for url in requests if pasted in url]


def test_nobody_learns_which_page_holds_the_widget(
    browser: Browser, help_center: str, tmp_path: Path
) -> None:
    element = '<help-center language="en"></help-center>'
    with embedding(browser, help_center, tmp_path, element) as (page, _):
        with page.expect_request("**/core.json*") as asked:
            field(page).focus()
        assert "referer" not in asked.value.all_headers()


def test_without_the_help_center_the_page_s_own_words_stay(
    browser: Browser, help_center: str, tmp_path: Path
) -> None:
    element = f'<help-center><a href="{help_center}">Help</a></help-center>'
    with embedding(browser, help_center, tmp_path, element, allowed=False) as (page, _):
        expect(page.get_by_role("link", name="Help")).to_be_visible()
