"""Rules about the text of one page: its lead, its HTML, its code, its words.

They read the page's source; what becomes of it is for the checks of the built site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpcenter.lint.inline import prose_lines, text_lines
from helpcenter.lint.prose import number_of_sentences
from helpcenter.lint.rules import Finding
from helpcenter.lint.sources import Content
from helpcenter.pages import Page

_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_CLEAR_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})\s*[\w+#.-]*\s*$")
_MARKER = re.compile(r"<!--\s*hc:[^<>]*-->")
# A tag, comment or declaration begins; an address in angle brackets is Markdown, not HTML.
_TAG = re.compile(r"<(?!https?://[^\s<>]*>|mailto:[^\s<>]*>|[^\s<>@/]+@[^\s<>@/]+>)[A-Za-z/!?]")


def lead_too_long(page: Page, content: Content) -> Iterator[Finding]:
    """Report an FAQ answer of more than two sentences.

    Why: the answer is shown in lists and read first; the rest belongs to the sections.
    Bad: a first paragraph that tells how the network works
    Good: what is the case, and what to do
    """
    sentences = number_of_sentences(page.lead)
    if page.meta.type == "faq" and sentences > 2:
        message = f"the answer is too long (found {sentences} sentences, expected 1 or 2)"
        hint = "keep the answer in the first paragraph and move the rest below"
        yield Finding(next(n for n, line in page.lines() if line.strip()), message, hint)


def raw_html(page: Page, content: Content) -> Iterator[Finding]:
    """Report HTML in a page; only the comments that are markers may stand there.

    Why: HTML can carry scripts, frames and foreign addresses, and no translator can mend it.
    Bad: `<br>`, `<!-- to do -->`, `<script>`
    Good: Markdown, or a marker such as `<!-- hc:contact-card -->`
    """
    for number, line in text_lines(page):
        if match := _TAG.search(_MARKER.sub("", line)):
            start = match.string[match.start() :]
            message = f"HTML in the text: {start[:24]}{'…' if len(start) > 24 else ''}"
            hint = "write it in Markdown; write &lt; for the sign <"
            yield Finding(number, message, hint)


def template_code(page: Page, content: Content) -> Iterator[Finding]:
    """Report `{%`, the beginning of template code.

    Why: pages hold facts and markers only; code in them is shown to readers as it stands.
    Bad: `{% include "fees.html" %}`
    Good: `<!-- hc:fee-table product=withdrawal -->`
    """
    for number, line in text_lines(page):
        if "{%" in line:
            hint = "use a fact {{ group.name }} or a marker <!-- hc:… -->"
            yield Finding(number, "template code in the text", hint)


def fence_form(page: Page, content: Content) -> Iterator[Finding]:
    """Report a code block that begins with more than the name of a language.

    Why: Markdown may take such a line for text, and what follows for the page's own HTML.
    Bad: three backticks and several words
    Good: three backticks alone, or three backticks and `json`
    """
    for number, line, begins in _fences(page):
        if begins and not _CLEAR_FENCE.match(line):
            hint = "write the fence alone, or with the name of one language"
            yield Finding(number, "the code block may not be read as one", hint)


def fence_open(page: Page, content: Content) -> Iterator[Finding]:
    """Report a code block that is never closed.

    Why: one reader takes the rest of the page for code, the next for text; no check is sure.
    Bad: a line of three backticks at the beginning only
    Good: the same line before and after
    """
    fences = list(_fences(page))
    if fences and fences[-1][2]:
        number, line, _ = fences[-1]
        hint = f"write {line.strip()[:3]} on a line after it, as many signs as before it"
        yield Finding(number, "the code block is not closed", hint)


def _fences(page: Page) -> Iterator[tuple[int, str, bool]]:
    """Yield each line that begins or ends a code block, numbered, and whether it begins one."""
    fence = ""
    for number, line in enumerate(page.body.split("\n"), page.body_line):
        match = _FENCE.match(line)
        if match and not fence:
            fence = match[1]
            yield number, line, True
        elif match and match[1].startswith(fence) and not line.strip(" `~"):
            fence = ""
            yield number, line, False


def term_avoided(page: Page, content: Content) -> Iterator[Finding]:
    """Report words that the glossary tells writers to avoid.

    Why: a reader who meets two words for one thing looks for the difference.
    Bad: a word listed under `avoid` in glossary.yml
    Good: the term itself
    """
    pattern, terms = content.words_to_avoid[page.language]
    if pattern is None:
        return
    places: list[tuple[int | str, str]] = list(prose_lines(page))
    places += [("title:", page.meta.title), ("description:", page.meta.description)]
    for place, text in places:
        for match in pattern.finditer(text):
            word = " ".join(match.group().casefold().split())
            if word in terms:
                message = f"the glossary avoids {match.group()!r} (expected {terms[word]!r})"
                yield Finding(place, message, "use the term, or change docs/_data/glossary.yml")
