"""Draft a known-issue notice for each surge: inactive, in every language, for a person to judge.

Knows category, language and first day of a surge and nothing of tickets; writes no file. The
texts are the project's own: docs/_data/templates/notice.<language>.yml.
"""

from __future__ import annotations

import datetime
import json
import string
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from pydantic import AfterValidator

from helpcenter import yamlfile
from helpcenter.faq.taxonomy import Category, Taxonomy
from helpcenter.notices import Notice, Notices, load_notices
from helpcenter.problems import Problem
from helpcenter.product import DataModel
from helpcenter.project import Project
from helpcenter.tickets.ranking.surge import LONGEST, Surge

_SHOWN_FOR: Final = 14
# Late tickets may move the first day that is found for a surge by so many days.
_SHIFT: Final = datetime.timedelta(days=14)
_BLOCKED: Final = 2

_DRAFT = """\
# A draft by the ticket sync: many more tickets than usual of {category}
# (in: {languages}) since {start}. Nobody sees it before a person does this:
#   to activate  correct the texts and times, move the entry to docs/_data/notices.yml and
#                remove the line "active: false"
#   to dismiss   leave this file here until the surge is over: no second draft is written
notices:
  - id: {category}-{start}
    active: false
    level: {level}
    category: {category}{page}
    title:{title}
    text:{text}
    known:{known}
    action:{action}
    owner:{owner}
    starts: {start}T00:00:00Z
    next_update: {update}T12:00:00Z
    ends: {ends}T00:00:00Z
"""


def _only_the_category(text: str) -> str:
    fields = [field for _, *field in string.Formatter().parse(text) if field[0] is not None]
    if any(field != ["category", "", None] for field in fields):
        raise ValueError("only {category} may stand in braces")
    return text


Wording = Annotated[str, AfterValidator(_only_the_category)]


class NoticeTemplate(DataModel):
    """The words of a drafted notice in one language; `{category}` is the category's name."""

    title: Wording
    text: Wording
    known: Wording
    action: Wording
    owner: Wording


@dataclass(frozen=True)
class Drafting:
    """What a draft is made of, and which notices there are already: published or drafted."""

    templates: Mapping[str, NoticeTemplate]
    existing: tuple[Notice, ...]


def draft_notices(
    project: Project,
    taxonomy: Taxonomy,
    languages: tuple[str, ...],
    surges: Sequence[Surge],
    *,
    as_of: datetime.date,
) -> tuple[dict[Path, str], list[Problem]]:
    """Return the text of each draft that is due, by its file, and problems of what it is made of.

    A project that lacks a language's template has no drafts. No file is ever written again.
    """
    if not surges or not all(_template(project, language).is_file() for language in languages):
        return {}, []
    drafting, problems = load_drafting(project, languages)
    if drafting is None:
        return {}, problems
    answered = {
        category.id
        for category in taxonomy.categories
        if (project.pages_of(languages[0]) / f"{category.slug}.md").is_file()
    }
    due = drafts(surges, taxonomy.categories, drafting, answered=answered, as_of=as_of)
    paths = {folder(project) / name: text for name, text in due.items()}
    return {path: text for path, text in paths.items() if not path.exists()}, []


def load_drafting(
    project: Project, languages: tuple[str, ...]
) -> tuple[Drafting | None, list[Problem]]:
    """Read the templates, notices.yml and the drafts that lie there."""
    problems: list[Problem] = []
    templates: dict[str, NoticeTemplate] = {}
    for language in languages:
        path = _template(project, language)
        template, found_here = yamlfile.load(path, NoticeTemplate, project=project)
        problems += found_here
        if template is not None:
            templates[language] = template
    published, found_here = load_notices(project, languages)
    problems += found_here
    existing = list(published.notices) if published else []
    for path in sorted(folder(project).glob("*.yml")):
        drafts, found_here = yamlfile.load(
            path, Notices, project=project, context={"languages": languages}
        )
        problems += found_here
        existing += drafts.notices if drafts else ()
    return (None, problems) if problems else (Drafting(templates, tuple(existing)), [])


def folder(project: Project) -> Path:
    """Return where drafts of notices lie."""
    return project.docs / "_drafts" / "notices"


def _template(project: Project, language: str) -> Path:
    return project.data / "templates" / f"notice.{language}.yml"


def drafts(
    surges: Iterable[Surge],
    categories: Sequence[Category],
    drafting: Drafting,
    *,
    answered: Collection[str],
    as_of: datetime.date,
) -> dict[str, str]:
    """Return the text of each draft that is due, by its file's name.

    `answered` are the categories whose page readers can be sent to.

    One notice speaks to readers of every language, so a category has one draft for the surges
    it has in several. None is due while a notice of the category covers the surge.
    """
    by_id = {category.id: category for category in categories}
    due: dict[str, list[Surge]] = {}
    for surge in sorted(surges):
        if not any(covers(notice, surge) for notice in drafting.existing):
            due.setdefault(surge.category, []).append(surge)
    return {
        f"{name}-{min(surge.start for surge in found).isoformat()}.yml": _render(
            by_id[name], found, drafting.templates, has_page=name in answered, as_of=as_of
        )
        for name, found in due.items()
    }


def covers(notice: Notice, surge: Surge) -> bool:
    """Return whether the surge is the one that the notice speaks of, whatever its language."""
    if notice.category != surge.category:
        return False
    first = notice.starts.date()
    last = max(notice.ends.date(), first + datetime.timedelta(days=LONGEST))
    return first - _SHIFT <= surge.start <= last


def _render(
    category: Category,
    surges: Sequence[Surge],
    templates: Mapping[str, NoticeTemplate],
    *,
    has_page: bool,
    as_of: datetime.date,
) -> str:
    start = min(surge.start for surge in surges)
    day = datetime.timedelta(days=1)

    def wording(name: str) -> str:
        lines = ""
        for language, template in templates.items():
            text = getattr(template, name).format(category=category.name[language])
            lines += f"\n      {language}: {json.dumps(text, ensure_ascii=False)}"
        return lines

    return _DRAFT.format(
        category=category.id,
        page=f"\n    page: {category.slug}" if has_page else "",
        languages=", ".join(surge.language for surge in surges),
        start=start,
        level="incident" if category.severity > _BLOCKED else "warning",
        ends=as_of + _SHOWN_FOR * day,
        update=as_of + day,
        **{name: wording(name) for name in NoticeTemplate.model_fields},
    )
