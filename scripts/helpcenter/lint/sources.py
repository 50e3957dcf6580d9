"""What the checks of content look at: every source file below docs/, and the site made of them.

Of the theme below overrides/ only symbolic links: what they lead to would be published too.
Reads; judges nothing. The wrappers give a rule the files or pages it is about.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from helpcenter import configuration, yamlfile
from helpcenter.lint.rules import Finding
from helpcenter.lint.vocabulary import Vocabulary, words_to_avoid
from helpcenter.pages import Page
from helpcenter.problems import Problem
from helpcenter.project import Project
from helpcenter.site_context import Site, load_site

CONFIGURATION = configuration.FILE

_TEXT = {".md", ".yml"}


@dataclass(frozen=True)
class Source:
    """One text file as it lies there. A symbolic link is named and not read."""

    path: str
    text: str
    is_link: bool = False

    @property
    def lines(self) -> list[str]:
        """Return the lines, the first being line 1."""
        return self.text.split("\n")


@dataclass(frozen=True)
class Content:
    """The site with its sources; `files` are the paths of all files that would be published."""

    site: Site
    sources: Mapping[str, Source]
    files: frozenset[str]

    @cached_property
    def slugs(self) -> Mapping[str, frozenset[str]]:
        """Return the slugs of each language's files, readable or not."""
        found = {}
        for code in self.site.product.language_codes:
            folder = f"docs/{code}/"
            found[code] = frozenset(
                path.removeprefix(folder).removesuffix(".md")
                for path in self.files
                if path.startswith(folder) and path.endswith(".md")
            )
        return found

    @cached_property
    def anchors(self) -> Mapping[str, frozenset[str]]:
        """Return the anchors of each page, by its path."""
        return {
            page.path: frozenset(heading.anchor for heading in page.headings if heading.anchor)
            for page in self.site.pages.values()
        }

    @cached_property
    def words_to_avoid(self) -> Mapping[str, Vocabulary]:
        """Return the words that the glossary avoids, by language."""
        terms = self.site.glossary.terms
        codes = self.site.product.language_codes
        return {code: words_to_avoid(terms, code) for code in codes}

    def front_matter_line(self, page: Page, piece: str) -> int:
        """Return the line of the page's front matter that `piece` stands in, or 1."""
        lines = self.sources[page.path].lines[: page.body_line - 1]
        return next((number for number, line in enumerate(lines, 1) if piece in line), 1)


@dataclass(frozen=True)
class Reading:
    """All that could be read; `content` is None where a data file is not usable."""

    sources: Mapping[str, Source]
    content: Content | None


Check = Callable[[Reading], Iterator[Finding]]


def read(project: Project, as_of: datetime.date) -> tuple[Reading, list[Problem]]:
    """Read the project; return it with the problems of data files and front matter."""
    site, problems = load_site(project, as_of)
    sources: dict[str, Source] = {}
    files: set[str] = set()
    templates = (path for path in (project.root / "overrides").rglob("*") if path.is_symlink())
    written = [project.root / CONFIGURATION, *sorted(project.docs.rglob("*"))]
    for path in [*written, *sorted(templates)]:
        name = project.relative(path)
        if path.is_symlink():
            sources[name] = Source(name, "", is_link=True)
        elif path.is_file():
            if name.startswith("docs/") and not name.startswith("docs/_"):
                files.add(name)
            if path.suffix in _TEXT:
                text, unreadable = yamlfile.read_text(path, project=project)
                problems += unreadable
                sources[name] = Source(name, text or "")
    content = Content(site, sources, frozenset(files)) if site else None
    return Reading(sources, content), problems


def each_source(rule: Callable[[Source], Iterator[Finding]]) -> Check:
    """Apply a rule to every source file, also where the site could not be put together."""

    @functools.wraps(rule)
    def check(reading: Reading) -> Iterator[Finding]:
        for source in reading.sources.values():
            for finding in rule(source):
                yield replace(finding, path=source.path)

    return check


def each_page(rule: Callable[[Page, Content], Iterator[Finding]]) -> Check:
    """Apply a rule to every page with valid front matter, in every language."""

    @functools.wraps(rule)
    def check(reading: Reading) -> Iterator[Finding]:
        if reading.content is not None:
            for page in reading.content.site.pages.values():
                for finding in rule(page, reading.content):
                    line = finding.line
                    if isinstance(line, str):
                        line = reading.content.front_matter_line(page, line)
                    yield replace(finding, path=page.path, line=line)

    return check


def whole(rule: Callable[[Content], Iterator[Finding]]) -> Check:
    """Apply a rule to the content as a whole."""

    @functools.wraps(rule)
    def check(reading: Reading) -> Iterator[Finding]:
        if reading.content is not None:
            yield from rule(reading.content)

    return check
