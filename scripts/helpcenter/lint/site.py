"""Check the built site: the table of rules, and their problems.

To add a rule, write a generator with why, bad and good in its docstring, name it here, and give
it a case under tests/cases/lint/built/.
"""

from __future__ import annotations

from helpcenter.lint import (
    allowed_rules,
    inline_code_rules,
    language_rules,
    markup_rules,
    reference_rules,
)
from helpcenter.lint.output import Output, each_document
from helpcenter.lint.rules import Rules, run
from helpcenter.problems import Problem

RULES: Rules[Output] = {
    "address-scheme": each_document(allowed_rules.address_scheme),
    "canonical-wrong": each_document(language_rules.canonical_wrong),
    "description-missing": each_document(markup_rules.description_missing),
    "element-unlisted": each_document(allowed_rules.element_unlisted),
    "fact-left": each_document(markup_rules.fact_left),
    "heading-not-one": each_document(markup_rules.heading_not_one),
    "hreflang-missing": each_document(language_rules.hreflang_missing),
    "hreflang-target": each_document(language_rules.hreflang_target),
    "id-duplicate": each_document(markup_rules.id_duplicate),
    "image-alt": each_document(markup_rules.image_alt),
    "inline-handler": each_document(inline_code_rules.inline_handler),
    "inline-script": each_document(inline_code_rules.inline_script),
    "inline-style": each_document(inline_code_rules.inline_style),
    "invisible-character": each_document(allowed_rules.invisible_character),
    "lang-wrong": each_document(language_rules.lang_wrong),
    "left-in-xml": markup_rules.left_in_xml,
    "link-anchor": each_document(reference_rules.link_anchor),
    "link-broken": each_document(reference_rules.link_broken),
    "link-foreign": each_document(allowed_rules.link_foreign),
    "marker-left": each_document(markup_rules.marker_left),
    "noindex-missing": each_document(language_rules.noindex_missing),
    "page-too-far": reference_rules.page_too_far,
    "refresh-elsewhere": each_document(allowed_rules.refresh_elsewhere),
    "request-foreign": reference_rules.request_foreign,
    "resource-missing": reference_rules.resource_missing,
    "sitemap-extra": language_rules.sitemap_extra,
    "sitemap-missing": language_rules.sitemap_missing,
    "title-missing": each_document(markup_rules.title_missing),
}


def check(output: Output) -> list[Problem]:
    """Return all that the rules find in a built site; paths are relative to its folder."""
    return run(RULES, output)
