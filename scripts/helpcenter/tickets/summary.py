"""Say what a sync found: for a person as text, for a program as data. Prints nothing.

Numbers under the threshold are shown as "<20", except of unreadable rows: those are about
the file, not about people.
"""

from __future__ import annotations

import itertools
from dataclasses import asdict
from typing import Any

from helpcenter.tickets.common.errors import NOTES
from helpcenter.tickets.common.publish import LEAST_WEIGHT, MOST_PLACES, THRESHOLD
from helpcenter.tickets.ranking.order import Place
from helpcenter.tickets.ranking.score import Score
from helpcenter.tickets.sync import Outcome

_MANY_UNCATEGORIZED = 0.25
_COLUMNS = "{:>4}  {:>4}  {:<28}  {:>7}" + "  {:>8}" * 7 + "  {:>5}"
_HEADINGS = (
    *("rank", "was", "category", "weight"),
    *("volume", "severity", "trend", "reopens", "unhappy", "reply", "coverage", "score"),
)


def text(outcome: Outcome) -> str:
    """Return the summary that a support lead reads."""
    counts, proposal = outcome.counts, outcome.proposal
    window = f"{proposal.window_days} days up to {proposal.as_of}"
    lines = [
        _line("Rows read", _shown(counts.read)),
        _line("  unreadable", f"{counts.unreadable:,}"),
        _line("  older versions of a ticket", _shown(counts.repeated)),
        _line("  spam, deleted, merged, test", _shown(counts.excluded)),
        _line("  outside the window", _shown(counts.outside), window),
        _line("  same requester and day", _shown(counts.same_requester)),
        _line("Tickets counted", _shown(_counted(outcome))),
        _line("  of these uncategorized", _shown(counts.uncategorized)),
        "",
        _COLUMNS.format(*_HEADINGS),
        *(_row(place, score, outcome) for place, score in _in_order(outcome)),
        *("\n" + note for note in (_held(outcome), _surges(outcome), *_notes(outcome)) if note),
    ]
    return "\n".join(lines)


def data(outcome: Outcome) -> dict[str, Any]:
    """Return the same as plain data, for `--json`."""
    counts, proposal = outcome.counts, outcome.proposal
    weights = {each.category: each.weight for each in proposal.order}
    return {
        "as_of": proposal.as_of.isoformat(),
        "window_days": proposal.window_days,
        "changed": outcome.changed,
        "incomplete": outcome.incomplete,
        "notes": [str(note) for note in outcome.notes],
        "rows": {
            "read": _number(counts.read),
            "unreadable": counts.unreadable,
            "repeated": _number(counts.repeated),
            "excluded": _number(counts.excluded),
            "outside_window": _number(counts.outside),
            "same_requester": _number(counts.same_requester),
            "uncategorized": _number(counts.uncategorized),
        },
        "order": [
            {
                "rank": place.place,
                "previous_rank": outcome.was[place.category],
                "rank_by_score": place.by_score,
                "wanted_rank": place.wanted,
                "held_by": place.reason or None,
                "category": place.category,
                "weight": weights[place.category],
                **_factors(score),
                "score": round(score.total, 3),
            }
            for place, score in _in_order(outcome)
        ],
        "surges": [
            {"category": each.category, "language": each.language, "start": each.start.isoformat()}
            for each in proposal.surges
        ],
    }


def _in_order(outcome: Outcome) -> list[tuple[Place, Score]]:
    scores = {score.category: score for score in outcome.scores}
    return [(place, scores[place.category]) for place in outcome.places]


def _factors(score: Score) -> dict[str, float | None]:
    """Return the factors to two digits; of too few tickets those that are made of them are None."""
    return {
        name: None if score.withheld and name in ("volume", "trend") else round(factor, 2)
        for name, factor in asdict(score.factors).items()
    }


def _held(outcome: Outcome) -> str:
    """Say who is not where the score asks, and why."""
    told = {
        "pinned": "pinned to the top; by its score it would be at place {by_score}",
        "noise": "stays at place {place}, its score asks for {by_score}: within the noise",
        "limit": f"wants place {{wanted}}, moves {MOST_PLACES} places a run",
    }
    lines = [
        f"  {each.category}: {told[each.reason].format_map(asdict(each))}"
        for each in outcome.places
        if each.reason
    ]
    return "\n".join(["held back:", *lines]) if lines else ""


def _surges(outcome: Outcome) -> str:
    """Say what surges: each is drafted as a notice for a person to judge."""
    lines = [
        f"  {each.category} ({each.language}): since {each.start}"
        for each in outcome.proposal.surges
    ]
    return "\n".join(["surges:", *lines]) if lines else ""


def _line(name: str, value: str, remark: str = "") -> str:
    return f"{name:<30}{value:>12}  {remark}".rstrip()


def _row(place: Place, score: Score, outcome: Outcome) -> str:
    weight = next(each.weight for each in outcome.proposal.order if each.category == score.category)
    few = THRESHOLD if score.withheld else LEAST_WEIGHT
    factors = ("-" if value is None else f"{value:.2f}" for value in _factors(score).values())
    return _COLUMNS.format(
        place.place,
        outcome.was[place.category],
        place.category,
        weight or f"<{few}",
        *factors,
        f"{score.total:.3f}",
    )


def _notes(outcome: Outcome) -> list[str]:
    notes = [
        f"note: {'; '.join(map(str, group))}\n  {NOTES[code][0]}\n  hint: {NOTES[code][1]}"
        for code, group in itertools.groupby(outcome.notes, key=lambda note: note.code)
    ]
    if outcome.counts.uncategorized > _counted(outcome) * _MANY_UNCATEGORIZED:
        notes.append(
            "note: more than a quarter of the tickets meet no category's rule.\n"
            "  hint: add the tags and types your helpdesk uses to docs/_data/faq_categories.yml"
        )
    if outcome.incomplete:
        notes.append(
            "note: over 30 % of the tickets that the published weights stand for are not there.\n"
            "  hint: if the exports are complete, this is good news; else export all of the window"
        )
    if all(score.withheld for score in outcome.scores):
        notes.append(
            f"note: no category has {THRESHOLD} tickets, so the order is by severity and pages.\n"
            "  hint: export more days, or check that the tags of faq_categories.yml are yours"
        )
    return notes


def _counted(outcome: Outcome) -> int:
    return outcome.counts.categorized + outcome.counts.uncategorized


def _shown(tickets: int) -> str:
    return f"<{THRESHOLD}" if 0 < tickets < THRESHOLD else f"{tickets:,}"


def _number(tickets: int) -> int | str:
    return f"<{THRESHOLD}" if 0 < tickets < THRESHOLD else tickets
