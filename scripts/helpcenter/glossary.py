"""Terms of the field in every language: what they mean, what readers type, what to avoid.

Source: docs/_data/glossary.yml.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from helpcenter import yamlfile
from helpcenter.pages import Slug
from helpcenter.problems import Problem
from helpcenter.product import DataModel, Localized
from helpcenter.project import Project

Words = dict[str, tuple[str, ...]]


class Term(DataModel):
    """A word of the field; `synonyms` are what readers type, `avoid` what writers must not use."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    term: Localized
    definition: Localized
    synonyms: Words = Field(default_factory=dict)
    avoid: Words = Field(default_factory=dict)
    page: Slug | None = None

    def words(self, language: str) -> tuple[str, ...]:
        """Return the term and its synonyms in one language."""
        return (self.term[language], *self.synonyms.get(language, ()))


class Glossary(DataModel):
    """Everything of glossary.yml."""

    terms: tuple[Term, ...]


def load_glossary(
    project: Project, languages: tuple[str, ...]
) -> tuple[Glossary | None, list[Problem]]:
    """Read glossary.yml."""
    return yamlfile.load(
        project.data / "glossary.yml", Glossary, project=project, context={"languages": languages}
    )
