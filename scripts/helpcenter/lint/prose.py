"""The sentences of a page as a reader meets them, each with the line it begins on.

Prose is paragraphs, items of lists and what stands in boxes. Headings, titles of boxes, tables,
code blocks and what markers stand for are not. Facts are replaced by their values first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from helpcenter.facts import fill
from helpcenter.pages import Page, plain

# A full stop is the end of a sentence only where another sentence begins: "4.2" and "e.g. a"
# are not.
_END = re.compile(
    r"[.!?][\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9{])|[。！？]+[”’」）]*(?=[^”’」）。！？\s])|[。！？]+[”’）]*\s+"
)
_NO_PROSE = re.compile(r"\s*(?:#{1,6}\s|\||<!--|!!!|\[[^\[\]]+\]:)")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_BRACES = re.compile(r"\{\s*[#.:][^{}]*\}")


@dataclass(frozen=True)
class Sentence:
    """A sentence, or a paragraph or item without a full stop; `line` counts from 1."""

    line: int
    text: str


def sentences(page: Page, values: Mapping[str, str]) -> Iterator[Sentence]:
    """Yield the sentences of the page in order; `values` are its facts by name."""
    for block in _blocks(page):
        lines = [(number, _words(text, values)) for number, text in block]
        text = " ".join(line for _, line in lines)
        start = 0
        for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
            if sentence := text[start:end].strip():
                yield Sentence(_line_at(lines, start), sentence)
            start = end


def number_of_sentences(text: str) -> int:
    """Return how many sentences a paragraph has."""
    return len(_END.findall(text.strip())) + 1


def _blocks(page: Page) -> Iterator[list[tuple[int, str]]]:
    block: list[tuple[int, str]] = []
    for number, line in [*page.lines(), (0, "")]:
        is_prose = bool(line.strip()) and not _NO_PROSE.match(line)
        if block and (not is_prose or _ITEM.match(line)):
            yield block
            block = []
        if is_prose:
            block.append((number, _ITEM.sub("", line).strip()))


def _words(line: str, values: Mapping[str, str]) -> str:
    return " ".join(plain(fill(_BRACES.sub("", line), values)).split())


def _line_at(lines: list[tuple[int, str]], place: int) -> int:
    for number, text in lines:
        if place <= len(text):
            return number
        place -= len(text) + 1
    return lines[-1][0]
