"""Rules about the pages as a set: twins in every language, the FAQ, references by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpcenter.lint.rules import Finding
from helpcenter.lint.sources import Content
from helpcenter.pages import Heading, Page
from helpcenter.problems import found
from helpcenter.translations.parity import compare_headings, compare_slugs


def page_missing(content: Content) -> Iterator[Finding]:
    """Report a page that a language lacks.

    Why: its readers are shown the text in a language they may not read.
    Bad: docs/en/fees/overview.md alone
    Good: docs/en/fees/overview.md and docs/zh/fees/overview.md
    """
    source, *others = content.site.product.language_codes
    for code in others:
        for slug in compare_slugs(content.slugs[source], content.slugs[code]).missing:
            path = f"docs/{code}/{slug}.md"
            hint = f"translate docs/{source}/{slug}.md"
            yield Finding(1, f"the page does not exist in {code!r}", hint, path)


def page_extra(content: Content) -> Iterator[Finding]:
    """Report a page that exists in a translation only.

    Why: it cannot be reached from the source language, and nothing tells whether it is current.
    Bad: docs/zh/fees/old.md alone
    Good: a page of the same name in the source language
    """
    source, *others = content.site.product.language_codes
    for code in others:
        for slug in compare_slugs(content.slugs[source], content.slugs[code]).extra:
            hint = f"write docs/{source}/{slug}.md, rename this file, or delete it"
            message = f"the page does not exist in {source!r}, the source language"
            yield Finding(1, message, hint, f"docs/{code}/{slug}.md")


def anchors_differ(page: Page, content: Content) -> Iterator[Finding]:
    """Report a translation whose headings differ from its source in anchor, level or order.

    Why: the language switch and every shared link keep their place only with equal anchors.
    Bad: `## 步骤 { #buzhou }` for `## Steps { #steps }`
    Good: `## 步骤 { #steps }`
    """
    source = content.site.pages.get((content.site.product.source_language, page.slug))
    if source is None or source is page:
        return
    if difference := compare_headings(source, page):
        theirs, ours = difference.translation, difference.source
        line = theirs.line if theirs else page.body_line + page.body.rstrip().count("\n")
        difference_shown = f"(found {_shown(theirs)}, expected {_shown(ours)})"
        message = f"the headings part from {source.path} {difference_shown}"
        where = f"line {ours.line} of" if ours else "the end of"
        yield Finding(line, message, f"compare with {where} {source.path}")


def _shown(heading: Heading | None) -> str:
    if heading is None:
        return "no heading"
    return f"{'#' * heading.level} … {{ #{heading.anchor or '…'} }}"


def category_unknown(page: Page, content: Content) -> Iterator[Finding]:
    """Report an FAQ page whose category is not that of its file, and categories elsewhere.

    Why: the ranking orders the FAQ by category; a page without one has no place in it.
    Bad: `category: locked` in faq/account-locked.md
    Good: `category: account-locked`, and the same id in faq_categories.yml
    """
    category, name = page.meta.category, page.slug.rpartition("/")[2]
    known = {each.id for each in content.site.taxonomy.categories}
    if page.meta.type != "faq":
        if category is not None:
            message = f"a page of type {page.meta.type} has no category"
            yield Finding("category:", message, "remove the line, or write type: faq")
    elif category is None:
        yield Finding("type:", "the FAQ page has no category", f"add the line category: {name}")
    elif category != name:
        message = f"the category is not the file's name {found(category, name)}"
        yield Finding("category:", message, "write the one, or rename the file in every language")
    elif category not in known:
        message = f"faq_categories.yml has no category {category!r}"
        hint = f"add it there, or use one of: {', '.join(sorted(known))}"
        yield Finding("category:", message, hint)


def category_without_page(content: Content) -> Iterator[Finding]:
    """Report a ticket category that no FAQ page answers.

    Why: people ask, and the FAQ list passes the question over. Translations of the page are
    for page-missing to report.
    Bad: a new category in faq_categories.yml alone
    Good: the category and docs/<language>/faq/<id>.md
    """
    source = content.site.product.source_language
    path = content.site.project.relative(content.site.project.data / "faq_categories.yml")
    for category in content.site.taxonomy.categories:
        if category.slug not in content.slugs[source]:
            line = re.compile(rf"\bid:\s*[\"']?{re.escape(category.id)}\b(?!-)")
            lines = enumerate(content.sources[path].lines, 1)
            number = next((number for number, text in lines if line.search(text)), 1)
            message = f"the category {category.id!r} has no page"
            hint = f"write docs/{source}/{category.slug}.md, and the same in every language"
            yield Finding(number, message, hint, path)


def related_broken(page: Page, content: Content) -> Iterator[Finding]:
    """Report a related page that does not exist, or is the page itself.

    Why: it is passed over at the build, and the reader's next step is lost.
    Bad: `- fees/overview.md`, `- en/fees/overview`
    Good: `- fees/overview`
    """
    known = content.slugs[content.site.product.source_language] | content.slugs[page.language]
    for slug in page.meta.related:
        if slug not in known:
            hint = "write a page's path below its language, without .md"
            yield Finding(f"- {slug}", f"no such page {found(slug, 'the slug of a page')}", hint)
        elif slug == page.slug:
            yield Finding(f"- {slug}", "the page is related to itself", "remove the line")


def data_reference(content: Content) -> Iterator[Finding]:
    """Report a notice, a term or a requirement that refers to a page that does not exist.

    Why: a notice and a term are shown with a link to that page, and it leads nowhere; a
    requirement of coverage.yml would count as met by nothing.
    Bad: `page: security/oficial-channels`
    Good: `page: security/official-channels`
    """
    site = content.site
    pages = content.slugs[site.product.source_language]
    references = [
        *(("notices.yml", each.page) for each in site.notices.notices),
        *(("glossary.yml", each.page) for each in site.glossary.terms),
        *(
            ("coverage.yml", slug)
            for each in site.reference.coverage.root.values()
            for slug in each.pages
        ),
    ]
    for file, slug in references:
        if slug is not None and slug not in pages:
            path = site.project.relative(site.project.data / file)
            names = re.compile(rf"(?:^|[\s\[,]){re.escape(slug)}(?:$|[\s\],])")
            lines = enumerate(content.sources[path].lines, 1)
            number = next((number for number, text in lines if names.search(text)), 1)
            hint = "write a page's path below its language, without .md"
            yield Finding(number, f"no such page {found(slug, 'the slug of a page')}", hint, path)
