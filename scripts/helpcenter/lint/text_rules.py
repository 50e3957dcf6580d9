"""Rules about the characters of source files; they know nothing of Markdown."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from helpcenter.lint.rules import Finding
from helpcenter.lint.signs import shapeless
from helpcenter.lint.sources import Source

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_WRITTEN = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")
_WORD = re.compile(r"[^\W\d_]+(?:[.-][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-z]")
# Letters that look like Latin ones: Greek, Cyrillic, Armenian, Cherokee, mathematical.
_LOOKS_LATIN = re.compile("[\u0370-\u058f\u13a0-\u13ff\uab70-\uabbf\U0001d400-\U0001d7ff]")
_PUNYCODE = re.compile(r"(?i)\bxn--")


def symlink(source: Source) -> Iterator[Finding]:
    """Report a link in place of a file.

    Why: the site generator follows it, and publishes whatever it leads to.
    Bad: `docs/en/notes.md -> /home/me/notes.md`
    Good: a file of its own
    """
    if source.is_link:
        message = "this is a symbolic link, not a file"
        yield Finding(1, message, "put the file itself here: the target would be published")


def control_character(source: Source) -> Iterator[Finding]:
    """Report control characters.

    Why: they reach the reader's browser, where they hide text or break it.
    Bad: a page copied from a terminal, colors and all
    Good: plain text
    """
    for number, line in enumerate(source.lines, 1):
        if match := _CONTROL.search(line):
            name = f"U+{ord(match.group()):04X} in column {match.start() + 1}"
            yield Finding(number, f"control character {name}", "delete it, or type the line again")


def invisible_character(source: Source) -> Iterator[Finding]:
    """Report characters without a shape: direction marks, zero-width spaces, soft hyphens.

    Why: they let a text read otherwise than it is reviewed, and no search finds what they split.
    Also written as `&#8203;`. The joiner within an emoji is none of them.
    Bad: an address in which a hidden mark reverses the letters
    Good: the same address, typed by hand
    """
    for number, line in enumerate(source.lines, 1):
        if line.isascii() and "&" not in line:
            continue
        if sign := shapeless(_WRITTEN.sub(lambda match: html.unescape(match.group()), line)):
            name = unicodedata.name(sign, "without a name")
            message = f"invisible character U+{ord(sign):04X} ({name})"
            yield Finding(number, message, "delete it, or type the line again")


def look_alike(source: Source) -> Iterator[Finding]:
    """Report a word of Latin letters with one that only looks Latin, and `xn--` addresses.

    Why: it is how an address or a brand is forged; no reader can tell.
    Bad: a name whose `a` is Cyrillic
    Good: the name in letters of one script
    """
    for number, line in enumerate(source.lines, 1):
        if _PUNYCODE.search(line):
            message = "an address in Punycode (xn--) hides its letters"
            yield Finding(number, message, "leave the address out")
        if line.isascii():
            continue
        for match in _WORD.finditer(line):
            if (sign := _LOOKS_LATIN.search(match.group())) and _LATIN.search(match.group()):
                name = unicodedata.name(sign.group(), "without a name")
                message = f"the word {match.group()} holds U+{ord(sign.group()):04X} ({name})"
                yield Finding(number, message, "type the word again, in letters of one script")


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
