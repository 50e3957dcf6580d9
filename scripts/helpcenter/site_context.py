"""Everything the pages are made from, read and checked once: the data files and the pages.

The one place where a site is put together; what renders or checks it takes a `Site`.
"""

from __future__ import annotations

import datetime
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from jinja2 import Environment

from helpcenter.facts import Facts, format_fact, load_facts
from helpcenter.faq.ranking import Ranking, load_ranking, ordered
from helpcenter.faq.taxonomy import Category, Taxonomy, load_taxonomy
from helpcenter.fees import values as fee_values
from helpcenter.fees.schedule import Schedule, load_schedule
from helpcenter.glossary import Glossary, load_glossary
from helpcenter.headers.policy import Headers, load_headers
from helpcenter.illustrations import Illustrations, drawing_environment, load_illustrations
from helpcenter.navigation import Navigation, load_navigation
from helpcenter.notices import Notices, load_notices
from helpcenter.pages import Page, Pages, load_pages
from helpcenter.problems import Problem, found
from helpcenter.product import Product, load_product
from helpcenter.project import Project
from helpcenter.redirects import Redirects, addresses, load_redirects
from helpcenter.reference.library import Reference, load_reference
from helpcenter.strings import Strings, load_strings
from helpcenter.templates import fragment_environment
from helpcenter.term_links import LinkedWords, linked_words


@dataclass(frozen=True)
class Site:
    """One state of the help center, as of a day: data that is not valid then is not shown."""

    project: Project
    as_of: datetime.date
    product: Product
    strings: Mapping[str, Strings]
    facts: Facts
    taxonomy: Taxonomy
    ranking: Ranking | None
    schedule: Schedule
    headers: Headers
    redirects: Redirects
    notices: Notices
    glossary: Glossary
    illustrations: Illustrations
    reference: Reference
    written_navigation: Navigation
    pages: Pages

    @cached_property
    def fragments(self) -> Environment:
        """Return the environment that fragments are rendered in."""
        return fragment_environment(self.project.fragments)

    @cached_property
    def drawings(self) -> Environment:
        """Return the environment that illustrations are drawn in."""
        return drawing_environment(self.project.illustrations)

    @cached_property
    def faq_order(self) -> tuple[Category, ...]:
        """Return the ticket categories in the order readers meet them."""
        return ordered(self.taxonomy, self.ranking)

    @cached_property
    def navigation(self) -> Navigation:
        """Return the menu, its FAQ in the order of the ranking."""
        places = {category.slug: place for place, category in enumerate(self.faq_order, 1)}
        unranked = len(places) + 1
        return self.written_navigation.sort(
            "faq", lambda slug: 0 if slug == "faq/index" else places.get(slug, unranked)
        )

    @cached_property
    def linked_words(self) -> Mapping[str, LinkedWords]:
        """Return the words that pages link to the glossary, by language."""
        return {code: linked_words(self.glossary, code) for code in self.product.language_codes}

    def values(self, language: str) -> Mapping[str, str]:
        """Return what pages may refer to as `{{ name }}`, in one language."""
        return self._values[language]

    @cached_property
    def _values(self) -> Mapping[str, Mapping[str, str]]:
        return {
            language: self.product.values(language)
            | {name: format_fact(fact, strings) for name, fact in self.facts.items()}
            | fee_values.values(self.schedule, self.as_of, strings)
            for language, strings in self.strings.items()
        }

    def languages_of(self, slug: str) -> tuple[str, ...]:
        """Return the languages in which a page truly exists, the source language first."""
        return tuple(code for code in self.product.language_codes if (code, slug) in self.pages)

    def page(self, slug: str, language: str) -> Page | None:
        """Return the page in `language`, else in the source language, else None."""
        return self.pages.get((language, slug)) or self.pages.get(
            (self.product.source_language, slug)
        )

    def path(self, slug: str, language: str) -> str:
        """Return a page's address below the site's root: "", "zh/", "zh/faq/account-locked/"."""
        prefix = "" if language == self.product.source_language else f"{language}/"
        folder = slug.removesuffix("index") if slug.endswith("/index") or slug == "index" else slug
        return prefix + (folder.strip("/") + "/" if folder.strip("/") else "")

    def url(self, slug: str, language: str) -> str:
        """Return a page's absolute address."""
        return self.address(self.path(slug, language))

    def address(self, path: str) -> str:
        """Return the absolute address of what lies at `path` below the site's root."""
        return f"{str(self.product.site_url).rstrip('/')}/{path}"

    @property
    def moved(self) -> Mapping[str, str]:
        """Return where each old address leads, in each language, as paths from the host's root."""
        return addresses(self.redirects, self.product)


