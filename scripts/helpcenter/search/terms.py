"""The terms a document is found by: its words, and the meanings that its words have.

A meaning stands in the index as `#` and its number, and is there once for all of its words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from helpcenter.search.documents import Document
from helpcenter.search.lexicon import SHORT, Lexicon, Matcher, base_of
from helpcenter.search.normalise import is_han, normalise, units
from helpcenter.search.segment import Segmenter, segmenter
from helpcenter.search.wordlists import STOP


@dataclass(frozen=True)
class Field:
    """What a field of a document counts (`weight`), and how much its length counts (`b`)."""

    weight: float
    b: float


FIELDS = {
    "title": Field(6.0, 0.4),
    "asked_as": Field(5.0, 0.0),
    "headings": Field(1.5, 0.4),
    "twin_title": Field(1.5, 0.4),
    "text": Field(1.0, 0.4),
}


@dataclass(frozen=True)
class Terms:
    """How often each term stands in one field, and the field's length in words."""

    counts: Counter[str]
    length: float


@dataclass
class Reader:
    """Turns text into terms and remembers the spelling of every stem; a class for that memory."""

    matcher: Matcher
    segment: Segmenter
    spellings: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def read(self, text: str, *, whole: bool = False) -> Terms:
        """Return the terms of a text, stop words only if `whole`; they are not in its length."""
        counts: Counter[str] = Counter()
        length = 0.0
        run: list[str] = []
        stems: list[str] = []
        for unit in [*units(normalise(text)), ""]:
            if run and not (unit and is_han(unit)):
                length += self._chinese("".join(run), counts, whole=whole)
                run = []
            if unit and is_han(unit):
                run.append(unit)
                stems.append(unit)
            elif unit:
                base = base_of(unit)
                stems.append(base)
                if base in STOP:
                    counts[unit] += whole
                else:
                    counts[base] += 1
                    self.spellings[base][unit] += 1
                    length += 1
        for _, _, meaning in self.matcher.found(stems):
            counts[f"#{meaning}"] += 1
        return Terms(+counts, length)

    def _chinese(self, run: str, counts: Counter[str], *, whole: bool) -> float:
        length = 0.0
        for word, weight in self.segment(run):
            if word in STOP:
                counts[word] += whole
                continue
            counts[word] += weight  # type: ignore[assignment]  # counts of inner words are parts
            length += weight == 1
            if len(word) <= SHORT:
                for meaning in self.matcher.short(word):
                    counts[f"#{meaning}"] += 1
        return length


WHOLE = ("title", "asked_as")
"""Fields whose stop words are kept, for questions that have nothing else."""


def reader(lexicon: Lexicon, documents: Iterable[Document]) -> Reader:
    """Return a reader that knows the words of a lexicon and of the documents it will read."""
    words = [word for meaning in lexicon for word in (*meaning.words, *meaning.narrower)]
    texts = [text for document in documents for text in fields_of(document).values()]
    return Reader(Matcher(lexicon), segmenter(words, texts))


def fields_of(document: Document) -> dict[str, str]:
    """Return the text of each field of a document; parts do not run into each other."""
    return {
        "title": document.title,
        "asked_as": " \n ".join(document.asked_as),
        "headings": " \n ".join(section.heading for section in document.sections),
        "twin_title": document.twin_title,
        "text": " \n ".join(section.text for section in document.sections),
    }
