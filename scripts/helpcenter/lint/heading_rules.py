"""Rules about the headings of one page: their form, their anchors, the sections they begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpcenter.lint.inline import text_lines
from helpcenter.lint.rules import Finding
from helpcenter.lint.sources import Content
from helpcenter.pages import Page, PageType

SECTIONS: dict[PageType, tuple[str, ...]] = {
    "guide": ("what-you-need", "steps", "check", "if-not"),
    "troubleshooting": ("symptom", "check-first", "fix", "keep", "contact"),
    "faq": ("example", "steps", "keep", "contact"),
}

_ANCHOR = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_UNSPACED = re.compile(r"^#{1,6}(?![#\s])")
_UNDERLINE = re.compile(r"^(=+|-+)\s*$")


def heading_form(page: Page, content: Content) -> Iterator[Finding]:
    """Report headings that are not written as `## Text { #anchor }`.

    Why: Markdown takes underlined lines and `#Text` for headings too, and nobody expects it.
    Bad: `#1 reason for delays`, or a line of === under a line of text
    Good: `## Reasons for delays { #reasons }`
    """
    before = ""
    for number, line in text_lines(page):
        if _UNSPACED.match(line):
            hint = "put a space after the #, or begin the line with another word"
            yield Finding(number, "the line becomes a heading without a space after #", hint)
        elif before.strip() and not before.startswith("#") and _UNDERLINE.match(line):
            hint = "write the heading as ## Text { #anchor }, or leave a blank line above"
            yield Finding(number, "the line makes the text above it a heading", hint)
        before = line


def heading_level(page: Page, content: Content) -> Iterator[Finding]:
    """Report a first-level heading, and levels that are skipped.

    Why: the title is the page's only first-level heading; screen readers navigate by levels.
    Bad: `# Fees`, or `####` right below `##`
    Good: `## Fees`, then `### Withdrawal`
    """
    level = 1
    for heading in page.headings:
        if heading.level == 1:
            hint = "begin with ##: the title is the first-level heading"
            yield Finding(heading.line, "a first-level heading in the text", hint)
        elif heading.level > level + 1:
            signs, expected = "#" * heading.level, "#" * (level + 1)
            message = f"the heading skips a level (found {signs}, expected at most {expected})"
            yield Finding(heading.line, message, f"write {expected}")
        level = heading.level


def anchor_missing(page: Page, content: Content) -> Iterator[Finding]:
    """Report headings without an anchor of their own.

    Why: an anchor is a public address; one made from the text changes with every rewording.
    Bad: `## What you need`
    Good: `## What you need { #what-you-need }`
    """
    for heading in page.headings:
        if heading.anchor is None:
            hint = "end the line with { #short-english-name }, the same in every language"
            yield Finding(heading.line, f"the heading {heading.text!r} has no anchor", hint)


def anchor_form(page: Page, content: Content) -> Iterator[Finding]:
    """Report anchors that are not lower-case English words with hyphens.

    Why: they are typed, read aloud and shared; other letters become %-codes in an address.
    Bad: `{ #WhatYouNeed }`
    Good: `{ #what-you-need }`
    """
    for heading in page.headings:
        if heading.anchor is not None and not _ANCHOR.match(heading.anchor):
            message = f"the anchor #{heading.anchor} is not lower-case words with hyphens"
            yield Finding(heading.line, message, "write it like #what-you-need")


def anchor_duplicate(page: Page, content: Content) -> Iterator[Finding]:
    """Report an anchor that stands on two headings of a page.

    Why: a link to it leads to the first, and the second cannot be reached.
    Bad: two headings with `{ #steps }`
    Good: `{ #steps }` and `{ #steps-on-a-computer }`
    """
    seen: dict[str, int] = {}
    for heading in page.headings:
        if heading.anchor in seen:
            message = f"the anchor #{heading.anchor} is already on line {seen[heading.anchor]}"
            yield Finding(heading.line, message, "give one of the two another anchor")
        elif heading.anchor is not None:
            seen[heading.anchor] = heading.line


def section_missing(page: Page, content: Content) -> Iterator[Finding]:
    """Report a section that pages of this type always have, missing or out of order.

    Why: a frightened reader finds the next step where it was on the last page.
    Bad: a guide that ends with its steps
    Good: a guide with #what-you-need, #steps, #check and #if-not; others may stand between
    """
    lines = {head.anchor: head.line for head in reversed(page.headings) if head.level == 2}
    wanted = SECTIONS.get(page.meta.type, ())
    hint = f"a page of type {page.meta.type} has, in this order: #{', #'.join(wanted)}"
    last = 0
    for anchor in wanted:
        if anchor not in lines:
            yield Finding("type:", f"the section ## … {{ #{anchor} }} is missing", hint)
        elif lines[anchor] < last:
            yield Finding(lines[anchor], f"the section #{anchor} stands too early", hint)
        else:
            last = lines[anchor]
