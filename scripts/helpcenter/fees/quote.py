"""The reference calculation: what a transfer costs, to the last digit, and who receives it.

Everything is exact: Decimal with room for every digit, one rounding per component, to the
precision of the currency it is charged in and in the direction the fee states. No amount is ever
converted, except at a rate the caller states. overrides/assets/javascripts/fees/quote.js
computes the same; tests/cases/fees/ and random quotes hold the two together.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

from helpcenter.fees.formulas import (
    Fixed,
    Formula,
    NetworkEstimate,
    Percentage,
    Spread,
    Tier,
    Tiers,
)
from helpcenter.fees.schedule import Fee, Schedule, Version

# Room for any amount of 18 decimals times any rate; nothing is rounded by the context.
EXACT = Context(prec=120)
_ROUNDING = {"up": ROUND_CEILING, "down": ROUND_FLOOR, "half-even": ROUND_HALF_EVEN}
_HUNDRED = Decimal(100)
_NOTHING = Decimal()


class QuoteError(Exception):
    """A transfer that cannot be quoted.

    `code` is `below-minimum` (with the least amount), `precision` (with the number of decimals
    the asset has), `nothing-left` (the fees take it all) or `not-offered`.
    """

    def __init__(self, code: str, value: Decimal | int | None = None) -> None:
        """Keep the code and the number that explains it."""
        super().__init__(code if value is None else f"{code}: {value}")
        self.code = code
        self.value = value


@dataclass(frozen=True)
class Request:
    """What a reader asks: send `amount` of `asset`, on a day; `volume` is of the last 30 days.

    `rate` is the price the reader was shown: units of the asset `into` for one unit of `asset`.
    """

    product: str
    asset: str
    amount: Decimal
    day: datetime.date
    network: str | None = None
    volume: Decimal = Decimal()
    into: str | None = None
    rate: Decimal | None = None


@dataclass(frozen=True)
class Component:
    """One fee of a quote; `charged` is whether it comes off the amount or is paid besides it."""

    fee: str
    amount: Decimal
    currency: str
    recipient: str
    charged: str
    kind: str
    valid_from: datetime.date


@dataclass(frozen=True)
class Quote:
    """What is sent, what each fee takes, what arrives.

    `receive` is `send` less the deducted components; `pay` is what leaves the reader by currency:
    the amount, and what is added to it. `converted` is what `receive` comes to at the rate asked
    with, cut to the precision of its asset; None without a rate.
    """

    send: Decimal
    components: tuple[Component, ...]
    receive: Decimal
    pay: tuple[tuple[str, Decimal], ...]
    converted: tuple[str, Decimal] | None = None


def quote(schedule: Schedule, request: Request) -> Quote:
    """Return the quote of a transfer; raises QuoteError where there is none."""
    parts = _offered(schedule, request)
    _step(schedule, request)
    if request.amount < _least(parts):
        raise QuoteError("below-minimum", _least(parts))
    components = tuple(_component(schedule, fee, version, request) for fee, version in parts)
    receive = request.amount
    pay = {request.asset: request.amount}
    for component in components:
        if component.charged == "deducted":
            receive = EXACT.subtract(receive, component.amount)
        else:
            so_far = pay.get(component.currency, Decimal())
            pay[component.currency] = EXACT.add(so_far, component.amount)
    if receive <= 0:
        raise QuoteError("nothing-left")
    converted = _convert(schedule, request, receive)
    return Quote(request.amount, components, receive, tuple(pay.items()), converted)


def quote_to_receive(schedule: Schedule, request: Request) -> Quote:
    """Return a quote in which at least `request.amount` arrives, and with one unit less would not.

    Between two tier borders what arrives rises with what is sent, so each such stretch is
    searched by halving, the lowest first. Raises QuoteError.
    """
    parts = _offered(schedule, request)
    step = _step(schedule, request)
    wanted = _units(request.amount, step)

    def arrives(units: int) -> int:
        sent = replace(request, amount=EXACT.multiply(Decimal(units), step))
        taken = (_component(schedule, fee, version, sent) for fee, version in parts)
        off = [_units(part.amount, step) for part in taken if part.charged == "deducted"]
        return units - sum(off)

    starts = _starts(parts, step)
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        end = following - 1 if following is not None else _far_enough(arrives, start, wanted)
        if arrives(end) >= wanted:
            while start < end:
                middle = (start + end) // 2
                start, end = (start, middle) if arrives(middle) >= wanted else (middle + 1, end)
            return quote(schedule, replace(request, amount=EXACT.multiply(Decimal(start), step)))
    raise QuoteError("nothing-left")


def _convert(schedule: Schedule, request: Request, amount: Decimal) -> tuple[str, Decimal] | None:
    if request.into is None or request.rate is None:
        return None
    step = Decimal(1).scaleb(-schedule.assets[request.into].precision)
    exact = EXACT.multiply(amount, request.rate)
    return request.into, exact.quantize(step, rounding=ROUND_FLOOR, context=EXACT)


def _offered(schedule: Schedule, request: Request) -> list[tuple[Fee, Version]]:
    parts = [
        (fee, version)
        for fee, version in schedule.on(request.day, request.product)
        if fee.applies_to(request.asset, request.network)
    ]
    if not parts:
        raise QuoteError("not-offered")
    return parts


def _least(parts: list[tuple[Fee, Version]]) -> Decimal:
    return max((version.least or Decimal() for _, version in parts), default=Decimal())


def _step(schedule: Schedule, request: Request) -> Decimal:
    """Return the smallest unit of the asset; an amount with more decimals has no quote."""
    precision = schedule.assets[request.asset].precision
    step = Decimal(1).scaleb(-precision)
    if request.amount != request.amount.quantize(step, context=EXACT):
        raise QuoteError("precision", precision)
    return step


def _units(amount: Decimal, step: Decimal) -> int:
    return int(EXACT.divide(amount, step).to_integral_value(ROUND_CEILING))


def _starts(parts: list[tuple[Fee, Version]], step: Decimal) -> list[int]:
    """Return where each stretch between tier borders begins, in units, from the least amount."""
    first = max(_units(_least(parts), step), 1)
    borders = {
        _units(tier.start, step)
        for _, version in parts
        if isinstance(version.formula, Tiers) and version.formula.basis == "amount"
        for tier in version.formula.tiers
    }
    return [first, *sorted(border for border in borders if border > first)]


def _far_enough(arrives: Callable[[int], int], start: int, wanted: int) -> int:
    """Return an amount from which at least `wanted` arrives, or the last one tried."""
    end = max(start, wanted)
    for _ in range(64):
        if arrives(end) >= wanted:
            break
        end *= 2
    return end


def _component(schedule: Schedule, fee: Fee, version: Version, request: Request) -> Component:
    currency = fee.currency or request.asset
    step = Decimal(1).scaleb(-schedule.assets[currency].precision)
    exact = charge(version.formula, request.amount, request.volume)
    return Component(
        fee=fee.id,
        amount=exact.quantize(step, rounding=_ROUNDING[fee.rounding], context=EXACT),
        currency=currency,
        recipient=fee.recipient,
        charged=fee.charged,
        kind=version.formula.kind,
        valid_from=version.valid_from,
    )


def charge(formula: Formula, amount: Decimal, volume: Decimal = _NOTHING) -> Decimal:
    """Return what a formula takes of an amount, before rounding; `volume` is of 30 days."""
    match formula:
        case Fixed() | NetworkEstimate():
            return formula.amount
        case Percentage():
            share = _percent(amount, formula.rate)
            if formula.minimum is not None:
                share = max(share, formula.minimum)
            return share if formula.maximum is None else min(share, formula.maximum)
        case Spread():
            return _percent(amount, formula.rate)
        case Tiers(mode="marginal"):
            return _marginal(formula, amount)
        case Tiers():
            size = amount if formula.basis == "amount" else volume
            return _percent(amount, tier_of(formula, size).rate)


def tier_of(formula: Tiers, size: Decimal) -> Tier:
    """Return the tier that a size lies in: the last one that starts at or below it."""
    return [tier for tier in formula.tiers if tier.start <= size][-1]


def _marginal(formula: Tiers, amount: Decimal) -> Decimal:
    total = Decimal()
    for tier in formula.tiers:
        end = amount if tier.end is None else min(amount, tier.end)
        if end > tier.start:
            part = EXACT.subtract(end, tier.start)
            total = EXACT.add(total, _percent(part, tier.rate))
    return total


def _percent(amount: Decimal, rate: Decimal) -> Decimal:
    return EXACT.divide(EXACT.multiply(amount, rate), _HUNDRED)
