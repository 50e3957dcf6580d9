"""faq.json: the questions in the order readers meet them, each with its short answer.

The contract for apps and assistants. An answer is the page's first paragraph, as the list of
questions shows it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import GenerateJsonSchema

from helpcenter.facts import fill
from helpcenter.machines.listed import listed, twin_path
from helpcenter.product import DataModel
from helpcenter.site_context import Site

FILE = "faq.json"
SCHEMA_FILE = "faq.schema.json"

Address = Annotated[str, Field(pattern="^https?://", description="An absolute address.")]


class Question(DataModel):
    """One question in one language."""

    rank: int = Field(ge=1, description="Its place in the order of the FAQ; 1 comes first.")
    category: str = Field(description="The id of its ticket category; the same in all languages.")
    category_name: str = Field(description="What the category is called.")
    url: Address = Field(description="The page with the full answer; it stays the same.")
    markdown: Address = Field(description="The same page as Markdown.")
    question: str = Field(description="The title of the page.")
    answer: str = Field(description="The short answer: plain text of one paragraph.")
    reviewed: datetime.date = Field(description="The day the page was last reviewed.")


class LanguageQuestions(DataModel):
    """The questions of one language."""

    tag: str = Field(description="The BCP 47 tag of the language, such as zh-Hans.")
    url: Address = Field(description="The page that lists the questions.")
    questions: tuple[Question, ...] = Field(
        description="In order; one without a page in this language is left out."
    )


class Faq(DataModel):
    """What faq.json holds. A change that readers of it must know of changes `schema`."""

    schema_version: Literal[1] = Field(alias="schema")
    version: str = Field(description="Changes whenever anything else in this file does.")
    ranked: datetime.date | None = Field(
        description="The day of the tickets that made the order; null: nobody has counted yet."
    )
    languages: dict[str, LanguageQuestions] = Field(description="By code, the source first.")


def questions(site: Site, language: str) -> tuple[Question, ...]:
    """Return the questions that have a page in the language, in the order of the FAQ."""
    values = site.values(language)
    found: list[Question] = []
    for category in site.faq_order:
        if listed(site, category.slug, language):
            page = site.pages[language, category.slug]
            found.append(
                Question(
                    rank=len(found) + 1,
                    category=category.slug.removeprefix("faq/"),
                    category_name=category.name[language],
                    url=site.url(category.slug, language),
                    markdown=site.address(twin_path(site, category.slug, language)),
                    question=fill(page.meta.title, values),
                    answer=fill(page.lead, values),
                    reviewed=page.meta.reviewed,
                )
            )
    return tuple(found)


def faq_json(site: Site) -> str:
    """Return faq.json."""
    faq = Faq(
        schema=1,
        version="",
        ranked=site.ranking.as_of if site.ranking else None,
        languages={
            code: LanguageQuestions(
                tag=site.product.tag(code),
                url=site.url("faq/index", code),
                questions=questions(site, code),
            )
            for code in site.product.language_codes
        },
    )
    data = faq.model_dump(mode="json", by_alias=True)
    data["version"] = hashlib.sha256(_text(data).encode()).hexdigest()[:12]
    return _text(data)


def faq_schema() -> str:
    """Return the JSON Schema (2020-12) of faq.json."""
    schema = {"$schema": GenerateJsonSchema.schema_dialect} | Faq.model_json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
