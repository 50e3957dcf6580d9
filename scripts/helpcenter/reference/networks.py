"""The networks that the product works with, and what an address of each looks like.

Source: docs/_data/networks.yml. Names that the fee schedule has are not written again: a network
or a coin is either there or here. Knows forms of addresses and checks none.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, model_validator

from helpcenter.facts import FactName, LocalizedWithFacts
from helpcenter.fees.schedule import Schedule
from helpcenter.problems import found
from helpcenter.product import DataModel, Localized

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
# The alphabet of an address: what the signs behind its beginning may be.
Signs = Literal["hex", "base58", "bech32", "base32"]


class AddressForm(DataModel):
    """One form of address: how it begins, and how many `signs` follow, at least and at most."""

    format: Id
    name: Localized
    starts: str = ""
    least: Annotated[int, Field(gt=0)]
    most: Annotated[int, Field(gt=0)]
    signs: Signs

    @model_validator(mode="after")
    def _has_a_length(self) -> AddressForm:
        if self.most < self.least:
            raise ValueError(f"most is {self.most}, which is under least, {self.least}")
        return self


class Memo(DataModel):
    """What must be entered beside an address of a service, in the network's own word."""

    kind: Literal["tag", "memo"]
    name: Localized


class Coin(DataModel):
    """A network's own coin that the fee schedule does not know."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9]+$")]
    name: Localized


class Network(DataModel):
    """A network; without `confirmations`, the exchange account takes no deposits from it."""

    id: Id
    name: Localized | None = None
    standard: str | None = None
    coin: Coin | None = None
    assets: tuple[str, ...] = ()
    addresses: Annotated[tuple[AddressForm, ...], Field(min_length=1)]
    memo: Memo | None = None
    block_time: FactName
    confirmations: FactName | None = None
    finality: LocalizedWithFacts
    source: str
    reviewed: datetime.date

    @model_validator(mode="after")
    def _is_named_once(self, info: ValidationInfo) -> Network:
        schedule: Schedule | None = (info.context or {}).get("schedule")
        if schedule is None:
            return self
        is_there = self.id in schedule.networks
        if is_there and (self.name or self.standard):
            raise ValueError(f"fees.yml names the network {self.id}: remove name and standard")
        if not is_there and not self.name:
            raise ValueError(f"fees.yml does not know the network {self.id}: give it a name")
        if self.coin and self.coin.code in schedule.assets:
            raise ValueError(f"fees.yml names {self.coin.code}: list it under assets")
        for code in self.assets:
            if code not in schedule.assets:
                known = f"one of {', '.join(schedule.assets)}, or a coin"
                raise ValueError(f"no such asset {found(code, known)}")
        return self


class Networks(DataModel):
    """Everything of networks.yml."""

    networks: tuple[Network, ...] = ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Networks:
        ids = [network.id for network in self.networks]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"the network {', '.join(twice)} is given twice")
        return self


@dataclass(frozen=True)
class Holding:
    """An asset on a network: the unit in which readers ask whether something is supported."""

    code: str
    name: Localized
    standard: str | None
    network: Network


def network_name(network: Network, schedule: Schedule) -> Localized:
    """Return what a network is called, wherever that is written."""
    return network.name or schedule.networks[network.id].name


def holdings(networks: Networks, schedule: Schedule) -> list[Holding]:
    """Return every asset on every network, the assets of the fee schedule first, in its order."""
    found_here = []
    for network in networks.networks:
        entry = schedule.networks.get(network.id)
        standard = entry.standard if entry else network.standard
        if network.coin:
            found_here.append(Holding(network.coin.code, network.coin.name, None, network))
        for code in network.assets:
            asset = schedule.assets[code]
            own = asset.native_to == network.id
            found_here.append(Holding(code, asset.name, None if own else standard, network))
    places = {code: place for place, code in enumerate(schedule.assets)}
    return sorted(found_here, key=lambda each: places.get(each.code, len(places)))
