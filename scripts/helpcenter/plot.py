"""What charts share: one SVG image that says what it shows, its paths, and labels side by side.

Knows places and texts, and nothing of what is measured. Colors and sizes of type are the style
sheet's; without it, all is drawn in the color of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from helpcenter import lettering

# In units of the drawing, which is as wide as a small phone, so that its type stays legible.
WIDTH = 340
ROW, LETTER = 17, 14


def image(*, anchor: str, title: str, description: str) -> ET.Element:
    """Return an SVG image with its title and description; the ids in it begin with `anchor`."""
    svg = ET.Element("svg", {"role": "img"})
    svg.set("aria-labelledby", f"{anchor}-title {anchor}-description")
    add(svg, "title", {"id": f"{anchor}-title"}, title)
    add(svg, "desc", {"id": f"{anchor}-description"}, description)
    return svg


def add(parent: ET.Element, name: str, attributes: dict[str, str], text: str = "") -> ET.Element:
    """Append an element with a text to `parent` and return it."""
    element = ET.SubElement(parent, name, attributes)
    element.text = text or None
    return element


def path(
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
    """Append a path of the class `hc-chart-<look>`."""
    attributes = {"class": f"hc-chart-{look}", "d": place, "fill": fill, "stroke": stroke}
    optional = {"fill-opacity": (opacity, "1"), "stroke-dasharray": (dashes, "none")}
    attributes |= {name: value for name, (value, usual) in optional.items() if value != usual}
    if stroke != "none":
        attributes["stroke-width"] = width
    add(svg, "path", attributes)


def label(svg: ET.Element, text: str, x: float, y: float, *, anchor: str = "middle") -> None:
    """Append a text whose middle (or `start`) is at `x` and whose base line is at `y`."""
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "font-size": str(LETTER)}
    add(svg, "text", {"class": "hc-chart-label", "text-anchor": anchor, **place}, text)


def rows(labels: Iterable[tuple[float, str]]) -> list[tuple[float, int]]:
    """Return for each label, left to right, its middle inside the drawing and its row.

    A label goes to the first row in which it touches none before it.
    """
    ends: list[float] = []
    placed = []
    for middle, text in labels:
        half = width_of(text) / 2
        x = min(max(middle, half), WIDTH - half)
        row = next((row for row, end in enumerate(ends) if end < x - half), len(ends))
        ends[row : row + 1] = [x + half + LETTER / 2]
        placed.append((x, row))
    return placed


def width_of(text: str) -> float:
    """Return about how wide a label is."""
    return lettering.width(text, LETTER)
