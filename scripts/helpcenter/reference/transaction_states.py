"""What the app and block explorers show of a transfer, what it means and what to do then.

Source: docs/_data/transaction_states.yml. Every duration is a fact; texts name them as pages do.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from helpcenter.facts import FactName, Facts, unknown_facts
from helpcenter.pages import Slug
from helpcenter.problems import found
from helpcenter.product import DataModel, Localized

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
# What the reader has to do now.
Verdict = Literal["wait", "act"]


def _facts_known(text: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    facts: Facts | None = (info.context or {}).get("facts")
    if facts is None:
        return text
    for words in text.values():
        for name in unknown_facts(words, dict.fromkeys(facts, "")):
            raise ValueError(f"no such fact {found(name, 'a name of facts.yml')}")
    return text


# A localized text that may hold facts, as `{{ group.name }}`.
Prose = Annotated[Localized, AfterValidator(_facts_known)]


class Step(DataModel):
    """What to do, and the page (and its section) that says how."""

    text: Prose
    page: Slug
    anchor: str


class Side(DataModel):
    """Which way a transfer goes, seen from the reader; `bring` is what support needs to know."""

    id: Id
    name: Localized
    short: Localized
    bring: Prose


class Family(DataModel):
    """Networks on which a transfer that is not in a block yet fares alike."""

    id: Id
    networks: Annotated[tuple[Id, ...], Field(min_length=1)]
    pending: Prose


class State(DataModel):
    """A state as the app names it, for the sides that can have it.

    Waiting makes sense up to `limit`; `later` is what to do after it. `explorer` holds the words of
    block explorers, `write` what to know before writing to support. `by_network` says whether it
    matters on which network the transfer is.
    """

    id: Id
    sides: Annotated[tuple[Id, ...], Field(min_length=1)]
    name: Localized
    explorer: Localized | None = None
    verdict: Verdict
    by_network: bool = False
    limit: FactName | None = None
    meaning: Prose
    do: Step
    later: Step | None = None
    write: Step | None = None

    @model_validator(mode="after")
    def _has_an_end(self) -> State:
        if (self.limit is None) != (self.later is None):
            raise ValueError("limit and later go together: what to do once the time is over")
        return self


class TransactionStates(DataModel):
    """Everything of transaction_states.yml."""

    sides: tuple[Side, ...] = ()
    families: tuple[Family, ...] = ()
    states: tuple[State, ...] = ()

    @field_validator("families")
    @classmethod
    def _every_network_has_one(
        cls, families: tuple[Family, ...], info: ValidationInfo
    ) -> tuple[Family, ...]:
        networks: list[str] | None = (info.context or {}).get("networks")
        placed = [name for family in families for name in family.networks]
        if networks is not None and sorted(placed) != sorted(networks):
            wrong = sorted(set(placed) ^ set(networks)) or sorted(placed)
            raise ValueError(
                f"each network of networks.yml belongs to one family: see {', '.join(wrong)}"
            )
        return families

    @field_validator("states")
    @classmethod
    def _has_known_sides(cls, states: tuple[State, ...], info: ValidationInfo) -> tuple[State, ...]:
        sides = [side.id for side in info.data.get("sides", ())]
        for state in states:
            for name in sorted(set(state.sides) - set(sides)):
                raise ValueError(f"{state.id}: no such side {found(name, ', '.join(sides))}")
        return states
