"""Check the sources: the table of rules, and the problems of one reading of the project.

To add a rule, write a generator with why, bad and good in its docstring, name it here (or in
`safety`, where a hostile page would break it), and give it a case under tests/cases/lint/content/.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpcenter.lint import (
    amount_rules,
    copywriting,
    faq_rules,
    heading_rules,
    link_rules,
    markdown_rules,
    menu_rules,
    notice_rules,
    page_rules,
    readability,
    safety,
    set_rules,
    text_rules,
)
from helpcenter.lint.rules import Rules, run
from helpcenter.lint.sources import Content, Reading, each_page, each_source, whole
from helpcenter.markers import expand, fact_problems
from helpcenter.problems import Problem
from helpcenter.site_context import View

RULES: Rules[Reading] = {
    **safety.RULES,
    "amount-typed": each_page(amount_rules.amount_typed),
    "anchor-duplicate": each_page(heading_rules.anchor_duplicate),
    "anchor-form": each_page(heading_rules.anchor_form),
    "anchor-missing": each_page(heading_rules.anchor_missing),
    "anchors-differ": each_page(set_rules.anchors_differ),
    "block-form": each_page(markdown_rules.block_form),
    "category-unknown": each_page(set_rules.category_unknown),
    "category-without-page": whole(set_rules.category_without_page),
    "chinese-form": whole(copywriting.chinese_form),
    "data-reference": whole(set_rules.data_reference),
    "faq-without-guide": each_page(faq_rules.faq_without_guide),
    "faq-without-way-back": each_page(faq_rules.faq_without_way_back),
    "heading-form": each_page(heading_rules.heading_form),
    "heading-level": each_page(heading_rules.heading_level),
    "image-without-text": each_page(markdown_rules.image_without_text),
    "lead-too-long": each_page(page_rules.lead_too_long),
    "link-anchor": each_page(link_rules.link_anchor),
    "link-broken": each_page(link_rules.link_broken),
    "nav-broken": whole(menu_rules.nav_broken),
    "nav-duplicate": whole(menu_rules.nav_duplicate),
    "nav-missing": whole(menu_rules.nav_missing),
    "not-nfc": each_source(text_rules.not_nfc),
    "notice-category": whole(notice_rules.notice_category),
    "notice-overdue": whole(notice_rules.notice_overdue),
    "page-empty": each_page(markdown_rules.page_empty),
    "page-extra": whole(set_rules.page_extra),
    "page-missing": whole(set_rules.page_missing),
    "reading-level": each_page(readability.reading_level),
    "reference-undefined": each_page(markdown_rules.reference_undefined),
    "related-broken": each_page(set_rules.related_broken),
    "section-missing": each_page(heading_rules.section_missing),
    "sentence-too-long": each_page(readability.sentence_too_long),
    "tab-character": each_source(text_rules.tab_character),
    "term-avoided": each_page(page_rules.term_avoided),
}


def check(reading: Reading) -> list[Problem]:
    """Return all that the rules find, and every marker or fact that cannot be replaced."""
    left = _expansion_problems(reading.content) if reading.content else ()
    return [*run(RULES, reading), *left]


def _expansion_problems(content: Content) -> Iterator[Problem]:
    for page in content.site.pages.values():
        view = View(page, interface=page.language)
        yield from expand(page.body, view, content.site, first_line=page.body_line)[1]
        values = content.site.values(page.language)
        for field, text in (("title:", page.meta.title), ("description:", page.meta.description)):
            line = content.front_matter_line(page, field)
            yield from fact_problems(text, values, page.path, line)
