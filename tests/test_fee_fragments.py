"""The fee pages' fragments: computed, complete, linked, and the same in any language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from fee_cases import PAGES
from fee_schedules import schedule
from helpcenter.fees.changes import changes, upcoming
from helpcenter.fees.examples import Example, examples
from helpcenter.fees.formulas import Tiers
from helpcenter.fees.publish import digest, fees_json
from helpcenter.fees.quote import Request, quote
from helpcenter.fees.schedule import PRODUCTS, Schedule
from helpcenter.fees.working import working
from helpcenter.fragments.fee_history import first_days
from helpcenter.markers import expand
from helpcenter.problems import Problem
from helpcenter.site_context import Site, View

CASES = Path(__file__).parent / "cases"
DAY = datetime.date(2026, 11, 22)
LANGUAGES = ("en", "zh")

in_both_languages = pytest.mark.parametrize("language", LANGUAGES)
on_every_page = pytest.mark.parametrize("page", PAGES)


def cases(name: str) -> list[Any]:
    file = CASES / name
    found = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [pytest.param(case, id=f"{file.name}: {case['name']}") for case in found]


def expanded(site: Site, text: str, language: str = "en") -> tuple[str, list[Problem]]:
    view = View(site.pages[language, "fees/overview"], language)
    return expand(text, view, site, first_line=1)


def shown(site: Site, text: str, language: str = "en") -> str:
    html, problems = expanded(site, text, language)
    assert problems == []
    return html


def whole(site: Site, page: str, language: str) -> str:
    found = site.pages[language, f"fees/{page}"]
    html, problems = expand(found.body, View(found, language), site, first_line=1)
    assert problems == []
    return html


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def at(site: Site, fees: Schedule) -> Site:
    return replace(site, schedule=fees)


def plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def row_of(example: Example) -> list[object]:
    found = example.quote
    fees = [plain(part.amount) for part in found.components]
    if example.volume is not None:
        return [plain(example.volume), fees, plain(found.receive)]
    return [example.why, plain(found.send), fees, plain(found.receive)]


@pytest.mark.parametrize("case", cases("fee-examples/amounts.yml"))
def test_examples_show_the_amounts_that_matter(case: dict[str, Any]) -> None:
    ask = case["ask"]
    found = examples(
        schedule(case["fees"]),
        ask["product"],
        DAY,
        asset=ask["asset"],
        network=ask.get("network"),
    )
    assert [row_of(example) for example in found] == case["expect"]


def offers(fees: Schedule) -> Iterator[tuple[str, str, str | None]]:
    """Yield every product with every asset and network that a fee of it names."""
    for product in PRODUCTS:
        for fee, _ in fees.on(DAY, product):
            yield product, fee.asset or "USDT", fee.network


def test_every_example_of_the_published_fees_adds_up_and_shows_each_border(site: Site) -> None:
    offered = set(offers(site.schedule))
    assert offered
    for product, asset, network in offered:
        found = examples(site.schedule, product, DAY, asset=asset, network=network)
        assert len(found) >= 3
        for example in found:
            off = [part for part in example.quote.components if part.charged == "deducted"]
            taken = sum((part.amount for part in off), Decimal())
            assert example.quote.send - taken == example.quote.receive
        sizes = {each.quote.send if each.volume is None else each.volume for each in found}
        for fee, version in site.schedule.on(DAY, product):
            if fee.applies_to(asset, network) and isinstance(version.formula, Tiers):
                for tier in version.formula.tiers[1:]:
                    assert tier.start in sizes
                    assert any(tier.start * Decimal("0.999") < size < tier.start for size in sizes)


@in_both_languages
@pytest.mark.parametrize("case", cases("fee-fragments/steps.yml"))
def test_a_fee_is_worked_out_step_by_step(case: dict[str, Any], site: Site, language: str) -> None:
    fee = {
        "id": "fee",
        "asset": "USDT",
        "rounding": case.get("rounding", "up"),
        "versions": [{"valid_from": "2026-01-01", "formula": case["formula"]}],
    }
    if currency := case.get("currency"):
        fee |= {"currency": currency, "charged": "added"}
    fees = schedule([fee])
    request = Request("withdrawal", "USDT", Decimal(case["send"]), DAY)
    component = quote(fees, request).components[0]
    assert working(component, request, fees, site.strings[language]) == case[language]


@in_both_languages
@pytest.mark.parametrize("case", cases("fee-fragments/changes.yml"))
def test_a_change_tells_before_after_and_the_difference(
    case: dict[str, Any], site: Site, language: str
) -> None:
    fees = schedule([{"id": "fee", "asset": "USDT", "versions": case["versions"]}])
    text = words(shown(at(site, fees), "<!-- hc:fee-changes -->", language))
    for part in case[language]:
        assert part in text
    rows = text.partition(case[language][0])[2]
    for part in case.get("never", {}).get(language, ()):
        assert part not in rows


@in_both_languages
def test_what_is_coming_stands_before_what_was(site: Site, language: str) -> None:
    html = shown(site, "<!-- hc:fee-changes -->", language)
    places = [
        html.index(f'<tr id="{change.id}">') for change in upcoming(changes(site.schedule), DAY)
    ]
    assert places
    assert max(places) < html.index('<tr id="withdrawal-btc-2026-07-01">')


@in_both_languages
def test_without_a_change_the_page_says_so(site: Site, language: str) -> None:
    versions = [{"valid_from": "2026-01-01", "formula": {"kind": "fixed", "amount": "1"}}]
    quiet = at(site, schedule([{"id": "fee", "asset": "USDT", "versions": versions}]))
    html = shown(quiet, "<!-- hc:fee-changes -->", language)
    assert "<table" not in html
    assert html.count("<p>") == 2


@in_both_languages
def test_every_change_and_every_version_has_one_anchor_for_good(site: Site, language: str) -> None:
    html = whole(site, "fee-changes", language)
    anchors = re.findall(r'\bid="([^"]+)"', html)
    wanted = [change.id for change in changes(site.schedule)]
    wanted += [f"schedule-{day}" for day in first_days(site.schedule)]
    assert sorted(anchors) == sorted(wanted)


def test_a_version_starts_on_each_day_on_which_the_fees_are_others(site: Site) -> None:
    starts = first_days(site.schedule)
    day = starts[0]
    before: list[object] = []
    while day <= starts[-1]:
        now = [(fee.id, fee.on(day)) for fee in site.schedule.fees if fee.on(day)]
        assert (now != before) == (day in starts)
        before = list(now)
        day += datetime.timedelta(days=1)


@in_both_languages
def test_a_fee_that_will_change_says_so_in_its_row_and_leads_to_the_change(
    site: Site, language: str
) -> None:
    html = shown(site, "<!-- hc:fee-table product=withdrawal -->", language)
    coming = {
        change.fee.id: change
        for change in upcoming(changes(site.schedule), DAY)
        if "withdrawal" in change.fee.products
    }
    assert coming
    rows = re.findall(r'<tr data-fee="([^"]+)"[^>]*>(.*?)</tr>', html, re.DOTALL)
    assert [name for name, _ in rows] == [fee.id for fee, _ in site.schedule.on(DAY, "withdrawal")]
    for name, row in rows:
        assert ("fee-changes/#" in row) == (name in coming)
    assert 'fee-changes/#withdrawal-usdt-tron-2027-01-01"' in html
    assert {"en": "1.5 USDT from January 1, 2027", "zh": "2027 年 1 月 1 日起 1.5 USDT"}[
        language
    ] in html


def test_rows_can_be_sorted_by_their_exact_values(site: Site) -> None:
    html = shown(site, "<!-- hc:fee-table product=withdrawal -->")
    row = re.search(r'<tr data-fee="withdrawal-btc".*?</tr>', html, re.DOTALL)
    assert row is not None
    assert re.findall(r'data-value="([^"]*)"', row[0]) == ["0.00015", "0.0005", "2026-07-01"]


@on_every_page
def test_a_page_holds_the_same_data_in_both_languages(site: Site, page: str) -> None:
    parts = (
        r'<table|<details|<svg|hc-receipt__line|data-tier="\d|\b(?:id|data-(?:fee|value))="[^"]*"'
    )
    english, chinese = (re.findall(parts, whole(site, page, language)) for language in LANGUAGES)
    assert english
    assert english == chinese


@in_both_languages
@on_every_page
def test_no_cell_is_empty(site: Site, page: str, language: str) -> None:
    html = whole(site, page, language)
    cells = re.findall(r"<(t[dh]|d[dt])\b[^>]*>(.*?)</\1>", html, re.DOTALL)
    assert [cell for _, cell in cells if not words(cell)] == []


@in_both_languages
@on_every_page
def test_every_table_of_fees_says_who_receives_them(site: Site, page: str, language: str) -> None:
    strings = site.strings[language]
    receivers = [
        strings.text(f"{group}.{name}")
        for group in ("fees.recipient", "fees.page.receiver")
        for name in ("service", "network")
    ]
    html = whole(site, page, language).partition('<div class="hc-calculator">')[0]
    for table in re.findall(r"<table.*?</table>|<dl>.*?</dl>", html, re.DOTALL):
        assert any(receiver in table for receiver in receivers), words(table)


@on_every_page
def test_nothing_in_a_page_runs_or_paints_inline(site: Site, page: str) -> None:
    html = whole(site, page, "en")
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", html)
    scripts = re.findall(r"<script\b[^>]*>", html)
    assert all('type="application/json"' in script for script in scripts)


def test_data_inside_the_page_cannot_end_its_element(site: Site) -> None:
    name = {"en": "</script><b>", "zh": "</script><b>"}
    versions = [{"valid_from": "2026-01-01", "formula": {"kind": "fixed", "amount": "1"}}]
    fees = schedule([{"id": "fee", "asset": "USDT", "name": name, "versions": versions}])
    html = shown(at(site, fees), "<!-- hc:fee-calculator -->")
    assert html.count("</script>") == html.count("<script")
    assert "<b>" not in html


@in_both_languages
def test_the_hash_on_the_page_is_that_of_the_published_file(site: Site, language: str) -> None:
    html = shown(site, "<!-- hc:fee-data -->", language)
    assert digest(fees_json(site.schedule, site.as_of)) in html
    assert f"data/fee-changes.{language}.xml" in html


def test_each_network_with_a_fee_is_explained_with_its_estimate(site: Site) -> None:
    html = whole(site, "network-fees-by-chain", "en")
    found = re.findall(r'<tr data-fee="([^"]+)"', html)
    assert sorted(found) == sorted(fee.id for fee, _ in site.schedule.on(DAY, "send"))


@in_both_languages
def test_the_overview_tells_fees_apart_that_the_same_action_costs(
    site: Site, language: str
) -> None:
    text = words(shown(site, "<!-- hc:fee-kinds -->", language))
    for name in ("swap-service", "swap-spread", "cash-out-bank", "cash-out-express"):
        fee = site.schedule.fee(name)
        assert fee is not None
        assert fee.name[language] in text


def test_a_breakdown_of_an_added_fee_says_what_leaves_in_all(site: Site) -> None:
    marker = "<!-- hc:fee-breakdown product=send asset=USDT network=tron amount=100 -->"
    text = words(shown(site, marker))
    assert "Arrives 100 USDT" in text
    assert "100 USDT + 6.7735 TRX" in text


@pytest.mark.parametrize(
    ("marker", "says"),
    [
        ("fee-table product=lunch", "needs a product"),
        ("fee-tiers fee=lunch", "no fee 'lunch'"),
        ("fee-tiers fee=buy-card", "has no tiers"),
        ("fee-network network=moon", "no such network"),
        ("fee-examples product=swap", "needs an asset"),
        ("fee-examples product=withdrawal asset=BTC network=tron", "does not offer"),
        ("fee-examples product=withdrawal asset=BTC network=moon", "no such network"),
        ("fee-breakdown product=buy amount=many", "not an amount"),
        ("fee-breakdown product=buy amount=-5", "not an amount"),
        ("fee-breakdown product=buy amount=NaN", "not an amount"),
        ("fee-breakdown product=buy amount=1", "below-minimum"),
        ("fee-breakdown product=buy amount=20.001", "precision"),
        ("fee-changes show=all", "no such list"),
        ("fee-versions since=2026", "no option since"),
    ],
)
def test_a_marker_that_cannot_be_used_says_what_can(site: Site, marker: str, says: str) -> None:
    html, problems = expanded(site, f"<!-- hc:{marker} -->")
    assert html.strip() == ""
    assert len(problems) == 1
    assert says in problems[0].message
    assert problems[0].hint
