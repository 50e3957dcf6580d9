"""Put the figures of a sync into one page that needs nothing else: no script, no request.

Sees `Figures` alone, which hold nothing that must not be told.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from markupsafe import Markup

from helpcenter import templates
from helpcenter.tickets.common.publish import THRESHOLD
from helpcenter.tickets.report import plots
from helpcenter.tickets.report.figures import Cell, Figures, SurgeFigures, share
from helpcenter.tickets.report.words import Words

_HERE = Path(__file__).parent
_WEEKS_A_LABEL = 4


def render(figures: Figures, words: Words) -> str:
    """Return the page as HTML."""
    strings = words.strings
    factors = list(dict.fromkeys(name for each in figures.categories for name in each.parts))
    html = templates.render(
        templates.fragment_environment(_HERE),
        "report",
        figures=figures,
        words=words,
        t=strings.text,
        count=strings.count,
        style=Markup((_HERE / "report.css").read_text(encoding="utf-8")),
        tag=words.product.tag(strings.language),
        factors=factors,
        moved=[each for each in figures.categories if each.was not in (None, each.place)],
        held=any(each.reason for each in figures.categories),
        of_all=share(figures.rows["uncategorized"], figures.rows["counted"]),
        uncategorized=_shares(figures),
        weeks_plots=_weeks(figures, words),
        ranks_plot=_ranks(figures, words),
        factors_plot=_factors(figures, words, factors),
        surge_plots=[
            _surge(found, words, name=f"surge-{at}") for at, found in enumerate(figures.surges)
        ],
        uncategorized_plot=_uncategorized(figures, words),
    )
    return html + "\n"


def _weeks(figures: Figures, words: Words) -> Mapping[str, Markup]:
    cells = [cell or 0 for each in figures.categories for cell in each.weeks]
    ceiling = max(2 * THRESHOLD, *cells)
    return {
        each.id: Markup(
            plots.bars(
                each.weeks,
                ceiling=ceiling,
                labels=_labels(figures, words),
                name=f"weeks-{each.id}",
                alt=_alt("report.weeks.alt", each.weeks, words, category=words.names[each.id]),
            )
        )
        for each in figures.categories
    }


def _ranks(figures: Figures, words: Words) -> Markup:
    rows = [(words.names[each.id], each.was, each.place) for each in figures.categories]
    return Markup(plots.slopes(rows, name="ranks", alt=words.strings.text("report.ranks.alt")))


def _factors(figures: Figures, words: Words, factors: Sequence[str]) -> Markup:
    rows = [
        (words.names[each.id], [each.parts.get(factor, 0.0) for factor in factors])
        for each in figures.categories
    ]
    roles = [f"factor-{number}" for number in range(1, len(factors) + 1)]
    alt = words.strings.text("report.factors.alt")
    return Markup(plots.stacked(rows, roles=roles, name="factors", alt=alt))


def _surge(found: SurgeFigures, words: Words, *, name: str) -> Markup:
    step = datetime.timedelta(days=found.step)
    last, every = len(found.cells) - 1, 7 if found.step == 1 else 2
    days = {at: found.first + at * step for at in range(last, -1, -every)}
    return Markup(
        plots.curve(
            found.cells,
            since=(found.surge.start - found.first) / step,
            labels={at: words.short(day) for at, day in days.items()},
            name=name,
            alt=_alt(
                "report.surges.alt",
                found.cells,
                words,
                category=words.names[found.surge.category],
                language=words.language(found.surge.language),
                start=words.day(found.surge.start),
            ),
        )
    )


def _uncategorized(figures: Figures, words: Words) -> Markup:
    shares = _shares(figures)
    alt = _alt("report.uncategorized.alt", shares, words, show=words.percent)
    labels = _labels(figures, words)
    return Markup(plots.shares(shares, labels=labels, name="uncategorized", alt=alt))


def _shares(figures: Figures) -> tuple[Cell, ...]:
    pairs = zip(figures.uncategorized, figures.total, strict=True)
    return tuple(share(part, whole) for part, whole in pairs)


def _labels(figures: Figures, words: Words) -> Mapping[int, str]:
    last = len(figures.weeks) - 1
    return {at: words.short(figures.weeks[at]) for at in range(last, -1, -_WEEKS_A_LABEL)}


def _alt(
    key: str,
    cells: Sequence[Cell],
    words: Words,
    *,
    show: Callable[[Cell], str] | None = None,
    **values: str,
) -> str:
    """Say what a plot shows: its subject, its range and its end."""
    t, show = words.strings.text, show or words.cell
    what = t(key, **values)
    told = [cell for cell in cells if cell is not None]
    if not told:
        return t("report.alt.withheld", what=what, threshold=THRESHOLD)
    least = show(None if len(told) < len(cells) else min(told))
    return t("report.alt.range", what=what, least=least, most=show(max(told)), last=show(cells[-1]))
