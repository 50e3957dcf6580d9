"""The search as a reader meets it: dialog, page of results, list of all pages; with every way of
writing, with the keyboard alone, and with nothing kept that must not be.
"""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import Visit, visiting
from helpcenter.site_context import Site

LANGUAGES = {"en": "", "zh": "zh/"}
# Words that find the page on delayed withdrawals in their language.
QUESTION = {"en": "withdrawal pending", "zh": "提现一直在处理中"}
FOUND = "faq/withdrawal-delayed"
NONSENSE = "xylophone <b>zebra</b>"
# An example of the English pages that the Chinese ones tell with another name, and the reverse.
ELSEWHERE = {"zh": "Omar", "en": "安娜"}
PHRASE = "abandon ability able about above absent absorb abstract absurd abuse access accident"
ADDRESS = "0x52908400098527886E0F7030069857D2E4169EE7"
TRANSACTION = "0x" + "5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060"

both_languages = pytest.mark.parametrize("language", LANGUAGES)
both_sizes = pytest.mark.parametrize("size", ["desktop", "phone"])


def field(page: Page) -> Locator:
    return page.locator("[data-hc-search-dialog]").get_by_role("combobox")


def options(page: Page) -> Locator:
    return page.locator("[data-hc-search-dialog]").get_by_role("option")


def results(page: Page) -> Locator:
    return page.locator("[data-hc-search-dialog] .hc-result")


def open_search(page: Page) -> None:
    page.get_by_role("banner").locator("[data-hc-search-open]").click()
    expect(field(page)).to_be_focused()


def kept(page: Page) -> str:
    """All that the browser keeps of the page, and its address."""
    return str(
        page.evaluate(
            """() => [location.href, document.cookie, history.state,
              JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })].join()"""
        )
    )


def all_requests(visit: Visit) -> list[str]:
    made: list[str] = []
    visit.page.on("request", lambda request: made.append(f"{request.url} {request.post_data}"))
    return made


def test_nothing_of_the_search_is_loaded_before_a_reader_turns_to_it(
    browser: Browser, home: str
) -> None:
    with visiting(browser, home) as visit:
        made = all_requests(visit)
        visit.open("fees/overview/")
        assert not [url for url in made if "/search/en/" in url or "search.json" in url]
        assert not [url for url in made if "engine.js" in url]
        with visit.page.expect_request("**/search/en/*/core.json*"):
            open_search(visit.page)


@both_languages
@both_sizes
def test_typing_shows_results_with_kind_place_and_marked_words(
    browser: Browser, home: str, language: str, size: str, site: Site
) -> None:
    with visiting(browser, home, size) as visit:
        visit.open(f"{LANGUAGES[language]}contact/")
        open_search(visit.page)
        field(visit.page).press_sequentially(QUESTION[language])
        page = site.pages[language, FOUND]
        found = visit.page.locator(f".hc-result[href*='/{FOUND}/']")
        expect(found).to_be_visible()
        expect(found).to_contain_text(page.meta.title)
        expect(found).to_contain_text(site.strings[language].text("search.type.faq"))
        expect(found).to_contain_text(site.pages[language, "faq/index"].meta.title)
        expect(results(visit.page).locator("mark").first).to_be_attached()
        assert "q=" not in visit.page.url
        found.click()
        visit.page.wait_for_url(f"{home}{site.path(FOUND, language)}*")


def test_the_answer_of_the_best_question_stands_in_the_list(
    browser: Browser, home: str, site: Site
) -> None:
    with visiting(browser, home) as visit:
        visit.open("")
        open_search(visit.page)
        field(visit.page).fill(QUESTION["en"])
        first = results(visit.page).first
        expect(first).to_contain_text(site.pages["en", FOUND].meta.title)
        expect(first).to_contain_text("Without a transaction hash it is still with us")


@pytest.mark.parametrize("way", ["button", "slash", "control", "command", "large field"])
def test_each_way_opens_the_search_and_escape_leads_back(
    browser: Browser, home: str, way: str
) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        visit.open("")
        if way == "button":
            page.locator("[data-hc-search-open]").focus()
            page.keyboard.press("Enter")
        elif way == "large field":
            page.locator("#hc-search-query").click()
        else:
            page.keyboard.press({"slash": "/", "control": "Control+k", "command": "Meta+k"}[way])
        expect(field(page)).to_be_focused()
        expect(field(page)).to_have_value("")
        page.keyboard.press("Escape")
        expect(field(page)).not_to_be_visible()
        if way in ("button", "large field"):
            opener = {"button": "[data-hc-search-open]", "large field": "#hc-search-query"}[way]
            expect(page.locator(opener)).to_be_focused()


