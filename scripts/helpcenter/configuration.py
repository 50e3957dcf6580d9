"""What mkdocs.yml may hold: every key and value that was reviewed, and no other.

The host reads that file before any code of ours can: a tag in it runs code, a plugin, hook or
extension does so at each build, and several keys send readers' requests elsewhere. A new key or
value is added here, in the same pull request. Knows nothing of what the host does with them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from helpcenter import yamlfile
from helpcenter.problems import Problem
from helpcenter.product import DataModel
from helpcenter.project import Project

FILE = "mkdocs.yml"

PageFile = Annotated[str, Field(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*\.md$")]
Section = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
Plain = Annotated[str, Field(pattern=r"^[^<>\n]+$")]
StyleSheet = Annotated[str, Field(pattern=r"^assets/stylesheets/[\w/-]+\.css$")]
Script = Annotated[str, Field(pattern=r"^assets/javascripts/[\w/-]+\.js$")]
Image = Annotated[str, Field(pattern=r"^assets/images/[\w/-]+\.(?:svg|png)$")]
Warn = Literal["warn"]


class Module(DataModel):
    """A script of the site that browsers load as a module."""

    path: Script
    type: Literal["module"]


class BuiltLanguage(DataModel):
    """A language as the i18n plugin is told it."""

    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    name: Plain
    build: Literal[True]
    default: bool = False


class Languages(DataModel):
    """The options of the i18n plugin; without its fallback a page not translated is a gap."""

    docs_structure: Literal["folder"]
    fallback_to_default: Literal[True]
    reconfigure_material: Literal[True]
    reconfigure_search: Literal[False]
    languages: Annotated[tuple[BuiltLanguage, ...], Field(min_length=1)]


class Plugin(DataModel):
    """The one plugin; what others do, the project's own code does."""

    i18n: Languages


class Palette(DataModel):
    """Colors that a reader may choose, and the button that leads there."""

    media: Plain
    primary: Literal["custom"]
    accent: Literal["custom"]
    scheme: Literal["default", "slate"] | None = None
    toggle: dict[Literal["icon", "name"], Plain]


class Theme(DataModel):
    """The theme: no font from elsewhere, and only features that need no inline code."""

    name: Literal["material"]
    custom_dir: Literal["overrides"]
    font: Literal[False]
    logo: Image
    favicon: Image
    features: tuple[
        Literal["navigation.path", "navigation.indexes", "navigation.top", "toc.follow"], ...
    ] = ()
    palette: tuple[Palette, ...]


class TableOfContents(DataModel):
    """How headings are listed."""

    permalink: Literal[False]
    toc_depth: Annotated[int, Field(ge=1, le=6)]


class ExtensionWithOptions(DataModel):
    """An extension of Markdown that has options."""

    toc: TableOfContents


class Menus(DataModel):
    """What the host warns of in the menu."""

    omitted_files: Warn
    not_found: Warn
    absolute_links: Warn


class Links(DataModel):
    """What the host warns of in links."""

    not_found: Warn
    absolute_links: Warn
    unrecognized_links: Warn
    anchors: Warn


class Validation(DataModel):
    """Everything the host can warn of is a warning: a strict build stops at each."""

    nav: Menus
    links: Links


class Extra(DataModel):
    """What templates read; the options of the help center are checked by the build itself."""

    generator: Literal[False] = False
    helpcenter: dict[str, Any] | None = None


class Configuration(DataModel):
    """Everything of mkdocs.yml."""

    nav: list[PageFile | dict[Section, list[PageFile]]]
    site_name: Plain = ""
    docs_dir: Literal["docs"] = "docs"
    site_dir: Literal["site"] = "site"
    exclude_docs: Literal["/_*/"] = "/_*/"
    strict: bool = False
    hooks: tuple[Literal["scripts/mkdocs_hooks.py"], ...] = ()
    plugins: Annotated[tuple[Plugin, ...], Field(max_length=1)] = ()
    theme: Theme | None = None
    watch: tuple[Literal["overrides"], ...] = ()
    extra_css: tuple[StyleSheet, ...] = ()
    extra_javascript: tuple[Script | Module, ...] = ()
    markdown_extensions: tuple[
        Literal["admonition", "attr_list", "def_list", "tables", "pymdownx.superfences"]
        | ExtensionWithOptions,
        ...,
    ] = ()
    validation: Validation | None = None
    extra: Extra = Extra()


def load_configuration(project: Project) -> tuple[Configuration | None, list[Problem]]:
    """Read mkdocs.yml."""
    return yamlfile.load(project.root / FILE, Configuration, project=project)
