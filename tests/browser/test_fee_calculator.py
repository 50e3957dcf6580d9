"""The fee calculator as readers use it: both languages, phone and desktop, keyboard, no script."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from browser.conftest import Visit, visiting
from helpcenter.facts import format_amount, format_day
from helpcenter.fees.quote import Quote, Request, quote, quote_to_receive
from helpcenter.fees.schedule import PRODUCTS
from helpcenter.site_context import Site
from support import ROOT, published_path

NUMBERS = "assets/javascripts/fees/number.js"
PLACES = {"en": "fees/calculator/", "zh": "zh/fees/calculator/"}
TYPED: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests" / "cases" / "typed_numbers.yml").read_text(encoding="utf-8")
)

both_languages = pytest.mark.parametrize("language", PLACES)


def calculator(visit: Visit, language: str = "en", state: str = "") -> Locator:
    visit.open(PLACES[language] + state)
    form = visit.page.locator("[data-hc-calculator]")
    expect(form).to_be_visible()
    return form


def enter(form: Locator, amount: str, **choices: str) -> None:
    for name in ("product", "asset", "network"):
        if name in choices:
            form.locator(f"[name={name}]").select_option(choices[name])
    form.locator("[name=amount]").fill(amount)


def amounts(form: Locator) -> list[str]:
    expect(form.locator(".hc-receipt")).to_be_visible()
    return [text.strip() for text in form.locator("dd").all_inner_texts()]


def in_words(result: Quote, asset: str, language: str) -> list[str]:
    def money(amount: Decimal, currency: str) -> str:
        return f"{format_amount(amount, language)} {currency}"

    signs = {"deducted": "−", "added": "+"}
    fees = [
        f"{signs[part.charged]} {money(part.amount, part.currency)}" for part in result.components
    ]
    lines = [money(result.send, asset), *fees, money(result.receive, asset)]
    if any(part.charged == "added" for part in result.components):
        lines.append(" + ".join(money(amount, currency) for currency, amount in result.pay))
    return lines


def error(form: Locator, field: str = "amount") -> Locator:
    return form.locator(f"#hc-fee-{field}-error")


@pytest.mark.parametrize("direction", ["send", "receive"])
@both_languages
def test_every_product_shows_each_fee_and_who_receives_it(
    browser: Browser, home: str, site: Site, language: str, direction: str
) -> None:
    strings = site.strings[language]
    with visiting(browser, home) as visit:
        form = calculator(visit, language)
        form.locator(f"input[value={direction}]").check()
        for product in PRODUCTS:
            enter(form, "1234.5", product=product)
            asset = form.locator("[name=asset]").input_value()
            network = form.locator("[name=network]").input_value() or None
            request = Request(product, asset, Decimal("1234.5"), site.as_of, network)
            result = (quote if direction == "send" else quote_to_receive)(site.schedule, request)
            last = form.locator(".hc-receipt__line--end dd").last
            expect(last).to_have_text(f"{format_amount(result.receive, language)} {asset}")
            assert amounts(form) == in_words(result, asset, language)
            for part, line in zip(
                result.components, form.locator(".hc-receipt__line").all()[1:], strict=False
            ):
                fee = site.schedule.fee(part.fee)
                assert fee is not None
                expect(line).to_contain_text(fee.name[language])
                expect(line).to_contain_text(strings.text(f"fees.recipient.{part.recipient}"))
                expect(line).to_contain_text(format_day(part.valid_from, language))
            expect(form.locator("[data-hc-version]")).to_contain_text(site.schedule.version)


@both_languages
def test_an_announced_change_is_shown_with_its_day_and_its_result(
    browser: Browser, home: str, language: str
) -> None:
    state = "#product=withdrawal&asset=USDT&network=tron&send=100"
    with visiting(browser, home, "phone") as visit:
        form = calculator(visit, language, state)
        change = form.locator(".hc-calculator__changes li")
        expect(change).to_have_count(1)
        expect(change).to_contain_text("2027")
        expect(change).to_contain_text("1.5 USDT")
        expect(change).to_contain_text("98.5 USDT")
        expect(form.locator(".hc-receipt")).to_contain_text("99 USDT")


@both_languages
def test_full_width_digits_are_read_and_said_back(
    browser: Browser, home: str, language: str
) -> None:
    with visiting(browser, home, "phone") as visit:
        form = calculator(visit, language)
        enter(form, "１，２３４．５", product="withdrawal", asset="USDT", network="tron")
        expect(form.locator("#hc-fee-amount-read")).to_contain_text("1,234.5 USDT")
        assert amounts(form)[0] == "1,234.5 USDT"


def test_what_people_type_is_read_by_the_stated_rule(
    browser: Browser, home: str, built: Path
) -> None:
    with visiting(browser, home) as visit:
        visit.open("")
        read = visit.page.evaluate(
            """async ([address, cases]) => {
              const { readNumber } = await import(address);
              return cases.map(({ typed, mark = "." }) => readNumber(typed, { decimal: mark }));
            }""",
            [home + published_path(built, NUMBERS), TYPED],
        )
        wrong = [
            (case, found) for case, found in zip(TYPED, read, strict=True) if case["read"] != found
        ]
        assert wrong == []


def test_an_amount_is_written_with_every_digit(browser: Browser, home: str, built: Path) -> None:
    amount = "12345678901234567890.123456789012345600"
    with visiting(browser, home) as visit:
        visit.open("")
        written = visit.page.evaluate(
            """async ([address, amount]) => {
              const { writeNumber } = await import(address);
              return writeNumber(amount, { decimal: ".", group: "," });
            }""",
            [home + published_path(built, NUMBERS), amount],
        )
        assert written == "12,345,678,901,234,567,890.1234567890123456"


@both_languages
def test_the_address_keeps_the_calculation_and_gives_it_back(
    browser: Browser, home: str, language: str
) -> None:
    with visiting(browser, home) as visit:
        form = calculator(visit, language)
        form.locator("input[value=receive]").check()
        enter(form, "2", product="trade-taker", asset="ETH")
        form.locator("[name=volume]").fill("10,000")
        form.locator("[name=volume]").press("Enter")
        shown = amounts(form)
        link = visit.page.url
        assert link.endswith("#product=trade-taker&asset=ETH&volume=10000&receive=2")
    with visiting(browser, home, "phone") as visit:
        form = calculator(visit, language, link.removeprefix(home + PLACES[language]))
        assert amounts(form) == shown
        visit.page.evaluate(
            "location.hash = '#product=withdrawal&asset=BTC&network=bitcoin&send=1'"
        )
        expect(form.locator("[name=asset]")).to_have_value("BTC")
        assert amounts(form)[0] == "1 BTC"
        visit.page.go_back()
        expect(form.locator("[name=asset]")).to_have_value("ETH")
        assert amounts(form) == shown


def test_what_arrives_is_converted_only_at_the_price_the_reader_states(
    browser: Browser, home: str
) -> None:
    with visiting(browser, home) as visit:
        form = calculator(visit)
        enter(form, "100", product="swap", asset="USDT")
        without = amounts(form)
        form.locator("[name=into]").select_option("BTC")
        form.locator("[name=rate]").fill("０.0000123")
        form.locator("[name=rate]").press("Enter")
        assert amounts(form) == [*without, "0.00122385 BTC"]
        form.locator("[name=product]").select_option("withdrawal")
        expect(form.locator("[name=rate]")).not_to_be_visible()
        assert not any("BTC" in amount for amount in amounts(form))


@pytest.mark.parametrize(
    "state",
    [
        "#product=nothing&asset=NONE&network=none&send=1",
        "#product=withdrawal&send=1e9",
        "#product=withdrawal&asset=<img>&send=twelve+words",
        "#at-a-glance",
    ],
)
def test_an_address_that_makes_no_sense_leaves_the_calculator_usable(
    browser: Browser, home: str, state: str
) -> None:
    with visiting(browser, home) as visit:
        form = calculator(visit, "en", state)
        enter(form, "500", product="withdrawal", asset="USDT", network="tron")
        expect(form.locator(".hc-receipt")).to_contain_text("499 USDT")


def test_a_link_to_the_calculation_can_be_copied(browser: Browser, home: str, site: Site) -> None:
    with visiting(browser, home) as visit:
        visit.page.context.grant_permissions(["clipboard-write"])
        form = calculator(visit)
        enter(form, "100", product="withdrawal", asset="USDT", network="tron")
        button = form.locator("[data-hc-copy]")
        button.click()
        copied = site.strings["en"].text("fees.calculator.copied")
        expect(button).to_have_text(copied)
        expect(form.locator("[data-hc-status]")).to_have_text(copied)
        # No script of the site may read what is on the clipboard; a reader may paste it.
        visit.page.evaluate("document.body.append(document.createElement('textarea'))")
        visit.page.locator("body > textarea").press("Control+V")
        expected = "#product=withdrawal&asset=USDT&network=tron&send=100"
        link = home + PLACES["en"] + expected
        expect(visit.page.locator("body > textarea")).to_have_value(link)


@pytest.mark.parametrize(
    ("amount", "key", "value"),
    [
        ("abc", "unreadable", ""),
        ("0", "zero", ""),
        ("5.1234567", "precision", "6"),
        ("4.999999", "below_minimum", "5"),
    ],
)
@both_languages
def test_an_amount_without_a_quote_says_what_is_wrong(
    browser: Browser, home: str, site: Site, language: str, amount: str, key: str, value: str
) -> None:
    with visiting(browser, home, "phone") as visit:
        form = calculator(visit, language)
        enter(form, amount, product="withdrawal", asset="USDT", network="tron")
        field = form.locator("[name=amount]")
        said = site.strings[language].text(f"fees.calculator.error.{key}")
        said = said.replace("{asset}", "USDT").replace("{value}", value)
        expect(error(form)).to_have_text(said)
        expect(field).to_have_attribute("aria-invalid", "true")
        described = (field.get_attribute("aria-describedby") or "").split()
        assert error(form).get_attribute("id") in described
        expect(form.locator("[data-hc-status]")).to_have_text(said)
        expect(form.locator(".hc-receipt")).to_be_hidden()
        enter(form, "100")
        expect(error(form)).to_have_text("")
        expect(field).to_have_attribute("aria-invalid", "false")
        expect(form.locator(".hc-receipt")).to_be_visible()


def test_a_volume_that_cannot_be_read_is_said_beside_it(
    browser: Browser, home: str, site: Site
) -> None:
    with visiting(browser, home) as visit:
        form = calculator(visit)
        enter(form, "5", product="trade-maker")
        form.locator("[name=volume]").fill("much")
        said = site.strings["en"].text("fees.calculator.error.unreadable")
        expect(error(form, "volume")).to_have_text(said)
        expect(error(form)).to_have_text("")
        expect(form.locator(".hc-receipt")).to_be_hidden()


def test_results_are_announced_once_the_reader_pauses(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.page.clock.install(time="2026-11-22T00:00:00Z")
        form = calculator(visit, state="#product=withdrawal&asset=USDT&network=tron")
        status = form.locator("[data-hc-status]")
        assert status.get_attribute("role") == "status"
        visit.page.clock.pause_at("2026-11-22T12:00:00Z")
        form.locator("[name=amount]").press_sequentially("100")
        visit.page.clock.run_for(399)
        expect(status).to_have_text("")
        visit.page.clock.run_for(1)
        expect(status).to_contain_text("99 USDT")


@both_languages
@pytest.mark.parametrize("size", ["small", "desktop"])
def test_the_calculator_works_by_keyboard_alone(
    browser: Browser, home: str, language: str, size: str
) -> None:
    with visiting(browser, home, size) as visit:
        page = visit.page
        form = calculator(visit, language)
        form.locator("[name=product]").focus()
        page.keyboard.press("ArrowDown")  # to the second product
        expect(form.locator("[name=product]")).to_have_value(PRODUCTS[1])
        order = ["asset", "network", "direction", "amount"]
        for name in order:
            page.keyboard.press("Tab")
            assert focused(page) == name
            if name == "direction":
                page.keyboard.press("ArrowDown")
        expect(form.locator("input[value=receive]")).to_be_checked()
        page.keyboard.type("1")
        page.keyboard.press("Enter")
        assert amounts(form)
        page.keyboard.press("Tab")
        expect(form.locator("[data-hc-copy]")).to_be_focused()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name"))


@both_languages
@pytest.mark.parametrize("size", ["small", "phone", "desktop"])
def test_targets_are_large_and_nothing_scrolls_sideways(
    browser: Browser, home: str, language: str, size: str
) -> None:
    with visiting(browser, home, size) as visit:
        state = "#product=cash-out-express&asset=USD&send=123456789012345678.91"
        form = calculator(visit, language, state)
        amounts(form)
        width = visit.page.viewport_size
        assert width is not None
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width["width"]
        targets = form.locator("select, input[type=text], button, label:has(input)")
        for target in targets.all():
            if target.is_visible():
                box = target.bounding_box()
                assert box is not None
                assert box["height"] >= 44


def test_nothing_is_asked_of_any_server_while_calculating(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        form = calculator(visit)
        asked: list[str] = []
        visit.page.on("request", lambda request: asked.append(request.url))
        # Chromium asks for the icon of a tab again whenever its address changes.
        icon = f"{home}assets/images/favicon.svg"
        for product in PRODUCTS:
            enter(form, "777", product=product)
            form.locator("[name=amount]").press("Enter")
            amounts(form)
        assert set(asked) <= {icon}
        stored = visit.page.evaluate("[document.cookie, sessionStorage.length]")
        assert stored == ["", 0]


@both_languages
def test_without_scripts_a_sentence_leads_to_the_tables(
    browser: Browser, home: str, site: Site, language: str
) -> None:
    with visiting(browser, home, "phone", scripts=False) as visit:
        visit.open(PLACES[language])
        expect(visit.page.locator("[data-hc-calculator]")).to_be_hidden()
        sentence = visit.page.locator("[data-hc-calculator-without]")
        expect(sentence).to_contain_text(site.strings[language].text("fees.calculator.without"))
        for link in sentence.locator("a").all():
            target = link.evaluate("link => link.href")
            assert visit.page.request.get(target).ok
