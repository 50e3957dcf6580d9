"""The fee schedule: what is charged for what, by whom, from which day to which.

Source: docs/_data/fees.yml. Amounts are Decimal, in units of the entry's asset; rates are in
percent. A change is a new entry with a later `valid_from`: nothing is retroactive.
"""

from __future__ import annotations

import datetime
from itertools import combinations
from typing import Annotated, Literal

from pydantic import Field, model_validator

from helpcenter import yamlfile
from helpcenter.facts import Quoted
from helpcenter.problems import Problem
from helpcenter.product import DataModel, Localized
from helpcenter.project import Project

Product = Literal["send", "withdrawal", "swap"]
Recipient = Literal["service", "network"]
Amount = Annotated[Quoted, Field(ge=0)]


class Asset(DataModel):
    """A coin or token; `precision` is how many decimals its amounts have.

    `native_to` is the network whose own coin it is; elsewhere it is a token of a standard.
    """

    name: Localized
    native_to: str | None = None
    precision: Annotated[int, Field(ge=0, le=18)]


class Network(DataModel):
    """A chain that assets move on; `standard` is its token standard, such as TRC-20."""

    name: Localized
    standard: str | None = None


class _Entry(DataModel):
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    product: Product
    asset: str | None = None
    network: str | None = None
    recipient: Recipient
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    source: str

    @model_validator(mode="after")
    def _period_runs_forward(self) -> _Entry:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("valid_to is before valid_from")
        return self

    def is_valid_on(self, day: datetime.date) -> bool:
        """Return whether the entry applies on `day`; both ends of its period are included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class FixedFee(_Entry):
    """The same amount for every transfer; `least` is the smallest transfer allowed."""

    kind: Literal["fixed"]
    asset: str
    network: str
    amount: Amount
    least: Amount


class PercentageFee(_Entry):
    """A share in percent of the amount, optionally never below or above an amount."""

    kind: Literal["percentage"]
    rate: Amount
    minimum: Amount | None = None
    maximum: Amount | None = None
    currency: str | None = None

    @model_validator(mode="after")
    def _bounds_fit(self) -> PercentageFee:
        bounds = (self.minimum, self.maximum)
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("the minimum is above the maximum")
        if any(bound is not None for bound in bounds) and self.currency is None:
            raise ValueError("a minimum or maximum needs a currency")
        return self


class NetworkFee(_Entry):
    """What the network charges at the moment of the transfer; known only then."""

    kind: Literal["network"]
    network: str


Entry = Annotated[FixedFee | PercentageFee | NetworkFee, Field(discriminator="kind")]


class Schedule(DataModel):
    """Everything of fees.yml."""

    schema_version: Literal[1] = Field(alias="schema")
    assets: dict[str, Asset]
    networks: dict[str, Network]
    entries: tuple[Entry, ...]

    @model_validator(mode="after")
    def _entries_fit_together(self) -> Schedule:
        ids: set[str] = set()
        for entry in self.entries:
            if entry.id in ids:
                raise ValueError(f"the entry {entry.id!r} is given twice")
            ids.add(entry.id)
            if entry.asset is not None and entry.asset not in self.assets:
                raise ValueError(f"{entry.id}: the asset {entry.asset!r} is not in assets")
            if entry.network is not None and entry.network not in self.networks:
                raise ValueError(f"{entry.id}: the network {entry.network!r} is not in networks")
        for name, asset in self.assets.items():
            if asset.native_to is not None and asset.native_to not in self.networks:
                raise ValueError(f"{name}: the network {asset.native_to!r} is not in networks")
        for one, two in combinations(self.entries, 2):
            if _same_subject(one, two) and _overlap(one, two):
                raise ValueError(f"the periods of {one.id!r} and {two.id!r} overlap")
        return self

    def on(self, day: datetime.date, product: str) -> tuple[Entry, ...]:
        """Return the entries of a product that apply on `day`, in the file's order."""
        return tuple(
            entry for entry in self.entries if entry.product == product and entry.is_valid_on(day)
        )


def _same_subject(one: Entry, two: Entry) -> bool:
    return (one.product, one.asset, one.network, one.kind) == (
        two.product,
        two.asset,
        two.network,
        two.kind,
    )


def _overlap(one: Entry, two: Entry) -> bool:
    first, second = sorted((one, two), key=lambda entry: entry.valid_from)
    return first.valid_to is None or second.valid_from <= first.valid_to


def load_schedule(
    project: Project, languages: tuple[str, ...]
) -> tuple[Schedule | None, list[Problem]]:
    """Read fees.yml."""
    return yamlfile.load(
        project.data / "fees.yml", Schedule, project=project, context={"languages": languages}
    )
