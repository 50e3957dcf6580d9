"""Read a page's Markdown for its text and its links, outside code.

A reader for checks, not a renderer: what the site generator makes of a page, the checks of the
built site see. A page with lines that would be slow to read is none: see `caps`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from helpcenter.pages import Page

_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_TARGET = r"<[^<>]*>|(?:[^\s()\\<]|\\.|\([^\s()]*\))*"
_INLINE = re.compile(
    r"(?<!\\)\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]"
    rf"\(\s*(?P<target>{_TARGET})(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_IMAGE = re.compile(r"!\[[^\[\]]*\]\(\s*(?P<target>[^\s()]*)")
_DEFINITION = re.compile(r"^\s*\[(?!\^)[^\[\]]+\]:\s*(?P<target>\S+)", re.MULTILINE)
_AUTOMATIC = re.compile(r"<(?P<target>[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_COMMENT = re.compile(r"<!--.*?-->")
_BRACES = re.compile(r"\{[^{}]*\}+")


@dataclass(frozen=True)
class Link:
    """A link, an image or the definition of a reference, with its target as written."""

    line: int
    target: str

    @property
    def parts(self) -> SplitResult | None:
        """Return the target's parts as a browser would see them, or None where it has none."""
        target = html.unescape(self.target)
        if "@" in target and ":" not in target and "/" not in target:
            target = f"mailto:{target}"
        try:
            return urlsplit(target)
        except ValueError:
            return None


def text_lines(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the lines outside code, numbered, with spaces in place of code spans.

    Only what is code in its line and in its paragraph is left out: in a list or a table, one of
    the two is what Markdown looks at.
    """
    for first, text in paragraphs(page):
        whole = _CODE.sub(_blank, text).split("\n")
        for place, line in enumerate(text.split("\n")):
            alone = _CODE.sub(_blank, line)
            yield (
                first + place,
                "".join(map(_written, line, alone, whole[place])) if alone != line else line,
            )


def paragraphs(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the lines outside code blocks that stand together, with the first one's number."""
    together: list[str] = []
    before = 0
    for number, line in page.lines():
        if together and (number != before + 1 or not line.strip()):
            yield before - len(together) + 1, "\n".join(together)
            together = []
        together.append(line)
        before = number
    if together:
        yield before - len(together) + 1, "\n".join(together)


def prose_lines(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the lines as their words alone: no code, link targets, comments or braces."""
    for number, line in text_lines(page):
        if not _DEFINITION.match(line):
            for pattern in (_AUTOMATIC, _COMMENT, _BRACES):
                line = pattern.sub(_blank, line)
            yield number, _INLINE.sub(_blank_target, line)


def links(page: Page) -> Iterator[Link]:
    """Yield every link of the page's text: inline, images, definitions and `<addresses>`."""
    lines = dict(text_lines(page))
    for first, text in paragraphs(page):
        count = text.count("\n") + 1
        text = "\n".join(lines[number] for number in range(first, first + count))
        seen = set()
        for pattern in (_INLINE, _IMAGE, _DEFINITION, _AUTOMATIC):
            for match in pattern.finditer(text):
                if match.start("target") not in seen:
                    seen.add(match.start("target"))
                    line = first + text.count("\n", 0, match.start("target"))
                    yield Link(line, match["target"].strip("<>"))


def _written(sign: str, alone: str, whole: str) -> str:
    return " " if alone == whole == " " else sign


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _blank_target(match: re.Match[str]) -> str:
    kept = match.start("target") - match.start()
    return match.group()[:kept] + " " * (len(match.group()) - kept)
