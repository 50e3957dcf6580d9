"""The menu: sections and their pages, in the order of `nav` in mkdocs.yml.

Takes only that list of it: each section is a folder of pages and begins with its index.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpcenter.configuration import load_configuration
from helpcenter.problems import Problem
from helpcenter.project import Project


@dataclass(frozen=True)
class Navigation:
    """The slugs of the menu by section; the home page's section is ""."""

    sections: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        """Return every slug in the order of the menu."""
        return tuple(slug for _, slugs in self.sections for slug in slugs)

    @property
    def menu(self) -> list[str | dict[str, list[str]]]:
        """Return the menu in the form it has in mkdocs.yml."""
        return [
            {name: [f"{slug}.md" for slug in slugs]} if name else f"{slugs[0]}.md"
            for name, slugs in self.sections
        ]

    def neighbors(self, slug: str) -> tuple[str | None, str | None]:
        """Return the pages before and after a page in its section, where there are such."""
        slugs = next((slugs for _, slugs in self.sections if slug in slugs), (slug,))
        place = slugs.index(slug)
        before = slugs[place - 1] if place else None
        return before, slugs[place + 1] if place + 1 < len(slugs) else None

    def sort(self, section: str, place: Callable[[str], int]) -> Navigation:
        """Return the menu with one section's pages in the order of `place`, its index first."""
        return Navigation(
            tuple(
                (name, tuple(sorted(slugs, key=place)) if name == section else slugs)
                for name, slugs in self.sections
            )
        )


def load_navigation(project: Project) -> tuple[Navigation | None, list[Problem]]:
    """Read the menu from mkdocs.yml."""
    file, problems = load_configuration(project)
    if file is None:
        return None, problems
    sections: list[tuple[str, tuple[str, ...]]] = []
    for item in file.nav:
        if isinstance(item, str):
            sections.append(("", (item.removesuffix(".md"),)))
        else:
            sections += [
                (name, tuple(page.removesuffix(".md") for page in pages))
                for name, pages in item.items()
            ]
    return Navigation(tuple(sections)), []
