"""Say how much of a category's answer is missing: no page, not in every language, out of date.

Loads the pages that answer categories and no others. Knows nothing of tickets.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from pydantic import BaseModel, ConfigDict

from helpcenter import yamlfile
from helpcenter.faq.taxonomy import Category
from helpcenter.pages import Page, Pages, parse_page
from helpcenter.problems import Problem
from helpcenter.project import Project

STALE_AFTER_DAYS: Final = 365

# Half of what a page in one of two languages lacks: an old answer is better than none.
_STALE: Final = 0.25


class _Options(BaseModel):
    model_config = ConfigDict(extra="ignore")
    stale_after_days: int = STALE_AFTER_DAYS


class _Extra(BaseModel):
    model_config = ConfigDict(extra="ignore")
    helpcenter: _Options = _Options()


class _Configuration(BaseModel):
    model_config = ConfigDict(extra="ignore")
    extra: _Extra = _Extra()


def load_answers(
    project: Project, categories: Iterable[Category], languages: Sequence[str]
) -> tuple[Pages, list[Problem]]:
    """Read the page of each category in each language, as far as there is one."""
    pages: Pages = {}
    problems: list[Problem] = []
    for category in categories:
        for language in languages:
            path = project.pages_of(language) / f"{category.slug}.md"
            if not path.is_file():
                continue
            text, found_here = yamlfile.read_text(path, project=project)
            problems += found_here
            if text is not None:
                page, found_here = parse_page(
                    text, name=project.relative(path), language=language, slug=category.slug
                )
                problems += found_here
                if page is not None:
                    pages[language, category.slug] = page
    return pages, problems


def load_stale_after(project: Project) -> tuple[int, list[Problem]]:
    """Return after how many days a page is out of date: `extra.helpcenter` of mkdocs.yml."""
    path = project.root / "mkdocs.yml"
    if not path.exists():
        return STALE_AFTER_DAYS, []
    file, problems = yamlfile.load(path, _Configuration, project=project)
    return (file.extra.helpcenter.stale_after_days if file else STALE_AFTER_DAYS), problems


def gap(
    category: Category,
    pages: Mapping[tuple[str, str], Page],
    languages: Sequence[str],
    *,
    as_of: datetime.date,
    stale_after_days: int,
) -> float:
    """Return how much of the answer is missing on a day, from 0, nothing, to 1, there is no page.

    Between them the share of languages that lack it, or ¼ where one of the pages was reviewed
    longer ago than `stale_after_days`.
    """
    answers = [pages[code, category.slug] for code in languages if (code, category.slug) in pages]
    missing = 1 - len(answers) / len(languages)
    if missing:
        return missing
    oldest = min(page.meta.reviewed for page in answers)
    return _STALE if (as_of - oldest).days > stale_after_days else 0.0
