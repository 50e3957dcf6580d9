"""Say what a sync found: for a person as text, for a program as data. Prints nothing.

Numbers under the threshold are shown as "<20", except of unreadable rows: those are about
the file, not about people.
"""

from __future__ import annotations

from typing import Any

from helpcenter.tickets.publish import weight
from helpcenter.tickets.score import THRESHOLD, Score
from helpcenter.tickets.sync import Outcome

_MANY_UNCATEGORIZED = 0.25
_COLUMNS = "{:>4}  {:>4}  {:<28}  {:>7}  {:>6}  {:>8}  {:>5}  {:>5}"


def text(outcome: Outcome) -> str:
    """Return the summary that a support lead reads."""
    counts = outcome.counts
    ranking = outcome.ranking
    window = f"{ranking.window_days} days up to {ranking.as_of}"
    lines = [
        _line("Rows read", _shown(counts.read)),
        _line("  unreadable", f"{counts.unreadable:,}"),
        _line("  older versions of a ticket", _shown(counts.repeated)),
        _line("  spam, deleted, merged, test", _shown(counts.excluded)),
        _line("  outside the window", _shown(counts.outside), window),
        _line("Tickets counted", _shown(_counted(outcome))),
        _line("  of these uncategorized", _shown(counts.uncategorized)),
        "",
        _COLUMNS.format(
            "rank", "was", "category", "weight", "volume", "severity", "trend", "score"
        ),
        *(_row(rank, score, outcome) for rank, score in enumerate(outcome.scores, start=1)),
        *("\n" + note for note in _notes(outcome)),
    ]
    return "\n".join(lines)


def data(outcome: Outcome) -> dict[str, Any]:
    """Return the same as plain data, for `--json`."""
    counts = outcome.counts
    return {
        "as_of": outcome.ranking.as_of.isoformat(),
        "window_days": outcome.ranking.window_days,
        "changed": outcome.changed,
        "open_ended_exports": list(outcome.open_ended),
        "rows": {
            "read": _number(counts.read),
            "unreadable": counts.unreadable,
            "repeated": _number(counts.repeated),
            "excluded": _number(counts.excluded),
            "outside_window": _number(counts.outside),
            "uncategorized": _number(counts.uncategorized),
        },
        "order": [
            {
                "rank": rank,
                "previous_rank": outcome.places[score.category],
                "category": score.category,
                "weight": weight(score.tickets),
                "volume": round(score.volume, 2),
                "severity": round(score.severity, 2),
                "trend": round(score.trend, 2),
                "score": round(score.total, 2),
            }
            for rank, score in enumerate(outcome.scores, start=1)
        ],
    }


def _line(name: str, value: str, remark: str = "") -> str:
    return f"{name:<30}{value:>12}  {remark}".rstrip()


def _row(rank: int, score: Score, outcome: Outcome) -> str:
    volume, trend = f"{score.volume:.2f}", f"{score.trend:.2f}"
    return _COLUMNS.format(
        rank,
        outcome.places[score.category],
        score.category,
        f"<{THRESHOLD}" if score.withheld else weight(score.tickets),
        "-" if score.withheld else volume,
        f"{score.severity:.2f}",
        "-" if score.withheld else trend,
        f"{score.total:.2f}",
    )


def _notes(outcome: Outcome) -> list[str]:
    notes = [
        f"note: export {number} does not end with a line end; it may have been cut off.\n"
        "  hint: compare its number of tickets with the helpdesk, or download it again"
        for number in outcome.open_ended
    ]
    if outcome.counts.uncategorized > _counted(outcome) * _MANY_UNCATEGORIZED:
        notes.append(
            "note: more than a quarter of the tickets meet no category's rule.\n"
            "  hint: add the tags and types your helpdesk uses to docs/_data/faq_categories.yml"
        )
    if all(score.withheld for score in outcome.scores):
        notes.append(
            f"note: no category has {THRESHOLD} tickets, so the order is by severity alone.\n"
            "  hint: export more days, or check that the tags of faq_categories.yml are yours"
        )
    return notes


def _counted(outcome: Outcome) -> int:
    return sum(map(sum, outcome.counts.daily.values())) + outcome.counts.uncategorized


def _shown(tickets: int) -> str:
    return f"<{THRESHOLD}" if 0 < tickets < THRESHOLD else f"{tickets:,}"


def _number(tickets: int) -> int | str:
    return f"<{THRESHOLD}" if 0 < tickets < THRESHOLD else tickets
