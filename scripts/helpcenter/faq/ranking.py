"""The order of the FAQ, as the ticket sync last wrote it.

Source: docs/_data/faq_ranking.yml, which only the sync writes. Before the first sync there is
no such file and the order is the taxonomy's own.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from helpcenter import yamlfile
from helpcenter.faq.taxonomy import Category, CategoryId, Taxonomy
from helpcenter.problems import Problem
from helpcenter.product import DataModel
from helpcenter.project import Project


class Ranked(DataModel):
    """A category's place in the order.

    `weight` is its ticket count rounded down to a power of two, or 0 where fewer tickets than
    the publication threshold were seen.
    """

    category: CategoryId
    weight: Annotated[int, Field(ge=0)]


class Ranking(DataModel):
    """The order on a day, most asked first."""

    schema_version: Literal[1] = Field(alias="schema")
    as_of: datetime.date
    window_days: int
    order: tuple[Ranked, ...]


def load_ranking(project: Project) -> tuple[Ranking | None, list[Problem]]:
    """Read faq_ranking.yml; a project that never synced has none, which is no problem."""
    path = project.data / "faq_ranking.yml"
    if not path.exists():
        return None, []
    return yamlfile.load(path, Ranking, project=project)


def ordered(taxonomy: Taxonomy, ranking: Ranking | None) -> tuple[Category, ...]:
    """Return the categories in the order readers meet them.

    Pinned ones come first. Categories the ranking does not know follow all others; both keep
    the taxonomy's order. Ranked ones the taxonomy no longer has are passed over.
    """
    places = {
        ranked.category: place for place, ranked in enumerate(ranking.order if ranking else ())
    }
    return tuple(
        sorted(
            taxonomy.categories,
            key=lambda each: -1 if each.pinned else places.get(each.id, len(places)),
        )
    )
