"""Pages, markers and the lists made from them."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from helpcenter import markers
from helpcenter.faq.ranking import Ranked, Ranking, ordered
from helpcenter.fragments import FRAGMENTS, FragmentError
from helpcenter.page_context import page_context
from helpcenter.pages import Page, parse_page
from helpcenter.site_context import Site, View, link

FRONT = "---\ntitle: T\ndescription: D\ntype: guide\nreviewed: 2026-11-20\n---\n"


def page_of(body: str, language: str = "en", slug: str = "fees/overview") -> Page:
    page, problems = parse_page(FRONT + body, name="p.md", language=language, slug=slug)
    assert problems == []
    assert page is not None
    return page


def expand(body: str, site: Site, *, interface: str = "en") -> tuple[str, list[tuple[int, str]]]:
    page = page_of(body)
    text, problems = markers.expand(
        page.body, View(page, interface), site, first_line=page.body_line
    )
    return text, [(problem.line, problem.rule) for problem in problems]


def test_headings_are_read_with_line_level_text_and_anchor() -> None:
    body = "Lead.\n\n## One { #one }\n\n```\n## not a heading\n```\n\n### Two\n"
    headings = page_of(body).headings
    assert [(h.line, h.level, h.text, h.anchor) for h in headings] == [
        (9, 2, "One", "one"),
        (15, 3, "Two", None),
    ]


@pytest.mark.parametrize(
    ("body", "lead"),
    [
        ("The answer\nin two lines.\n\nMore.", "The answer in two lines."),
        ("\n<!-- hc:notices -->\n\nAfter a marker.\n", "After a marker."),
        ("See [the *page*](a.md#b) **now**.", "See the page now."),
        ("## Only a heading { #h }\n", ""),
    ],
)
def test_the_lead_is_the_first_paragraph_as_plain_text(body: str, lead: str) -> None:
    assert page_of(body).lead == lead


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("No front matter", "front-matter"),
        ("---\ntitle: T\n---\n", "data-invalid"),
        ("---\ntitle: a: b\n---\n", "yaml-syntax"),
        (FRONT.replace("title: T", 'title: "<script>"'), "data-invalid"),
        (FRONT.replace("type: guide", "template: x.html\ntype: guide"), "data-invalid"),
    ],
)
def test_a_page_without_valid_front_matter_is_a_problem(text: str, rule: str) -> None:
    page, problems = parse_page(text, name="p.md", language="en", slug="a")
    assert page is None
    assert rule in {problem.rule for problem in problems}


def test_markers_and_facts_in_code_are_left_alone(site: Site) -> None:
    body = "```\n<!-- hc:notices -->\n{{ support.first_reply }}\n```\n"
    assert expand(body, site) == (body, [])


def test_a_fact_is_shown_in_the_language_of_the_text(site: Site) -> None:
    text, problems = expand("Within {{ support.first_reply }}.", site, interface="zh")
    assert (text, problems) == ("Within 24 hours.", [])


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("<!-- hc:no-such -->", "marker-unknown"),
        ("<!-- hc:notices colour=red -->", "marker-option"),
        ("<!-- hc:fee-table -->", "marker-option"),
        ("<!-- hc:fee-table product=lending -->", "marker-option"),
        ("<!-- hc:top-questions count=none -->", "marker-option"),
        ("Text <!-- hc:notices -->", "marker-syntax"),
        ('<!-- hc:notices "x" -->', "marker-syntax"),
        ("{{ support.nothing }}", "fact-unknown"),
    ],
)
def test_what_cannot_be_expanded_is_a_problem_of_its_line(site: Site, line: str, rule: str) -> None:
    _, problems = expand(f"First.\n\n{line}\n", site)
    assert problems == [(9, rule)]


@pytest.mark.parametrize("name", FRAGMENTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_fragment_is_one_block_of_html_without_blank_lines(
    site: Site, name: str, language: str
) -> None:
    page = site.pages[language, "fees/index"]
    known = {
        "product": "withdrawal",
        "fee": "trade-taker",
        "asset": "USDT",
        "network": "tron",
        "amount": "100",
        "count": "3",
        "name": "send",
    }
    options = {option: known[option] for option in FRAGMENTS[name].options if option in known}
    html = FRAGMENTS[name].render(site, View(page, language), options)
    assert html.startswith("<")
    assert "\n\n" not in html
    assert "{{" not in html


def test_text_from_data_is_escaped_in_fragments(site: Site) -> None:
    term = site.glossary.terms[0]
    hostile = term.model_copy(update={"definition": {"en": "<b onclick=x>", "zh": "<b>"}})
    changed = dataclasses.replace(
        site, glossary=site.glossary.model_copy(update={"terms": (hostile,)})
    )
    view = View(site.pages["en", "reference/glossary"], "en")
    html = FRAGMENTS["glossary"].render(changed, view, {})
    assert "&lt;b onclick=x&gt;" in html
    assert "<b onclick" not in html


def test_an_option_error_says_what_can_be_written(site: Site) -> None:
    with pytest.raises(FragmentError) as raised:
        FRAGMENTS["fee-table"].render(site, View(site.pages["en", "index"], "en"), {})
    assert "withdrawal" in raised.value.hint


@pytest.mark.parametrize(
    ("start", "interface", "target", "expected"),
    [
        ("index", "en", "faq/index", "faq/"),
        ("faq/index", "zh", "index", "../"),
        ("faq/account-locked", "zh", "faq/account-locked", "./"),
        ("faq/account-locked", "en", "fees/overview", "../../fees/overview/"),
    ],
)
def test_links_are_relative_and_stay_in_the_readers_language(
    site: Site, start: str, interface: str, target: str, expected: str
) -> None:
    assert link(site, View(site.pages[interface, start], interface), target) == expected


def test_a_page_that_is_not_translated_is_listed_in_its_own_language(site: Site) -> None:
    pages = {key: page for key, page in site.pages.items() if key != ("zh", "fees/overview")}
    view = View(pages["zh", "fees/index"], "zh")
    html = FRAGMENTS["section-pages"].render(dataclasses.replace(site, pages=pages), view, {})
    assert '<li class="hc-pages__item" lang="en"><a href="overview/">' in html


def test_the_faq_follows_the_ranking_and_then_the_taxonomy(site: Site) -> None:
    ids = [category.id for category in site.taxonomy.categories]
    ranking = Ranking.model_validate(
        {
            "schema": 1,
            "as_of": "2026-11-20",
            "window_days": 90,
            "order": [
                {"category": ids[3], "weight": 64},
                {"category": "gone-since", "weight": 32},
                {"category": ids[1], "weight": 0},
            ],
        }
    )
    found = [category.id for category in ordered(site.taxonomy, ranking)]
    assert found[:2] == [ids[3], ids[1]]
    assert found[2:] == [name for name in ids if name not in found[:2]]
    assert [category.id for category in ordered(site.taxonomy, None)] == ids
    assert Ranked(category="a", weight=0).weight == 0


def test_notices_are_shown_from_their_start_to_their_end(site: Site) -> None:
    notice = site.notices.notices[0]
    day = datetime.timedelta(days=1)
    first, last = notice.starts.date(), notice.ends.date()
    assert notice in site.notices.current(first)
    assert notice not in site.notices.current(first - day)
    assert notice in site.notices.current(last - day)
    assert notice not in site.notices.current(last)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_of_a_section_leads_to_the_next_and_back(site: Site, language: str) -> None:
    for name, slugs in site.navigation.sections:
        if not name:
            continue
        contexts = [
            page_context(site, View(site.pages[language, slug], language), stale_after_days=365)
            for slug in slugs
        ]
        titles = [context.title for context in contexts]
        assert [each.before.title for each in contexts if each.before] == titles[:-1]
        assert [each.after.title for each in contexts if each.after] == titles[1:]


def test_the_home_page_has_no_neighbors(site: Site) -> None:
    assert site.navigation.neighbors("index") == (None, None)


def test_a_page_not_reviewed_for_long_asks_for_caution(site: Site) -> None:
    view = View(site.pages["en", "fees/overview"], "en")
    age = (site.as_of - view.page.meta.reviewed).days
    assert not page_context(site, view, stale_after_days=age).is_stale
    assert page_context(site, view, stale_after_days=age - 1).is_stale
