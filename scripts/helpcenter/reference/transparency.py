"""What is published about support each quarter: figures with their definitions, requests by theme.

Source: docs/_data/transparency.yml. The figures come from systems that are not public, so they
are written down, already rounded, and not computed here.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from helpcenter.facts import Quoted
from helpcenter.faq.taxonomy import Theme
from helpcenter.problems import found
from helpcenter.product import DataModel, Localized

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
# Requests by theme are published in steps of this size, so that no single case can be seen.
ROUNDING = 50


class Figure(DataModel):
    """One measured figure: what it means, where it comes from, and what it is counted in.

    A `score` may be negative. Figures that are `drawn` stand in the chart and share one unit.
    """

    id: Id
    name: Localized
    definition: Localized
    source: Localized
    unit: Literal["minute", "hour", "percent", "score", "count"]
    drawn: bool = False


class Quarter(DataModel):
    """The figures of one quarter, such as 2026-Q3."""

    quarter: Annotated[str, Field(pattern=r"^\d{4}-Q[1-4]$")]
    figures: dict[str, Quoted]
    themes: dict[Theme, Annotated[int, Field(ge=0, strict=True)]]

    @property
    def number(self) -> tuple[int, int]:
        """Return the year and the quarter of it, from 1."""
        year, _, quarter = self.quarter.partition("-Q")
        return int(year), int(quarter)

    @field_validator("themes")
    @classmethod
    def _is_rounded(cls, themes: dict[str, int]) -> dict[str, int]:
        for theme, number in themes.items():
            if number % ROUNDING:
                raise ValueError(f"{theme}: {number} is not rounded to {ROUNDING}")
        return themes


class Transparency(DataModel):
    """Everything of transparency.yml; a `demonstration` has invented figures and says so."""

    demonstration: bool = False
    figures: tuple[Figure, ...] = ()
    quarters: tuple[Quarter, ...] = ()

    @model_validator(mode="after")
    def _is_complete(self, info: ValidationInfo) -> Transparency:
        names = {figure.id: figure for figure in self.figures}
        for quarter in self.quarters:
            if set(quarter.figures) != set(names):
                different = ", ".join(sorted(set(quarter.figures) ^ set(names)))
                raise ValueError(f"{quarter.quarter} has not exactly the figures: {different}")
            for name, value in quarter.figures.items():
                if names[name].unit not in ("percent", "score") and value != int(value):
                    place = f"{quarter.quarter}: {name}"
                    raise ValueError(f"{place}: {found(str(value), 'a whole number')}")
            if quarter.themes.keys() != self.quarters[0].themes.keys():
                raise ValueError(f"{quarter.quarter} has other themes than the first quarter")
        for earlier, later in pairwise(self.quarters):
            if _index(later) != _index(earlier) + 1:
                raise ValueError(f"{later.quarter} does not follow {earlier.quarter}")
        if len({figure.unit for figure in self.figures if figure.drawn}) > 1:
            raise ValueError("the figures that are drawn do not share one unit")
        return self


def _index(quarter: Quarter) -> int:
    year, number = quarter.number
    return year * 4 + number
