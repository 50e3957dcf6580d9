"""The figures of a report: all that may be told of the counts, and nothing behind it.

The report's gate: what is drawn or written sees a `Figures` and never a count. A cell of fewer
than THRESHOLD tickets is withheld, 0 included; every other is rounded to ROUNDING, so that no
small cell can be had by taking cells off a total.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.common.publish import THRESHOLD
from helpcenter.tickets.ranking.counts import Counts
from helpcenter.tickets.ranking.order import Place
from helpcenter.tickets.ranking.score import Score
from helpcenter.tickets.ranking.surge import Surge

ROUNDING: Final = 10
WEEK: Final = 7
# What a page changed is looked for in so many weeks on either side of its first day.
BEFORE_AND_AFTER: Final = 4

_SURGE_DAYS = 8 * WEEK
_DIGITS = 2

# Tickets as they may be told, or None where they are withheld.
Cell = int | None


@dataclass(frozen=True)
class CategoryFigures:
    """What may be told of a category; `was` is its place before, None if it had none.

    `parts` are what each factor adds to the score; volume and what else comes from tickets is
    missing where the category is withheld. `weeks` come in order of time.
    """

    id: str
    place: int
    was: int | None
    reason: str
    tickets: Cell
    weeks: tuple[Cell, ...]
    parts: Mapping[str, float]
    score: float


@dataclass(frozen=True)
class SurgeFigures:
    """A running surge on its series: cells of `step` days, the last ending on the last day."""

    surge: Surge
    first: datetime.date
    step: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PageFigures:
    """Tickets a week before and after a page's first day; over how many weeks each."""

    category: str
    published: datetime.date
    before: Cell
    weeks_before: int
    after: Cell
    weeks_after: int


@dataclass(frozen=True)
class Figures:
    """Everything a report may tell. `weeks` are first days, in order of time."""

    as_of: datetime.date
    window_days: int
    rows: Mapping[str, Cell]
    unreadable: int
    weeks: tuple[datetime.date, ...]
    total: tuple[Cell, ...]
    uncategorized: tuple[Cell, ...]
    categories: tuple[CategoryFigures, ...]
    surges: tuple[SurgeFigures, ...]
    pages: tuple[PageFigures, ...]


def gather(
    counts: Counts,
    taxonomy: Taxonomy,
    *,
    scores: Sequence[Score],
    places: Sequence[Place],
    was: Mapping[str, int],
    surges: Sequence[Surge],
    published: Mapping[str, datetime.date],
    as_of: datetime.date,
) -> Figures:
    """Return what may be told of a sync.

    `was` holds the places readers see now, from 1, and `published` the first day of the page
    that answers a category.
    """
    days = {name: each.days() for name, each in counts.categories.items()}
    every_day = tuple(map(sum, zip(*days.values(), counts.uncategorized_daily, strict=True)))
    by_name = {score.category: score for score in scores}
    weeks = len(every_day) // WEEK
    return Figures(
        as_of=as_of,
        window_days=taxonomy.scoring.window_days,
        rows={
            "read": shown(counts.read),
            "repeated": shown(counts.repeated),
            "excluded": shown(counts.excluded),
            "outside": shown(counts.outside),
            "same_requester": shown(counts.same_requester),
            "uncategorized": shown(counts.uncategorized),
            "counted": shown(sum(every_day)),
        },
        unreadable=counts.unreadable,
        weeks=tuple(_day(as_of, WEEK * age + WEEK - 1) for age in reversed(range(weeks))),
        total=_weeks(every_day),
        uncategorized=_weeks(counts.uncategorized_daily),
        categories=tuple(
            _category(place, by_name[place.category], taxonomy, was, days[place.category])
            for place in sorted(places, key=lambda each: each.place)
        ),
        surges=tuple(
            _surge(surge, counts.categories[surge.category].daily[surge.language], as_of)
            for surge in surges
        ),
        pages=tuple(
            found
            for name, day in sorted(published.items(), key=lambda item: (item[1], item[0]))
            if name in days and (found := _page(name, day, days[name], as_of))
        ),
    )


def shown(tickets: int) -> Cell:
    """Return `tickets` rounded to ROUNDING, halves up, or None under THRESHOLD."""
    if tickets < THRESHOLD:
        return None
    return (tickets + ROUNDING // 2) // ROUNDING * ROUNDING


def share(part: Cell, whole: Cell) -> int | None:
    """Return a share in whole percent, or None where either is withheld."""
    return None if part is None or whole is None else min(100, round(100 * part / whole))


def _category(
    place: Place,
    score: Score,
    taxonomy: Taxonomy,
    was: Mapping[str, int],
    days: Sequence[int],
) -> CategoryFigures:
    of_tickets = {"volume", "trend", "reopens", "dissatisfaction", "reply_delay"}
    weights = dict(taxonomy.scoring.weights)
    parts = {
        name: round(weights[name] * value, _DIGITS)
        for name, value in asdict(score.factors).items()
        if weights[name] and not (score.withheld and name in of_tickets)
    }
    return CategoryFigures(
        id=place.category,
        place=place.place,
        was=was.get(place.category),
        reason=place.reason,
        tickets=shown(score.tickets),
        weeks=_weeks(days),
        parts=parts,
        score=round(score.total, _DIGITS),
    )


def _surge(surge: Surge, by_age: Sequence[int], as_of: datetime.date) -> SurgeFigures:
    """Return the series by day, or by week where most days cannot be told."""
    told = sum(shown(tickets) is not None for tickets in by_age[:_SURGE_DAYS])
    by_day = 2 * told > _SURGE_DAYS
    step, whole = (1, min(_SURGE_DAYS, len(by_age))) if by_day else (WEEK, len(by_age) // WEEK)
    sums = [sum(by_age[at * step : (at + 1) * step]) for at in range(whole)]
    return SurgeFigures(
        surge=surge,
        first=_day(as_of, whole * step - 1),
        step=step,
        cells=tuple(shown(each) for each in reversed(sums)),
    )


def _page(
    name: str, published: datetime.date, by_age: Sequence[int], as_of: datetime.date
) -> PageFigures | None:
    """Return nothing for a page whose first day has no whole week on both sides."""
    age = (as_of - published).days
    after = min(BEFORE_AND_AFTER, (age + 1) // WEEK)
    before = min(BEFORE_AND_AFTER, (len(by_age) - age - 1) // WEEK)
    if after < 1 or before < 1:
        return None
    sum_before = sum(by_age[age + 1 : age + 1 + before * WEEK])
    sum_after = sum(by_age[age + 1 - after * WEEK : age + 1])
    return PageFigures(
        category=name,
        published=published,
        before=_a_week(sum_before, before),
        weeks_before=before,
        after=_a_week(sum_after, after),
        weeks_after=after,
    )


def _a_week(tickets: int, weeks: int) -> Cell:
    cell = shown(tickets)
    return None if cell is None else round(cell / weeks)


def _weeks(by_age: Sequence[int]) -> tuple[Cell, ...]:
    """Return the whole weeks that end with the last day, in order of time."""
    whole = len(by_age) // WEEK
    sums = [sum(by_age[at * WEEK : (at + 1) * WEEK]) for at in range(whole)]
    return tuple(shown(each) for each in reversed(sums))


def _day(as_of: datetime.date, age: int) -> datetime.date:
    return as_of - datetime.timedelta(days=age)
