"""Bars in groups as one SVG image: a few series over a few dates, each bar with its value.

Knows numbers and texts. Series differ by pattern and by place, never by color alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree as ET

from helpcenter.plot import LETTER, ROW, WIDTH, add, image, label, path

_TOP, _HEIGHT, _GAP = 8, 130, 0.3


@dataclass(frozen=True)
class Series:
    """One row of bars: its name, and the value of each group with its label."""

    name: str
    values: Sequence[tuple[Decimal, str]]


def bars(
    series: Sequence[Series], groups: Sequence[str], *, anchor: str, title: str, description: str
) -> str:
    """Return a figure of the series, one bar of each in every group, as HTML on one line."""
    figure = ET.Element("figure", {"class": "hc-chart"})
    svg = image(anchor=anchor, title=title, description=description)
    top = _TOP + ROW * len(series)
    bottom = top + ROW * 2 + _HEIGHT
    for place, each in enumerate(series):
        base = _TOP + ROW * place + LETTER - 2
        _bar(svg, place, 0, base - LETTER + 2, LETTER, base)
        label(svg, each.name, LETTER + 6, base, anchor="start")
    most = max((value for each in series for value, _ in each.values), default=None) or Decimal(1)
    room = WIDTH / max(len(groups), 1)
    width = room * (1 - _GAP) / max(len(series), 1)
    for number, group in enumerate(groups):
        start = room * number + room * _GAP / 2
        for place, each in enumerate(series):
            value, text = each.values[number]
            height = float(value / most) * _HEIGHT
            _bar(svg, place, start + width * place, bottom - height, width - 2, bottom)
            label(svg, text, start + width * (place + 0.5) - 1, bottom - height - 5)
        label(svg, group, room * (number + 0.5), bottom + ROW)
    path(svg, "axis", f"M0 {bottom}H{WIDTH}", stroke="currentColor", width="1")
    svg.set("viewBox", f"0 0 {WIDTH} {bottom + ROW + 8}")
    figure.append(svg)
    add(figure, "figcaption", {}, title)
    return ET.tostring(figure, encoding="unicode")


def _bar(svg: ET.Element, place: int, x: float, y: float, width: float, bottom: float) -> None:
    """Draw a bar: the first series is filled, others are outlined with a lighter inside."""
    outline = f"M{x:.1f} {bottom:.1f}V{y:.1f}H{x + width:.1f}V{bottom:.1f}Z"
    opacity = "1" if place == 0 else "0.25"
    path(svg, "bar", outline, stroke="currentColor", width="1.5", opacity=opacity)
