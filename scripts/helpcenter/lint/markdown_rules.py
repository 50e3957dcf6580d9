"""Rules about Markdown that says more than a page may, or not what its writer meant.

Most of it the site generator takes without a word, and shows as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpcenter.lint.inline import text_lines
from helpcenter.lint.rules import Finding
from helpcenter.lint.sources import Content
from helpcenter.pages import Page

_FACT = re.compile(r"\{\{[^{}]*\}\}")
_LANGUAGE = re.compile(r"\{\s*lang=[a-z]{2,3}(?:-[A-Za-z]{2,4})?\s*\}")
_ANCHOR = re.compile(r"^(#{1,6}\s.*?)\{\s*#[\w-]+\s*\}$")
_REFERENCE = re.compile(r"\[[^\[\]]*\]\[([^\[\]]*)\]")
_NAMED = re.compile(r"\[([^\[\]]*)\]\[\]")
_FOOTNOTE = re.compile(r"\[\^[^\[\]]*\]")
_DEFINED = re.compile(r"^\s*\[([^\[\]]+)\]:")
_IMAGE = re.compile(r"!\[\s*\]")
_BLOCK = re.compile(r"^(!!!|\?\?\?)")
_INCLUSION = re.compile(r"^\s*;*-{1,}8<-{1,}")


def attribute_list(page: Page, content: Content) -> Iterator[Finding]:
    """Report braces that are no fact, no heading's anchor and no language of a passage.

    Why: between braces Markdown takes any attribute of HTML, also one that runs code.
    Bad: `[send](send.md){ onclick=alert(1) }`, `{ .big }`
    Good: `## Steps { #steps }`, `*out of gas*{ lang=en }`, `{{ support.first_reply }}`
    """
    for number, line in text_lines(page):
        text = _LANGUAGE.sub("", _ANCHOR.sub(r"\1", _FACT.sub("", line.rstrip())))
        if "{" in text.replace("{%", ""):
            hint = "leave the braces out, or write them as code"
            yield Finding(number, "braces give an element attributes", hint)


def reference_undefined(page: Page, content: Content) -> Iterator[Finding]:
    """Report a link or footnote by a name that the page does not define.

    Why: readers see brackets in place of the link. Footnotes are no part of our Markdown.
    Bad: `[send][how]` with no line `[how]: send.md`, `[^1]`
    Good: `[send](send.md)`
    """
    lines = list(text_lines(page))
    defined = {match[1].casefold() for _, line in lines if (match := _DEFINED.match(line))}
    for number, line in lines:
        names = [*_REFERENCE.findall(line), *_NAMED.findall(line)]
        names = [name for name in names if name and name.casefold() not in defined]
        for name in [*names, *_FOOTNOTE.findall(line)]:
            message = f"nothing on the page is called {name}"
            yield Finding(number, message, "write the target in parentheses: [text](page.md)")


def image_without_text(page: Page, content: Content) -> Iterator[Finding]:
    """Report an image without a text in its place.

    Why: who does not see it learns nothing of what it shows.
    Bad: `![](menu.png)`
    Good: `![The menu, with Security open](menu.png)`
    """
    for number, line in text_lines(page):
        if _IMAGE.search(line):
            yield Finding(number, "the image has no text", "describe it between the brackets")


def block_form(page: Page, content: Content) -> Iterator[Finding]:
    """Report a block of a warning whose text is not indented by four spaces, and `???`.

    Why: the warning is then empty and its text stands outside, or the signs are shown.
    Bad: `!!! warning "Before you send"` and a text indented by two spaces
    Good: the same, with four
    """
    lines = dict(page.lines())
    for number, line in lines.items():
        match = _BLOCK.match(line)
        if match and match[1] == "???":
            yield Finding(number, "??? is no block of ours", 'write !!! note "Title"')
        elif match:
            after = (lines.get(later, "") for later in range(number + 1, number + 3))
            first = next((text for text in after if text.strip()), "")
            if not first.startswith("    "):
                message = "the block has no text indented by four spaces"
                yield Finding(number, message, "indent the lines that belong to it")


def inclusion(page: Page, content: Content) -> Iterator[Finding]:
    """Report a line that includes another file.

    Why: with one more extension the builder's own files, keys among them, would be published.
    Bad: `--8<-- "/etc/passwd"`
    Good: the text itself, a fact, or a marker
    """
    for number, line in enumerate(page.body.split("\n"), page.body_line):
        if _INCLUSION.match(line):
            yield Finding(number, "the line includes a file", "write the text itself")


def page_empty(page: Page, content: Content) -> Iterator[Finding]:
    """Report a page without text.

    Why: lists and search lead readers to it, and there is nothing.
    Bad: front matter alone
    Good: the answer first, or a marker that shows it
    """
    if not page.body.strip():
        yield Finding(page.body_line - 1, "the page has no text", "write its answer, or remove it")
