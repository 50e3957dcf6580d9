"""A picture of a tiered fee: the share of the amount it takes, against the amount or the volume.

The figure and its words; `drawing` has the lines. What it says is what readers hear who do not
see it.
"""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as ET

from babel.numbers import format_compact_decimal

from helpcenter.facts import format_amount
from helpcenter.fees.drawing import Drawing, Point, draw
from helpcenter.fees.formulas import Tiers
from helpcenter.fees.quote import EXACT, charge
from helpcenter.fees.schedule import Fee, Schedule, Version
from helpcenter.plot import add
from helpcenter.strings import Strings

_TEN, _HUNDRED = Decimal(10), Decimal(100)
_CURVE_STEPS = 48


def tier_chart(fee: Fee, version: Version, schedule: Schedule, strings: Strings) -> str:
    """Return a figure of a fee whose formula has tiers, as HTML on one line, escaped.

    Raises TypeError for a formula without tiers.
    """
    formula = version.formula
    if not isinstance(formula, Tiers):
        raise TypeError(f"{fee.id} has no tiers on {version.valid_from}")
    by_amount = formula.basis == "amount"
    currency = (fee.currency or fee.asset or "") if by_amount else schedule.volume_currency
    axis = strings.text(f"fees.chart.{formula.basis}", currency=currency)
    title = strings.text("fees.chart.title", name=fee.name[strings.language], axis=axis)
    figure = ET.Element("figure", {"class": "hc-chart"})
    figure.append(
        draw(
            _drawing(formula, strings.language),
            anchor=f"hc-chart-{fee.id}-{version.valid_from}",
            title=title,
            description=_description(formula, strings),
        )
    )
    add(figure, "figcaption", {}, strings.text("fees.chart.caption", axis=axis))
    return ET.tostring(figure, encoding="unicode")


def _description(formula: Tiers, strings: Strings) -> str:
    if formula.mode == "whole":
        points = [(tier.start, tier.rate) for tier in formula.tiers]
    else:
        points = _points_of_curve(formula)
    parts = [
        strings.text(
            f"fees.chart.{formula.mode}_part",
            size=format_amount(size, strings.language),
            rate=format_amount(rate, strings.language),
        )
        for size, rate in points
    ]
    joined = strings.text("fees.chart.joiner").join(parts)
    return strings.text(f"fees.chart.{formula.mode}", parts=joined)


def _drawing(formula: Tiers, language: str) -> Drawing:
    """Return what is drawn: a step per tier, or the curve of a marginal fee."""
    borders = _borders(formula)
    low, high = borders[0] / _TEN, borders[-1] * _TEN
    if formula.mode == "whole":
        ends = [low, *borders, high]
        rates = [tier.rate for tier in formula.tiers]
        steps = list(zip(ends, ends[1:], rates, strict=False))
        lines = [[(start, rate), (end, rate)] for start, end, rate in steps]
        labelled = [((start * end).sqrt(), rate) for start, end, rate in steps]
    else:
        decades = (high / low).log10()
        sizes = {low * _TEN ** (decades * step / _CURVE_STEPS) for step in range(_CURVE_STEPS)}
        lines = [[(size, _share(formula, size)) for size in sorted(sizes | {*borders, high})]]
        labelled = _points_of_curve(formula)
    return Drawing(
        low=low,
        high=high,
        lines=lines,
        labels=[(point, f"{format_amount(point[1], language)}%") for point in labelled],
        borders=[(border, _short(border, language)) for border in borders],
    )


def _points_of_curve(formula: Tiers) -> list[Point]:
    """Return the share that is paid at each border, and at ten times the last one."""
    borders = _borders(formula)
    return [(size, _share(formula, size)) for size in [*borders, borders[-1] * _TEN]]


def _borders(formula: Tiers) -> list[Decimal]:
    return [tier.start for tier in formula.tiers[1:]] or [_TEN]


def _share(formula: Tiers, size: Decimal) -> Decimal:
    """Return what is taken of an amount in percent of it, to four decimals."""
    share = EXACT.divide(EXACT.multiply(charge(formula, size), _HUNDRED), size)
    return share.quantize(Decimal("0.0001"), context=EXACT).normalize()


def _short(amount: Decimal, language: str) -> str:
    """Return an amount as an axis has room for it, where no digit is lost: "10K", "1万"."""
    if amount >= 1000 and len(amount.normalize().as_tuple().digits) <= 3:
        return str(format_compact_decimal(amount, locale=language, fraction_digits=2))
    return format_amount(amount, language)
