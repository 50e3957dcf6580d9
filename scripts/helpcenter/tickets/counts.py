"""Count tickets per category and day: the first thing of an export that reaches Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.engine import Engine

# Versions of one ticket share source and id. The latest update counts; of equal ones the
# excluded, then the first category, then the older: a total order, so that neither the order
# of rows nor of files decides. What still is equal after that cannot be told apart below.
_FATES = """
WITH ticket AS (
  SELECT max(row(updated, -category, age)) AS latest FROM staged WHERE id IS NOT NULL
  GROUP BY source, id),
judged AS (SELECT -latest[2] AS category, latest[3] AS age FROM ticket)
SELECT
  CASE WHEN category < 0 THEN 'excluded'
    WHEN age NOT BETWEEN 0 AND ? - 1 THEN 'outside'
    WHEN category = getvariable('uncategorized') THEN 'uncategorized'
    ELSE 'counted' END AS fate,
  CASE fate WHEN 'counted' THEN category END AS category,
  CASE fate WHEN 'counted' THEN age END AS age,
  count(*)
FROM judged GROUP BY ALL
"""


@dataclass(frozen=True)
class Counts:
    """Tickets by what became of them; `read` counts rows, of which `repeated` are older versions.

    `daily` holds for each category the tickets of each day, today (age 0) first.
    """

    read: int
    unreadable: int
    repeated: int
    excluded: int
    outside: int
    uncategorized: int
    daily: Mapping[str, tuple[int, ...]]


def count(engine: Engine, taxonomy: Taxonomy, unreadable: int) -> Counts:
    """Count what was staged; `unreadable` rows are those that staging found."""
    window = taxonomy.scoring.window_days
    daily = [[0] * window for _ in taxonomy.categories]
    fates = {"excluded": 0, "outside": 0, "uncategorized": 0, "counted": 0}
    for fate, category, age, tickets in engine.run(_FATES, [window]):
        fates[str(fate)] += int(tickets or 0)
        if fate == "counted":
            daily[int(category or 0)][int(age or 0)] += int(tickets or 0)
    [(readable,)] = engine.run("SELECT count(id) FROM staged")
    return Counts(
        read=int(readable or 0) + unreadable,
        unreadable=unreadable,
        repeated=int(readable or 0) - sum(fates.values()),
        excluded=fates["excluded"],
        outside=fates["outside"],
        uncategorized=fates["uncategorized"],
        daily={
            category.id: tuple(days)
            for category, days in zip(taxonomy.categories, daily, strict=True)
        },
    )
