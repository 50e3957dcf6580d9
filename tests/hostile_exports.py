"""Exports of every form whose texts, names and unlisted fields hold what they should not."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import duckdb
from backports import zstd

import ticket_forms
from hostile_texts import RULE_WORDS
from ticket_forms import Ticket

FORMS = ticket_forms.forms()
# What one sync reads: every form alone, and each form of a second file with a first.
EXPORTS = {name: (name,) for name, form in FORMS.items() if "side" not in form} | {
    side: (next(name for name in FORMS if side.split("/")[1] in FORMS[name].get("with", ())), side)
    for side, form in FORMS.items()
    if "side" in form
}

# Fields that hold the same in all records of a form and that are labels nevertheless. All other
# such fields are unlisted.
LABELS = {
    "freshdesk/api": ("custom_fields",),
    "generic/nested": ("custom_fields",),
    "helpscout/conversations": ("state", "customFields"),
    "jira/issues": ("issuetype", "components"),
    "jira/search": ("Issue Type", "Resolution"),
    "osticket/chinese": ("部门",),
    "osticket/english": ("Department",),
    "rt/rest2": ("Queue", "CustomFields"),
    "rt/results": ("QueueName",),
    "zammad/tickets": ("group",),
    "zendesk/array": ("type", "custom_fields"),
    "zendesk/incremental": ("type", "custom_fields"),
    "zendesk/lines": ("type", "custom_fields"),
    "zendesk/view": ("Ticket type",),
}
# What must be known of a ticket for it to be counted, and what says which category it is in.
TIMES = ("id", "created", "updated")
WORDS = (
    "status",
    "state",
    "tags",
    "item",
    "topic",
    "language",
    "rating",
    "reopens",
    "reply",
    "replied",
)

_LAST = datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC)


def tickets() -> list[Ticket]:
    """The golden tickets, in a window of 90 days, and a surge of Chinese ones."""
    found = ticket_forms.golden()
    old = replace(found[0], id=5000, person=5000, created=_LAST - datetime.timedelta(days=85))
    surge = [
        replace(old, id=5000 + n, person=5000 + n, language="zh", subject="充值",
                tags=("充值未到账",), created=_LAST - datetime.timedelta(days=n % 2))
        for n in range(1, 41)
    ]  # fmt: skip
    return [*found, *(replace(each, updated=each.created) for each in (old, *surge))]


def plain(name: str, rows: Sequence[Ticket]) -> bytes:
    """The export as the system writes it."""
    return ticket_forms.write(FORMS[name], list(rows)).encode("utf-8")


def hostile(
    name: str,
    rows: Sequence[Ticket],
    texts: Sequence[str],
    chance: Random,
    *,
    as_parquet: bool = False,
) -> bytes:
    """The same tickets; all that must not count is drawn from `texts`.

    That is subjects, which stay in their script, names, addresses, every unlisted value, further
    fields, the order of fields and all that is packed around the tickets. People stay as many.
    """
    fill = _Filler(name, texts, chance)
    form = FORMS[name]
    if "columns" in form:
        lines = _table(form, rows, fill, chance)
        if as_parquet and is_parquet(lines[0]):
            return _parquet(lines)
        content = _written(lines, form, chance)
    else:
        records = [fill.value(form["record"], ticket) for ticket in rows]
        content = _document(form, records, fill, chance)
    return _packed(content, chance)


def poisoned(
    name: str,
    rows: Sequence[Ticket],
    texts: Sequence[str],
    chance: Random,
    fields: Sequence[str],
    *,
    names: bool = True,
) -> bytes:
    """The tickets with one listed field of some of them, one of `fields`, drawn from `texts`.

    So are some `names` of columns and keys, unless these may be shown.
    """
    form = FORMS[name]
    some = set(chance.sample(range(len(rows)), chance.choice([1, 2, len(rows) // 2])))
    field = chance.choice(fields)
    fills = [
        _Filler(name, texts, chance, poison=field if number in some else "", names=names)
        for number in range(len(rows))
    ]
    pairs = list(zip(fills, rows, strict=True))
    if "columns" in form:
        specs = [spec for column in form["columns"] for spec in column.values()]
        headings = [heading for column in form["columns"] for heading in column]
        if names and chance.random() < 0.2:
            headings[chance.randrange(len(headings))] = chance.choice(texts)
        body = [[fill.cell(spec, ticket) for spec in specs] for fill, ticket in pairs]
        return _written([headings, *body], form, chance).encode("utf-8", "replace")
    records = [fill.value(form["record"], ticket) for fill, ticket in pairs]
    return _document(form, records, _Filler(name, texts, chance), chance).encode("utf-8", "replace")


class _Filler:
    """Fills the skeleton of a record for a ticket, all that is not listed with texts."""

    def __init__(
        self,
        name: str,
        texts: Sequence[str],
        chance: Random,
        *,
        poison: str = "",
        names: bool = True,
    ) -> None:
        self._labels = LABELS.get(name, ())
        self._words = FORMS[name].get("words", {})
        self._texts = texts
        self._chance = chance
        self._poison = poison
        self._further = [0, 0, 1] if names else [0]
        self._person = chance.choice([*texts, *RULE_WORDS])

    def value(
        self, skeleton: Any, ticket: Ticket, path: tuple[str, ...] = (), item: str = ""
    ) -> Any:
        if isinstance(skeleton, dict):
            if list(skeleton) == ["=each tags"]:
                inner = skeleton["=each tags"]
                return [self.value(inner, ticket, path, tag) for tag in ticket.tags]
            filled = [
                (key, self.value(each, ticket, (*path, key), item))
                for key, each in skeleton.items()
            ]
            filled += [
                (f"{self.text()} {number}", self._anything(path))
                for number in range(self._chance.choice(self._further))
            ]
            self._chance.shuffle(filled)
            return dict(filled)
        if isinstance(skeleton, list):
            return [self.value(each, ticket, path, item) for each in skeleton]
        if not isinstance(skeleton, str) or not skeleton.startswith("="):
            return self._anything(path)
        return self._field(skeleton, ticket, item)

    def cell(self, spec: Any, ticket: Ticket, heading: str = "") -> Any:
        """The same for a table: one text."""
        if isinstance(spec, str) and spec.startswith("="):
            return self._field(spec, ticket, "")
        label = heading in self._labels
        return self._chance.choice(self._texts if label else [*self._texts, *RULE_WORDS])

    def text(self) -> str:
        return self._chance.choice(self._texts)

    def _field(self, spec: str, ticket: Ticket, item: str) -> Any:
        name = spec[1:].split(" ")[0]
        if name == "subject":
            return self._subject(ticket)
        if name in ("person", "email"):
            return f"{self._person} {ticket.person}"
        if name == self._poison:
            return self.text()
        return ticket_forms.filled(spec, ticket, self._words, item)

    def _subject(self, ticket: Ticket) -> str:
        pool = [text for text in (*self._texts, *RULE_WORDS) if script(text) == ticket.language]
        if pool and self._chance.random() < 0.9:
            return self._chance.choice(pool)
        return {"en": "a", "zh": "山", "other": "ひ"}[ticket.language] + self._chance.choice(
            RULE_WORDS[:1]
        )

    def _anything(self, path: tuple[str, ...]) -> Any:
        """A text, or, where nothing is read, whatever JSON can hold: even another ticket."""
        if set(path) & set(self._labels):
            return self.text()
        word, text = self._chance.choice(RULE_WORDS), self.text()
        ticket = {"id": 1, "created_at": "2026-11-19", "updated_at": "2026-11-19", "tags": ["fees"]}
        values = (
            word,
            word,
            text,
            text,
            text,
            None,
            7,
            1e300,
            True,
            [word, text],
            {text: word},
            [ticket],
        )
        return self._chance.choice(values)


@lru_cache(1 << 12)
def script(text: str) -> str:
    """The language of a subject of these letters, or "" where that is a matter of detail."""
    letters = [letter for letter in text if letter.isalnum()]
    if any("\u4e00" <= letter <= "\u9fff" for letter in letters):
        return (
            "zh"
            if all(letter < "\u0250" or "\u4e00" <= letter <= "\u9fff" for letter in letters)
            else ""
        )
    return (
        "en"
        if any(letter.isascii() and letter.isalpha() for letter in text) and max(text) < "\u0250"
        else ""
    )


def _table(
    form: dict[str, Any], rows: Sequence[Ticket], fill: _Filler, chance: Random
) -> list[list[Any]]:
    columns = [(heading, spec) for column in form["columns"] for heading, spec in column.items()]
    columns += [(f"{fill.text()} {number}", "") for number in range(chance.choice([0, 0, 2]))]
    if len({heading for heading, _ in columns}) == len(columns):
        # Of columns with the same heading the first is the one that counts first.
        chance.shuffle(columns)
    body = [[fill.cell(spec, ticket, heading) for heading, spec in columns] for ticket in rows]
    return [[heading for heading, _ in columns], *body]


def is_parquet(headings: Sequence[str]) -> bool:
    """Whether a table of these headings can be a Parquet file."""
    return len({heading.casefold() for heading in headings}) == len(headings) and all(
        "\0" not in heading for heading in headings
    )


def _parquet(lines: Sequence[Sequence[Any]]) -> bytes:
    names = ['"' + heading.replace('"', '""') + '"' for heading in lines[0]]
    columns = ", ".join(f"unnest(?::VARCHAR[]) AS {name}" for name in names)
    cells = [[None if cell is None else str(cell) for cell in column]
             for column in zip(*lines[1:], strict=True)]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE tickets AS SELECT {columns}", cells)
        connection.execute(f"COPY tickets TO '{folder}/out' (FORMAT parquet)")
        return (Path(folder) / "out").read_bytes()


def _written(lines: Sequence[Sequence[Any]], form: dict[str, Any], chance: Random) -> str:
    buffer = io.StringIO()
    # Python's writer leaves a lone carriage return bare unless it is a part of the line end.
    delimiter = form.get("delimiter", ",")
    if chance.random() < 0.5:
        writer = csv.writer(buffer, delimiter=delimiter)
    else:
        writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows(["" if cell is None else cell for cell in line] for line in lines)
    return ("\ufeff" if form.get("mark") else "") + buffer.getvalue()


def _document(form: dict[str, Any], records: list[Any], fill: _Filler, chance: Random) -> str:
    escaped = chance.random() < 0.5
    if "document" not in form:
        return "".join(json.dumps(record, ensure_ascii=escaped) + "\n" for record in records)
    document = ticket_forms.placed(_with_texts(form["document"], fill), records)
    return json.dumps(document, ensure_ascii=escaped, indent=chance.choice([None, 2]))


def _with_texts(skeleton: Any, fill: _Filler) -> Any:
    if isinstance(skeleton, dict):
        return {key: _with_texts(value, fill) for key, value in skeleton.items()}
    return skeleton if skeleton == "=records" else fill.text()


def _packed(content: str, chance: Random) -> bytes:
    """The content, perhaps in another encoding or compressed."""
    plain = content.encode("utf-8", "replace")
    packed: list[Callable[[], bytes]] = [
        lambda: plain,
        lambda: plain,
        lambda: gzip.compress(plain, 1),
        lambda: zstd.compress(plain, 1),
        lambda: content.removeprefix("\ufeff").encode("utf-16"),
    ]
    return chance.choice(packed)()
