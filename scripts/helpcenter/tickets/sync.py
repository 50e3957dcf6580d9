"""From exports to a ranking: the steps of the ticket sync in order. Writes nothing.

Knows no clock, no terminal and no place for temporary files: the caller gives all three.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpcenter.faq.ranking import Ranking, load_ranking, ordered
from helpcenter.faq.taxonomy import Taxonomy, load_taxonomy
from helpcenter.problems import Problem
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.tickets import engine as engines
from helpcenter.tickets import publish, rules, staging
from helpcenter.tickets.counts import Counts, count
from helpcenter.tickets.errors import SyncError
from helpcenter.tickets.export import open_export
from helpcenter.tickets.score import Score, score
from helpcenter.tickets.source import SourceFile, load_sources


@dataclass(frozen=True)
class Inputs:
    """What people keep in the project that decides a ranking, and the ranking readers see."""

    taxonomy: Taxonomy
    sources: Mapping[str, SourceFile]
    published: Ranking | None


@dataclass(frozen=True)
class Outcome:
    """What a sync found; `places` are the ranks readers see now, from 1.

    `open_ended` numbers the tables without a last line end, which may have been cut off in
    their last column: nothing in a CSV tells.
    """

    counts: Counts
    scores: tuple[Score, ...]
    places: Mapping[str, int]
    ranking: Ranking
    changed: bool
    open_ended: tuple[int, ...]


def load_inputs(project: Project) -> tuple[Inputs | None, list[Problem]]:
    """Read taxonomy, mappings and the published ranking, or return all their problems."""
    product, problems = load_product(project)
    languages = product.language_codes if product else ()
    taxonomy, in_taxonomy = load_taxonomy(project, languages)
    published, in_ranking = load_ranking(project)
    sources, in_sources = load_sources()
    problems = problems + in_taxonomy + in_ranking + in_sources
    if taxonomy is None or problems:
        return None, problems
    return Inputs(taxonomy, sources, published), []


def sync(
    paths: Sequence[Path],
    inputs: Inputs,
    *,
    as_of: datetime.date,
    scratch: Path,
    source: str | None = None,
    encoding: str | None = None,
    progress: bool = False,
) -> Outcome:
    """Count the tickets of all exports and rank the categories, as of the end of a UTC day.

    `scratch` is an empty, private folder. Raises SyncError, which names no value.
    """
    states = [_state(path) for path in paths]
    exports = [
        open_export(
            path, number, sources=inputs.sources, source=source, encoding=encoding, scratch=scratch
        )
        for number, path in enumerate(paths, start=1)
    ]
    with engines.start(scratch, paths, progress=progress) as engine:
        staging.prepare(engine, inputs.taxonomy, as_of)
        unreadable = 0
        for export in exports:
            rules.install(engine, inputs.taxonomy, export.mapping)
            unreadable += staging.stage(engine, export)
        counts = count(engine, inputs.taxonomy, unreadable)
    for number, (path, state) in enumerate(zip(paths, states, strict=True), start=1):
        if _state(path) != state:
            raise SyncError("E_CHANGED", file=number)
    if not sum(map(sum, counts.daily.values())) + counts.uncategorized:
        raise SyncError("E_WINDOW")
    scores = score(counts.daily, inputs.taxonomy)
    ranking = publish.ranking_of(
        scores, as_of=as_of, window_days=inputs.taxonomy.scoring.window_days
    )
    readers_order = ordered(inputs.taxonomy, inputs.published)
    places = {category.id: place for place, category in enumerate(readers_order, start=1)}
    return Outcome(
        counts=counts,
        scores=scores,
        places=places,
        ranking=ranking,
        changed=publish.is_news(ranking, inputs.published),
        open_ended=tuple(
            each.number for each in exports if each.table and each.last_line_at is not None
        ),
    )


def _state(path: Path) -> tuple[int, int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0, 0
    return status.st_ino, status.st_size, status.st_mtime_ns
