"""Check the sources: the table of rules, and the problems of one reading of the project.

To add a rule, write a generator with why, bad and good in its docstring, name it here, and give
it a case under tests/cases/lint/content/.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpcenter.lint import (
    amount_rules,
    copywriting,
    faq_rules,
    heading_rules,
    link_rules,
    menu_rules,
    notice_rules,
    page_rules,
    readability,
    set_rules,
    text_rules,
)
from helpcenter.lint.rules import Rules, run
from helpcenter.lint.sources import Content, Reading, each_page, each_source, whole
from helpcenter.markers import expand, fact_problems
from helpcenter.problems import Problem
from helpcenter.site_context import View

RULES: Rules[Reading] = {
    "amount-typed": each_page(amount_rules.amount_typed),
    "anchor-duplicate": each_page(heading_rules.anchor_duplicate),
    "anchor-form": each_page(heading_rules.anchor_form),
    "anchor-missing": each_page(heading_rules.anchor_missing),
    "anchors-differ": each_page(set_rules.anchors_differ),
    "category-unknown": each_page(set_rules.category_unknown),
    "category-without-page": whole(set_rules.category_without_page),
    "chinese-form": whole(copywriting.chinese_form),
    "control-character": each_source(text_rules.control_character),
    "data-reference": whole(set_rules.data_reference),
    "faq-without-guide": each_page(faq_rules.faq_without_guide),
    "faq-without-way-back": each_page(faq_rules.faq_without_way_back),
    "fence-form": each_page(page_rules.fence_form),
    "fence-open": each_page(page_rules.fence_open),
    "file-too-large": each_source(text_rules.file_too_large),
    "heading-form": each_page(heading_rules.heading_form),
    "heading-level": each_page(heading_rules.heading_level),
    "invisible-character": each_source(text_rules.invisible_character),
    "lead-too-long": each_page(page_rules.lead_too_long),
    "line-too-long": each_source(text_rules.line_too_long),
    "link-absolute": each_page(link_rules.link_absolute),
    "link-anchor": each_page(link_rules.link_anchor),
    "link-broken": each_page(link_rules.link_broken),
    "link-external": each_page(link_rules.link_external),
    "nav-broken": whole(menu_rules.nav_broken),
    "nav-duplicate": whole(menu_rules.nav_duplicate),
    "nav-missing": whole(menu_rules.nav_missing),
    "not-nfc": each_source(text_rules.not_nfc),
    "notice-category": whole(notice_rules.notice_category),
    "notice-overdue": whole(notice_rules.notice_overdue),
    "page-extra": whole(set_rules.page_extra),
    "page-missing": whole(set_rules.page_missing),
    "raw-html": each_page(page_rules.raw_html),
    "reading-level": each_page(readability.reading_level),
    "related-broken": each_page(set_rules.related_broken),
    "section-missing": each_page(heading_rules.section_missing),
    "sentence-too-long": each_page(readability.sentence_too_long),
    "symlink": each_source(text_rules.symlink),
    "tab-character": each_source(text_rules.tab_character),
    "template-code": each_page(page_rules.template_code),
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
