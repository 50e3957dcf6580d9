"""How much a source file may hold: measured on its text, before any parser reads it.

Parsers of YAML and Markdown need quadratic time, or all of the stack, for input that nobody
writes by hand. What is below these numbers is built in seconds (Python-Markdown 3.11.3: 2,000
opening brackets 2 seconds, 20,000 two minutes). Knows neither YAML nor Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpcenter.problems import Problem

MOST_BYTES = 200_000
"""A file; the largest of ours, the glossary, has 170,000."""

MOST_CHARACTERS = 2_000
"""A line; the longest of ours has 1,000."""

MOST_TOGETHER = 10_000
"""Lines of Markdown without an empty line between them; ours 5,100, a table of packages."""

MOST_INDENTED = 40
"""Spaces that a line begins with: ten levels of a list; ours 14."""

MOST_QUOTED = 6
"""Levels of quotation; ours none."""

MOST_OPEN = 12
"""Brackets that are open at one time, until the next empty line; ours 3."""

_START = re.compile(r"(?:[ ]|>|[-+*] (?=[-+*>]))*")
_BRACKET = re.compile(r"[\[\](){}]")


def exceeded(text: str, *, name: str) -> list[Problem]:
    """Return what is more in a file's text than it may hold: at most one problem of each kind."""
    first = {problem.rule: problem for problem in reversed(list(_problems(text, name)))}
    return list(first.values())


def too_large(size: int, *, name: str) -> list[Problem]:
    """Return a problem where a file has more bytes than are read at all."""
    if size <= MOST_BYTES:
        return []
    message = f"the file has {size:,} bytes, more than {MOST_BYTES:,}"
    return [Problem(name, 1, "file-too-large", message, "divide it into several")]


def _problems(text: str, name: str) -> Iterator[Problem]:
    together = still_open = 0
    for number, line in enumerate(text.split("\n"), 1):
        is_empty = not line.strip()
        together = 0 if is_empty else together + len(line)
        most_open, still_open = (0, 0) if is_empty else _open(line, still_open)
        start = _START.match(line)
        begins = start.group() if start else ""
        for rule, found, most, what in (
            ("line-too-long", len(line), MOST_CHARACTERS, "characters in one line"),
            ("paragraph-too-long", together, MOST_TOGETHER, "characters without an empty line"),
            ("nested-too-deep", len(begins), MOST_INDENTED, "signs of indentation"),
            ("nested-too-deep", begins.count(">"), MOST_QUOTED, "levels of quotation"),
            ("nested-too-deep", most_open, MOST_OPEN, "brackets open at one time"),
        ):
            if found > most and (rule != "paragraph-too-long" or name.endswith(".md")):
                message = f"{found:,} {what}, more than {most:,}"
                yield Problem(name, number, rule, message, "divide it, or write it plainer")


def _open(line: str, opened: int) -> tuple[int, int]:
    """Return how many brackets are open at most in a line, and at its end."""
    most = opened
    for sign in _BRACKET.findall(line):
        opened = opened + 1 if sign in "[({" else max(opened - 1, 0)
        most = max(most, opened)
    return most, opened
