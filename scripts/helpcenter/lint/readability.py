"""How hard a page is to read, as figures: the US grade of English, the length of Chinese sentences.

The limits of each type of page stand in one table. Other languages are not measured: their
formulas differ. English syllables are counted by syllapy: a list of words, and rules for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import syllapy

from helpcenter.lint.prose import Sentence, sentences
from helpcenter.lint.rules import Finding
from helpcenter.lint.shown import HAN
from helpcenter.lint.sources import Content
from helpcenter.pages import Page, PageType
from helpcenter.problems import found


@dataclass(frozen=True)
class Limit:
    """The highest level a page may have, and the most words (Han characters) of one sentence."""

    level: float
    longest: int


@dataclass(frozen=True)
class Figures:
    """The measures of one page, and its sentences with their lengths in order.

    `level` is None where there is too little text to tell.
    """

    words: int
    level: float | None
    lengths: tuple[tuple[Sentence, int], ...]

    @property
    def longest(self) -> int:
        """Return the words (Han characters) of the longest sentence."""
        return max((length for _, length in self.lengths), default=0)


# English: US grade by Flesch and Kincaid; words. Chinese: mean Han characters of a sentence; the
# most. Pages that people act on come first: for them the level is lower.
LIMITS: Mapping[str, Mapping[PageType, Limit]] = {
    "en": {
        "guide": Limit(7, 25),
        "troubleshooting": Limit(7, 25),
        "faq": Limit(7, 25),
        "index": Limit(8, 25),
        "explanation": Limit(8, 28),
        "reference": Limit(8, 28),
    },
    "zh": {
        "guide": Limit(20, 45),
        "troubleshooting": Limit(20, 45),
        "faq": Limit(20, 45),
        "index": Limit(22, 50),
        "explanation": Limit(20, 45),
        "reference": Limit(22, 50),
    },
}
LEAST_WORDS = 100
"""A page with fewer has no level: the grade was made for samples of this length."""

WORST = 3

_WORD = re.compile(r"[A-Za-z]+(?:['’\-][A-Za-z]+)*|\d[\d.,:]*")
_HAN = re.compile(f"[{HAN}]")


def reading_level(page: Page, content: Content) -> Iterator[Finding]:
    """Report a page that is harder to read than pages of its type may be.

    Why: readers are worried, in a hurry, and many read in a language that is not their first.
    Bad: a guide of sentences with three clauses and words of five syllables
    Good: one idea a sentence, everyday words: grade 7 in English, 20 characters in Chinese
    """
    figures, limit = measured(page, content), limit_of(page, content)
    if figures and limit and figures.level is not None and figures.level > limit.level:
        worst = sorted(figures.lengths, key=lambda pair: -pair[1])[:WORST]
        lines = ", ".join(str(line) for line in sorted({each.line for each, _ in worst}))
        expected = f"at most {limit.level:g} for type {page.meta.type}"
        message = f"the page is hard to read {found(round(figures.level, 1), expected)}"
        hint = f"divide the longest sentences (lines {lines}) and use shorter words"
        yield Finding(worst[0][0].line, message, hint)


def sentence_too_long(page: Page, content: Content) -> Iterator[Finding]:
    """Report a sentence that is longer than sentences of such a page may be.

    Why: who reads while acting loses the beginning before the end.
    Bad: a condition, a step, its exception and its reason in one sentence
    Good: two sentences, or a list
    """
    figures, limit = measured(page, content), limit_of(page, content)
    for sentence, length in figures.lengths if figures and limit else ():
        if limit and length > limit.longest:
            expected = f"at most {limit.longest} for type {page.meta.type}"
            start = f"{sentence.text[:24]}{'…' if len(sentence.text) > 24 else ''}"
            message = f"the sentence “{start}” is long {found(length, expected)}"
            yield Finding(sentence.line, message, "make it two sentences, or a list")


def limit_of(page: Page, content: Content) -> Limit | None:
    """Return the limit of the page's type in its language, or None where it has none."""
    return LIMITS.get(_language(page, content), {}).get(page.meta.type)


def measured(page: Page, content: Content) -> Figures | None:
    """Return the figures of a page, or None for a language that is not measured."""
    measure = {"en": _english, "zh": _chinese}.get(_language(page, content))
    if measure is None:
        return None
    return measure(tuple(sentences(page, content.site.values(page.language))))


def _language(page: Page, content: Content) -> str:
    return content.site.product.tag(page.language).partition("-")[0]


def _english(all_sentences: tuple[Sentence, ...]) -> Figures:
    """Measure the US grade, by the formula of Flesch and Kincaid.

    Source: J. P. Kincaid et al., Derivation of new readability formulas for Navy enlisted
    personnel, Research Branch Report 8-75, Naval Technical Training Command, 1975.
    """
    words = [_WORD.findall(sentence.text) for sentence in all_sentences]
    lengths = _lengths(all_sentences, lambda text: len(_WORD.findall(text)))
    every = [word for of_sentence in words for word in of_sentence]
    if len(every) < LEAST_WORDS:
        return Figures(len(every), None, lengths)
    of_sentence, of_word = len(every) / len(lengths), sum(map(_syllables, every)) / len(every)
    return Figures(len(every), 0.39 * of_sentence + 11.8 * of_word - 15.59, lengths)


def _chinese(all_sentences: tuple[Sentence, ...]) -> Figures:
    """Measure Han characters, between the marks that end a sentence (GB/T 15834: 。？！)."""
    lengths = _lengths(all_sentences, lambda text: len(_HAN.findall(text)))
    characters = sum(length for _, length in lengths)
    level = characters / len(lengths) if characters >= LEAST_WORDS else None
    return Figures(characters, level, lengths)


def _lengths(
    all_sentences: tuple[Sentence, ...], length: Callable[[str], int]
) -> tuple[tuple[Sentence, int], ...]:
    """Return the sentences that have words with their lengths."""
    pairs = ((sentence, length(sentence.text)) for sentence in all_sentences)
    return tuple((sentence, number) for sentence, number in pairs if number)


@cache
def _syllables(word: str) -> int:
    """Return the syllables of a word; a number counts as one."""
    return max(1, int(syllapy.count(word.replace("’", "'"))))
