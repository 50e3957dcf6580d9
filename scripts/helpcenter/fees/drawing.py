"""The lines of a chart as SVG: rates over sizes, with labels that do not cover each other.

Knows numbers, places and texts, and nothing of fees. Colors and sizes of type are the style
sheet's; without it, all is drawn in the color of the text. The scale to the right is logarithmic,
because tiers rise by multiples.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree as ET

# In units of the drawing, which is as wide as a small phone, so that its type stays legible.
WIDTH = 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, WIDTH - 8, 24, 150
_ROW, _LETTER = 17, 14

Point = tuple[Decimal, Decimal]


@dataclass(frozen=True)
class Drawing:
    """What to draw: lines through points of a size and a rate, texts at points and at borders."""

    low: Decimal
    high: Decimal
    lines: Sequence[Sequence[Point]]
    labels: Sequence[tuple[Point, str]]
    borders: Sequence[tuple[Decimal, str]]

    def x(self, size: Decimal) -> float:
        """Return the place of a size between left and right."""
        share = (size / self.low).log10() / (self.high / self.low).log10()
        return float(_LEFT + share * (_RIGHT - _LEFT))

    def y(self, rate: Decimal) -> float:
        """Return the place of a rate above the base line; drawings count downwards."""
        most = max(rate for line in self.lines for _, rate in line) or Decimal(1)
        return float(_BOTTOM - rate / most * (_BOTTOM - _TOP))


def draw(drawing: Drawing, *, anchor: str, title: str, description: str) -> ET.Element:
    """Return the drawing as one SVG image; the ids in it begin with `anchor`."""
    svg = ET.Element("svg", {"role": "img"})
    svg.set("aria-labelledby", f"{anchor}-title {anchor}-description")
    add(svg, "title", {"id": f"{anchor}-title"}, title)
    add(svg, "desc", {"id": f"{anchor}-description"}, description)
    for line in drawing.lines:
        places = "L".join(f"{drawing.x(size):.1f} {drawing.y(rate):.1f}" for size, rate in line)
        start, end = (f"{drawing.x(line[end][0]):.1f}" for end in (0, -1))
        _path(svg, "area", f"M{start} {_BOTTOM}L{places}L{end} {_BOTTOM}Z", opacity="0.1")
        _path(svg, "line", f"M{places}", fill="none", stroke="currentColor", width="2.5")
    _path(svg, "axis", f"M{_LEFT} {_BOTTOM}H{_RIGHT}", stroke="currentColor", width="1")
    below = _rows([(drawing.x(size), text) for size, text in drawing.borders])
    for (size, text), (x, row) in zip(drawing.borders, below, strict=True):
        place = f"M{drawing.x(size):.1f} {_TOP - 14}V{_BOTTOM + 4}"
        _path(svg, "border", place, stroke="currentColor", width="1", dashes="2 4")
        _label(svg, text, x, _BOTTOM + _ROW * (row + 1))
    above = _rows([(drawing.x(point[0]), text) for point, text in drawing.labels])
    for (point, text), (x, row) in zip(drawing.labels, above, strict=True):
        top = _top(drawing, point, x, _width(text) / 2)
        _label(svg, text, x, top - 8 - _ROW * row)
    over, under = (_ROW * max((row for _, row in rows), default=0) for rows in (above, below))
    svg.set("viewBox", f"0 {-over} {WIDTH} {_BOTTOM + _ROW + 6 + over + under}")
    return svg


def add(parent: ET.Element, name: str, attributes: dict[str, str], text: str = "") -> ET.Element:
    """Append an element with a text to `parent` and return it."""
    element = ET.SubElement(parent, name, attributes)
    element.text = text or None
    return element


def _path(
    svg: ET.Element,
    look: str,
    place: str,
    *,
    fill: str = "currentColor",
    stroke: str = "none",
    width: str = "0",
    opacity: str = "1",
    dashes: str = "none",
) -> None:
    attributes = {"class": f"hc-chart-{look}", "d": place, "fill": fill, "stroke": stroke}
    optional = {"fill-opacity": (opacity, "1"), "stroke-dasharray": (dashes, "none")}
    attributes |= {name: value for name, (value, usual) in optional.items() if value != usual}
    if stroke != "none":
        attributes["stroke-width"] = width
    add(svg, "path", attributes)


def _label(svg: ET.Element, text: str, x: float, y: float) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "font-size": str(_LETTER)}
    add(svg, "text", {"class": "hc-chart-label", "text-anchor": "middle", **place}, text)


def _rows(labels: Iterable[tuple[float, str]]) -> list[tuple[float, int]]:
    """Return for each label, left to right, its middle inside the drawing and its row.

    A label goes to the first row in which it touches none before it.
    """
    ends: list[float] = []
    placed = []
    for middle, text in labels:
        half = _width(text) / 2
        x = min(max(middle, half), WIDTH - half)
        row = next((row for row, end in enumerate(ends) if end < x - half), len(ends))
        ends[row : row + 1] = [x + half + _LETTER / 2]
        placed.append((x, row))
    return placed


def _top(drawing: Drawing, point: Point, middle: float, half: float) -> float:
    """Return the highest place of any line where a label of a point would stand."""
    places = [(drawing.x(size), drawing.y(rate)) for line in drawing.lines for size, rate in line]
    under = (y for x, y in places if middle - half <= x <= middle + half)
    return min([drawing.y(point[1]), *under])


def _width(text: str) -> float:
    """Return about how wide a text is: a full-width sign as wide as high, others two thirds."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return _LETTER * (wide + (len(text) - wide) * 0.66)