@dataclass(frozen=True)
class View:
    """A page as a reader opens it: its text's language, and the language asked for around it.

    They differ on a fallback page, whose text is not yet translated.
    """

    page: Page
    interface: str

    @property
    def is_fallback(self) -> bool:
        """Return whether the text is in another language than the reader asked for."""
        return self.page.language != self.interface


def link(site: Site, view: View, slug: str, anchor: str = "", *, to: str | None = None) -> str:
    """Return the relative address from a page to another, in the reader's language or in `to`."""
    start = "/" + site.path(view.page.slug, view.interface)
    target = posixpath.relpath("/" + site.path(slug, to or view.interface), start)
    return (target + "/" if target != "." else "./") + (f"#{anchor}" if anchor else "")


def load_site(project: Project, as_of: datetime.date) -> tuple[Site | None, list[Problem]]:
    """Read and check the whole project; return the site, or None where a data file is unusable.

    Pages with invalid front matter are left out of the site and reported.
    """
    product, problems = load_product(project)
    if product is None:
        return None, problems
    codes = product.language_codes
    strings, in_strings = load_strings(project, codes)
    facts, in_facts = load_facts(project, codes)
    taxonomy, in_taxonomy = load_taxonomy(project, codes)
    ranking, in_ranking = load_ranking(project)
    schedule, in_schedule = load_schedule(project, codes)
    headers, in_headers = load_headers(project, codes)
    redirects, in_redirects = load_redirects(project, product)
    notices, in_notices = load_notices(project, codes)
    glossary, in_glossary = load_glossary(project, codes)
    illustrations, in_illustrations = load_illustrations(project, codes)
    reference, in_reference = load_reference(project, codes, facts, schedule)
    navigation, in_navigation = load_navigation(project)
    in_data = [
        *(in_strings + in_facts + in_taxonomy + in_ranking),
        *(in_schedule + in_headers + in_notices + in_glossary + in_illustrations),
        *(in_reference + in_navigation + in_redirects),
    ]
    pages, in_pages = load_pages(project, codes)
    in_data += _unknown_facts(product, facts, project)
    problems = in_data + in_pages
    if in_data or not (taxonomy and schedule and headers and notices and glossary):
        return None, problems
    if not (navigation and reference):
        return None, problems
    site = Site(
        project=project,
        as_of=as_of,
        product=product,
        strings=strings,
        facts=facts,
        taxonomy=taxonomy,
        ranking=ranking,
        schedule=schedule,
        headers=headers,
        redirects=redirects,
        notices=notices,
        glossary=glossary,
        illustrations=illustrations,
        reference=reference,
        written_navigation=navigation,
        pages=pages,
    )
    return site, problems


def _unknown_facts(product: Product, facts: Facts, project: Project) -> list[Problem]:
    name = project.relative(project.data / "product.yml")
    return [
        Problem(
            name,
            1,
            "fact-unknown",
            f"channel {channel.id}: no such fact {found(fact, 'a name of facts.yml')}",
            "name a fact of facts.yml, or leave the field out",
        )
        for channel in product.channels
        for fact in channel.fact_names
        if facts and fact not in facts
    ]
