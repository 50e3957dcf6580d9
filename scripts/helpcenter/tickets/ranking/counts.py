"""Count tickets per category and day: the first thing of an export that reaches Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.common.engine import Engine, Parameter, Value

# What a ticket counts as whose language is none of the help center's.
OTHER: Final = "other"

# One bit each, so that what is known of a ticket besides its category is one small number.
_REOPENED, _RATED, _DISSATISFIED, _REPLIED, _LATE = 1, 2, 4, 8, 16

# What is counted of a ticket as one number, from the lowest bits: 8 of its language, 8 of these
# signals, 16 of its age and the rest of its category, turned round. The time before it makes a
# version. Numbers, because DuckDB 2.0 takes three times as long for the largest of rows.
_MOST_CATEGORIES = 1 << 20
_OLDEST = (1 << 16) - 2
_FACTS = 53
_SHIFT = 1 << 62

# Versions of one ticket share source and id. The latest update counts; of equal ones the
# excluded, then the first category, then the older, then the rest of what is counted: a total
# order, so that neither the order of rows nor of files decides. Hashes of requesters take no
# part in it, because they differ from run to run: where versions disagree, nobody is known.
# A requester is one on a day and in a category, however many tickets were written.
_COUNTS = f"""
WITH known AS (
  SELECT source, id, requester,
    if(coalesce(reopens, 0) > 0, {_REOPENED}, 0)
      + if(satisfied IS NULL, 0, {_RATED} + if(satisfied, 0, {_DISSATISFIED}))
      + if(reply_minutes IS NULL, 0, {_REPLIED} + if(reply_minutes > ? * 60, {_LATE}, 0))
      AS signals,
    (({_MOST_CATEGORIES} - category)::BIGINT << 32) + ((least(age, {_OLDEST}) + 1) << 16)
      + (signals << 8) + coalesce(list_position(?, language), ?) AS facts,
    ((epoch_us(updated) + {_SHIFT})::HUGEINT << {_FACTS}) + facts AS version
  FROM staged WHERE id IS NOT NULL),
ticket AS (
  SELECT max(version) AS latest,
    if(min(requester) = max(requester), min(requester), NULL) AS requester
  FROM known GROUP BY source, id),
judged AS (
  SELECT (latest & {(1 << _FACTS) - 1})::BIGINT AS facts,
    {_MOST_CATEGORIES} - (facts >> 32) AS category, ((facts >> 16) & 65535) - 1 AS age,
    CASE WHEN category < 0 THEN 'excluded'
      WHEN age NOT BETWEEN 0 AND ? - 1 THEN 'outside' ELSE 'counted' END AS fate,
    if(fate = 'counted', facts >> 16, if(fate = 'outside', -1, -2)) AS cell,
    if(fate = 'counted', facts & 65535, 0) AS rest,
    if(fate = 'counted', requester, NULL) AS requester
  FROM ticket),
unit AS (
  SELECT cell, min(rest & 255) AS language, bit_or(rest >> 8) AS signals,
    count(*) AS tickets, if(requester IS NULL, count(*), 1) AS units
  FROM judged GROUP BY cell, requester, if(requester IS NULL, rest, 0))
SELECT CASE cell WHEN -2 THEN 'excluded' WHEN -1 THEN 'outside' ELSE 'counted' END,
  if(cell < 0, 0, {_MOST_CATEGORIES} - (cell >> 16)), if(cell < 0, 0, (cell & 65535) - 1),
  language, sum(tickets)::BIGINT, sum(units)::BIGINT,
  {
    ", ".join(
        f"coalesce(sum(units) FILTER (signals & {bit} > 0), 0)::BIGINT"
        for bit in (_REOPENED, _RATED, _DISSATISFIED, _REPLIED, _LATE)
    )
}
FROM unit GROUP BY cell, language
"""


@dataclass(frozen=True)
class CategoryCounts:
    """The tickets of one category: `daily` by language and then by age in days, today first.

    `reopened` of them were reopened, `rated` rated and of these `dissatisfied` badly, `replied`
    answered and of these `late` after the target of the taxonomy.
    """

    daily: Mapping[str, tuple[int, ...]]
    reopened: int = 0
    rated: int = 0
    dissatisfied: int = 0
    replied: int = 0
    late: int = 0

    def days(self) -> tuple[int, ...]:
        """Return the tickets by age in days, all languages together."""
        return tuple(map(sum, zip(*self.daily.values(), strict=True)))


@dataclass(frozen=True)
class Counts:
    """Tickets by what became of them; `read` counts rows, of which `repeated` are older versions.

    `same_requester` are those that a requester wrote after the first of a day in a category:
    they count nowhere else.
    """

    read: int
    unreadable: int
    repeated: int
    excluded: int
    outside: int
    same_requester: int
    uncategorized_daily: tuple[int, ...]
    categories: Mapping[str, CategoryCounts]

    @property
    def uncategorized(self) -> int:
        """Return how many tickets met no category's rule."""
        return sum(self.uncategorized_daily)

    @property
    def categorized(self) -> int:
        """Return how many tickets are in a category."""
        return sum(sum(category.days()) for category in self.categories.values())


def count(
    engine: Engine, taxonomy: Taxonomy, unreadable: int, *, languages: Sequence[str]
) -> Counts:
    """Count what was staged; `unreadable` rows are those that staging found."""
    values: list[Parameter] = [
        taxonomy.scoring.reply_target_hours,
        list(languages),
        len(languages) + 1,
        taxonomy.scoring.window_days,
    ]
    rows = engine.run(_COUNTS, values)
    [(readable,)] = engine.run("SELECT count(id) FROM staged")
    return tally(rows, taxonomy, int(readable or 0), unreadable, languages=languages)


def tally(
    rows: Iterable[Sequence[Value]],
    taxonomy: Taxonomy,
    readable: int,
    unreadable: int,
    *,
    languages: Sequence[str],
) -> Counts:
    """Put together what an engine counted in `readable` rows.

    A row is a fate ("excluded", "outside" or "counted"), a category, an age, the place of a
    language from 1, tickets, and then, of those that count: how many do, were reopened, rated,
    rated badly, answered, and answered late.
    """
    names, uncategorized = (*languages, OTHER), len(taxonomy.categories)
    window = taxonomy.scoring.window_days
    daily = [[[0] * window for _ in names] for _ in range(uncategorized + 1)]
    signals = [[0] * 5 for _ in range(uncategorized + 1)]
    fates = {"excluded": 0, "outside": 0, "counted": 0}
    for row in rows:
        fate = str(row[0])
        category, age, language, tickets, units, *found = (int(value or 0) for value in row[1:])
        fates[fate] += tickets
        if fate == "counted":
            daily[category][language - 1][age] += units
            signals[category] = [
                old + new for old, new in zip(signals[category], found, strict=True)
            ]
    counted = [
        CategoryCounts(dict(zip(names, map(tuple, days), strict=True)), *numbers)
        for days, numbers in zip(daily, signals, strict=True)
    ]
    return Counts(
        read=readable + unreadable,
        unreadable=unreadable,
        repeated=readable - sum(fates.values()),
        excluded=fates["excluded"],
        outside=fates["outside"],
        same_requester=fates["counted"] - sum(sum(each.days()) for each in counted),
        uncategorized_daily=counted[-1].days(),
        categories={
            category.id: each
            for category, each in zip(taxonomy.categories, counted[:-1], strict=True)
        },
    )
