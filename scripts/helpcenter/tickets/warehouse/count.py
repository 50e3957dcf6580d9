"""Count the tickets of a table where it lies: only counts and words come to this process.

Knows no clock, no terminal, no environment and no place for temporary files.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis.expr.types as ir

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.common import engine as engines
from helpcenter.tickets.common.engine import Value
from helpcenter.tickets.common.errors import Note, SyncError
from helpcenter.tickets.exports.sniff import choose, resolve
from helpcenter.tickets.exports.source import SourceFile
from helpcenter.tickets.ranking.counts import Counts, tally
from helpcenter.tickets.reading import rules, staging
from helpcenter.tickets.warehouse.aggregate import READABLE, UNREADABLE, counted
from helpcenter.tickets.warehouse.columns import names_in
from helpcenter.tickets.warehouse.connection import guarded, opened
from helpcenter.tickets.warehouse.rows import rows

_MOST_VERSIONS = 20


@dataclass(frozen=True)
class Where:
    """The table of tickets: an address that Ibis takes, and a name; `source` names its mapping."""

    address: str
    table: str
    source: str | None = None
    most_unreadable: float = staging.MOST_UNREADABLE


def count_table(
    where: Where,
    taxonomy: Taxonomy,
    sources: Mapping[str, SourceFile],
    *,
    languages: Sequence[str],
    as_of: datetime.date,
    scratch: Path,
    key: str,
) -> tuple[Counts, tuple[Note, ...]]:
    """Count a table's tickets as of the end of a UTC day, as the exports of files are counted.

    `scratch` is an empty, private folder, `key` a secret of this run. Raises SyncError, which
    names no value, no address and no query.
    """
    with (
        opened(where.address, where.table, scratch=scratch) as (connection, table),
        engines.start(scratch, [], progress=False) as engine,
    ):
        names = names_in(table.schema())
        choice = choose(names, sources, where.source, 0)
        if choice.side or choice.inside:
            raise SyncError("E_NOTOPIC")
        fields, _ = resolve(choice.columns, names)
        staging.prepare(engine, taxonomy, as_of=as_of, key=key)
        rules.install(engine, taxonomy, choice.mapping)
        staging.install(engine, taxonomy, choice.mapping)
        scoring = taxonomy.scoring

        def query() -> ir.Table:
            tickets = rows(
                connection,
                table,
                fields,
                choice.mapping,
                engine=engine,
                languages=languages,
                as_of=as_of,
                target_hours=scoring.reply_target_hours,
            )
            categories = len(taxonomy.categories)
            return counted(tickets, categories=categories, window_days=scoring.window_days)

        expression = guarded("E_QUERY", query)
        found: list[tuple[Value, ...]] = guarded(
            "E_QUERY",
            lambda: [tuple(row.values()) for row in connection.to_pyarrow(expression).to_pylist()],
        )
    counts = _counts(found, taxonomy, languages)
    _check(counts, where.most_unreadable)
    tickets = counts.read - counts.unreadable - counts.repeated
    odd = counts.read - counts.unreadable > _MOST_VERSIONS * tickets
    return counts, (Note("N_REPEATS", 0),) if odd else ()


def _counts(
    found: Sequence[tuple[Value, ...]], taxonomy: Taxonomy, languages: Sequence[str]
) -> Counts:
    versions = dict.fromkeys((*READABLE, UNREADABLE), 0)
    for row in found:
        versions[str(row[0])] += int(row[-1] or 0)
    unreadable = versions.pop(UNREADABLE)
    numbers = [row[:-1] for row in found if row[0] != UNREADABLE]
    return tally(numbers, taxonomy, sum(versions.values()), unreadable, languages=languages)


def _check(counts: Counts, most_unreadable: float) -> None:
    if not counts.read:
        raise SyncError("E_NOTICKETS")
    if counts.unreadable > round(counts.read * most_unreadable, 6):
        raise SyncError("E_ROWS")
