"""Pages as writers keep them: front matter, headings and text of each Markdown file.

Reads source, never HTML, and renders nothing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints

from helpcenter import yamlfile
from helpcenter.problems import Problem
from helpcenter.product import DataModel
from helpcenter.project import Project

PageType = Literal["guide", "troubleshooting", "explanation", "reference", "faq", "index"]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*$")]
Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^<>\n]+$")]

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)?---\n", re.DOTALL)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*$")
_ANCHOR = re.compile(r"\s*\{\s*#([\w-]+)\s*\}$")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = re.compile(r"(\*\*|__|\*|`)(.+?)\1")


class FrontMatter(DataModel):
    """What a page says of itself, before its text."""

    title: Line
    description: Line
    type: PageType
    reviewed: datetime.date
    asked_as: tuple[Line, ...] = ()
    related: tuple[Slug, ...] = ()
    category: str | None = None
    published: datetime.date | None = None


@dataclass(frozen=True)
class Heading:
    """A heading of the text; `anchor` is None where the writer gave none."""

    line: int
    level: int
    text: str
    anchor: str | None


@dataclass(frozen=True)
class Page:
    """One page in one language; `slug` is its path without language and ending."""

    language: str
    slug: str
    path: str
    meta: FrontMatter
    body: str = field(repr=False)
    body_line: int

    @property
    def section(self) -> str:
        """Return the first folder of the slug, or "" for the home page."""
        return self.slug.partition("/")[0] if "/" in self.slug else ""

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield each line outside code blocks with its number in the file."""
        return outside_code(self.body, self.body_line)

    @property
    def headings(self) -> tuple[Heading, ...]:
        """Return the headings in order."""
        found = []
        for number, line in self.lines():
            if match := _HEADING.match(line):
                anchor = _ANCHOR.search(match.group(2))
                text = _ANCHOR.sub("", match.group(2))
                name = anchor.group(1) if anchor else None
                found.append(Heading(number, len(match.group(1)), text, name))
        return tuple(found)

    @property
    def lead(self) -> str:
        """Return the first paragraph as plain text: the answer, before anything else."""
        paragraph: list[str] = []
        for _, line in self.lines():
            if line.strip() and not line.startswith(("#", "<!--", "!!!", "    ")):
                paragraph.append(line.strip())
            elif paragraph:
                break
        return plain(" ".join(paragraph))


Pages = dict[tuple[str, str], Page]


def plain(text: str) -> str:
    """Return inline Markdown as plain text: links and emphasis leave their words."""
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))


def outside_code(text: str, first_line: int = 1) -> Iterator[tuple[int, str]]:
    """Yield the lines of Markdown that are not inside a fenced code block, numbered."""
    fence = ""
    for number, line in enumerate(text.split("\n"), first_line):
        match = _FENCE.match(line)
        if fence:
            if match and match.group(1).startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif match:
            fence = match.group(1)
        else:
            yield number, line


def parse_page(
    text: str, *, name: str, language: str, slug: str
) -> tuple[Page | None, list[Problem]]:
    """Read the source of one page; a page without valid front matter is None with problems."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        message = "the page does not begin with front matter"
        hint = "begin the file with ---, then title, description, type and reviewed, then ---"
        return None, [Problem(name, 1, "front-matter", message, hint)]
    meta, problems = yamlfile.parse(match.group(1) or "", FrontMatter, name=name, first_line=2)
    if meta is None:
        return None, problems
    body_line = match.group(0).count("\n") + 1
    return Page(language, slug, name, meta, text[match.end() :], body_line), []


def load_pages(project: Project, languages: tuple[str, ...]) -> tuple[Pages, list[Problem]]:
    """Read every page of every language, by language and slug."""
    pages: Pages = {}
    problems: list[Problem] = []
    for language in languages:
        folder = project.pages_of(language)
        for path in sorted(folder.rglob("*.md")):
            text, found_here = yamlfile.read_text(path, project=project)
            problems += found_here
            if text is not None:
                slug = slug_of(path, folder)
                name = project.relative(path)
                page, found_here = parse_page(text, name=name, language=language, slug=slug)
                problems += found_here
                if page is not None:
                    pages[language, slug] = page
    return pages, problems


def slug_of(path: Path, folder: Path) -> str:
    """Return the slug of a page's file below its language's folder."""
    return path.relative_to(folder).with_suffix("").as_posix()
