"""Draft the answer to a question that many ask and no page answers: for a person to write.

A draft is the project's own template, docs/_data/templates/faq.<language>.md, with the name of
the category and links to the guides that pages of the same theme refer to. Knows category ids
and pages, and nothing of tickets: no word of a customer can be in it. Writes no file.
"""

from __future__ import annotations

import datetime
import json
import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from helpcenter.faq.taxonomy import Category, Taxonomy
from helpcenter.page_templates import fill_template
from helpcenter.pages import Pages, load_pages
from helpcenter.problems import Problem
from helpcenter.project import Project

MOST_GUIDES: Final = 5


def draft_answers(
    project: Project,
    taxonomy: Taxonomy,
    languages: Sequence[str],
    order: Sequence[str],
    *,
    as_of: datetime.date,
) -> tuple[dict[Path, str], list[Problem]]:
    """Return the text of each draft that is due, by its file, and problems of the templates.

    Due are the first `draft_places` categories of `order` that lack a page in some language, are
    not dismissed and have no draft in it: at most `drafts_per_run` of them. A language without a
    template has no drafts.
    """
    templates = {
        language: path
        for language in languages
        if (path := project.data / "templates" / f"faq.{language}.md").is_file()
    }
    due = list(_due(project, taxonomy, tuple(templates), order))[: taxonomy.drafts_per_run]
    if not due:
        return {}, []
    pages, _ = load_pages(project, tuple(languages))
    drafts: dict[Path, str] = {}
    problems: list[Problem] = []
    for category, lacking in due:
        guides = _guides(category, taxonomy, pages)
        for language, path in lacking.items():
            values = {
                "category": category.id,
                "title": json.dumps(category.name[language], ensure_ascii=False),
                "reviewed": as_of.isoformat(),
                "related": "".join(f"\n  - {slug}" for slug in guides) or " []",
                "guides": "\n".join(_links(guides, category, pages, language)),
            }
            text, found = fill_template(
                project, templates[language], values, language=language, slug=category.slug
            )
            problems += found
            drafts[path] = text
    return drafts, sorted(set(problems))


def draft_path(project: Project, category: Category, language: str) -> Path:
    """Return where the draft of a category's answer lies."""
    return project.docs / "_drafts" / language / f"{category.slug}.md"


def _due(
    project: Project, taxonomy: Taxonomy, languages: Sequence[str], order: Sequence[str]
) -> Iterator[tuple[Category, dict[str, Path]]]:
    categories = {category.id: category for category in taxonomy.categories}
    for name in order[: taxonomy.draft_places]:
        lacking = {
            language: path
            for language in languages
            if not (project.pages_of(language) / f"{categories[name].slug}.md").exists()
            and not (path := draft_path(project, categories[name], language)).exists()
        }
        if lacking and name not in taxonomy.dismissed:
            yield categories[name], lacking


def _guides(category: Category, taxonomy: Taxonomy, pages: Pages) -> list[str]:
    """Return the slugs of pages to link: of the same name, then those its theme refers to most."""
    same_theme = {each.slug for each in taxonomy.categories if each.theme == category.theme}
    named: Counter[str] = Counter()
    for (_, slug), page in sorted(pages.items()):
        if slug.endswith(f"/{category.id}") and slug != category.slug:
            named[slug] += len(pages)
        if slug in same_theme:
            named.update(each for each in page.meta.related if each != category.slug)
    return [slug for slug, _ in named.most_common(MOST_GUIDES)]


def _links(guides: Sequence[str], category: Category, pages: Pages, language: str) -> Iterator[str]:
    folder = posixpath.dirname(category.slug)
    for slug in guides:
        if page := pages.get((language, slug)):
            yield f"- [{page.meta.title}]({posixpath.relpath(slug, folder)}.md)"
