"""Tell which system an export is of, and which of its columns is which field.

Looks at names alone: headings of a table, keys of JSON objects. Knows no file and no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.exports.naming import EACH, Match, Path, fold_path, matches, split
from helpcenter.tickets.exports.source import Columns, Names, SourceFile

# The mapping of unknown systems.
FALLBACK = "generic"

# Of these a file may have several, and all count; of the others, one does.
_ALL_OF = ("tags", "topic", "custom", "status", "excluded")
_CERTAIN = ("id", "created", "updated")
_DEEPEST_RECORDS = 4


@dataclass(frozen=True)
class Choice:
    """The system an export is of, and where in a document its tickets lie.

    `side` says that it is the system's second file. `why` is a phrase for --explain-mapping.
    """

    source: str
    mapping: SourceFile
    inside: Path
    side: bool
    why: str

    @property
    def columns(self) -> Columns:
        """Return the names of this file's columns."""
        return (
            self.mapping.side.columns if self.side and self.mapping.side else self.mapping.columns
        )


def choose(
    names: Sequence[Path], sources: Mapping[str, SourceFile], source: str | None, number: int
) -> Choice:
    """Return what export `number` is; `source` is what the person at the door says it is.

    Raises SyncError with the code of what is lacking if it is nothing that is known.
    """
    levels = list(_levels(names))
    known = {source: sources[source]} if source else sources
    found = max(_told(levels, known), key=lambda told: told[0], default=None)
    if found:
        return found[1]
    fallback = source or FALLBACK
    codes = []
    for inside, below in levels:
        code = resolve(known[fallback].columns, below)[1]
        if not code:
            why = "named" if source else "no system's columns, known by their names"
            return Choice(fallback, known[fallback], inside, side=False, why=why)
        codes.append(code)
    if source and any(_told(levels, sources)):
        raise SyncError("E_SOURCE", file=number)
    if _holds_none(names, sources):
        raise SyncError("E_NOTICKETS", file=number)
    # The closer to a ticket, the more is there: a wrong level has not even a number.
    raise SyncError(max(codes, key=_LACKING.index, default="E_NOID"), file=number, row=1)


def resolve(columns: Columns, names: Sequence[Path]) -> tuple[Mapping[str, tuple[Match, ...]], str]:
    """Return which names are which field, and the code of what is lacking, or ""."""
    folded = [fold_path(name) for name in names]
    wholes = {name[:depth] for name in names for depth in range(1, len(name))}
    fields: dict[str, tuple[Match, ...]] = {}
    twice = False
    for field, aliases in columns:
        found = [matches(alias, names, folded) for alias in aliases]
        if field in _ALL_OF:
            fields[field] = _deepest([match for each in found for match in each])
            continue
        # What has parts is rarely a value by itself.
        values = ([match for match in each if match.path not in wholes] for each in found)
        first = next((each for each in (*values, *found) if each), [])
        fields[field] = tuple(first[:1])
        twice |= field in _CERTAIN and len(first) > 1
    lacks = (
        not fields["id"],
        not fields["created"],
        not fields["tags"] and not fields["topic"] and not fields["custom"],
        twice,
    )
    # What a named field holds need not be looked at again.
    named = {match.at for match in fields["topic"] + fields["tags"]}
    fields["custom"] = tuple(match for match in fields["custom"] if match.at not in named)
    return fields, next((code for lack, code in zip(lacks, _LACKING, strict=True) if lack), "")


_LACKING = ("E_NOID", "E_NOCREATED", "E_NOTOPIC", "E_TWICE")


def _deepest(found: Sequence[Match]) -> tuple[Match, ...]:
    """Return each match once, and a list's whole only if none of its parts is meant."""
    unique = tuple(dict.fromkeys(found))
    return tuple(
        match
        for match in unique
        if not any(
            len(other.path) > len(match.path) and other.path[: len(match.path)] == match.path
            for other in unique
        )
    )


def _levels(names: Sequence[Path]) -> Iterator[tuple[Path, list[Path]]]:
    """Yield where tickets may lie: at the top, then in each list, with the names found there."""
    insides: dict[Path, None] = {} if names and names[0][0] == EACH else {(): None}
    for name in names:
        for depth in range(1, min(len(name), _DEEPEST_RECORDS + 1)):
            if name[depth - 1] == EACH:
                insides[name[:depth]] = None
    for inside in insides:
        below = [name[len(inside) :] for name in names if name[: len(inside)] == inside]
        yield inside, [name for name in below if name]


def _told(
    levels: Sequence[tuple[Path, list[Path]]], sources: Mapping[str, SourceFile]
) -> Iterator[tuple[int, Choice]]:
    """Yield the systems whose names are there, with how many names tell it."""
    for inside, names in levels:
        folded = frozenset(fold_path(name) for name in names)
        for source, mapping in sources.items():
            if not _may_lie(inside, mapping.records):
                continue
            tells = _most(mapping.tells, folded)
            if tells and not resolve(mapping.columns, names)[1]:
                yield len(tells), Choice(source, mapping, inside, False, ", ".join(tells))
        for source, mapping in sources.items():
            side = mapping.side
            if side and (tells := _most(side.tells, folded)) and _may_lie(inside, side.records):
                yield len(tells), Choice(source, mapping, inside, True, ", ".join(tells))


def _most(groups: Sequence[Names], folded: frozenset[str]) -> Names:
    """Return the longest group of names that are all there."""
    return max(
        (group for group in groups if all(fold_path(split(name)) in folded for name in group)),
        key=len,
        default=(),
    )


def _holds_none(names: Sequence[Path], sources: Mapping[str, SourceFile]) -> bool:
    """Return whether a list in which a system's tickets lie is there, and is empty."""
    lists = {fold_path(split(path)) for mapping in sources.values() for path in mapping.records}
    insides = {name[:-1] for name in names if len(name) > 1}
    empty = [name for name in names if fold_path(name) in lists and (*name, EACH) not in insides]
    return bool(empty) and all(len(name) == 1 or name in empty for name in names)


def _may_lie(inside: Path, records: Names) -> bool:
    return inside in ((), (EACH,)) or any(
        fold_path((*split(path), EACH)) == fold_path(inside) for path in records
    )
