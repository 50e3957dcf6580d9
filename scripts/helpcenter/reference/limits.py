"""The product's own limits: how much, how often, how many, for whom.

Source: docs/_data/limits.yml. The smallest amounts of transfers are part of the fee schedule, and
what facts.yml states is referred to, so that no number is written twice.
"""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import Field, ValidationInfo, model_validator

from helpcenter.facts import FactName, Quoted
from helpcenter.fees.schedule import Schedule
from helpcenter.problems import found
from helpcenter.product import DataModel, Localized

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Level(DataModel):
    """A verification level, the lowest first."""

    id: Id
    name: Localized


class Value(DataModel):
    """One value of a limit: an `amount` of an `asset`, a number of things, a fact, or none.

    `level` is the verification level it holds for; None is everyone. `none` means unlimited.
    """

    level: Id | None = None
    amount: Annotated[Quoted, Field(gt=0)] | None = None
    asset: str | None = None
    count: Annotated[int, Field(ge=0, strict=True)] | None = None
    fact: FactName | None = None
    unlimited: bool = False

    @model_validator(mode="after")
    def _says_one_thing(self, info: ValidationInfo) -> Value:
        given = [self.amount is not None, self.count is not None, self.fact is not None]
        if sum([*given, self.unlimited]) != 1:
            raise ValueError("a value is one of amount, count, fact and unlimited: true")
        if (self.amount is None) != (self.asset is None):
            raise ValueError("an amount has an asset, and nothing else has")
        schedule: Schedule | None = (info.context or {}).get("schedule")
        if schedule is not None and self.asset not in (None, *schedule.assets):
            known = f"one of {', '.join(schedule.assets)}"
            raise ValueError(f"no such asset {found(self.asset, known)}")
        return self


class Limit(DataModel):
    """One limit; it holds for everyone, or has a value for each verification level."""

    id: Id
    name: Localized
    note: Localized | None = None
    values: Annotated[tuple[Value, ...], Field(min_length=1)]
    source: str
    reviewed: datetime.date

    @property
    def by_level(self) -> bool:
        """Return whether verification levels have their own values."""
        return any(value.level for value in self.values)


class Limits(DataModel):
    """Everything of limits.yml."""

    levels: tuple[Level, ...] = ()
    limits: tuple[Limit, ...] = ()

    @model_validator(mode="after")
    def _every_level_has_its_value(self) -> Limits:
        levels = [level.id for level in self.levels]
        for limit in self.limits:
            given = [value.level for value in limit.values]
            if limit.by_level and given != levels:
                raise ValueError(
                    f"the limit {limit.id} needs a value for each level, in the order of levels: "
                    f"{', '.join(levels)}"
                )
        return self
