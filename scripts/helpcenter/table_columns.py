"""A Markdown extension that aligns the columns of tables by classes in place of styles.

Python-Markdown 3.11 writes `style="text-align: right;"` into each cell, which the site's policy
leaves out. Knows Markdown and nothing of the site.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

_ALIGNED = re.compile(r"text-align: (left|center|right);")


class TableColumns(Extension):
    """Add the step to a Markdown processor."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- the host's name
        """Register the step before the one that writes attributes from `{ .class }`."""
        md.treeprocessors.register(_Classes(md), "table-columns", 9)


class _Classes(Treeprocessor):
    def run(self, root: Element) -> None:
        for cell in root.iter():
            if cell.tag in ("th", "td") and (found := _ALIGNED.fullmatch(cell.get("style", ""))):
                del cell.attrib["style"]
                cell.set("class", f"{cell.get('class', '')} hc-{found[1]}".strip())
