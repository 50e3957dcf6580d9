"""The glossary's words as the search uses them: meanings, and where their words stand in a text.

A meaning is a set of words of every language. Words are found as runs of units (normalise.py),
English by their stems, passing over words such as "the" and 了 that may stand inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from helpcenter.glossary import Glossary, Term, WordGroup
from helpcenter.search.normalise import is_han, normalise, units
from helpcenter.search.stem import stem
from helpcenter.search.wordlists import PASSABLE, STOP

# How Chinese says that something did not happen: one word of the glossary stands for all.
_NOT = ("没有", "没", "未", "还没", "不")


SHORT = 2
"""Chinese words up to this length are found only where the segmenter sees a word."""


@dataclass(frozen=True)
class Meaning:
    """A set of words that mean the same.

    `narrower` mean a special case of it, `opposite` are the numbers of meanings that are not meant.
    """

    kind: str
    words: tuple[str, ...]
    narrower: tuple[str, ...] = ()
    opposite: tuple[int, ...] = ()


Lexicon = tuple[Meaning, ...]


def from_glossary(glossary: Glossary) -> Lexicon:
    """Return the meanings of all terms and word groups, their words normal and without repeats."""
    entries: list[Term | WordGroup] = [*glossary.terms, *glossary.search]
    numbers = {entry.id: number for number, entry in enumerate(entries)}
    opposites = {
        frozenset((numbers[entry.id], numbers[name]))
        for entry in entries
        for name in entry.opposite
    }

    def against(number: int) -> tuple[int, ...]:
        pairs = [pair - {number} for pair in opposites if number in pair]
        return tuple(sorted(other for pair in pairs for other in pair))

    meanings: list[Meaning] = []
    for term in glossary.terms:
        spoken = [word for code in term.term for word in term.words(code)]
        avoided = [word for words in term.avoid.values() for word in words]
        words = _normal([*spoken, *avoided])
        meanings.append(Meaning(term.kind, words, opposite=against(len(meanings))))
    for group in glossary.search:
        words = _normal([word for listed in group.words.values() for word in listed])
        narrower = _normal([word for listed in group.narrower.values() for word in listed])
        meanings.append(Meaning(group.kind, words, narrower, against(len(meanings))))
    return tuple(meanings)


def _normal(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(normalise, words))))


def base_of(unit: str) -> str:
    """Return what a unit is compared as: a stem, but stop words and characters as they stand."""
    return unit if is_han(unit) or unit in STOP else stem(unit)


def key_of(word: str) -> tuple[str, ...]:
    """Return the units by which a word is found: stems, characters, nothing passable inside."""
    all_units = [base_of(unit) for unit in units(word)]
    kept = [unit for unit in all_units if unit not in PASSABLE]
    return tuple(kept if len(kept) > 1 or (kept and len(all_units) == 1) else all_units)


def forms(word: str) -> Iterator[str]:
    """Yield a word and, if it begins with a Chinese "not", the same with every other "not"."""
    yield word
    for negation in _NOT:
        rest = word.removeprefix(negation)
        if rest != word and len(rest) > 1 and negation != "不":
            yield from (other + rest for other in _NOT if other != negation)
            return


@dataclass
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    meanings: tuple[int, ...] = ()


class Matcher:
    """Finds the words of a lexicon in a text; a class because the tree of units has a life."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Put every word of every meaning into the tree; narrower words mean nothing here."""
        self._root = _Node()
        for number, meaning in enumerate(lexicon):
            for word in meaning.words:
                for form in forms(word):
                    self._add(key_of(form), number)

    def _add(self, key: tuple[str, ...], number: int) -> None:
        node = self._root
        for unit in key:
            node = node.next.setdefault(unit, _Node())
        if number not in node.meanings:
            node.meanings += (number,)

    def found(self, stems: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Yield (start, end, meaning) of every word in a row of stemmed units.

        A short Chinese word is no word here: where it stands alone (入金, but not in 输入金额),
        only the segmenter knows.
        """
        for start in range(len(stems)):
            nodes = [self._root]
            for place in range(start, len(stems)):
                unit = stems[place]
                following = [node.next[unit] for node in nodes if unit in node.next]
                for node in following:
                    if place - start >= SHORT or not (is_han(unit) and is_han(stems[start])):
                        yield from ((start, place + 1, number) for number in node.meanings)
                passed = nodes if place > start and unit in PASSABLE else []
                nodes = following + passed
                if not nodes:
                    break

    def short(self, word: str) -> tuple[int, ...]:
        """Return the meanings of a short Chinese word that stands alone."""
        node: _Node | None = self._root
        for character in word:
            node = node.next.get(character) if node else None
        return node.meanings if node else ()
