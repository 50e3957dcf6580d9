"""What each helpdesk calls the few fields that are read, as data: `sources/<helpdesk>.yml`.

Knows no file of tickets. A new helpdesk is a new YAML file, unless it has a new format.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from helpcenter import yamlfile
from helpcenter.problems import Problem
from helpcenter.product import DataModel
from helpcenter.project import Project

_FOLDER = Path(__file__).parent / "sources"

# A column's name, or in JSON a path: "field" or "list[].field".
Names = Annotated[tuple[str, ...], Field(min_length=1)]


class Columns(DataModel):
    """Where each field is found. No field for a person or a text exists, so none is read."""

    id: Names
    created: Names
    updated: Names
    status: Names
    tags: Names
    topic: Names


class Exclude(DataModel):
    """Tickets that are no customer's question: spam, deleted, merged, tests."""

    status: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()


class SourceFile(DataModel):
    """One mapping; `times` are strptime patterns tried after ISO 8601, `epoch` allows numbers."""

    format: Literal["json-lines", "csv"]
    columns: Columns
    times: tuple[str, ...] = ()
    epoch: bool = False
    exclude: Exclude = Exclude()


def load_sources() -> tuple[dict[str, SourceFile], list[Problem]]:
    """Read every mapping this package ships, by the name that `--source` takes."""
    sources: dict[str, SourceFile] = {}
    problems: list[Problem] = []
    for path in sorted(_FOLDER.glob("*.yml")):
        source, found_here = yamlfile.load(path, SourceFile, project=Project(_FOLDER))
        problems += found_here
        if source is not None:
            sources[path.stem] = source
    return sources, problems


def fold_name(name: str) -> str:
    """Return a column's name as it is compared: "Ticket ID", "ticket_id" and "TICKET-ID" agree."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in text if letter.isalnum())


def resolve(columns: Columns, header: tuple[str, ...]) -> tuple[Mapping[str, tuple[int, ...]], str]:
    """Return the positions of each field in a CSV header, and the code of what it lacks.

    The code is empty when nothing is lacking. Fields of one value have one position.
    """
    names = [fold_name(name) for name in header]
    positions: dict[str, tuple[int, ...]] = {}
    twice = False
    for field, aliases in columns:
        wanted = [fold_name(alias) for alias in aliases]
        if field in ("tags", "topic"):
            positions[field] = tuple(i for i, name in enumerate(names) if name in wanted)
            continue
        first = next((name for name in wanted if name in names), None)
        positions[field] = tuple(i for i, name in enumerate(names) if name == first)[:1]
        twice |= first is not None and names.count(first) > 1
    lacking = (
        (not positions["id"], "E_NOID"),
        (not positions["created"], "E_NOCREATED"),
        (not positions["tags"] and not positions["topic"], "E_NOTOPIC"),
        (twice, "E_TWICE"),
    )
    return positions, next((code for lacks, code in lacking if lacks), "")
