"""The files of one index, small and few enough that the first result comes soon.

`core.json` is loaded first, `p-<n>.json` hold postings and `t-<n>.json` the text of one document,
`d-<n>.json` the titles of a block of documents if there are many, `words.json` the glossary's words
in the other script, `sounds.json` the pinyin of characters.
docs/_decisions/0002-search.md tells why. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from helpcenter.search import sounds, wordlists
from helpcenter.search.documents import Document
from helpcenter.search.index import Index, Posting
from helpcenter.search.lexicon import key_of
from helpcenter.search.normalise import HAN, is_han

VERSION = 1

MANY = 1000
"""From this many documents on, rare words and titles are not in the core."""

CHUNK = 8_000
"""About how many characters of postings are loaded at once."""

_NAMES = ("asset", "network")

BLOCK = 16
"""How many documents' titles are loaded at once where they are not in the core."""

_BETWEEN_HAN = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def files(index: Index, *, landmarks: Mapping[str, str]) -> dict[str, str]:
    """Return the text of every file by its name.

    `landmarks` are the ids of the documents that answer a pasted secret (`secret`), address
    (`address`) and transaction (`transaction`); one that the index does not have is left out.
    """
    many = len(index.documents) >= MANY
    chunks = list(_chunks(index.postings))
    titles = [_title(document) for document in index.documents]
    places = {document.id: number for number, document in enumerate(index.documents)}
    in_core = [term for term, found in index.postings.items() if not many or _is_known(found)]
    characters = _characters(index)
    words, later = _words(index)
    core = {
        "version": VERSION,
        "chinese": is_chinese(index),
        "documents": len(index.documents),
        "terms": front_coded(in_core),
        "frequency": "".join(_DIGITS[len(index.postings[t]).bit_length()] for t in in_core),
        "spellings": "\n".join(_spelling(t, index.spellings) for t in in_core if t[0].isascii()),
        "chunks": [terms[0] for terms in chunks],
        "titleLengths": list(index.title_lengths),
        "weights": [round(100 * document.weight) for document in index.documents],
        "landmarks": {kind: places[name] for kind, name in landmarks.items() if name in places},
        "kinds": [meaning.kind for meaning in index.lexicon],
        "opposites": {n: each.opposite for n, each in enumerate(index.lexicon) if each.opposite},
        "lexicon": words,
        "simplified": sounds.traditional(characters),
        "stop": " ".join(sorted(wordlists.STOP)),
        "passable": " ".join(sorted(wordlists.PASSABLE)),
    }
    core |= {"block": BLOCK} if many else {"titles": titles}
    found = {"core.json": _json(core), "words.json": _json(later)}
    if is_chinese(index):
        found["sounds.json"] = _json(sounds.syllables(characters | sounds.common_characters()))
    for number, terms in enumerate(chunks):
        found[f"p-{number}.json"] = _json(
            [front_coded(terms), [_numbers(index.postings[term]) for term in terms]]
        )
    if many:
        for start in range(0, len(titles), BLOCK):
            found[f"d-{start // BLOCK}.json"] = _json(titles[start : start + BLOCK])
    for number, document in enumerate(index.documents):
        sections = [[part.anchor, part.heading, part.text] for part in document.sections]
        found[f"t-{number}.json"] = _json([document.answer, sections])
    return found


def is_chinese(index: Index) -> bool:
    """Return whether the documents are Chinese, whatever Latin words stand in them."""
    words = [term for term in index.postings if not term.startswith("#")]
    return sum(map(is_han, words)) > len(words) / 2


def front_coded(terms: Iterable[str]) -> str:
    """Return sorted terms, one a line, each as what it shares with the one before and the rest."""
    lines = []
    before = ""
    for term in terms:
        shared = 0
        while shared < min(len(before), len(term), 35) and before[shared] == term[shared]:
            shared += 1
        lines.append(_DIGITS[shared] + term[shared:])
        before = term
    return "\n".join(lines)


def _chunks(postings: Mapping[str, Sequence[Posting]]) -> Iterator[list[str]]:
    terms: list[str] = []
    size = 0
    for term, found in postings.items():
        terms.append(term)
        size += len(term) + len(_json(_numbers(found)))
        if size > CHUNK:
            yield terms
            terms, size = [], 0
    if terms:
        yield terms


def _numbers(found: Sequence[Posting]) -> list[int]:
    """Return, for each document, its distance to the one before and four times impact + places."""
    numbers: list[int] = []
    before = 0
    for posting in found:
        numbers += [posting.document - before, posting.impact * 4 + posting.places]
        before = posting.document
    return numbers


def _is_known(found: Sequence[Posting]) -> bool:
    return len(found) > 1 or any(posting.places for posting in found)


def _title(document: Document) -> list[object]:
    return [document.url, document.anchor, document.title, document.type, list(document.path)]


def _spelling(term: str, spellings: Mapping[str, str]) -> str:
    """Return the usual spelling of a stem, or nothing if it is the stem itself."""
    usual = spellings.get(term, term)
    return "" if usual == term else usual


def _words(index: Index) -> tuple[list[list[str]], list[list[str]]]:
    """Return the keys of each meaning, wide and narrower: those of the core, and the others.

    The core has the words in the script of the index, and in Chinese the names that stand in
    Chinese questions as they are, such as USDT.
    """
    chinese = is_chinese(index)
    core, later = [], []
    for meaning in index.lexicon:
        lists = (meaning.words, meaning.narrower)
        is_name = chinese and meaning.kind in _NAMES
        soon = [[w for w in each if is_name or _has_han(w) == chinese] for each in lists]
        rest = [[w for w in each if w not in now] for each, now in zip(lists, soon, strict=True)]
        core.append(_row(soon))
        later.append(_row(rest))
    return core, later


def _has_han(word: str) -> bool:
    return any(map(is_han, word))


def _row(lists: Iterable[Iterable[str]]) -> list[str]:
    wide, narrow = map(_keys, lists)
    return [wide, narrow] if narrow else [wide] if wide else []


def _keys(words: Iterable[str]) -> str:
    """Return the units of each word: Chinese as it stands, English stems with a space between."""
    keys = dict.fromkeys(" ".join(key_of(word)) for word in words)
    return "|".join(_BETWEEN_HAN.sub("", key) for key in keys if key)


def _characters(index: Index) -> set[str]:
    words = [word for meaning in index.lexicon for word in (*meaning.words, *meaning.narrower)]
    texts = [*index.postings, *words, *wordlists.STOP]
    return {character for text in texts for character in text if is_han(character)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
