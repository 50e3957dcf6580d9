"""Any corpus of pages and questions, a JSON object a line, as documents the search can index.

Pages: `{"id", "lang", "title", "headings", "text"}`; headings may be missing. Questions:
`{"query", "lang", "split", "type", "rel": {id: grade}}`; split and type may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from helpcenter.problems import Problem
from helpcenter.search.documents import Document, Section
from helpcenter.search.measure import Asked

_LANGUAGE_PART = re.compile(
    r"(^|[/_.:-])(en|zh)([-_](us|gb|cn|hans|tw|hk|hant))?(?=$|[/_.:-])", re.I
)


def _language(code: object) -> str:
    return re.split("[-_]", str(code))[0].lower()


def _heading(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("text") or value.get("title") or "")
    return str(value)


Id = Annotated[str, BeforeValidator(str)]
Language = Annotated[str, BeforeValidator(_language)]
Text = Annotated[str, BeforeValidator(lambda value: value or "")]
Heading = Annotated[str, BeforeValidator(_heading)]
Headings = Annotated[tuple[Heading, ...], BeforeValidator(lambda value: value or ())]


class Page(BaseModel):
    """A page of a corpus; `headings` are found again in the text where they stand there."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    id: Id
    lang: Language = "en"
    title: Text = ""
    headings: Headings = ()
    text: Text = ""


class Question(BaseModel):
    """A question and the pages that answer it: grade 2 is a right page, 1 a useful one."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    query: str
    lang: Language = "en"
    split: str = "all"
    type: str = "question"
    rel: dict[str, float] = Field(default_factory=dict)


@dataclass(frozen=True)
class Corpus:
    """Documents and questions by language code."""

    documents: Mapping[str, tuple[Document, ...]]
    questions: Mapping[str, tuple[Question, ...]]


Model = TypeVar("Model", bound=BaseModel)


def read(pages: Path, queries: Path) -> tuple[Corpus | None, list[Problem]]:
    """Read a corpus from two files."""
    found_pages, in_pages = _lines(pages, Page)
    found_questions, in_questions = _lines(queries, Question)
    if in_pages or in_questions:
        return None, in_pages + in_questions
    return Corpus(documents(found_pages), questions(found_questions)), []


def judged(questions: Sequence[Question], found: Sequence[Sequence[str]]) -> list[Asked]:
    """Return questions with what was found for each; a page found twice counts once."""
    return [
        Asked(question.split, question.type, question.rel, tuple(dict.fromkeys(ids)))
        for question, ids in zip(questions, found, strict=True)
    ]


def _lines(path: Path, model: type[Model]) -> tuple[list[Model], list[Problem]]:
    found: list[Model] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return [], [Problem(str(path), 1, "file-unreadable", str(error), "give a UTF-8 file")]
    # Only a line feed ends a line of JSON: a text may hold other separators as they are.
    for number, line in enumerate(text.split("\n"), 1):
        try:
            if line.strip():
                found.append(model.model_validate_json(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "the line"
            message = f"{place}: {first['msg']}"
            hint = "each line is one JSON object; eval_search.py --help names its fields"
            return [], [Problem(str(path), number, "data-invalid", message, hint)]
    return found, []


def documents(pages: Sequence[Page]) -> dict[str, tuple[Document, ...]]:
    """Return the documents of each language, those with equal ids but for the language twinned."""
    by_key: dict[str, list[Page]] = {}
    for page in pages:
        by_key.setdefault(_key(page.id), []).append(page)
    found: dict[str, list[Document]] = {}
    for page in pages:
        twins = [each for each in by_key[_key(page.id)] if each.lang != page.lang]
        twin = twins[0].title if len(twins) == 1 else ""
        document = Document(page.id, page.title, _sections(page), url=page.id, twin_title=twin)
        found.setdefault(page.lang, []).append(document)
    return {language: tuple(each) for language, each in found.items()}


def questions(found: Iterable[Question]) -> dict[str, tuple[Question, ...]]:
    """Return the questions of each language."""
    by_language: dict[str, list[Question]] = {}
    for question in found:
        by_language.setdefault(question.lang, []).append(question)
    return {language: tuple(each) for language, each in by_language.items()}


def _key(name: str) -> str:
    return _LANGUAGE_PART.sub(r"\1", name)


def _sections(page: Page) -> tuple[Section, ...]:
    """Cut the text at its headings, as far as they stand in it in order."""
    text = page.text
    parts: list[Section] = []
    heading, start = "", 0
    for following in page.headings:
        place = text.find(following, start) if following.strip() else -1
        if place < 0:
            heading = f"{heading} {following}".strip()
            continue
        parts.append(Section("", heading, text[start:place].strip()))
        heading, start = following, place + len(following)
    parts.append(Section("", heading, text[start:].strip()))
    return tuple(parts)
