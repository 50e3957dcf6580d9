"""Terms of the field in every language: what they mean, what readers type, what to avoid.

Source: docs/_data/glossary.yml. Knows nothing of how words are searched for.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from helpcenter import yamlfile
from helpcenter.pages import Slug
from helpcenter.problems import Problem
from helpcenter.product import DataModel, Localized
from helpcenter.project import Project

GLOSSARY = "reference/glossary"
"""The slug of the page that shows the terms, each at an anchor that is its id."""

Kind = Literal["thing", "action", "problem", "asset", "network", "brand", "generic"]
Id = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
Word = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]


def _of_the_languages(
    value: dict[str, tuple[str, ...]], info: ValidationInfo
) -> dict[str, tuple[str, ...]]:
    unknown = sorted(set(value) - set((info.context or {}).get("languages", value)))
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is not a language of product.yml")
    for words in value.values():
        folded = [word.casefold() for word in words]
        if twice := sorted({word for word in folded if folded.count(word) > 1}):
            raise ValueError(f"{', '.join(twice)} is listed twice")
    return value


# Words of each language, by language code; a language may be left out.
Words = Annotated[dict[str, tuple[Word, ...]], AfterValidator(_of_the_languages)]


class Term(DataModel):
    """A word of the field; `synonyms` are what readers type, `avoid` what writers must not use.

    `opposite` names terms and groups that a reader who says this one does not mean. `linked` is
    for words that a beginner may not know: pages link their first use to the glossary.
    """

    id: Id
    term: Localized
    definition: Localized
    synonyms: Words = Field(default_factory=dict)
    avoid: Words = Field(default_factory=dict)
    page: Slug | None = None
    kind: Kind = "thing"
    opposite: tuple[Id, ...] = ()
    linked: bool = False

    def words(self, language: str) -> tuple[str, ...]:
        """Return the term and its synonyms in one language."""
        return (self.term[language], *self.synonyms.get(language, ()))


class WordGroup(DataModel):
    """Words of one meaning that readers type and the glossary page does not show.

    `narrower` are names of special cases, such as the brands of exchanges: they mean the group,
    but who asks for the group does not mean them. `opposite` is as in Term.
    """

    id: Id
    kind: Kind
    words: Words
    narrower: Words = Field(default_factory=dict)
    opposite: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _has_words(self) -> WordGroup:
        if not any(self.words.values()):
            raise ValueError(f"the group {self.id} has no word")
        return self


class Glossary(DataModel):
    """Everything of glossary.yml."""

    terms: tuple[Term, ...]
    search: tuple[WordGroup, ...] = ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Glossary:
        entries: list[Term | WordGroup] = [*self.terms, *self.search]
        ids = [entry.id for entry in entries]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"the id {', '.join(twice)} is given twice")
        opposites = {name for entry in entries for name in entry.opposite}
        if unknown := sorted(opposites - set(ids)):
            raise ValueError(f"the opposite {', '.join(unknown)} is no id of this file")
        return self


def load_glossary(
    project: Project, languages: tuple[str, ...]
) -> tuple[Glossary | None, list[Problem]]:
    """Read glossary.yml."""
    return yamlfile.load(
        project.data / "glossary.yml", Glossary, project=project, context={"languages": languages}
    )
