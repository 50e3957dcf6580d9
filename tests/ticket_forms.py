"""Write the golden tickets as each helpdesk would export them, by the forms beside them.

A form is a YAML file: the skeleton of a record or a table as the system writes it, in which
"=name how" stands for a field of the ticket in some notation.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

SOURCES = Path(__file__).parent / "cases" / "tickets" / "sources"
LOCAL = datetime.timezone(datetime.timedelta(hours=8))


@dataclass(frozen=True)
class Ticket:
    """One version of a golden ticket, and what it must be counted as."""

    id: int
    created: datetime.datetime
    updated: datetime.datetime
    language: str
    subject: str
    status: str
    person: int
    category: str
    tags: tuple[str, ...] = ()
    topic: str | None = None
    reopens: int | None = None
    rating: str | None = None
    reply: int | None = None


def golden() -> list[Ticket]:
    """All versions of all golden tickets; the last version of each comes last."""
    return [
        version
        for entry in yaml.safe_load((SOURCES / "golden.yml").read_text(encoding="utf-8"))
        for copy in range(entry.pop("copies", 1))
        for version in _versions(dict(entry), copy)
    ]


def _versions(entry: dict[str, Any], copy: int) -> list[Ticket]:
    later = entry.pop("later", None)
    created = datetime.datetime.fromisoformat(entry.pop("created")).replace(tzinfo=datetime.UTC)
    entry["tags"] = tuple(entry.get("tags", ()))
    first = Ticket(**entry, created=created, updated=created + datetime.timedelta(hours=1))
    first = replace(first, id=first.id + 100 * copy, person=first.person + 100 * copy)
    if later is None:
        return [first]
    if "tags" in later:
        later["tags"] = tuple(later["tags"])
    return [first, replace(first, updated=created + datetime.timedelta(hours=30), **later)]


def forms() -> dict[str, dict[str, Any]]:
    """Every form, by the name of its system and its own."""
    return {
        f"{path.parent.name}/{path.stem}": yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCES.glob("*/*.yml"))
        if path.stem != "mapping"
    }


def write(form: dict[str, Any], tickets: list[Ticket]) -> str:
    """The text of an export in `form`."""
    words = form.get("words", {})
    if "columns" in form:
        return _table(form, tickets)
    records = [filled(form["record"], ticket, words) for ticket in tickets]
    if "document" not in form:
        return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    document = placed(form["document"], records)
    return json.dumps(document, ensure_ascii=False, indent=form.get("indent"))


def _table(form: dict[str, Any], tickets: list[Ticket]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=form.get("delimiter", ","), lineterminator="\r\n")
    headings = [heading for column in form["columns"] for heading in column]
    specs = [spec for column in form["columns"] for spec in column.values()]
    writer.writerow(headings)
    for ticket in tickets:
        cells = [filled(spec, ticket, form.get("words", {})) for spec in specs]
        writer.writerow(["" if cell is None else cell for cell in cells])
    return ("\ufeff" if form.get("mark") else "") + buffer.getvalue()


def placed(skeleton: Any, records: list[Any]) -> Any:
    """A document's skeleton with the records in it."""
    if skeleton == "=records":
        return records
    if isinstance(skeleton, dict):
        return {key: placed(value, records) for key, value in skeleton.items()}
    return skeleton


def filled(skeleton: Any, ticket: Ticket, words: dict[str, Any], item: str = "") -> Any:
    """A record's skeleton with a ticket in it; `item` is the tag of which a part is filled."""
    if isinstance(skeleton, dict):
        if list(skeleton) == ["=each tags"]:
            return [filled(skeleton["=each tags"], ticket, words, tag) for tag in ticket.tags]
        return {key: filled(value, ticket, words, item) for key, value in skeleton.items()}
    if isinstance(skeleton, list):
        return [filled(value, ticket, words, item) for value in skeleton]
    if not isinstance(skeleton, str) or not skeleton.startswith("="):
        return skeleton
    name, _, how = skeleton[1:].partition(" ")
    return item if name == "item" else _field(name, how, ticket, words)


def _field(name: str, how: str, ticket: Ticket, words: dict[str, Any]) -> Any:
    if name == "is":
        return ticket.status == how
    if name == "email":
        return f"customer{ticket.person}@mail.example.net"
    if name == "replied":
        if ticket.reply is None:
            return {"epoch-or-0": 0, "iso-or-1970": "1970-01-01T00:00:00Z"}.get(how)
        return _time(ticket.created + datetime.timedelta(minutes=ticket.reply), how)
    if name == "reply":
        return _duration(ticket.reply, how)
    value = getattr(ticket, "status" if name == "state" else name)
    if name in words and value is not None:
        return words[name][value]
    if isinstance(value, datetime.datetime):
        return _time(value, how)
    if name == "tags":
        return _tags(value, how)
    return {"text": str(value), "key": f"HELP-{value}"}.get(how, value)


def _time(time: datetime.datetime, how: str) -> Any:
    how = how.removesuffix("-or-0").removesuffix("-or-1970")
    return {
        "iso": f"{time:%Y-%m-%dT%H:%M:%SZ}",
        "millis-iso": f"{time:%Y-%m-%dT%H:%M:%S}.000Z",
        "space": f"{time:%Y-%m-%d %H:%M:%S}",
        "minutes": f"{time:%Y-%m-%d %H:%M}",
        "offset": time.astimezone(LOCAL).isoformat(),
        "jira": f"{time.astimezone(LOCAL):%Y-%m-%dT%H:%M:%S.000%z}",
        "jira-csv": f"{time:%d/%b/%y %I:%M %p}",
        "ctime": f"{time:%a %b %d %H:%M:%S %Y}",
        "chinese": f"{time:%Y年%m月%d日 %H:%M}",
        "us": f"{time:%m/%d/%Y %I:%M %p}",
        "epoch": int(time.timestamp()),
        "epoch-fraction": time.timestamp() + 0.25,
        "millis": int(time.timestamp()) * 1000,
    }[how]


def _duration(minutes: int | None, how: str) -> Any:
    if minutes is None:
        return None
    if how == "clock":
        return f"{minutes // 60:02d}:{minutes % 60:02d}:00"
    return {"": minutes, "seconds": minutes * 60, "hours": minutes / 60}[how]


def _tags(tags: tuple[str, ...], how: str) -> Any:
    if how.isdigit():
        return tags[int(how)] if int(how) < len(tags) else None
    if how == "json":
        return json.dumps(tags, ensure_ascii=False)
    joiner = {"comma": ", ", "space": " ", "、": "、"}.get(how)
    return list(tags) if joiner is None else joiner.join(tags)
