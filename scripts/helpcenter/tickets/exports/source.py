"""What each helpdesk calls the few fields that are read, as data: `sources/<helpdesk>.yml`.

Knows no file of tickets. A new helpdesk is a new YAML file; so is a person's own mapping, which
`--mapping` names. Every key of such a file is a field of `SourceFile` below, all but `name`,
`columns.id`, `columns.created` and one of `columns.tags` and `columns.topic` may be left out.

A name in `columns` is the heading of a table's column or the key of a JSON object. Case, "_",
"-", spaces and punctuation make no difference. Of the names of one field the first that a file
has is taken; of `tags`, `topic`, `custom`, `status` and `excluded` all that it has. It may also be
    satisfaction_rating.score   a value inside of an object
    custom_fields[].value       a value of each object of a list
    custom_fields.*             every value of an object
    fields.*.requestType.name   a value inside of an object whose key differs
    * [list]                    in a heading, any text; quote it, YAML has another use for "*"
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, model_validator

from helpcenter import yamlfile
from helpcenter.problems import Problem
from helpcenter.product import DataModel
from helpcenter.project import Project
from helpcenter.tickets.exports.naming import fold_name

Model = TypeVar("Model", bound=DataModel)

_FOLDER = Path(__file__).parent / "sources"
# What customers write. Not even a person's own mapping may take it for a label.
_FREE_TEXT = frozenset(
    fold_name(name)
    for name in (
        "subject", "title", "summary", "description", "raw subject", "body", "comment", "comments",
        "message", "content", "text", "note", "notes", "preview", "主题", "标题", "描述", "内容",
        "正文", "备注", "问题描述",
    )
)  # fmt: skip


def _no_free_text(names: tuple[str, ...]) -> tuple[str, ...]:
    found = [name for name in names if fold_name(name) in _FREE_TEXT]
    if found:
        raise ValueError(f"{found[0]!r} holds what customers write, which is never read as a label")
    return names


Names = tuple[str, ...]
Labels = Annotated[Names, AfterValidator(_no_free_text)]


class Columns(DataModel):
    """Where each field is found.

    Of `subject` only the script it is written in is kept, of `requester` only a keyed hash.
    """

    id: Names = ()
    """The ticket's number; versions of one ticket share it."""
    created: Names = ()
    updated: Names = ()
    """When this version of the ticket was made; creation, where it is not given."""
    status: Labels = ()
    excluded: Labels = ()
    """Yes-or-no columns that mean that this is no customer's question: spam, deleted, merged."""
    tags: Labels = ()
    """Lists of words that agents or rules set, in JSON or separated by comma, ; | 、 or space."""
    topic: Labels = ()
    """Category fields that forms or agents set: each value is one label."""
    custom: Labels = ()
    """Further fields, whatever they are for: only a whole value counts as a label."""
    language: Names = ()
    subject: Names = ()
    requester: Names = ()
    reopens: Names = ()
    satisfaction: Names = ()
    replied: Names = ()
    """The time of the first reply; or how long it took, in the units of the next three."""
    reply_seconds: Names = ()
    reply_minutes: Names = ()
    reply_hours: Names = ()


class Exclude(DataModel):
    """Values that make a ticket no customer's question: spam, deleted, merged, tests."""

    status: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()


class Satisfaction(DataModel):
    """Words for a rating; grades of 5 and shares of 100 need none. `none` is no opinion."""

    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()
    none: tuple[str, ...] = ()


class Side(DataModel):
    """A second file about the same tickets, such as ticket metrics; `columns.id` joins them."""

    records: tuple[str, ...] = ()
    tells: tuple[Names, ...] = ()
    columns: Columns


class SourceFile(DataModel):
    """One mapping.

    `name` is the system's. `extends` names a mapping whose lists are appended to this one's.
    `records` are the paths at which a JSON document holds its tickets, if not at the top.
    `tells` are groups of names: a file that has all names of one group is of this system.
    `times` are strptime patterns tried after ISO 8601, `epoch` allows seconds, milliseconds or
    microseconds since 1970. `languages` are words for the product's languages, by code; codes
    and BCP 47 tags need none.
    """

    name: str
    extends: str | None = None
    records: tuple[str, ...] = ()
    tells: tuple[Annotated[Names, Field(min_length=1)], ...] = ()
    columns: Columns = Columns()
    times: tuple[str, ...] = ()
    epoch: bool = False
    exclude: Exclude = Exclude()
    satisfaction: Satisfaction = Satisfaction()
    languages: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    side: Side | None = None

    @model_validator(mode="after")
    def _complete(self) -> SourceFile:
        columns = self.columns
        if self.extends is None and columns != Columns():
            for field in ("id", "created"):
                if not getattr(columns, field):
                    raise ValueError(f"columns.{field} is missing, and nothing is extended")
            if not columns.tags and not columns.topic and not columns.custom:
                raise ValueError("columns.tags and columns.topic are missing: one is needed")
        return self


def source_names() -> list[str]:
    """Return the names that `--source` takes."""
    return sorted(path.stem for path in _FOLDER.glob("[!_]*.yml"))


def load_sources(folder: Path = _FOLDER) -> tuple[dict[str, SourceFile], list[Problem]]:
    """Read every mapping of `folder`, by file name; those that begin with "_" are only extended."""
    sources: dict[str, SourceFile] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yml")):
        source, found_here = load_mapping(path, sources, project=Project(folder))
        problems += found_here
        if source is not None:
            sources[path.stem] = source
    return {name: source for name, source in sources.items() if name[0] != "_"}, problems


def load_mapping(
    path: Path, known: dict[str, SourceFile], *, project: Project
) -> tuple[SourceFile | None, list[Problem]]:
    """Read one mapping and put together what it extends, which must be one of `known`."""
    source, problems = yamlfile.load(path, SourceFile, project=project)
    if source is None or source.extends is None:
        return source, problems
    parent = known.get(source.extends)
    if parent is None:
        text = path.read_text(encoding="utf-8-sig").splitlines()
        line = next(at for at, each in enumerate(text, start=1) if "extends" in each)
        message = f"extends: there is no mapping {source.extends!r}"
        hint = f"extend one of {', '.join(sorted(known))}, or leave it out"
        return None, [Problem(project.relative(path), line, "data-invalid", message, hint)]
    return _appended(source, parent), []


def _appended(child: SourceFile, parent: SourceFile) -> SourceFile:
    """Return `child` with the parent's lists after its own; what tells a file apart is its own."""
    languages = {
        code: (*child.languages.get(code, ()), *parent.languages.get(code, ()))
        for code in {**parent.languages, **child.languages}
    }
    return child.model_copy(
        update={
            "records": child.records + parent.records,
            "columns": _lists(child.columns, parent.columns),
            "times": child.times + parent.times,
            "epoch": child.epoch or parent.epoch,
            "exclude": _lists(child.exclude, parent.exclude),
            "satisfaction": _lists(child.satisfaction, parent.satisfaction),
            "languages": languages,
            "side": child.side or parent.side,
        }
    )


def _lists(child: Model, parent: Model) -> Model:
    lists = {field: getattr(child, field) + names for field, names in parent}
    return child.model_copy(update=lists)
