"""Words of the glossary, linked where a page first uses them.

Works on a page's Markdown, before markers and facts are replaced. What has a meaning of its own
is passed over: headings, links, code, tables, titles of boxes, and what stands in bold, which is
mostly the name of a button. Knows no addresses: the caller gives them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from helpcenter.glossary import Glossary
from helpcenter.pages import outside_code

MOST = 6
"""A page has at most so many of these links: more would be noise."""

_NOT_HERE = re.compile(r"\s*(?:#{1,6}\s|\||!!!|<!--|\[[^\[\]]+\]:)")
_KEPT = re.compile(
    r"(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|!?\[[^\[\]]*\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])"
    r"|\*\*.+?\*\*|__.+?__|\{\{.*?\}\}|\{[^{}]*\}|<[^<>]*>|https?://\S+"
)
_LATIN = "0-9A-Za-z\u00c0-\u024f"
_EDGE = re.compile(f"[{_LATIN}]")


@dataclass(frozen=True)
class LinkedWords:
    """The words of one language: a pattern over text in lower case, and the term's id by word.

    The pattern also meets longer words of the glossary, which are not in the mapping: in them,
    the shorter word means something else. It is None where nothing is linked.
    """

    pattern: re.Pattern[str] | None
    ids: Mapping[str, str]


def linked_words(glossary: Glossary, language: str) -> LinkedWords:
    """Return the words of the terms that are marked `linked`, with their English plurals."""
    ids = {
        form: term.id
        for term in glossary.terms
        if term.linked
        for form in _forms(term.term[language])
    }
    if not ids:
        return LinkedWords(None, {})
    known = [word for term in glossary.terms for word in term.words(language)]
    known += [word for group in glossary.search for word in group.words.get(language, ())]
    within = re.compile(_any_of(ids))
    longer = {form for word in known for form in _forms(word) if within.search(form)}
    return LinkedWords(re.compile(_any_of(longer | set(ids))), ids)


def with_links(
    text: str,
    words: LinkedWords,
    *,
    address: Callable[[str], str],
    without: Iterable[str] = (),
    keeps_lead: bool = False,
) -> str:
    """Return Markdown whose first uses of linked words are links; the lines stay as many.

    `address` gives the address of a term's id, `without` are ids that the page does not link,
    and `keeps_lead` leaves the first paragraph as it is.
    """
    if words.pattern is None:
        return text
    done = set(without)
    most = len(done) + MOST

    def link(found: str) -> str:
        term = words.ids.get(_normal(found))
        if term is None or term in done or len(done) == most:
            return found
        done.add(term)
        return f'<a class="hc-term" href="{html.escape(address(term))}">{found}</a>'

    lines = text.split("\n")
    lead = _lead(text) if keeps_lead else range(0)
    for number, line in outside_code(text, 0):
        if number not in lead and not _NOT_HERE.match(line):
            lines[number] = "".join(_replaced(line, words.pattern, link))
    return "\n".join(lines)


def _replaced(line: str, pattern: re.Pattern[str], replace: Callable[[str], str]) -> Iterator[str]:
    """Yield the pieces of a line, those that may be changed with their words replaced."""
    start = 0
    for kept in [*_KEPT.finditer(line), None]:
        piece = line[start : kept.start() if kept else len(line)]
        place = 0
        for match in pattern.finditer(_lower(piece)):
            yield piece[place : match.start()]
            yield replace(piece[match.start() : match.end()])
            place = match.end()
        yield piece[place:]
        if kept:
            yield kept.group()
            start = kept.end()


def _lead(text: str) -> range:
    """Return the numbers of the lines of the first paragraph."""
    written = [number for number, line in outside_code(text, 0) if line.strip()]
    first = next((n for n in written if not _NOT_HERE.match(text.split("\n")[n])), 0)
    last = first
    while last in written:
        last += 1
    return range(first, last)


def _forms(word: str) -> tuple[str, ...]:
    """Return a word in lower case, and its plural where it ends with a Latin letter."""
    word = _normal(word)
    if not re.search("[a-z]$", word):
        return (word,)
    ending = "es" if word.endswith(("s", "x", "ch", "sh")) else "s"
    return (word, word + ending)


def _normal(word: str) -> str:
    return " ".join(word.casefold().split())


def _lower(text: str) -> str:
    """Return the text in lower case, or as it is where its length would change."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern for words in lower case, the longest first; Latin ones are whole words."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    latin = [word for word in longest_first if _EDGE.match(word[0]) and _EDGE.match(word[-1])]
    other = [word for word in longest_first if word not in latin]
    kinds = [f"(?<![{_LATIN}-])(?:{_pattern(latin)})(?![{_LATIN}-])"] if latin else []
    return "|".join([*([_pattern(other)] if other else []), *kinds])


def _pattern(words: Iterable[str]) -> str:
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in words)
