"""The one module that knows MkDocs: hands the help center's pages and values to it.

Tried with MkDocs 1.6.1, Material for MkDocs 9.8.1 and mkdocs-static-i18n 1.3.1, whose habits
tests/integration/test_host.py pins. Every event but startup fires once per language, the source
language first; at a priority below the i18n plugin's (-100) its language is known.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as HostPage

import build_environment
from helpcenter import markers, sanitizer, sitemap
from helpcenter.finish import finish
from helpcenter.headers.preview import with_headers
from helpcenter.headers.render import meta
from helpcenter.page_context import page_context
from helpcenter.problems import report
from helpcenter.project import Project
from helpcenter.site_context import Site, View, load_site

log = get_plugin_logger(__name__)
AFTER_I18N = -110
_started: dict[str, str] = {}


class Options(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml may set under `extra.helpcenter`."""

    stale_after_days = config_options.Type(int, default=365)
    """A page reviewed longer ago than this asks its reader for caution."""
    as_of = config_options.Optional(config_options.Type(datetime.date))
    """The day whose fees and notices are shown; SOURCE_DATE_EPOCH or today (UTC) if not set."""


def on_startup(*, command: str, dirty: bool) -> None:
    """Note what the site is built for: `serve` is a preview."""
    _started["by"] = command


@event_priority(AFTER_I18N)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read the project, afresh in each build, and set what depends on the language."""
    if "site" not in config.extra:
        _read_project(config)
    site: Site = config.extra["site"]
    language = _language(config)
    config.site_url = config.site_url or str(site.product.site_url)
    config.site_name = site.product.site_name[language]
    config.site_description = site.product.tagline[language]
    config.nav = site.navigation.menu
    for scheme, name in zip(config.theme["palette"], ("light", "dark", "auto"), strict=True):
        scheme["toggle"]["name"] = site.strings[language].text(f"theme.{name}")
    return config


def _read_project(config: MkDocsConfig) -> None:
    options = Options()
    options.load_dict(config.extra.get("helpcenter", {}))
    for key, message in [found for kind in options.validate() for found in kind]:
        raise PluginError(f"mkdocs.yml: extra.helpcenter.{key}: {message}")
    if config.strict and (reason := build_environment.hides_warnings()):
        raise PluginError(reason)
    project = Project(Path(config.config_file_path).resolve().parent)
    site, problems = load_site(project, options.as_of or build_environment.day())
    if site is None or problems:
        raise PluginError(report(problems))
    config.extra.update(site=site, options=options)
    config.markdown_extensions.append("helpcenter.table_columns:TableColumns")


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Give the templates that belong to no page, 404.html and sitemap.xml, the whole site."""
    site: Site = config.extra["site"]
    env.globals.update(site=site, policy=meta(site.headers), sitemap_entries=sitemap.entries(site))
    env.globals["is_preview"] = build_environment.is_preview()
    return env


@event_priority(AFTER_I18N)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Name each section in the reader's language, by the title of its first page."""
    site: Site = config.extra["site"]
    for item in nav.items:
        if item.is_section and (page := site.page(f"{item.title}/index", _language(config))):
            item.title = page.meta.title
    return nav


def on_page_markdown(markdown: str, page: HostPage, config: MkDocsConfig, files: Files) -> str:
    """Expand markers and facts; keep the page's context where the templates look for it."""
    site: Site = config.extra["site"]
    source = Path(page.file.abs_src_path or "").relative_to(site.project.docs)
    language, *slug = source.with_suffix("").parts
    view = View(site.pages[language, "/".join(slug)], _language(config))
    expanded = markers.expand_all(view.page.body, view, site, first_line=view.page.body_line)
    for problem in expanded.problems:
        log.warning("%s", problem)  # a strict build stops after all of them
    context = page_context(site, view, stale_after_days=config.extra["options"].stale_after_days)
    page.meta = {"title": context.title, "description": context.description, "context": context}
    page.meta |= {"source": view.page, "parts": expanded.parts}
    page.title = context.title
    if context.is_home:
        page.title = context.t("nav.home")  # what breadcrumbs call it
        page.meta["hide"] = ["navigation", "toc", "path"]
    return expanded.text


def on_page_context(
    context: dict[str, Any], page: HostPage, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """Refuse a text that became HTML of its own; hand the template what it shows around it."""
    for problem in sanitizer.problems(page.content or "", page.meta["parts"], page.meta["source"]):
        log.warning("%s", problem)
    return context | {"hc": page.meta["context"]}


@event_priority(AFTER_I18N)
def on_post_build(config: MkDocsConfig) -> None:
    """Complete the site once every language is built."""
    if not _i18n(config).building:
        source, preview = build_environment.source(), _started["by"] == "serve"
        finish(config.extra["site"], Path(config.site_dir), source, preview=preview)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
    """Send the site's headers in the preview too."""
    server.set_app(with_headers(server.serve_request, config.extra["site"].headers))
    return server


def _i18n(config: MkDocsConfig) -> Any:
    return config.plugins["i18n"]


def _language(config: MkDocsConfig) -> str:
    return str(_i18n(config).current_language)
