"""Rules about the characters and sizes of source files; they know nothing of Markdown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from helpcenter.lint.rules import Finding
from helpcenter.lint.sources import Source

MOST_BYTES = 200_000
MOST_CHARACTERS = 2_000

# Separators and marks that no editor shows. The two joiners are left out: some scripts, and
# emoji made of several signs, need them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def symlink(source: Source) -> Iterator[Finding]:
    """Report a link in place of a file.

    Why: the site generator follows it, and publishes whatever it leads to.
    Bad: `docs/en/notes.md -> /home/me/notes.md`
    Good: a file of its own
    """
    if source.is_link:
        message = "this is a symbolic link, not a file"
        yield Finding(1, message, "put the file itself here: the target would be published")


def file_too_large(source: Source) -> Iterator[Finding]:
    """Report a text file of more than 200 kB.

    Why: nobody reads a page of that length on a phone, and its build slows every other.
    Bad: one page with every question ever asked
    Good: one page per question
    """
    if source.size > MOST_BYTES:
        message = f"the file has {source.size:,} bytes, more than {MOST_BYTES:,}"
        yield Finding(1, message, "divide it into several")


def line_too_long(source: Source) -> Iterator[Finding]:
    """Report a line of more than 2,000 characters.

    Why: Markdown needs quadratic time for some lines; a crafted one stops the build.
    Bad: twenty thousand opening brackets
    Good: paragraphs of a few sentences
    """
    for number, line in enumerate(source.lines, 1):
        if len(line) > MOST_CHARACTERS:
            message = f"the line has {len(line):,} characters, more than {MOST_CHARACTERS:,}"
            yield Finding(number, message, "divide the paragraph")


def control_character(source: Source) -> Iterator[Finding]:
    """Report control characters.

    Why: they reach the reader's browser, where they hide text or break it.
    Bad: a page copied from a terminal, colors and all
    Good: plain text
    """
    yield from _characters(source, _CONTROL, "control")


def invisible_character(source: Source) -> Iterator[Finding]:
    """Report characters without a shape: direction marks, zero-width spaces, soft hyphens.

    Why: they let a text read otherwise than it is reviewed, and no search finds what they split.
    Bad: an address in which a hidden mark reverses the letters
    Good: the same address, typed by hand
    """
    yield from _characters(source, _INVISIBLE, "invisible")


def tab_character(source: Source) -> Iterator[Finding]:
    """Report tabs.

    Why: Markdown and YAML count indentation in spaces; a tab is four of them or an error.
    Bad: a tab before a nested list
    Good: four spaces
    """
    for number, line in enumerate(source.lines, 1):
        if "\t" in line:
            yield Finding(number, "the line contains a tab", "write four spaces instead")


def not_nfc(source: Source) -> Iterator[Finding]:
    """Report text that is not in Unicode's composed form (NFC).

    Why: letters that look the same are then different, for links, search and reviews.
    Bad: `e` followed by a combining accent
    Good: `é`
    """
    for number, line in enumerate(source.lines, 1):
        if not unicodedata.is_normalized("NFC", line):
            message = "the line has letters made of several characters (not in form NFC)"
            yield Finding(number, message, "type the line again, or let your editor normalize it")


def _characters(source: Source, pattern: re.Pattern[str], kind: str) -> Iterator[Finding]:
    for number, line in enumerate(source.lines, 1):
        if match := pattern.search(line):
            sign = match.group()
            name = unicodedata.name(sign, "without a name")
            message = f"{kind} character U+{ord(sign):04X} ({name}) in column {match.start() + 1}"
            yield Finding(number, message, "delete it, or type the line again")
