"""From exports to a proposal: the first step of the ticket sync. Writes nothing.

Knows no clock, no terminal and no place for temporary files: the caller gives all three.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpcenter.faq.ranking import Ranked, Ranking, load_ranking, ordered
from helpcenter.faq.taxonomy import Taxonomy, learn, load_taxonomy
from helpcenter.glossary import load_glossary
from helpcenter.pages import Pages
from helpcenter.problems import Problem
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.tickets.changes.proposal import Proposal
from helpcenter.tickets.common import publish
from helpcenter.tickets.common.errors import Note, SyncError
from helpcenter.tickets.exports.source import SourceFile, load_mapping, load_sources
from helpcenter.tickets.ranking import coverage, surge
from helpcenter.tickets.ranking.counts import Counts, count
from helpcenter.tickets.ranking.order import Place, arrange
from helpcenter.tickets.ranking.score import Score, score
from helpcenter.tickets.reading.read import Reading, opened, read

_MOST_SHRINKAGE = 0.7
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Inputs:
    """What people keep in the project that decides a ranking, and the ranking readers see.

    `answers` are the FAQ's pages, out of date `stale_after_days` after their last review.
    """

    taxonomy: Taxonomy
    languages: tuple[str, ...]
    sources: Mapping[str, SourceFile]
    answers: Pages
    stale_after_days: int
    published: Ranking | None


@dataclass(frozen=True)
class Outcome:
    """What a sync found; `was` are the ranks readers see now, from 1.

    `scores` and `places` come best first, each in its own order. `incomplete` says that far
    fewer tickets were counted than the published weights stand for. `notes` are what is odd
    about the exports.
    """

    counts: Counts
    scores: tuple[Score, ...]
    places: tuple[Place, ...]
    was: Mapping[str, int]
    proposal: Proposal
    changed: bool
    incomplete: bool
    notes: tuple[Note, ...]


def load_inputs(
    project: Project, mapping: Path | None = None
) -> tuple[Inputs | None, list[Problem]]:
    """Read taxonomy, mappings and the published ranking, or return all their problems.

    `mapping` is a person's own mapping file; its name without an ending becomes a source.
    """
    product, problems = load_product(project)
    languages = product.language_codes if product else ()
    taxonomy, in_taxonomy = load_taxonomy(project, languages)
    published, in_ranking = load_ranking(project)
    sources, in_sources = load_sources()
    if mapping is not None:
        own, in_own = load_mapping(mapping, sources, project=Project(mapping.absolute().parent))
        sources |= {mapping.stem: own} if own else {}
        in_sources += in_own
    stale_after_days, in_options = coverage.load_stale_after(project)
    words, in_glossary = _glossary_words(project, languages)
    problems = [*problems, *in_taxonomy, *in_ranking, *in_sources, *in_options, *in_glossary]
    if taxonomy is None or problems:
        return None, problems
    answers, problems = coverage.load_answers(project, taxonomy.categories, languages)
    if problems:
        return None, problems
    taxonomy = learn(taxonomy, words)
    return Inputs(taxonomy, languages, sources, answers, stale_after_days, published), []


def _glossary_words(
    project: Project, languages: tuple[str, ...]
) -> tuple[list[str], list[Problem]]:
    """Return the glossary's Chinese terms: they show where words end."""
    if not (project.data / "glossary.yml").exists():
        return [], []
    glossary, problems = load_glossary(project, languages)
    words = (
        word
        for term in (glossary.terms if glossary else ())
        for language in languages
        for word in term.words(language)
    )
    return [word for word in words if _HAN.search(word)], problems


def sync(
    paths: Sequence[Path],
    inputs: Inputs,
    *,
    as_of: datetime.date,
    scratch: Path,
    key: str,
    whole_day: bool = True,
    reading: Reading,
) -> Outcome:
    """Count the tickets of all exports and rank the categories, as of the end of a UTC day.

    `scratch` is an empty, private folder, `key` a secret of this run; `whole_day` says whether
    the day is over. Raises SyncError, which names no value.
    """
    taxonomy, sources = inputs.taxonomy, inputs.sources
    with opened(
        paths, taxonomy, sources, reading=reading, as_of=as_of, scratch=scratch, key=key
    ) as (engine, exports):
        found = read(engine, exports, taxonomy, reading)
        counts = count(engine, taxonomy, found.unreadable, languages=inputs.languages)
    return rank(counts, found.notes, inputs, as_of=as_of, whole_day=whole_day)


def rank(
    counts: Counts,
    notes: tuple[Note, ...],
    inputs: Inputs,
    *,
    as_of: datetime.date,
    whole_day: bool = True,
) -> Outcome:
    """Rank the categories by what was counted as of a UTC day; `notes` are what was odd about it.

    Raises SyncError if there is no ticket in the window.
    """
    if not counts.categorized + counts.uncategorized:
        raise SyncError("E_WINDOW")
    scores = score(counts.categories, _gaps(inputs, as_of), inputs.taxonomy)
    order = [each.category for each in inputs.published.order] if inputs.published else []
    pinned = [category.id for category in inputs.taxonomy.categories if category.pinned]
    before = _published_weights(inputs)
    weights = {
        each.category: publish.weight(each.tickets, before.get(each.category)) for each in scores
    }
    changed = {name for name in before if weights.get(name, 0) != before[name]}
    places = arrange(scores, order, pinned=pinned, changed=changed)
    proposal = Proposal(
        as_of=as_of,
        window_days=inputs.taxonomy.scoring.window_days,
        order=tuple(
            Ranked(category=each.category, weight=weights[each.category]) for each in places
        ),
        surges=surge.find(_series(counts), as_of=as_of, whole=whole_day),
    )
    readers_order = ordered(inputs.taxonomy, inputs.published)
    return Outcome(
        counts=counts,
        scores=scores,
        places=places,
        was={category.id: place for place, category in enumerate(readers_order, start=1)},
        proposal=proposal,
        changed=publish.is_news(proposal.ranking, inputs.published),
        incomplete=_is_incomplete(counts, inputs),
        notes=notes,
    )


def _series(counts: Counts) -> dict[tuple[str, str], tuple[int, ...]]:
    return {
        (name, language): days
        for name, category in counts.categories.items()
        for language, days in category.daily.items()
    }


def _gaps(inputs: Inputs, as_of: datetime.date) -> dict[str, float]:
    return {
        category.id: coverage.gap(
            category,
            inputs.answers,
            inputs.languages,
            as_of=as_of,
            stale_after_days=inputs.stale_after_days,
        )
        for category in inputs.taxonomy.categories
    }


def _is_incomplete(counts: Counts, inputs: Inputs) -> bool:
    """Return whether over 30 % of the tickets that were certainly published are not there."""
    before = {
        name: publish.certain_least(weight)
        for name, weight in _published_weights(inputs).items()
        if name in counts.categories
    }
    now = sum(sum(counts.categories[name].days()) for name in before)
    return now < _MOST_SHRINKAGE * sum(before.values())


def _published_weights(inputs: Inputs) -> dict[str, int]:
    """Return the published weights that this version wrote, of a window as long as today's."""
    published = inputs.published
    if published is None or published.window_days != inputs.taxonomy.scoring.window_days:
        return {}
    return {
        each.category: each.weight for each in published.order if publish.is_weight(each.weight)
    }
