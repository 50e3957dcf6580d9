"""search.json: all that a program must know to search the help center from anywhere.

The contract for widgets and apps. Knows the files of the index by name and content, and nothing
of what stands in them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import GenerateJsonSchema

from helpcenter.facts import fill
from helpcenter.product import DataModel
from helpcenter.site_context import Site
from helpcenter.strings import Strings

FILES = "files.json"
RESULTS = "search"
CONTACT = "contact/contact"
# What a reader should read who entered a secret, the most urgent first.
ADVICE = ("security/hacked-first-ten-minutes", "security/protect-recovery-phrase")
# How many questions stand beside a search field, in all and of one topic.
MOST_QUESTIONS = 6
_TYPES = ("faq", "guide", "troubleshooting", "explanation", "reference", "fee", "glossary")
_TEXTS = (
    *("search.label", "search.placeholder", "search.results", "search.none", "search.waiting"),
    *("search.meant", "search.other", "search.top", "search.recent", "search.failed"),
    *("search.secret", "search.maybe_secret"),
)

Path = Annotated[str, Field(description="A path below `home`, with a slash at its end.")]


class LanguageEntry(DataModel):
    """The search in one language."""

    tag: str = Field(description="The BCP 47 tag of the language, such as zh-Hans.")
    name: str = Field(description="What the language calls itself.")
    home: str = Field(description="The path of its home page below the help center's root.")
    index: str = Field(description="The path of its index below the help center's root.")
    version: str = Field(description="Changes whenever a file of the index does: ask for ?v=.")
    files: str = Field(description="The path of a list of the names of the index's files.")
    results: Path = Field(description="The page of results, which takes the words as ?q=.")
    contact: Path = Field(description="The page that says how to reach a person.")
    advice: tuple[Path, ...] = Field(description="What to show when somebody enters a secret.")
    questions: tuple[Path, ...] = Field(description="What people ask most, in order.")
    topics: dict[str, tuple[Path, ...]] = Field(
        description="Questions by topic: a section's folder, or the id of an FAQ category."
    )
    pages: dict[str, str] = Field(description="The title of every path named here.")
    texts: dict[str, str | dict[str, str]] = Field(
        description="Interface texts with {parameters}; `count` by CLDR plural category."
    )


class Manifest(DataModel):
    """What search.json holds. A change that readers of it must know of changes `schema`."""

    schema_version: Literal[1] = Field(alias="schema")
    languages: dict[str, LanguageEntry] = Field(description="By code, the source language first.")


def manifest(site: Site, index: Mapping[str, str]) -> str:
    """Return search.json; `index` holds the text of each index file by its path in the site."""
    languages = {code: _entry(site, code, index) for code in site.product.language_codes}
    data = Manifest(schema=1, languages=languages).model_dump(by_alias=True)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def schema() -> str:
    """Return the JSON Schema (2020-12) of search.json."""
    described = {"$schema": GenerateJsonSchema.schema_dialect} | Manifest.model_json_schema()
    return json.dumps(described, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def file_lists(site: Site, index: Mapping[str, str]) -> dict[str, str]:
    """Return, for each language, the list of its index's files, for who keeps them all."""
    lists = {}
    for own in map(folder, site.product.language_codes):
        names = sorted(path.removeprefix(own) for path in index if path.startswith(own))
        lists[f"{own}{FILES}"] = json.dumps(names, separators=(",", ":")) + "\n"
    return lists


def folder(language: str) -> str:
    """Return the path of a language's index below the site's root."""
    return f"search/{language}/"


def _entry(site: Site, language: str, index: Mapping[str, str]) -> LanguageEntry:
    own = folder(language)
    files = {path.removeprefix(own): text for path, text in index.items() if path.startswith(own)}
    questions = [category.slug for category in site.faq_order if site.page(category.slug, language)]
    topics = dict(_topics(site, questions))
    named = {slug for slugs in topics.values() for slug in slugs} | {*questions, *ADVICE}
    return LanguageEntry(
        tag=site.product.tag(language),
        name=next(each.name for each in site.product.languages if each.code == language),
        home=site.path("index", language),
        index=own,
        version=_version(files),
        files=f"{own}{FILES}",
        results=_path(site, RESULTS),
        contact=_path(site, CONTACT),
        advice=tuple(_path(site, slug) for slug in ADVICE if site.page(slug, language)),
        questions=tuple(_path(site, slug) for slug in questions[:MOST_QUESTIONS]),
        topics={
            topic: tuple(_path(site, slug) for slug in slugs) for topic, slugs in topics.items()
        },
        pages={_path(site, slug): _title(site, slug, language) for slug in sorted(named)},
        texts=_texts(site.strings[language]),
    )


def _topics(site: Site, questions: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each section with its questions and pages, and each category with what follows it."""
    for section, slugs in site.navigation.sections:
        asked = sorted(
            (slug for slug in questions if _place(site, slug, section) is not None),
            key=lambda slug: _place(site, slug, section) or 0,
        )
        pages = [slug for slug in slugs if not slug.endswith("/index")]
        if section:
            yield section, list(dict.fromkeys([*asked, *pages]))[:MOST_QUESTIONS]
    for slug in questions:
        yield slug.removeprefix("faq/"), [slug, *_related(site, slug)][:MOST_QUESTIONS]


def _place(site: Site, slug: str, section: str) -> int | None:
    """Return how early a question names a page of the section as related, or None."""
    places = enumerate(_related(site, slug))
    return next((place for place, name in places if name.startswith(f"{section}/")), None)


def _related(site: Site, slug: str) -> list[str]:
    source = site.product.source_language
    page = site.page(slug, source)
    return [name for name in page.meta.related if site.page(name, source)] if page else []


def _path(site: Site, slug: str) -> str:
    return site.path(slug, site.product.source_language)


def _title(site: Site, slug: str, language: str) -> str:
    page = site.page(slug, language)
    return fill(page.meta.title, site.values(page.language)) if page else ""


def _version(files: Mapping[str, str]) -> str:
    found = hashlib.sha256()
    for name, text in sorted(files.items()):
        found.update(f"{name}\0{text}\0".encode())
    return found.hexdigest()[:12]


def _texts(strings: Strings) -> dict[str, str | dict[str, str]]:
    forms = "search.count."
    return {
        **{key.removeprefix("search."): strings.text(key) for key in _TEXTS},
        "contact": strings.text("page.contact"),
        "count": {
            key.removeprefix(forms): text
            for key, text in strings.texts.items()
            if key.startswith(forms)
        },
        "type": {name: strings.text(f"search.type.{name}") for name in _TYPES},
        "recognised": {
            kind: strings.text(f"search.recognised.{kind}") for kind in ("address", "transaction")
        },
    }
