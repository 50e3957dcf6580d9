"""Fragments of published figures: the product's limits, and what support did each quarter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from babel.numbers import format_decimal, format_percent
from markupsafe import Markup

from helpcenter.bars import Series, bars
from helpcenter.facts import format_amount, format_fact
from helpcenter.fragments.base import Fragment, FragmentError, Options, render
from helpcenter.reference.limits import Limit, Value
from helpcenter.reference.transparency import ROUNDING, Figure, Quarter, Transparency
from helpcenter.site_context import Site, View
from helpcenter.strings import Strings


def _limits(site: Site, view: View, options: Options) -> str:
    strings, data = site.strings[view.page.language], site.reference.limits
    if not data.limits:
        raise FragmentError("limits.yml lists no limit", "list them, or remove the marker")
    return render(
        site,
        view,
        "limits",
        levels=[level.name[strings.language] for level in data.levels],
        by_level=[_limit_row(site, each, strings) for each in data.limits if each.by_level],
        for_all=[_limit_row(site, each, strings) for each in data.limits if not each.by_level],
    )


def _limit_row(site: Site, limit: Limit, strings: Strings) -> dict[str, object]:
    return {
        "name": limit.name[strings.language],
        "note": limit.note[strings.language] if limit.note else None,
        "values": [_limit_value(site, value, strings) for value in limit.values],
    }


def _limit_value(site: Site, value: Value, strings: Strings) -> str:
    if value.amount is not None:
        return f"{format_amount(value.amount, strings.language)} {value.asset}"
    if value.count is not None:
        return str(format_decimal(value.count, locale=strings.language))
    if value.fact is not None:
        return format_fact(site.facts[value.fact], strings)
    return strings.text("limits.unlimited")


def _transparency(site: Site, view: View, options: Options) -> str:
    strings, data = site.strings[view.page.language], site.reference.transparency
    if not data.quarters:
        raise FragmentError("transparency.yml has no quarter", "add one, or remove the marker")
    themes = list(data.quarters[0].themes)
    return render(
        site,
        view,
        "transparency",
        demonstration=data.demonstration,
        quarters=[_quarter(quarter, strings) for quarter in data.quarters],
        figures=[
            {
                "name": figure.name[strings.language],
                "definition": figure.definition[strings.language],
                "source": figure.source[strings.language],
                "values": _values(figure, data.quarters, strings),
            }
            for figure in data.figures
        ],
        themes=[
            (
                strings.text(f"transparency.theme.{theme}"),
                [
                    format_amount(Decimal(each.themes[theme]), strings.language)
                    for each in data.quarters
                ],
            )
            for theme in themes
        ],
        rounding=ROUNDING,
        chart=Markup(_chart(data, strings)),
    )


def _quarter(quarter: Quarter, strings: Strings, key: str = "transparency.quarter") -> str:
    year, number = quarter.number
    return strings.text(key, year=year, number=number)


def _values(figure: Figure, quarters: Sequence[Quarter], strings: Strings) -> list[str]:
    return [_figure(figure, quarter.figures[figure.id], strings) for quarter in quarters]


def _figure(figure: Figure, value: Decimal, strings: Strings) -> str:
    match figure.unit:
        case "hour" | "minute":
            return strings.count(f"unit.{figure.unit}", int(value))
        case "percent":
            return str(format_percent(value / 100, format="#,##0.#%", locale=strings.language))
        case "score" | "count":
            return format_amount(value, strings.language)


def _chart(data: Transparency, strings: Strings) -> str:
    """Draw the figures that are to be drawn; an empty text where none is."""
    drawn = [figure for figure in data.figures if figure.drawn]
    if not drawn:
        return ""
    short = "transparency.chart.quarter"
    groups = [_quarter(quarter, strings, short) for quarter in data.quarters]
    series = [
        Series(
            figure.name[strings.language],
            [(each.figures[figure.id], f"{each.figures[figure.id]:f}") for each in data.quarters],
        )
        for figure in drawn
    ]
    told = [
        strings.text(
            "transparency.chart.series",
            name=figure.name[strings.language],
            values=strings.text("transparency.chart.joiner").join(
                strings.text("transparency.chart.value", quarter=group, value=value)
                for group, value in zip(
                    groups, _values(figure, data.quarters, strings), strict=True
                )
            ),
        )
        for figure in drawn
    ]
    unit = strings.text(f"transparency.chart.unit.{drawn[0].unit}")
    return bars(
        series,
        groups,
        anchor="hc-chart-transparency",
        title=strings.text("transparency.chart.title", unit=unit),
        description=" ".join(told),
    )


FIGURES: Mapping[str, Fragment] = {
    "limits": Fragment(_limits),
    "transparency": Fragment(_transparency),
}
