"""The one small file that leads from the tickets to the repository, and its grammar.

The first step sees tickets and writes it; the second sees no ticket and accepts it only as a
whole. Every line is one of a finite number of lines, made of the project's own category ids and
languages, weights that are powers of two, and dates: nothing that a customer wrote can be
expressed in it. Knows no count and no engine.

    helpcenter-ranking 1
    as_of 2026-11-20
    window 90
    rank deposit-not-credited 1024
    rank account-locked 0
    surge deposit-not-credited zh 2026-11-18
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from helpcenter.faq.ranking import Ranked, Ranking
from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.problems import Problem
from helpcenter.tickets.common.publish import LEAST_WEIGHT, MOST_WEIGHT
from helpcenter.tickets.ranking.surge import Surge

MOST_BYTES: Final = 64 << 10
# The language of a surge among tickets in none of the help center's languages.
OTHER: Final = "other"

_HEAD = "helpcenter-ranking 1"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_AGAIN = "run scripts/sync_tickets.py --proposal again, with this project, and take the new file"


@dataclass(frozen=True)
class Proposal:
    """What the tickets ask to publish: the order of a day with its weights, and what surges."""

    as_of: datetime.date
    window_days: int
    order: tuple[Ranked, ...]
    surges: tuple[Surge, ...] = ()

    @property
    def ranking(self) -> Ranking:
        """Return the part of it that faq_ranking.yml holds."""
        return Ranking(schema=1, as_of=self.as_of, window_days=self.window_days, order=self.order)


def render(proposal: Proposal) -> str:
    """Return the text of a proposal: the same text for the same proposal."""
    lines = [
        _HEAD,
        f"as_of {proposal.as_of.isoformat()}",
        f"window {proposal.window_days}",
        *(f"rank {each.category} {each.weight}" for each in proposal.order),
        *(
            f"surge {each.category} {each.language} {each.start.isoformat()}"
            for each in sorted(proposal.surges)
        ),
    ]
    return "\n".join(lines) + "\n"


def parse(
    content: bytes, taxonomy: Taxonomy, languages: Sequence[str], *, day: datetime.date, name: str
) -> tuple[Proposal | None, list[Problem]]:
    """Return the proposal in `content`, or None and why it is refused, without its text.

    `day` is the caller's: a proposal of a later one is refused. `name` stands in problems.
    """
    if len(content) > MOST_BYTES:
        return None, [Problem(name, 1, "proposal-size", "the file is over 64 KiB", _AGAIN)]
    grammar = _Grammar(taxonomy, languages)
    # Latin-1 gives every byte a character, and the grammar holds ASCII alone.
    text = content.decode("latin-1")
    if not re.fullmatch(grammar.whole, text):
        message = "the line is not one that a proposal for this project can have here"
        line = grammar.first_wrong_line(text)
        return None, [Problem(name, line, "proposal-grammar", message, _AGAIN)]
    lines = [line.split(" ") for line in text.splitlines()]
    if problems := [Problem(name, *fault, _AGAIN) for fault in _faults(lines, day)]:
        return None, problems
    return _read(lines), []


class _Grammar:
    """The regular language of all proposals for one project."""

    def __init__(self, taxonomy: Taxonomy, languages: Sequence[str]) -> None:
        number = len(taxonomy.categories)
        category = "|".join(re.escape(each.id) for each in taxonomy.categories)
        language = "|".join(re.escape(code) for code in (*languages, OTHER))
        powers = range(LEAST_WEIGHT.bit_length() - 1, MOST_WEIGHT.bit_length())
        weight = "|".join(str(1 << power) for power in powers)
        window = str(taxonomy.scoring.window_days)
        self._head = [re.escape(_HEAD), f"as_of {_DAY}", f"window {window}"]
        rank = f"rank (?:{category}) (?:0|{weight})"
        self._surge = f"surge (?:{category}) (?:{language}) {_DAY}"
        self._head += [rank] * number
        most = number * (len(languages) + 1)
        self.whole = (
            "".join(f"{line}\n" for line in self._head[:3])
            + f"(?:{rank}\n){{{number}}}(?:{self._surge}\n){{0,{most}}}"
        )

    def first_wrong_line(self, text: str) -> int:
        """Return the number of the first line that does not belong where it stands."""
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            expected = self._head[number - 1] if number <= len(self._head) else self._surge
            if not re.fullmatch(expected, line):
                return number
        return len(lines)


def _faults(lines: Sequence[Sequence[str]], day: datetime.date) -> Iterator[tuple[int, str, str]]:
    """Yield the line, rule and message of what a regular expression cannot tell."""
    as_of, first = day, datetime.date.min
    seen: set[str] = set()
    surges: list[Surge] = []
    for number, (kind, *words) in enumerate(lines, 1):
        if kind == "rank":
            if words[0] in seen:
                yield number, "proposal-category", "the category is ranked twice"
            seen.add(words[0])
        if kind not in ("as_of", "surge"):
            continue
        date = _date(words[-1])
        if date is None:
            yield number, "proposal-date", "the calendar has no such day"
        elif kind == "as_of":
            if date > day:
                yield number, "proposal-date", "the day has not come yet"
            as_of, first = date, date - datetime.timedelta(days=int(lines[2][1]))
        elif not first < date <= as_of:
            yield number, "proposal-date", "the surge did not begin in the days that were counted"
        else:
            surges.append(Surge(words[0], words[1], date))
            if surges != sorted({(each.category, each.language): each for each in surges}.values()):
                yield number, "proposal-surge", "the surge is given twice, or out of order"


def _read(lines: Sequence[Sequence[str]]) -> Proposal:
    return Proposal(
        as_of=datetime.date.fromisoformat(lines[1][1]),
        window_days=int(lines[2][1]),
        order=tuple(
            Ranked(category=words[0], weight=int(words[1]))
            for kind, *words in lines
            if kind == "rank"
        ),
        surges=tuple(
            Surge(words[0], words[1], datetime.date.fromisoformat(words[2]))
            for kind, *words in lines
            if kind == "surge"
        ),
    )


def _date(text: str) -> datetime.date | None:
    with suppress(ValueError):
        return datetime.date.fromisoformat(text)
    return None
