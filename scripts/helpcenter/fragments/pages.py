"""Fragments made from pages: the home page's parts, lists of pages, the FAQ in its order."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from helpcenter import collation
from helpcenter.facts import format_day
from helpcenter.fragments.base import (
    Fragment,
    FragmentError,
    Options,
    entries,
    entry,
    moment,
    render,
)
from helpcenter.site_context import Site, View


def _search_field(site: Site, view: View, options: Options) -> str:
    return render(site, view, "search-field")


def _search_results(site: Site, view: View, options: Options) -> str:
    return render(site, view, "search-results")


def _notices(site: Site, view: View, options: Options) -> str:
    strings = site.strings[view.page.language]
    return render(
        site,
        view,
        "notices",
        notices=site.notices.current(site.as_of),
        language=view.page.language,
        moment=lambda time: moment(time, strings),
    )


def _top_questions(site: Site, view: View, options: Options) -> str:
    number = options.get("count", "6")
    if not number.isdecimal() or int(number) < 1:
        raise FragmentError(f"count is {number}, not a whole number above 0", "write count=6")
    slugs = [category.slug for category in site.faq_order]
    return render(site, view, "top-questions", entries=entries(site, view, slugs)[: int(number)])


def _faq_list(site: Site, view: View, options: Options) -> str:
    questions = [
        (found, category.name[view.page.language])
        for category in site.faq_order
        if (found := entry(site, view, category.slug))
    ]
    ranked_on = format_day(site.ranking.as_of, view.page.language) if site.ranking else None
    return render(site, view, "faq-list", questions=questions, ranked_on=ranked_on)


def _topic_cards(site: Site, view: View, options: Options) -> str:
    return render(site, view, "topic-cards", entries=entries(site, view, sections(site)))


def _section_pages(site: Site, view: View, options: Options) -> str:
    section = view.page.section
    slugs = [
        slug
        for slug in site.navigation.slugs
        if slug.startswith(f"{section}/") and slug != view.page.slug
    ]
    return render(site, view, "section-pages", entries=entries(site, view, slugs))


def _all_pages(site: Site, view: View, options: Options) -> str:
    elsewhere = {"index", view.page.slug, *(category.slug for category in site.faq_order)}
    slugs = [slug for slug in site.navigation.slugs if slug not in elsewhere]
    found = sorted(entries(site, view, slugs), key=lambda each: collation.reading(each.title))
    # Titles under OTHER may stand before and after the letters.
    found.sort(key=lambda each: collation.letter(each.title) == collation.OTHER)
    letters = itertools.groupby(found, key=lambda each: collation.letter(each.title))
    return render(
        site,
        view,
        "all-pages",
        letters=[(letter, list(group)) for letter, group in letters],
        questions=entries(site, view, [category.slug for category in site.faq_order]),
        other=collation.OTHER,
        anchor=lambda letter: f"letter-{'other' if letter == collation.OTHER else letter.lower()}",
    )


def sections(site: Site) -> list[str]:
    """Return the first page of each section, in the order of the menu."""
    return [slug for slug in site.navigation.slugs if slug.endswith("/index")]


PAGES: Mapping[str, Fragment] = {
    "search-field": Fragment(_search_field),
    "search-results": Fragment(_search_results),
    "notices": Fragment(_notices),
    "top-questions": Fragment(_top_questions, ("count",)),
    "topic-cards": Fragment(_topic_cards),
    "section-pages": Fragment(_section_pages),
    "faq-list": Fragment(_faq_list),
    "all-pages": Fragment(_all_pages),
}
