"""How a fee is calculated: the kinds of formula a fee's version can have.

Amounts are Decimal, in whole units of the formula's currency ("0.5" BTC); rates are in percent.
The calculation itself is in `quote`, so that the browser's copy of it has one thing to agree with.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from helpcenter.facts import Quoted
from helpcenter.product import DataModel

Amount = Annotated[Quoted, Field(ge=0)]
Rate = Annotated[Quoted, Field(ge=0, lt=100)]


class Fixed(DataModel):
    """The same amount for every transfer."""

    kind: Literal["fixed"]
    amount: Amount


class Percentage(DataModel):
    """A share of the amount, never below `minimum` or above `maximum`, in the fee's currency."""

    kind: Literal["percentage"]
    rate: Rate
    minimum: Amount | None = None
    maximum: Amount | None = None

    @model_validator(mode="after")
    def _bounds_fit(self) -> Percentage:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError(f"the minimum {self.minimum} is above the maximum {self.maximum}")
        return self


class Tier(DataModel):
    """A rate from an amount on (inclusive) up to another (exclusive; None: without end)."""

    start: Amount = Field(alias="from")
    end: Amount | None = Field(alias="to", default=None)
    rate: Rate


class Tiers(DataModel):
    """A rate that depends on size.

    `marginal`: each part of the amount pays the rate of the tier it lies in, as in income tax.
    `whole`: the whole amount pays the rate of one tier. `basis` is what is looked up: the amount
    itself, or the reader's trading volume of the last 30 days (then the mode is whole).
    """

    kind: Literal["tiers"]
    mode: Literal["marginal", "whole"]
    basis: Literal["amount", "volume"]
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _tiers_join(self) -> Tiers:
        if self.tiers[0].start != 0:
            raise ValueError(f"the first tier starts at {self.tiers[0].start}, not at 0")
        for lower, upper in pairwise(self.tiers):
            if lower.end != upper.start:
                raise ValueError(
                    f"a tier ends at {lower.end} and the next starts at {upper.start}: "
                    "they must be the same"
                )
            if upper.start <= lower.start:
                raise ValueError(f"the tier from {upper.start} does not rise")
        if self.tiers[-1].end is not None:
            raise ValueError(f"the last tier ends at {self.tiers[-1].end}: leave its end out")
        if self.basis == "volume" and self.mode == "marginal":
            raise ValueError("tiers by volume are whole, not marginal")
        return self


class Term(DataModel):
    """A quantity of something the network counts, and its price in the network's small units."""

    what: Literal["size", "gas", "priority", "energy", "bandwidth", "signature"]
    quantity: Amount
    price: Amount


class NetworkEstimate(DataModel):
    """What the network would charge at the prices of an observed day.

    The sum of quantity times price, times `unit`, the worth of one small unit in the currency:
    size × rate on Bitcoin, gas × (base fee + priority fee) on Ethereum, energy and bandwidth on
    TRON, signatures on Solana.
    """

    kind: Literal["network"]
    unit: Annotated[Quoted, Field(gt=0)]
    terms: Annotated[tuple[Term, ...], Field(min_length=1)]

    @property
    def amount(self) -> Decimal:
        """Return the estimate in whole units of the currency, before rounding."""
        with localcontext(prec=120):  # exact: the default keeps 28 digits
            return sum((term.quantity * term.price for term in self.terms), Decimal()) * self.unit


class Spread(DataModel):
    """A share of the amount that lies in the price, between the market's rate and ours."""

    kind: Literal["spread"]
    rate: Rate


Formula = Annotated[
    Fixed | Percentage | Tiers | NetworkEstimate | Spread, Field(discriminator="kind")
]
