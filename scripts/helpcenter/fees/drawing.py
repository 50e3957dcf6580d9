"""The lines of a chart as SVG: rates over sizes, with labels that do not cover each other.

Knows numbers, places and texts, and nothing of fees. The scale to the right is logarithmic,
because tiers rise by multiples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree as ET

from helpcenter.plot import ROW, WIDTH, image, label, path, rows, width_of

_LEFT, _RIGHT, _TOP, _BOTTOM = 8, WIDTH - 8, 24, 150

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
    svg = image(anchor=anchor, title=title, description=description)
    for line in drawing.lines:
        places = "L".join(f"{drawing.x(size):.1f} {drawing.y(rate):.1f}" for size, rate in line)
        start, end = (f"{drawing.x(line[end][0]):.1f}" for end in (0, -1))
        path(svg, "area", f"M{start} {_BOTTOM}L{places}L{end} {_BOTTOM}Z", opacity="0.1")
        path(svg, "line", f"M{places}", fill="none", stroke="currentColor", width="2.5")
    path(svg, "axis", f"M{_LEFT} {_BOTTOM}H{_RIGHT}", stroke="currentColor", width="1")
    below = rows([(drawing.x(size), text) for size, text in drawing.borders])
    for (size, text), (x, row) in zip(drawing.borders, below, strict=True):
        place = f"M{drawing.x(size):.1f} {_TOP - 14}V{_BOTTOM + 4}"
        path(svg, "border", place, stroke="currentColor", width="1", dashes="2 4")
        label(svg, text, x, _BOTTOM + ROW * (row + 1))
    above = rows([(drawing.x(point[0]), text) for point, text in drawing.labels])
    for (point, text), (x, row) in zip(drawing.labels, above, strict=True):
        top = _top(drawing, point, x, width_of(text) / 2)
        label(svg, text, x, top - 8 - ROW * row)
    over, under = (ROW * max((row for _, row in each), default=0) for each in (above, below))
    svg.set("viewBox", f"0 {-over} {WIDTH} {_BOTTOM + ROW + 6 + over + under}")
    return svg


def _top(drawing: Drawing, point: Point, middle: float, half: float) -> float:
    """Return the highest place of any line where a label of a point would stand."""
    places = [(drawing.x(size), drawing.y(rate)) for line in drawing.lines for size, rate in line]
    under = (y for x, y in places if middle - half <= x <= middle + half)
    return min([drawing.y(point[1]), *under])
