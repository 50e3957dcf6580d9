"""Worked examples: which amounts show a product's fees best, and what each comes to.

The amounts follow from the schedule alone: the smallest one allowed, a usual and a large one, and
both sides of every border at which a fee is worked out differently. Knows no language.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from helpcenter.fees.formulas import Formula, Percentage, Tiers
from helpcenter.fees.quote import EXACT, Quote, QuoteError, Request, quote
from helpcenter.fees.schedule import Schedule, Version

Why = Literal[
    "smallest", "small", "usual", "large", "below-tier", "tier", "minimum-ends", "maximum-begins"
]


@dataclass(frozen=True)
class Example:
    """A quote worth showing, and why; `volume` is the trading volume where it decides the fee."""

    why: Why
    quote: Quote
    volume: Decimal | None = None


def examples(
    schedule: Schedule,
    product: str,
    day: datetime.date,
    *,
    asset: str,
    network: str | None = None,
) -> tuple[Example, ...]:
    """Return the examples of a product on a day, from the smallest amount or volume to the largest.

    An amount of which the fees would leave nothing has no example. Empty where the product does
    not offer the asset on the network.
    """
    versions = [
        version for fee, version in schedule.on(day, product) if fee.applies_to(asset, network)
    ]
    request = Request(product, asset, Decimal(), day, network)
    if any(_is_by_volume(version.formula) for version in versions):
        usual = replace(request, amount=_usual(_size(schedule, asset, day)))
        volumes = _volumes(versions, schedule)
        return tuple(
            _quoted(schedule, replace(usual, volume=each), volumes[each]) for each in volumes
        )
    amounts = _amounts(schedule, asset, day, versions)
    found = []
    for amount in sorted(amounts):
        try:
            found.append(Example(amounts[amount], quote(schedule, replace(request, amount=amount))))
        except QuoteError:
            continue
    return tuple(found)


def _quoted(schedule: Schedule, request: Request, why: Why) -> Example:
    return Example(why, quote(schedule, request), request.volume)


def _is_by_volume(formula: Formula) -> bool:
    return isinstance(formula, Tiers) and formula.basis == "volume"


def _amounts(
    schedule: Schedule, asset: str, day: datetime.date, versions: list[Version]
) -> dict[Decimal, Why]:
    """Return the amounts to show and why; a border says more than a round number."""
    least = max((version.least or Decimal() for version in versions), default=Decimal())
    small = least or _size(schedule, asset, day)
    usual = _usual(small)
    amounts: dict[Decimal, Why] = {
        EXACT.multiply(usual, Decimal(100)): "large",
        usual: "usual",
        small: "smallest" if least else "small",
    }
    step = Decimal(1).scaleb(-schedule.assets[asset].precision)
    for version in versions:
        amounts |= dict(_borders(version.formula, step))
    return {amount: why for amount, why in amounts.items() if amount >= least}


def _volumes(versions: list[Version], schedule: Schedule) -> dict[Decimal, Why]:
    """Return the trading volumes to show, in order: none, and both sides of every border."""
    step = Decimal(1).scaleb(-schedule.assets[schedule.volume_currency].precision)
    volumes: dict[Decimal, Why] = {Decimal(): "smallest"}
    for version in versions:
        volumes |= dict(_borders(version.formula, step))
    return dict(sorted(volumes.items()))


def _borders(formula: Formula, step: Decimal) -> Iterator[tuple[Decimal, Why]]:
    match formula:
        case Tiers():
            for tier in formula.tiers[1:]:
                # Six digits tell "just below" as well as eight, and are easier to read.
                gap = max(step, Decimal(1).scaleb(tier.start.adjusted() - 6))
                yield EXACT.subtract(tier.start, gap), "below-tier"
                yield tier.start, "tier"
        case Percentage() if formula.rate:
            if formula.minimum:
                yield _reaches(formula.minimum, formula.rate, step), "minimum-ends"
            if formula.maximum:
                yield _reaches(formula.maximum, formula.rate, step), "maximum-begins"


def _reaches(bound: Decimal, rate: Decimal, step: Decimal) -> Decimal:
    """Return the amount whose share is the bound, to the next unit above."""
    amount = EXACT.divide(EXACT.multiply(bound, Decimal(100)), rate)
    return amount.quantize(step, rounding=ROUND_CEILING, context=EXACT)


def _size(schedule: Schedule, asset: str, day: datetime.date) -> Decimal:
    """Return the smallest amount that any product allows of an asset: its order of magnitude."""
    least = [
        version.least
        for fee in schedule.fees
        if fee.asset == asset and (version := fee.on(day)) and version.least
    ]
    return min(least, default=Decimal(1))


def _usual(small: Decimal) -> Decimal:
    """Return the first power of ten that is at least four times a small amount."""
    power = Decimal(1).scaleb(small.adjusted())
    while power < 4 * small:
        power = power.scaleb(1)
    return power
