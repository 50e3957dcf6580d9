"""The address checker as readers use it: both languages, phone and desktop, keyboard, no script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, expect

from browser.conftest import Visit, visiting
from helpcenter.reference.networks import network_name
from helpcenter.site_context import Site
from support import ROOT

PLACES = {
    "en": "receive-and-send/address-formats-and-networks/",
    "zh": "zh/receive-and-send/address-formats-and-networks/",
}
BITCOIN = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"
EVM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
XRP = "rPEPPER7kfTD9w2To4CQk6UCfuHM9c6GDY"
PHRASE = "abandon ability able about above absent absorb abstract absurd abuse access accident"
KEY = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"
HASH = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16"

both_languages = pytest.mark.parametrize("language", PLACES)


def checker(visit: Visit, language: str = "en") -> Locator:
    visit.open(PLACES[language])
    form = visit.page.locator("[data-hc-address-checker]")
    expect(form).to_be_visible()
    return form


def field(form: Locator) -> Locator:
    return form.locator("#hc-address")


def verdict(form: Locator) -> Locator:
    return form.locator("[data-hc-verdict]")


@pytest.mark.parametrize("size", ["desktop", "phone"])
@both_languages
def test_a_right_address_is_said_to_be_right_with_what_is_not_known(
    browser: Browser, home: str, site: Site, language: str, size: str
) -> None:
    strings = site.strings[language]
    with visiting(browser, home, size) as visit:
        form = checker(visit, language)
        field(form).fill(BITCOIN)
        expect(verdict(form)).to_have_text(strings.text("address.say.verdict.valid"))
        result = form.locator("[data-hc-result]")
        expect(result).to_contain_text(strings.text("address.say.checksum.valid"))
        for key in ("owner", "support", "memo", "alike"):
            expect(result).to_contain_text(strings.text(f"address.cannot.{key}"))
        expect(form.get_by_role("status")).to_contain_text(
            strings.text("address.say.verdict.valid")
        )
        assert "".join(form.locator("[data-hc-groups] span").all_inner_texts()) == BITCOIN


@both_languages
def test_an_address_of_ethereum_fits_every_network_made_like_it(
    browser: Browser, home: str, site: Site, language: str
) -> None:
    with visiting(browser, home) as visit:
        form = checker(visit, language)
        field(form).fill(EVM)
        networks = site.reference.networks.networks
        shared = [each for each in networks if each.addresses[0].format == "evm"]
        assert len(shared) > 1
        for network in shared:
            name = network_name(network, site.schedule)[language]
            expect(form.locator("[data-hc-rows]")).to_contain_text(name)
            form.locator("select").select_option(network.id)
            expect(form.locator("[data-hc-result]")).to_have_attribute("data-level", "good")
        form.locator("select").select_option("tron")
        expect(form.locator("[data-hc-result]")).to_have_attribute("data-level", "bad")


@both_languages
def test_a_mistyped_address_and_one_without_a_checksum_are_told_apart(
    browser: Browser, home: str, site: Site, language: str
) -> None:
    strings = site.strings[language]
    with visiting(browser, home, "phone") as visit:
        form = checker(visit, language)
        for text, level, key in (
            (f"{BITCOIN[:-1]}p", "bad", "checksum.sum"),
            (EVM[:-1] + "D", "bad", "checksum.capitals"),
            (EVM.lower(), "careful", "checksum.absent"),
            ("7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtVt", "careful", "checksum.none"),
        ):
            field(form).fill(text)
            expect(form.locator("[data-hc-rows]")).to_contain_text(
                strings.text(f"address.say.{key}")
            )
            expect(form.locator("[data-hc-result]")).to_have_attribute("data-level", level)


@both_languages
def test_the_network_that_was_chosen_is_held_against_the_address(
    browser: Browser, home: str, site: Site, language: str
) -> None:
    say = site.strings[language].text
    with visiting(browser, home) as visit:
        form = checker(visit, language)
        form.locator("select").select_option("xrp-ledger")
        field(form).fill(XRP)
        name = form.locator("option:checked").inner_text()
        rows = form.locator("[data-hc-rows]")
        expect(rows).to_contain_text(say("address.say.chosen.match", network=name))
        memo = next(each for each in site.reference.networks.networks if each.id == "xrp-ledger")
        assert memo.memo is not None
        expect(rows).to_contain_text(memo.memo.name[language])
        field(form).fill(BITCOIN)
        expect(verdict(form)).to_have_text(say("address.say.verdict.mismatch", network=name))


@pytest.mark.parametrize("way", ["filled in", "pasted", "typed"])
@both_languages
def test_a_secret_is_taken_away_at_once_and_help_is_offered(
    browser: Browser, home: str, site: Site, language: str, way: str
) -> None:
    with visiting(browser, home, "phone") as visit:
        form = checker(visit, language)
        alert = form.get_by_role("alert")
        for secret, key in ((PHRASE, "secret"), (KEY, "secret"), (HASH, "maybe_secret")):
            field(form).fill(BITCOIN)
            expect(alert).to_be_empty()
            field(form).fill("")
            if way == "filled in":
                field(form).fill(secret)
            elif way == "pasted":
                field(form).focus()
                visit.page.keyboard.insert_text(secret)
            else:
                field(form).press_sequentially(secret)
            expect(alert).to_contain_text(site.strings[language].text(f"search.{key}"))
            # What is typed on after a secret was complete is a new text.
            assert len(field(form).input_value()) < 8
            expect(form.locator("[data-hc-result]")).to_be_hidden()
            for link in alert.locator("a").all():
                assert visit.page.request.get(link.evaluate("link => link.href")).ok
            lookup = "receive-and-send/check-transaction-status"
            assert alert.locator(f"a[href*='{lookup.split('/')[1]}']").count() == (key != "secret")


def test_a_phrase_in_lines_is_a_secret_too(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        form = checker(visit)
        field(form).focus()
        visit.page.keyboard.insert_text(PHRASE.replace(" ", "\n"))
        expect(form.get_by_role("alert")).not_to_be_empty()
        expect(field(form)).to_have_value("")


def test_nothing_that_is_entered_leaves_the_page(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        form = checker(visit)
        assert field(form).get_attribute("name") is None
        address = visit.page.url
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        for text in (BITCOIN, EVM, XRP, "no address at all", PHRASE, HASH):
            field(form).fill(text)
            field(form).press("Enter")
        assert asked == []
        assert visit.page.url == address
        stored = visit.page.evaluate(
            """async () => [
              document.cookie,
              JSON.stringify({ ...localStorage, ...sessionStorage }),
              (await indexedDB.databases()).length,
              history.state,
            ]"""
        )
        assert BITCOIN not in str(stored)
        assert stored[0] == ""
        assert stored[2:] == [0, None]


def test_a_page_that_is_left_keeps_no_address(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        form = checker(visit)
        field(form).fill(BITCOIN)
        expect(verdict(form)).to_be_visible()
        visit.page.goto(home)
        visit.page.go_back()
        expect(field(form)).to_have_value("")
        expect(form.locator("[data-hc-result]")).to_be_hidden()


def test_the_warning_stays_until_an_address_is_entered(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        form = checker(visit)
        alert = form.get_by_role("alert")
        for text in (PHRASE, "dent", ""):
            field(form).fill(text)
            expect(alert).not_to_be_empty()
            expect(form.locator("[data-hc-result]")).to_be_hidden()
        field(form).fill(BITCOIN)
        expect(alert).to_be_empty()
        expect(verdict(form)).to_be_visible()
        field(form).fill(PHRASE)
        form.get_by_role("button").click()
        expect(alert).to_be_empty()


@both_languages
def test_the_checker_is_worked_by_keyboard_alone(
    browser: Browser, home: str, language: str
) -> None:
    with visiting(browser, home) as visit:
        form = checker(visit, language)
        field(form).focus()
        visit.page.keyboard.type(BITCOIN)
        visit.page.keyboard.press("Tab")
        expect(form.get_by_role("combobox")).to_be_focused()
        expect(verdict(form)).to_be_visible()
        visit.page.keyboard.press("Tab")
        expect(form.get_by_role("button")).to_be_focused()
        visit.page.keyboard.press("Enter")
        expect(field(form)).to_be_focused()
        expect(field(form)).to_have_value("")
        expect(form.locator("[data-hc-result]")).to_be_hidden()


@both_languages
def test_the_checker_fits_the_smallest_phone(browser: Browser, home: str, language: str) -> None:
    with visiting(browser, home, "small") as visit:
        form = checker(visit, language)
        field(form).fill("X" + "7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ")
        expect(verdict(form)).to_be_visible()
        width = visit.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320
        for target in form.locator("input, select, button").all():
            box = target.bounding_box()
            assert box is not None
            assert box["height"] >= 44


@both_languages
def test_without_scripts_and_on_paper_the_checker_is_not_there(
    browser: Browser, home: str, language: str
) -> None:
    with visiting(browser, home, "phone", scripts=False) as visit:
        visit.open(PLACES[language])
        expect(visit.page.locator("[data-hc-address-checker]")).to_be_hidden()
        expect(visit.page.locator("#check-an-address")).to_be_visible()
    with visiting(browser, home) as visit:
        form = checker(visit, language)
        visit.page.emulate_media(media="print")
        expect(form).to_be_hidden()


def test_every_text_of_the_checker_is_said_by_its_script(site: Site) -> None:
    folder = ROOT / "overrides" / "assets" / "javascripts" / "address"
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.js"))
    prefix = "address.say."
    for key in site.strings["en"].texts:
        name = key.removeprefix(prefix)
        group, _, last = name.rpartition(".")
        if key.startswith(prefix):
            said = name in code or f"`{group}.${{" in code or f"texts.{last}" in code
            assert said, f"{key} is said nowhere"
