"""The fee schedule: what is charged for what, who receives it, and from which day to which.

Source: docs/_data/fees.yml. A fee keeps its id for good; what changes is a new dated version.
Nothing is retroactive: the past of a fee is its older versions.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from helpcenter import yamlfile
from helpcenter.fees.formulas import Amount, Formula, Percentage, Tiers
from helpcenter.problems import Problem
from helpcenter.product import DataModel, Localized
from helpcenter.project import Project

Product = Literal[
    "withdrawal",
    "send",
    "swap",
    "trade-maker",
    "trade-taker",
    "buy",
    "cash-out",
    "cash-out-express",
]
PRODUCTS: tuple[Product, ...] = get_args(Product)
Recipient = Literal["service", "network"]
Rounding = Literal["up", "down", "half-even"]
DAY = datetime.timedelta(days=1)


class Asset(DataModel):
    """A coin, token or currency; `precision` is how many decimals its amounts have.

    `native_to` is the network whose own coin it is; elsewhere it is a token of a standard.
    """

    name: Localized
    native_to: str | None = None
    precision: Annotated[int, Field(ge=0, le=18)]


class Network(DataModel):
    """A chain that assets move on; `standard` is its token standard, such as TRC-20."""

    name: Localized
    standard: str | None = None


class Version(DataModel):
    """A fee from `valid_from` to `valid_to`, both days included; None is without end.

    `least` is the smallest amount the product allows then. `corrects` tells what was wrong, when
    a version of the past had to be corrected.
    """

    valid_from: datetime.date
    valid_to: datetime.date | None = None
    source: str
    formula: Formula
    least: Amount | None = None
    corrects: Localized | None = None

    @model_validator(mode="after")
    def _runs_forward(self) -> Version:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} is before valid_from {self.valid_from}")
        return self

    def is_valid_on(self, day: datetime.date) -> bool:
        """Return whether this version applies on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Fee(DataModel):
    """One fee of one or several products and all its versions, the oldest first.

    `asset` and `network` limit what it applies to. `currency` is what it is counted in; None is
    the asset of the amount. `charged` says whether it is taken off the amount (`deducted`), or
    paid besides it (`added`).
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Localized
    products: Annotated[tuple[Product, ...], Field(min_length=1)]
    asset: str | None = None
    network: str | None = None
    currency: str | None = None
    recipient: Recipient
    charged: Literal["deducted", "added"]
    rounding: Rounding = "up"
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _amounts_need_no_conversion(self) -> Fee:
        if self.charged == "deducted" and self.currency not in (None, self.asset):
            raise ValueError(
                f"{self.id}: a fee in {self.currency} cannot be deducted from an amount of "
                f"{self.asset or 'any asset'}: leave currency out, or charge it as added"
            )
        for version in self.versions:
            kind = version.formula.kind
            if kind in ("percentage", "tiers", "spread") and self.currency not in (
                None,
                self.asset,
            ):
                raise ValueError(f"{self.id}: a share of the amount is in the amount's currency")
            if kind in ("fixed", "network") and self.currency is None and self.asset is None:
                raise ValueError(f"{self.id}: a fixed amount needs a currency")
            if self.asset is None and _has_amounts(version):
                raise ValueError(f"{self.id}: an amount in a fee for any asset has no currency")
        return self

    @model_validator(mode="after")
    def _versions_join(self) -> Fee:
        for older, newer in pairwise(self.versions):
            if older.valid_to is None or older.valid_to >= newer.valid_from:
                raise ValueError(
                    f"{self.id}: the periods from {older.valid_from} and from {newer.valid_from} "
                    "overlap: end the older one the day before"
                )
            if older.valid_to + DAY != newer.valid_from:
                raise ValueError(
                    f"{self.id}: no period covers {older.valid_to + DAY} to "
                    f"{newer.valid_from - DAY}"
                )
        return self

    def on(self, day: datetime.date) -> Version | None:
        """Return the version that applies on `day`, if any does."""
        return next((version for version in self.versions if version.is_valid_on(day)), None)

    def applies_to(self, asset: str, network: str | None) -> bool:
        """Return whether the fee is one of a transfer of `asset` over `network`."""
        return self.asset in (None, asset) and self.network in (None, network)


def _has_amounts(version: Version) -> bool:
    formula = version.formula
    bounded = isinstance(formula, Percentage) and (formula.minimum or formula.maximum)
    tiered = isinstance(formula, Tiers) and formula.basis == "amount" and len(formula.tiers) > 1
    return bool(bounded or tiered or version.least)


class Schedule(DataModel):
    """Everything of fees.yml.

    `version` is what a reader quotes, and rises with every change; `volume_currency` is what the
    trading volume of tiers is counted in.
    """

    schema_version: Literal[2] = Field(alias="schema")
    version: Annotated[str, BeforeValidator(str), Field(pattern=r"^\d{4}-\d{2}-\d{2}(\.\d+)?$")]
    volume_currency: str
    assets: dict[str, Asset]
    networks: dict[str, Network]
    fees: tuple[Fee, ...]

    @model_validator(mode="after")
    def _fees_fit_together(self) -> Schedule:
        seen: set[str] = set()
        if self.volume_currency not in self.assets:
            raise ValueError(f"volume_currency {self.volume_currency!r} is not in assets")
        for name, asset in self.assets.items():
            if asset.native_to is not None and asset.native_to not in self.networks:
                raise ValueError(f"{name}: the network {asset.native_to!r} is not in networks")
        for fee in self.fees:
            if fee.id in seen:
                raise ValueError(f"the fee {fee.id!r} is given twice")
            seen.add(fee.id)
            for code in filter(None, (fee.asset, fee.currency)):
                if code not in self.assets:
                    raise ValueError(f"{fee.id}: the asset {code!r} is not in assets")
            if fee.network is not None and fee.network not in self.networks:
                raise ValueError(f"{fee.id}: the network {fee.network!r} is not in networks")
        return self

    def on(self, day: datetime.date, product: str) -> Iterator[tuple[Fee, Version]]:
        """Yield the fees of a product that apply on `day`, in the file's order."""
        for fee in self.fees:
            if product in fee.products and (version := fee.on(day)):
                yield fee, version

    def fee(self, name: str) -> Fee | None:
        """Return the fee with this id."""
        return next((fee for fee in self.fees if fee.id == name), None)


def load_schedule(
    project: Project, languages: tuple[str, ...]
) -> tuple[Schedule | None, list[Problem]]:
    """Read fees.yml."""
    return yamlfile.load(
        project.data / "fees.yml", Schedule, project=project, context={"languages": languages}
    )
