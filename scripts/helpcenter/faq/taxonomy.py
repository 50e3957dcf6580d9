"""Ticket categories: what people ask about, how bad it is, and how a ticket is recognized.

Source: docs/_data/faq_categories.yml, which people own and programs only read.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from helpcenter import yamlfile
from helpcenter.problems import Problem
from helpcenter.product import DataModel, Localized
from helpcenter.project import Project

Theme = Literal["technical", "account", "transaction", "fees", "feature", "security", "support"]
CategoryId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Share = Annotated[float, Field(ge=0, le=1)]


class Weights(DataModel):
    """What each factor of a category's score counts; together 1."""

    volume: Share
    severity: Share
    trend: Share

    @model_validator(mode="after")
    def _sum_to_one(self) -> Weights:
        total = self.volume + self.severity + self.trend
        if abs(total - 1) > 1e-9:
            raise ValueError(f"the weights add up to {total:g}, not to 1")
        return self


class Scoring(DataModel):
    """How tickets become an order: the window in days, the half-life in days, the weights."""

    window_days: Annotated[int, Field(ge=7, le=730)]
    half_life_days: Annotated[int, Field(ge=1, le=365)]
    weights: Weights


class Category(DataModel):
    """One kind of question; `severity` 1 question, 2 blocked, 3 delayed money, 4 at risk."""

    id: CategoryId
    name: Localized
    theme: Theme
    severity: Annotated[int, Field(ge=1, le=4)]
    tags: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """Return the slug of the page that answers this category."""
        return f"faq/{self.id}"


class Taxonomy(DataModel):
    """All categories; the first whose rule a ticket meets is the ticket's."""

    schema_version: Literal[1] = Field(alias="schema")
    scoring: Scoring
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _distinct(self) -> Taxonomy:
        seen: set[str] = set()
        for category in self.categories:
            if category.id in seen:
                raise ValueError(f"the category {category.id!r} is given twice")
            seen.add(category.id)
        return self


def load_taxonomy(
    project: Project, languages: tuple[str, ...]
) -> tuple[Taxonomy | None, list[Problem]]:
    """Read faq_categories.yml."""
    return yamlfile.load(
        project.data / "faq_categories.yml",
        Taxonomy,
        project=project,
        context={"languages": languages},
    )
