"""Ticket categories: what people ask about, how bad it is, and how a ticket is recognized.

Source: docs/_data/faq_categories.yml, which people own and programs only read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from helpcenter import yamlfile
from helpcenter.problems import Problem
from helpcenter.product import DataModel, Localized
from helpcenter.project import Project

Theme = Literal["technical", "account", "transaction", "fees", "feature", "security", "support"]
CategoryId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Share = Annotated[float, Field(ge=0, le=1)]
# Words that can be looked for in a label: at least one letter or digit, whatever the script.
Phrase = Annotated[str, StringConstraints(pattern=r"[^\W_]", max_length=60)]


class Weights(DataModel):
    """What each factor of a category's score counts; together 1."""

    volume: Share
    severity: Share
    trend: Share
    reopens: Share = 0.0
    dissatisfaction: Share = 0.0
    reply_delay: Share = 0.0
    coverage: Share = 0.0

    @model_validator(mode="after")
    def _sum_to_one(self) -> Weights:
        total = sum(weight for _, weight in self)
        if abs(total - 1) > 1e-9:
            raise ValueError(f"the weights add up to {total:g}, not to 1")
        return self


class Scoring(DataModel):
    """How tickets become an order: the window and the half-life in days, the weights.

    A first reply after more than `reply_target_hours` is late.
    """

    window_days: Annotated[int, Field(ge=7, le=730)]
    half_life_days: Annotated[int, Field(ge=1, le=365)]
    reply_target_hours: Annotated[int, Field(ge=1, le=720)] = 24
    weights: Weights


class Category(DataModel):
    """One kind of question; `severity` 1 question, 2 blocked, 3 delayed money, 4 at risk.

    A `pinned` category comes before all others, whatever the tickets say.
    """

    id: CategoryId
    name: Localized
    theme: Theme
    severity: Annotated[int, Field(ge=1, le=4)]
    tags: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    pinned: bool = False

    @property
    def slug(self) -> str:
        """Return the slug of the page that answers this category."""
        return f"faq/{self.id}"


class Taxonomy(DataModel):
    """All categories; the first whose rule a ticket meets is the ticket's.

    `words` hold what phrases must not be found in; `dismissed` are the categories whose draft a
    person declined, and at most `drafts_per_run` drafts are written at a time, for categories
    among the first `draft_places` of the order.
    """

    schema_version: Literal[1] = Field(alias="schema")
    scoring: Scoring
    words: tuple[Phrase, ...] = ()
    dismissed: tuple[CategoryId, ...] = ()
    drafts_per_run: Annotated[int, Field(ge=0, le=50)] = 3
    draft_places: Annotated[int, Field(ge=0, le=1000)] = 6
    categories: Annotated[tuple[Category, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _distinct(self) -> Taxonomy:
        seen: set[str] = set()
        for category in self.categories:
            if category.id in seen:
                raise ValueError(f"the category {category.id!r} is given twice")
            seen.add(category.id)
        if unknown := sorted(set(self.dismissed) - seen):
            raise ValueError(f"dismissed: there is no category {', '.join(unknown)}")
        return self


def learn(taxonomy: Taxonomy, words: Iterable[str]) -> Taxonomy:
    """Return the taxonomy with Chinese compounds, such as those of a glossary, as known words.

    A Chinese compound is a kind of what its end names (Packard, "The morphology of Chinese",
    2000): 提现手续费 is a 手续费. So one that ends with a phrase becomes a phrase of its category,
    the longest such end deciding, and any other a word that no phrase is found in.
    """
    phrases = {
        phrase: category.id for category in taxonomy.categories for phrase in category.phrases
    }
    more: dict[str, list[str]] = {category.id: [] for category in taxonomy.categories}
    others = list(taxonomy.words)
    for word in words:
        ends = [word[start:] for start in range(len(word)) if word[start:] in phrases]
        if word not in taxonomy.words and ends[:1] != [word]:
            (more[phrases[ends[0]]] if ends else others).append(word)
    categories = tuple(
        each.model_copy(update={"phrases": (*each.phrases, *more[each.id])})
        for each in taxonomy.categories
    )
    return taxonomy.model_copy(update={"categories": categories, "words": tuple(others)})


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
