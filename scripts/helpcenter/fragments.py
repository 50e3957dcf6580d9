"""The fragments that markers stand for: what each shows, in the language of the page's text.

Each renders one template of overrides/helpcenter/ and decides only what goes in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args

from helpcenter import templates
from helpcenter.facts import fill, format_day, format_fact
from helpcenter.fees import schedule, table
from helpcenter.site_context import Site, View, link

Options = Mapping[str, str]


class FragmentError(Exception):
    """An option that cannot be used; `hint` says what can."""

    def __init__(self, message: str, hint: str) -> None:
        """Say what is wrong and what to write instead."""
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Fragment:
    """A marker's meaning: how it is rendered and which options it takes."""

    render: Callable[[Site, View, Options], str]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A link to a page with its lead, as lists show it."""

    title: str
    url: str
    lead: str
    type: str
    language: str | None  # the tag of the text where it is not the page's language


def _render(site: Site, view: View, name: str, **values: object) -> str:
    strings = site.strings[view.page.language]
    return templates.render(
        site.fragments,
        name,
        t=strings.text,
        count=strings.count,
        url=lambda slug, anchor="": link(site, view, slug, anchor),
        **values,
    )


def entry(site: Site, view: View, slug: str) -> Entry | None:
    """Return a list entry for a page in the reader's language, or None where there is no page."""
    page = site.page(slug, view.page.language)
    if page is None:
        return None
    values = site.values(page.language)
    return Entry(
        title=fill(page.meta.title, values),
        url=link(site, view, slug),
        lead=fill(page.lead, values),
        type=page.meta.type,
        language=None if page.language == view.page.language else site.product.tag(page.language),
    )


def _entries(site: Site, view: View, slugs: list[str]) -> list[Entry]:
    return [found for slug in slugs if (found := entry(site, view, slug))]


def _search_field(site: Site, view: View, options: Options) -> str:
    return _render(site, view, "search-field")


def _notices(site: Site, view: View, options: Options) -> str:
    return _render(
        site,
        view,
        "notices",
        notices=site.notices.current(site.as_of),
        language=view.page.language,
    )


def _top_questions(site: Site, view: View, options: Options) -> str:
    number = options.get("count", "6")
    if not number.isdecimal() or int(number) < 1:
        raise FragmentError(f"count is {number}, not a whole number above 0", "write count=6")
    slugs = [category.slug for category in site.faq_order]
    return _render(site, view, "top-questions", entries=_entries(site, view, slugs)[: int(number)])


def _faq_list(site: Site, view: View, options: Options) -> str:
    questions = [
        (found, category.name[view.page.language])
        for category in site.faq_order
        if (found := entry(site, view, category.slug))
    ]
    ranked_on = format_day(site.ranking.as_of, view.page.language) if site.ranking else None
    return _render(site, view, "faq-list", questions=questions, ranked_on=ranked_on)


def _topic_cards(site: Site, view: View, options: Options) -> str:
    return _render(site, view, "topic-cards", entries=_entries(site, view, sections(site)))


def _section_pages(site: Site, view: View, options: Options) -> str:
    section = view.page.section
    slugs = [
        slug
        for slug in site.navigation.slugs
        if slug.startswith(f"{section}/") and slug != view.page.slug
    ]
    return _render(site, view, "section-pages", entries=_entries(site, view, slugs))


def _all_pages(site: Site, view: View, options: Options) -> str:
    groups = [
        (
            heading,
            _entries(
                site, view, [slug for slug in site.navigation.slugs if slug.startswith(prefix)]
            ),
        )
        for section in sections(site)
        if (heading := entry(site, view, section))
        for prefix in [section.removesuffix("index")]
    ]
    return _render(site, view, "all-pages", groups=groups)


def sections(site: Site) -> list[str]:
    """Return the first page of each section, in the order of the menu."""
    return [slug for slug in site.navigation.slugs if slug.endswith("/index")]


def _channel_rows(site: Site, view: View) -> list[dict[str, str | None]]:
    language = view.page.language
    return [
        {
            "name": channel.name[language],
            "kind": channel.kind,
            "address": channel.address_in(language),
            "use": channel.use[language],
            "reply": format_fact(site.facts[channel.reply], site.strings[language])
            if channel.reply
            else None,
        }
        for channel in site.product.channels
    ]


def _channels(site: Site, view: View, options: Options) -> str:
    return _render(site, view, "channels", channels=_channel_rows(site, view))


def _contact_card(site: Site, view: View, options: Options) -> str:
    return _render(
        site,
        view,
        "contact-card",
        channels=[channel for channel in _channel_rows(site, view) if channel["reply"]],
        product=site.product.name[view.page.language],
    )


def _domains(site: Site, view: View, options: Options) -> str:
    return _render(site, view, "domains", domains=site.product.official_domains)


def _glossary(site: Site, view: View, options: Options) -> str:
    language, source = view.page.language, site.product.source_language
    terms = sorted(site.glossary.terms, key=lambda term: term.term[source].casefold())
    others = [
        (code, site.product.tag(code)) for code in site.product.language_codes if code != language
    ]
    return _render(site, view, "glossary", terms=terms, language=language, others=others)


def _fee_table(site: Site, view: View, options: Options) -> str:
    product, products = options.get("product", ""), get_args(schedule.Product)
    if product not in products:
        raise FragmentError(
            f"the fee table needs a product, one of {', '.join(products)}",
            "write <!-- hc:fee-table product=withdrawal -->",
        )
    entries = site.schedule.on(site.as_of, product)
    rows = [table.row(entry, site.schedule, site.strings[view.page.language]) for entry in entries]
    return _render(
        site,
        view,
        "fee-table",
        product=product,
        rows=rows,
        as_of=format_day(site.as_of, view.page.language),
    )


FRAGMENTS: Mapping[str, Fragment] = {
    "search-field": Fragment(_search_field),
    "notices": Fragment(_notices),
    "top-questions": Fragment(_top_questions, ("count",)),
    "topic-cards": Fragment(_topic_cards),
    "section-pages": Fragment(_section_pages),
    "faq-list": Fragment(_faq_list),
    "all-pages": Fragment(_all_pages),
    "channels": Fragment(_channels),
    "contact-card": Fragment(_contact_card),
    "domains": Fragment(_domains),
    "glossary": Fragment(_glossary),
    "fee-table": Fragment(_fee_table, ("product",)),
}
