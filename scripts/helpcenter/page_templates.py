"""New pages from the project's own templates, docs/_data/templates/<type>.<language>.md.

A template is a page with notes for its writer in comments, which the checks refuse in a page that
is published. Writes no file.
"""

from __future__ import annotations

import datetime
import json
import re
import string
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

from helpcenter import yamlfile
from helpcenter.pages import PageType, parse_page
from helpcenter.problems import Problem
from helpcenter.project import Project

CONFIGURATION = "mkdocs.yml"
# The first page of a section is written by hand: it makes the section.
TYPES: tuple[str, ...] = tuple(name for name in get_args(PageType) if name != "index")

_ENTRY = re.compile(r"^(\s+-\s+)([\w-]+)/[\w/-]+\.md\s*(?:#.*)?$")


def new_page(
    project: Project,
    kind: str,
    slug: str,
    titles: Mapping[str, str],
    *,
    reviewed: datetime.date,
) -> tuple[dict[Path, str], list[Problem]]:
    """Return the files of a new page in each language of `titles`, and the menu with its line.

    A page that exists, a section that does not, or a missing template is a problem, and then
    nothing is to be written.
    """
    files: dict[Path, str] = {}
    problems: list[Problem] = []
    for language, title in titles.items():
        path = project.pages_of(language) / f"{slug}.md"
        if path.exists():
            hint = "edit it, or choose another name"
            name = project.relative(path)
            problems.append(Problem(name, 1, "page-exists", "the page exists already", hint))
            continue
        values = {
            "category": slug.rpartition("/")[2],
            "title": json.dumps(title, ensure_ascii=False),
            "reviewed": reviewed.isoformat(),
            "related": " []",
            "guides": "",
        }
        template = project.data / "templates" / f"{kind}.{language}.md"
        text, found = fill_template(project, template, values, language=language, slug=slug)
        files[path] = text
        problems += found
    menu, found = _menu_with(project, slug)
    files[project.root / CONFIGURATION] = menu
    return files, problems + found


def fill_template(
    project: Project, template: Path, values: Mapping[str, str], *, language: str, slug: str
) -> tuple[str, list[Problem]]:
    """Return the template with its $placeholders filled; it must make a page."""
    name = project.relative(template)
    text, problems = yamlfile.read_text(template, project=project)
    if text is None:
        return "", problems
    if unknown := sorted(set(string.Template(text).get_identifiers()) - set(values)):
        message = f"the template has unknown placeholders: {', '.join(unknown)}"
        hint = f"known: {', '.join(f'${each}' for each in values)}"
        return "", [Problem(name, 1, "template-placeholder", message, hint)]
    filled = string.Template(text).safe_substitute(values)
    return filled, parse_page(filled, name=name, language=language, slug=slug)[1]


def _menu_with(project: Project, slug: str) -> tuple[str, list[Problem]]:
    """Return mkdocs.yml with a line for the page at the end of its section, all else as it was."""
    text, problems = yamlfile.read_text(project.root / CONFIGURATION, project=project)
    if text is None:
        return "", problems
    lines = text.split("\n")
    entries = [(place, match) for place, line in enumerate(lines) if (match := _ENTRY.match(line))]
    own = [(place, match[1]) for place, match in entries if match[2] == slug.partition("/")[0]]
    if not own:
        known = ", ".join(dict.fromkeys(match[2] for _, match in entries))
        message = f"the menu has no section {slug.partition('/')[0]}"
        return "", [Problem(CONFIGURATION, 1, "section-unknown", message, f"sections: {known}")]
    place, before = own[-1]
    lines.insert(place + 1, f"{before}{slug}.md")
    return "\n".join(lines), []