def test_a_slash_in_a_field_is_a_slash(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("search/")
        words = visit.page.locator("#hc-search-words")
        words.focus()
        visit.page.keyboard.press("/")
        expect(words).to_have_value("/")
        expect(field(visit.page)).not_to_be_visible()


def test_the_large_field_hands_its_words_to_the_dialog(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("")
        visit.page.locator("#hc-search-query").focus()
        visit.page.keyboard.type("withdrawal")
        expect(field(visit.page)).to_have_value("withdrawal")
        expect(results(visit.page).first).to_be_visible()
        expect(visit.page.locator("#hc-search-query")).to_have_value("")


def test_text_that_comes_without_keys_is_searched_for(browser: Browser, home: str) -> None:
    """Pasting, speaking and writing by hand fire no key."""
    with visiting(browser, home) as visit:
        visit.open("")
        open_search(visit.page)
        visit.page.keyboard.insert_text("withdrawal")
        expect(results(visit.page).first).to_be_visible()


def test_an_unfinished_word_of_an_input_method_is_not_searched_for(
    browser: Browser, home: str
) -> None:
    with visiting(browser, home) as visit:
        visit.open("zh/")
        open_search(visit.page)
        expect(options(visit.page).first).to_be_visible()
        keyboard = visit.page.context.new_cdp_session(visit.page)
        composing = {"text": "tixian", "selectionStart": 6, "selectionEnd": 6}
        keyboard.send("Input.imeSetComposition", composing)
        expect(field(visit.page)).to_have_value("tixian")
        visit.page.keyboard.press("ArrowDown")  # chooses among the method's words, not ours
        expect(results(visit.page)).to_have_count(0)
        expect(visit.page.locator("[aria-selected=true]")).to_have_count(0)
        keyboard.send("Input.insertText", {"text": "提现"})
        expect(field(visit.page)).to_have_value("提现")
        expect(results(visit.page).first).to_be_visible()


@both_languages
def test_the_keyboard_alone_reaches_everything(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        visit.open(LANGUAGES[language])
        page.keyboard.press("/")
        expect(field(page)).to_have_attribute("aria-expanded", "true")
        page.keyboard.insert_text(QUESTION[language])
        expect(results(page).first).to_be_visible()
        number = results(page).count()
        chosen = page.locator("[data-hc-search-dialog] [aria-selected=true]")
        for key, place in [
            ("ArrowDown", 0),
            ("ArrowDown", 1),
            ("End", number - 1),
            ("ArrowDown", 0),
            ("ArrowUp", number - 1),
            ("Home", 0),
        ]:
            page.keyboard.press(key)
            expect(chosen).to_have_count(1)
            expect(options(page).nth(place)).to_have_attribute("aria-selected", "true")
            named = field(page).get_attribute("aria-activedescendant")
            assert named == chosen.get_attribute("id")
            expect(field(page)).to_be_focused()
        page.keyboard.press("Tab")
        close = page.get_by_role("button", name=site.strings[language].text("search.close"))
        expect(close).to_be_focused()
        page.keyboard.press("Shift+Tab")
        address = str(chosen.get_attribute("href"))
        page.keyboard.press("Enter")
        page.wait_for_url(address)


def test_tab_never_leaves_the_open_dialog_for_the_page_behind(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("")
        open_search(visit.page)
        for _ in range(8):
            visit.page.keyboard.press("Tab")
            behind = "document.activeElement.closest('main, .hc-brand, .hc-footer')"
            assert visit.page.evaluate(behind) is None


@both_languages
def test_the_number_of_results_is_announced(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    with visiting(browser, home) as visit:
        visit.open(LANGUAGES[language])
        open_search(visit.page)
        status = visit.page.locator("[data-hc-search-dialog]").get_by_role("status")
        field(visit.page).fill(QUESTION[language])
        expect(results(visit.page).first).to_be_visible()
        number = results(visit.page).count()
        expect(status).to_have_text(site.strings[language].count("search.count", number))


def test_what_is_typed_never_becomes_part_of_the_page(
    browser: Browser, home: str, site: Site
) -> None:
    with visiting(browser, home) as visit:
        visit.open("")
        open_search(visit.page)
        field(visit.page).fill(NONSENSE)
        said = site.strings["en"].text("search.none", text=NONSENSE)
        expect(visit.page.locator("[data-hc-search-dialog]").get_by_text(said)).to_be_visible()
        expect(visit.page.locator("[data-hc-search-panel] b")).to_have_count(0)


@both_languages
def test_where_nothing_is_found_the_top_questions_and_a_person_are_near(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    with visiting(browser, home) as visit:
        visit.open(LANGUAGES[language])
        open_search(visit.page)
        expected = [site.pages[language, each.slug].meta.title for each in site.faq_order[:6]]
        expect(options(visit.page)).to_have_text(expected)
        field(visit.page).fill(NONSENSE)
        none = site.strings[language].text("search.none", text=NONSENSE)
        expect(visit.page.get_by_text(none)).to_be_visible()
        expect(options(visit.page)).to_have_text(expected)
        contact = visit.page.locator(".hc-dialog__end").get_by_role(
            "link", name=site.strings[language].text("page.contact")
        )
        contact.click()
        visit.page.wait_for_url(f"{home}{site.path('contact/contact', language)}")


def test_a_misspelled_question_is_offered_as_it_was_meant(
    browser: Browser, home: str, site: Site
) -> None:
    with visiting(browser, home) as visit:
        visit.open("")
        open_search(visit.page)
        field(visit.page).fill("withdrawel pending")
        meant = site.strings["en"].text("search.meant", text="withdrawal pending")
        visit.page.get_by_role("button", name=meant).click()
        expect(field(visit.page)).to_have_value("withdrawal pending")
        expect(field(visit.page)).to_be_focused()
        expect(results(visit.page).first).to_be_visible()
        expect(visit.page.get_by_role("button", name=meant)).to_have_count(0)


@both_languages
def test_another_language_is_offered_where_it_knows_better(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    other = "zh" if language == "en" else "en"
    with visiting(browser, home) as visit:
        visit.open(LANGUAGES[language])
        open_search(visit.page)
        field(visit.page).fill(ELSEWHERE[language])
        names = {each.code: each.name for each in site.product.languages}
        label = site.strings[language].text("search.other", language=names[other])
        group = visit.page.get_by_role("group", name=label)
        expect(group.get_by_role("option").first).to_have_attribute("lang", site.product.tag(other))
        address = str(group.get_by_role("option").first.get_attribute("href"))
        assert address.removeprefix(home).startswith("zh/") == (other == "zh")


def test_recent_searches_stay_in_the_memory_of_the_page(
    browser: Browser, home: str, site: Site
) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        visit.open("")
        open_search(page)
        field(page).fill("withdrawal pending")
        expect(results(page).first).to_be_visible()
        # Opened elsewhere, so that this page stays.
        page.evaluate("document.addEventListener('click', (event) => event.preventDefault())")
        results(page).first.click()
        page.keyboard.press("/")
        field(page).fill("")
        group = page.get_by_role("group", name=site.strings["en"].text("search.recent"))
        expect(group.get_by_role("option")).to_have_text(["withdrawal pending"])
        assert "withdrawal" not in kept(page)
        group.get_by_role("option").click()
        expect(field(page)).to_have_value("withdrawal pending")
        page.reload()
        open_search(page)
        expect(options(page).first).to_be_visible()
        expect(page.get_by_text("withdrawal pending")).to_have_count(0)


@pytest.mark.parametrize("place", ["dialog", "large field", "page of results"])
@both_languages
def test_a_secret_is_removed_and_goes_nowhere(
    browser: Browser, home: str, language: str, place: str, site: Site
) -> None:
    start, name = {
        "dialog": ("", "[data-hc-search-dialog] input"),
        "large field": ("", "#hc-search-query"),
        "page of results": ("search/", "#hc-search-words"),
    }[place]
    with visiting(browser, home, "phone") as visit:
        page = visit.page
        visit.open(LANGUAGES[language] + start)
        made = all_requests(visit)
        if place == "dialog":
            open_search(page)
        page.locator(name).focus()
        page.keyboard.insert_text(PHRASE)
        alert = page.get_by_role("alert").filter(
            has_text=site.strings[language].text("search.secret")
        )
        expect(alert).to_be_visible()
        fields = page.locator("input:not([type=radio], [type=checkbox])")
        assert [each.input_value() for each in fields.all()] == [""] * fields.count()
        page.keyboard.press("Enter")
        page.keyboard.insert_text("acoustic")
        expect(page.locator(".hc-panel__status").filter(has_text=re.compile(r"\S"))).to_be_visible()
        expect(alert.get_by_role("link").first).to_be_visible()
        assert "abandon" not in kept(page)
        assert not [url for url in made if "abandon" in url]
        title = site.pages[language, "security/protect-recovery-phrase"].meta.title
        alert.get_by_role("link", name=title).click()
        expect(page.locator("h1")).to_have_text(title)


@pytest.mark.parametrize(("pasted", "kind"), [(ADDRESS, "address"), (TRANSACTION, "transaction")])
@both_languages
def test_an_address_or_a_hash_finds_its_guide_and_stays_on_the_device(
    browser: Browser, home: str, language: str, pasted: str, kind: str, site: Site
) -> None:
    guide = "receive-and-send/check-transaction-status"
    with visiting(browser, home) as visit:
        page = visit.page
        visit.open(LANGUAGES[language])
        made = all_requests(visit)
        open_search(page)
        page.keyboard.insert_text(pasted)
        expect(
            page.get_by_text(site.strings[language].text(f"search.recognised.{kind}"))
        ).to_be_visible()
        expect(results(page).first).to_contain_text(site.pages[language, guide].meta.title)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{home}{site.path(guide, language)}*")
        assert pasted not in kept(page)
        assert not [url for url in made if pasted in url]


@pytest.mark.parametrize("place", ["dialog", "large field", "page of results"])
@pytest.mark.parametrize("pasted", [TRANSACTION, TRANSACTION[2:], "5" * 88], ids=len)
def test_what_is_a_transaction_or_a_key_is_answered_and_kept_nowhere(
    browser: Browser, home: str, pasted: str, place: str, site: Site
) -> None:
    start, name = {
        "dialog": ("", "[data-hc-search-dialog] input"),
        "large field": ("", "#hc-search-query"),
        "page of results": ("search/", "#hc-search-words"),
    }[place]
    with visiting(browser, home) as visit:
        page = visit.page
        visit.open(start)
        made = all_requests(visit)
        if place == "dialog":
            open_search(page)
        page.locator(name).focus()
        page.keyboard.insert_text(pasted)
        strings = site.strings["en"]
        warning = strings.text("search.maybe_secret")
        expect(page.get_by_role("alert").filter(has_text=warning)).to_be_visible()
        expect(page.get_by_text(strings.text("search.recognised.transaction"))).to_be_visible()
        guide = site.pages["en", "receive-and-send/check-transaction-status"].meta.title
        expect(page.locator(".hc-result").first).to_contain_text(guide)
        fields = page.locator("input:not([type=radio], [type=checkbox])")
        assert [each.input_value() for each in fields.all()] == [""] * fields.count()
        assert pasted not in kept(page)
        assert not [url for url in made if pasted in url]


@pytest.mark.parametrize("pasted", [PHRASE, TRANSACTION, ADDRESS])
def test_a_link_that_holds_what_no_address_may_hold_is_cleaned(
    browser: Browser, home: str, pasted: str
) -> None:
    with visiting(browser, home) as visit:
        visit.open(f"search/?q={quote(pasted)}")
        expect(visit.page).to_have_url(f"{home}search/")
        words = visit.page.locator("#hc-search-words")
        expect(words).to_have_value(ADDRESS if pasted == ADDRESS else "")


@both_languages
@both_sizes
def test_a_sent_off_search_has_a_page_whose_link_can_be_shared(
    browser: Browser, home: str, language: str, size: str, site: Site
) -> None:
    title = site.pages[language, FOUND].meta.title
    with visiting(browser, home, size) as visit:
        page = visit.page
        visit.open(LANGUAGES[language])
        open_search(page)
        page.keyboard.insert_text(QUESTION[language])
        page.keyboard.press("Enter")
        shared = f"{home}{LANGUAGES[language]}search/?q={quote(QUESTION[language])}"
        page.wait_for_url(shared)
        visit.open(shared.removeprefix(home))
        listed = page.get_by_role("main").get_by_role("listitem").get_by_role("link", name=title)
        expect(listed.first).to_have_attribute("href", re.compile(f"/{FOUND}/"))
        words = page.locator("#hc-search-words")
        words.fill("USDT")
        assert page.url == shared
        words.press("Enter")
        page.wait_for_url(re.compile(r"\?q=USDT$"))
        page.go_back()
        expect(words).to_have_value(QUESTION[language])
        expect(listed.first).to_be_visible()


def test_a_failed_search_says_so_and_works_again_when_the_network_does(
    browser: Browser, home: str, site: Site
) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        visit.open("")
        page.route("**/search/en/*/*.json*", lambda route: route.abort())
        open_search(page)
        page.keyboard.insert_text("withdrawal")
        alert = page.get_by_role("alert").filter(has_text=site.strings["en"].text("search.failed"))
        expect(alert).to_be_visible()
        page.unroute("**/search/en/*/*.json*")
        page.keyboard.insert_text(" pending")
        expect(results(page).first).to_be_visible()
        expect(alert).not_to_be_visible()
        assert [complaint for complaint in visit.complaints if "search/en" not in complaint] == [
            complaint for complaint in visit.complaints if "ERR_FAILED" in complaint
        ]
        visit.complaints.clear()


@both_languages
def test_without_scripts_the_search_is_a_list_of_all_pages_and_questions(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    with visiting(browser, home, "small", scripts=False) as visit:
        page = visit.page
        visit.open(f"{LANGUAGES[language]}fees/")
        expect(page.locator("[data-hc-search-open]")).not_to_be_visible()
        name = site.strings[language].text("not_found.all")
        page.get_by_role("banner").get_by_role("link", name=name).click()
        page.wait_for_url(f"{home}{LANGUAGES[language]}reference/all-pages/")
        listed = page.locator(".hc-index a").all_inner_texts()
        pages = {
            each.meta.title
            for (code, slug), each in site.pages.items()
            if code == language and slug not in ("index", "reference/all-pages")
        }
        assert sorted(listed) == sorted(pages)
        letter = page.locator(".hc-letters a").filter(has_text=re.compile("^S$"))
        letter.click()
        assert page.url.endswith("#letter-s")
        security = site.pages[language, "security/index"].meta.title
        under = {"en": "letter-s", "zh": "letter-a"}[language]
        section = page.locator(f"section[aria-labelledby={under}]")
        expect(section.get_by_role("link", name=security, exact=True)).to_be_visible()


@both_languages
def test_without_scripts_the_page_of_results_says_where_to_look(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    with visiting(browser, home, "phone", scripts=False) as visit:
        visit.open(f"{LANGUAGES[language]}search/")
        said = site.strings[language].text("search.no_script")
        # Playwright finds no text in <noscript> by itself.
        note = visit.page.locator(".hc-search-page noscript p")
        expect(note).to_be_visible()
        assert said in note.inner_text()
        visit.page.locator("#hc-search-words").fill("private words")
        visit.page.locator(".hc-search__button").click()
        visit.page.wait_for_url(re.compile(r"reference/all-pages/\??$"))


@both_languages
def test_a_browser_learns_to_search_from_its_address_bar(
    browser: Browser, home: str, language: str, site: Site
) -> None:
    with visiting(browser, home) as visit:
        visit.open(LANGUAGES[language])
        link = visit.page.locator('link[rel="search"]')
        address = visit.page.evaluate("element => element.href", link.element_handle())
        tree = ElementTree.fromstring(visit.page.request.get(address).text())
        space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
        found = tree.find("o:Url[@type='text/html']", space)
        assert found is not None
        template = found.attrib["template"]
        assert template == f"{site.url('search', language)}?q={{searchTerms}}"
        name = tree.findtext("o:ShortName", namespaces=space)
        assert name
        assert len(name) <= 16


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["phone", "small"])
def test_on_a_phone_the_dialog_is_the_whole_screen(
    browser: Browser, home: str, size: str, scheme: str
) -> None:
    with visiting(browser, home, size, scheme=scheme) as visit:
        page = visit.page
        visit.open("zh/")
        open_search(page)
        page.keyboard.insert_text("提现")
        expect(results(page).first).to_be_visible()
        box = page.locator("[data-hc-search-dialog]").bounding_box()
        assert box == {"x": 0, "y": 0} | {
            "width": page.viewport_size["width"] if page.viewport_size else 0,
            "height": page.viewport_size["height"] if page.viewport_size else 0,
        }
        wide = "[...document.querySelectorAll('dialog *')].filter(e => e.scrollWidth > innerWidth)"
        assert page.evaluate(f"{wide}.length") == 0


def test_the_chosen_result_can_be_seen_in_forced_colors(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.page.emulate_media(forced_colors="active")
        visit.open("")
        open_search(visit.page)
        expect(options(visit.page).first).to_be_visible()
        visit.page.keyboard.press("ArrowDown")
        chosen = visit.page.locator("[aria-selected=true]")
        assert chosen.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
