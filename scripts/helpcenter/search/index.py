"""The index of one language: what each term tells about each document, as one number.

BM25F (Robertson, Zaragoza, Taylor 2004): the counts of a term in all fields are added up, each
divided by the field's length, before they saturate. What depends on the question (how rare a term
is) is left to the browser.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helpcenter.search.documents import Document
from helpcenter.search.lexicon import Lexicon
from helpcenter.search.terms import FIELDS, WHOLE, Terms, fields_of, reader

SATURATION = 1.4
LEVELS = 31  # an impact is a whole number up to this

# Where a term stands, beside its impact.
IN_TITLE, IN_HEADING = 1, 2


@dataclass(frozen=True)
class Posting:
    """What a term tells about one document: `impact` 1 to LEVELS, `places` a sum of IN_…."""

    document: int
    impact: int
    places: int


@dataclass(frozen=True)
class Index:
    """Everything that is found in one language.

    `title_lengths` are in words; `spellings` give the usual spelling of each English stem.
    """

    documents: tuple[Document, ...]
    lexicon: Lexicon
    postings: Mapping[str, Sequence[Posting]]
    title_lengths: Sequence[int]
    spellings: Mapping[str, str]


def build(documents: Sequence[Document], lexicon: Lexicon) -> Index:
    """Return the index of documents of one language."""
    read = reader(lexicon, documents)
    read_fields = [
        {name: read.read(text, whole=name in WHOLE) for name, text in fields_of(document).items()}
        for document in documents
    ]
    average = {name: _average([fields[name] for fields in read_fields]) for name in FIELDS}
    postings: dict[str, list[Posting]] = defaultdict(list)
    for number, fields in enumerate(read_fields):
        weights: Counter[str] = Counter()
        for name, terms in fields.items():
            setting = FIELDS[name]
            length = 1 - setting.b + setting.b * terms.length / average[name]
            for term, count in terms.counts.items():
                weights[term] += setting.weight * count / length  # type: ignore[assignment]
        for term, weight in weights.items():
            impact = max(1, round(LEVELS * weight / (SATURATION + weight)))
            in_title = IN_TITLE * (fields["title"].counts[term] >= 1)
            in_heading = IN_HEADING * (
                fields["headings"].counts[term] >= 1 or fields["asked_as"].counts[term] >= 1
            )
            postings[term].append(Posting(number, impact, in_title + in_heading))
    spellings = {base: _usual(found) for base, found in read.spellings.items()}
    lengths = [max(1, round(fields["title"].length)) for fields in read_fields]
    ordered = dict(sorted(postings.items()))
    return Index(tuple(documents), lexicon, ordered, lengths, spellings)


def _average(fields: Sequence[Terms]) -> float:
    lengths = [terms.length for terms in fields if terms.length]
    return sum(lengths) / len(lengths) if lengths else 1.0


def _usual(found: Counter[str]) -> str:
    return min(found, key=lambda spelling: (-found[spelling], spelling))
