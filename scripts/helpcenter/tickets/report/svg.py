"""Make a drawn SVG fit to stand in a page: no ids that clash, no fixed size, themed colors.

Knows nothing of what is drawn. A drawing uses the colors of `COLORS`, which stand for custom
properties of the page's style, so that light, dark and print need no second drawing.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

# The color a drawing uses, by the name of the custom property that takes its place.
COLORS: Final = {
    name: f"#0a0b{number:02x}"
    for number, name in enumerate(
        (
            *("ink", "soft", "line", "band", "paper", "main", "alert", "rise", "fall"),
            *(f"factor-{number}" for number in range(1, 8)),
        ),
        start=1,
    )
}

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
# What tells of the maker, and a style that would hold for the whole page.
_DROPPED = {f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"}
_FONT = re.compile(r"font-family: [^;]*; ?")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_COLOR = re.compile("|".join(COLORS.values()))
_NAMES = {color: name for name, color in COLORS.items()}


def embed(drawing: str, *, name: str, alt: str) -> str:
    """Return `drawing` as a part of a page, where `name` is unique; `alt` says what it shows."""
    root = ElementTree.fromstring(drawing)
    for parent in root.iter():
        for child in [each for each in parent if each.tag in _DROPPED]:
            parent.remove(child)
    used = _references(root)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
        for key, value in list(element.attrib.items()):
            del element.attrib[key]
            if key == "id":
                if value in used:
                    element.set("id", f"{name}-{value}")
            elif key == f"{{{_XLINK}}}href":
                element.set("href", f"#{name}-{value.removeprefix('#')}")
            else:
                value = _REFERENCE.sub(rf"url(#{name}-\1)", value)
                element.set(key, _COLOR.sub(_property, _FONT.sub("", value)))
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.set("role", "img")
    root.set("aria-label", alt)
    return ElementTree.tostring(root, encoding="unicode")


def _references(root: ElementTree.Element) -> set[str]:
    used = set()
    for element in root.iter():
        for key, value in element.attrib.items():
            used.update(_REFERENCE.findall(value))
            if key == f"{{{_XLINK}}}href":
                used.add(value.removeprefix("#"))
    return used


def _property(match: re.Match[str]) -> str:
    return f"var(--{_NAMES[match.group()]})"
