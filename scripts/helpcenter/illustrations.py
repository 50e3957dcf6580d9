"""Drawn illustrations: their words in every language, and the drawing that goes with them.

Words: docs/_data/illustrations/<name>.yml. Drawing: overrides/illustrations/<name>.svg, a template
with one macro per panel that takes the panel's words. Knows nothing of pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated

from jinja2 import Environment
from markupsafe import Markup
from pydantic import Field, model_validator

from helpcenter import lettering, yamlfile
from helpcenter.problems import Problem, found
from helpcenter.product import DataModel, Localized
from helpcenter.project import Project
from helpcenter.templates import fragment_environment

# Names of macros and keys of words, as templates write them.
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Panel(DataModel):
    """One picture: `caption` stands under it, `shows` in its place, `labels` inside it."""

    id: Id
    caption: Localized
    shows: Localized
    labels: dict[Id, Localized] = Field(default_factory=dict)


class Illustration(DataModel):
    """The words of one drawing; its panels are steps unless `steps` is false.

    `labels` are words that several panels share.
    """

    title: Localized
    steps: bool = True
    labels: dict[Id, Localized] = Field(default_factory=dict)
    panels: Annotated[tuple[Panel, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Illustration:
        ids = [panel.id for panel in self.panels]
        if twice := sorted({name for name in ids if ids.count(name) > 1}):
            raise ValueError(f"the panel {', '.join(twice)} is given twice")
        return self

    def words(self, panel: Panel, language: str) -> dict[str, str]:
        """Return the words inside a panel, in one language."""
        labels = self.labels | panel.labels
        return {name: text[language] for name, text in labels.items()}


Illustrations = Mapping[str, Illustration]


def load_illustrations(
    project: Project, languages: tuple[str, ...]
) -> tuple[Illustrations, list[Problem]]:
    """Read the words of every illustration, by name; words without a drawing are a problem."""
    illustrations: dict[str, Illustration] = {}
    problems: list[Problem] = []
    for path in sorted((project.data / "illustrations").glob("*.yml")):
        words, found_here = yamlfile.load(
            path, Illustration, project=project, context={"languages": languages}
        )
        problems += found_here
        if words is not None:
            illustrations[path.stem] = words
    problems += _pairs(project, illustrations)
    return illustrations, problems


def _pairs(project: Project, words: Illustrations) -> Iterator[Problem]:
    folder = project.illustrations
    for name in words:
        if not (folder / f"{name}.svg").is_file():
            path = project.relative(project.data / "illustrations" / f"{name}.yml")
            drawing = project.relative(folder / f"{name}.svg")
            message = f"there is no drawing for these words {found(name, 'a name of a drawing')}"
            hint = f"draw {drawing}, or correct the file's name"
            yield Problem(path, 1, "drawing-missing", message, hint)


def drawing_environment(folder: Path) -> Environment:
    """Return the environment of the drawings in `folder`; they break lines with `wrap`."""
    environment = fragment_environment(folder)
    environment.filters["wrap"] = lettering.wrap
    return environment


def draw(environment: Environment, name: str, panel: str, words: Mapping[str, str]) -> Markup:
    """Return the inside of one panel's SVG; `words` are the labels in one language.

    Raises UndefinedError for words that the words file lacks, and AttributeError for a panel that
    the drawing lacks: defects of the drawing, not of a page.
    """
    template = environment.get_template(f"{name}.svg")
    macro: Callable[[SimpleNamespace], Markup] = getattr(template.module, panel)
    # Not the mapping itself: its methods would hide words of their names, such as "copy".
    return macro(SimpleNamespace(**words))
