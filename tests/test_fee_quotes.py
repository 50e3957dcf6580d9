"""The reference calculation of fees: golden cases, and what must hold for every quote."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fee_cases import Case, answer, cases, published
from helpcenter.fees.formulas import Tiers
from helpcenter.fees.quote import QuoteError, Request, quote, quote_to_receive
from helpcenter.fees.schedule import PRODUCTS, Schedule

DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_quote_is_right_to_the_last_digit(case: Case) -> None:
    assert answer(case) == case.expected


def test_there_are_cases_for_every_product_and_kind_of_formula() -> None:
    asked = {case.request.product for case in cases() if case.schedule is published()}
    assert asked == set(PRODUCTS)
    kinds = {
        version.formula.kind
        for case in cases()
        for fee, version in case.schedule.on(case.request.day, case.request.product)
    }
    assert kinds == {"fixed", "percentage", "tiers", "network", "spread"}


def borders(schedule: Schedule) -> list[Decimal]:
    """Every amount at which something of a schedule changes."""
    found = {Decimal(1)}
    for fee in schedule.fees:
        for version in fee.versions:
            found |= {version.least} if version.least else set()
            if isinstance(version.formula, Tiers):
                found |= {tier.start for tier in version.formula.tiers if tier.start}
    return sorted(found)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """Any transfer of the published schedule, often at a border or one unit beside it."""
    schedule = published()
    fee = draw(st.sampled_from(schedule.fees))
    asset = fee.asset or draw(st.sampled_from(sorted(schedule.assets)))
    precision = schedule.assets[asset].precision
    unit = Decimal(1).scaleb(-precision)
    beside = st.builds(
        lambda border, steps: max(border + steps * unit, unit),
        st.sampled_from(borders(schedule)),
        st.integers(-2, 2),
    )
    anywhere = st.integers(1, 10 ** (precision + 7)).map(lambda units: units * unit)
    amount = draw(beside | anywhere)
    volume = draw(beside | anywhere)
    return Request(
        draw(st.sampled_from(fee.products)),
        asset,
        amount.quantize(unit),
        draw(DAYS),
        fee.network,
        volume.quantize(Decimal(1)),
    )


@settings(max_examples=500, deadline=None)
@given(requests())
def test_components_add_up_and_no_fee_is_negative(request: Request) -> None:
    try:
        found = quote(published(), request)
    except QuoteError:
        assume(False)
    deducted = [part for part in found.components if part.charged == "deducted"]
    added = [part for part in found.components if part.charged == "added"]
    assert all(part.amount >= 0 for part in found.components)
    assert all(part.currency == request.asset for part in deducted)
    assert found.send - sum(part.amount for part in deducted) == found.receive > 0
    paid = dict(found.pay)
    assert paid.pop(request.asset) - found.send == sum(
        part.amount for part in added if part.currency == request.asset
    )
    for currency, amount in paid.items():
        assert amount == sum(part.amount for part in added if part.currency == currency)


@settings(max_examples=500, deadline=None)
@given(requests())
def test_every_amount_has_no_more_digits_than_its_currency(request: Request) -> None:
    try:
        found = quote(published(), request)
    except QuoteError:
        assume(False)
    for part in found.components:
        precision = published().assets[part.currency].precision
        assert part.amount == round(part.amount, precision)


@settings(max_examples=500, deadline=None)
@given(requests())
def test_the_amount_to_send_is_enough_and_one_unit_less_is_not(request: Request) -> None:
    schedule = published()
    unit = Decimal(1).scaleb(-schedule.assets[request.asset].precision)
    try:
        found = quote_to_receive(schedule, request)
    except QuoteError:
        assume(False)
    assert found.receive >= request.amount
    less = Request(
        request.product,
        request.asset,
        found.send - unit,
        request.day,
        request.network,
        request.volume,
    )
    try:
        arrives = quote(schedule, less).receive
    except QuoteError as error:
        arrives = Decimal()
        reason = error.code
    else:
        reason = "enough"
    assert arrives < request.amount
    assert reason in ("enough", "below-minimum", "nothing-left")


@settings(max_examples=300, deadline=None)
@given(requests(), st.integers(1, 10**9))
def test_a_larger_amount_never_costs_less_where_the_schedule_rises(
    request: Request, more: int
) -> None:
    schedule = published()
    falls = any(
        isinstance(version.formula, Tiers) and version.formula.mode == "whole"
        for fee, version in schedule.on(request.day, request.product)
        if version.formula.kind == "tiers" and getattr(version.formula, "basis", "") == "amount"
    )
    assume(not falls)
    unit = Decimal(1).scaleb(-schedule.assets[request.asset].precision)
    larger = Request(
        request.product,
        request.asset,
        request.amount + more * unit,
        request.day,
        request.network,
        request.volume,
    )
    try:
        small, large = quote(schedule, request), quote(schedule, larger)
    except QuoteError:
        assume(False)
    for one, two in zip(small.components, large.components, strict=True):
        assert one.amount <= two.amount


@settings(max_examples=200, deadline=None)
@given(requests())
def test_a_marginal_fee_does_not_jump_at_a_border(request: Request) -> None:
    """One cent more never costs more than one cent more fee."""
    schedule = published()
    unit = Decimal("0.01")
    at = Request("cash-out", "USD", max(round(request.amount, 2), Decimal(10)), request.day)
    above = Request("cash-out", "USD", at.amount + unit, request.day)
    try:
        one, two = quote(schedule, at), quote(schedule, above)
    except QuoteError:
        assume(False)
    assert two.components[0].amount - one.components[0].amount <= unit


def test_an_older_day_is_quoted_at_its_older_fee() -> None:
    fee = published().fee("withdrawal-btc")
    assert fee is not None
    for version in fee.versions:
        asked = Request("withdrawal", "BTC", Decimal(1), version.valid_from, "bitcoin")
        assert quote(published(), asked).components[0].valid_from == version.valid_from
