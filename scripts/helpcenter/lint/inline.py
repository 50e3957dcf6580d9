"""Read a page's Markdown line by line for its text and its links, outside code.

A reader for checks, not a renderer: what the site generator makes of a page, the checks of the
built site see. Lines that are too long are passed over; a rule of their own reports them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from helpcenter.lint.text_rules import MOST_CHARACTERS
from helpcenter.pages import Page

_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_TARGET = r"<[^<>]*>|(?:[^\s()\\<]|\\.|\([^\s()]*\))*"
_INLINE = re.compile(
    r"(?<!\\)\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]"
    rf"\(\s*(?P<target>{_TARGET})(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
)
_IMAGE = re.compile(r"!\[[^\[\]]*\]\(\s*(?P<target>[^\s()]*)")
_DEFINITION = re.compile(r"^\s*\[(?!\^)[^\[\]]+\]:\s*(?P<target>\S+)")
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
    """Yield the lines outside code, numbered, with spaces in place of code spans."""
    for number, line in page.lines():
        if len(line) <= MOST_CHARACTERS:
            yield number, _CODE.sub(_blank, line)


def prose_lines(page: Page) -> Iterator[tuple[int, str]]:
    """Yield the lines as their words alone: no code, link targets, comments or braces."""
    for number, line in text_lines(page):
        if not _DEFINITION.match(line):
            for pattern in (_AUTOMATIC, _COMMENT, _BRACES):
                line = pattern.sub(_blank, line)
            yield number, _INLINE.sub(_blank_target, line)


def links(page: Page) -> Iterator[Link]:
    """Yield every link of the page's text: inline, images, definitions and `<addresses>`."""
    for number, line in text_lines(page):
        seen = set()
        for pattern in (_INLINE, _IMAGE, _DEFINITION, _AUTOMATIC):
            for match in pattern.finditer(line):
                if match.start("target") not in seen:
                    seen.add(match.start("target"))
                    yield Link(number, match["target"].strip("<>"))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _blank_target(match: re.Match[str]) -> str:
    kept = match.start("target") - match.start()
    return match.group()[:kept] + " " * (len(match.group()) - kept)
