"""How a fee was worked out, step by step, in the words and numbers of one language."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce

from helpcenter.facts import format_amount
from helpcenter.fees.formulas import (
    Fixed,
    Formula,
    NetworkEstimate,
    Percentage,
    Spread,
    Term,
    Tier,
    Tiers,
)
from helpcenter.fees.quote import EXACT, Component, Request, tier_of
from helpcenter.fees.schedule import Schedule
from helpcenter.strings import Strings


def money(amount: Decimal, currency: str, language: str) -> str:
    """Return an amount with all its digits and its currency: "1,234.5 USDT"."""
    return f"{format_amount(amount, language)} {currency}"


def working(
    component: Component, request: Request, schedule: Schedule, strings: Strings
) -> list[str]:
    """Return the steps that lead from a request's amount to a component's, and the rounding."""
    fee = schedule.fee(component.fee)
    version = fee.on(request.day) if fee else None
    if fee is None or version is None:
        raise KeyError(component.fee)
    currency = component.currency
    exact, steps = _steps(version.formula, request, currency, strings)
    if exact != component.amount:
        rounded = money(component.amount, currency, strings.language)
        steps.append(strings.text(f"fees.page.rounded.{fee.rounding}", amount=rounded))
    return steps


def term(part: Term, unit: Decimal, currency: str, strings: Strings) -> str:
    """Return a term of a network's fee: "gas: 21,000 × 8 gwei".

    The price is in the network's small unit where the strings have a name for it.
    """
    name = f"fees.page.small_unit.{currency}-{-unit.adjusted()}"
    language = strings.language
    if name in strings and unit == Decimal(1).scaleb(unit.adjusted()):
        price = f"{format_amount(part.price, language)} {strings.text(name)}"
    else:
        price = money(EXACT.multiply(part.price, unit), currency, language)
    quantity = format_amount(part.quantity, language)
    return strings.text(f"fees.page.term.{part.what}", quantity=quantity, price=price)


def tier_range(tier: Tier, currency: str, strings: Strings) -> str:
    """Return the amounts that a tier holds: "from 500 to under 5,000 USD"."""
    start = format_amount(tier.start, strings.language)
    if tier.end is None:
        return strings.text("fees.page.range.open", start=start, currency=currency)
    end = format_amount(tier.end, strings.language)
    if tier.start == 0:
        return strings.text("fees.page.range.first", end=end, currency=currency)
    return strings.text("fees.page.range.closed", start=start, end=end, currency=currency)


def _steps(
    formula: Formula, request: Request, currency: str, strings: Strings
) -> tuple[Decimal, list[str]]:
    """Return what a formula takes before rounding, and the steps to it."""
    match formula:
        case Fixed():
            amount = money(formula.amount, currency, strings.language)
            return formula.amount, [strings.text("fees.page.working.fixed", amount=amount)]
        case NetworkEstimate():
            terms = [term(part, formula.unit, currency, strings) for part in formula.terms]
            return formula.amount, terms
        case Spread():
            share, step = _share(request.amount, formula.rate, currency, strings)
            return share, [step]
        case Percentage():
            return _bounded(formula, request.amount, currency, strings)
        case Tiers(mode="marginal"):
            parts = [
                _share(_within(tier, request.amount), tier.rate, currency, strings)
                for tier in formula.tiers
                if tier.start < request.amount
            ]
            total = reduce(EXACT.add, (share for share, _ in parts), Decimal())
            return total, [step for _, step in parts]
        case Tiers():
            size = request.amount if formula.basis == "amount" else request.volume
            share, step = _share(request.amount, tier_of(formula, size).rate, currency, strings)
            return share, [step]


def _bounded(
    formula: Percentage, amount: Decimal, currency: str, strings: Strings
) -> tuple[Decimal, list[str]]:
    share, step = _share(amount, formula.rate, currency, strings)
    for name, bound, passed in (
        ("minimum", formula.minimum, formula.minimum is not None and share < formula.minimum),
        ("maximum", formula.maximum, formula.maximum is not None and share > formula.maximum),
    ):
        if bound is not None and passed:
            limit = money(bound, currency, strings.language)
            return bound, [step, strings.text(f"fees.page.working.{name}", amount=limit)]
    return share, [step]


def _within(tier: Tier, amount: Decimal) -> Decimal:
    end = amount if tier.end is None else min(amount, tier.end)
    return EXACT.subtract(end, tier.start)


def _share(part: Decimal, rate: Decimal, currency: str, strings: Strings) -> tuple[Decimal, str]:
    share = EXACT.divide(EXACT.multiply(part, rate), Decimal(100))
    language = strings.language
    step = strings.text(
        "fees.page.working.share",
        part=money(part, currency, language),
        rate=format_amount(rate, language),
        share=money(share, currency, language),
    )
    return share, step
