"""Columns of Markdown tables are aligned by classes, since the site's policy allows no styles."""

from __future__ import annotations

import re

from markdown import markdown

from helpcenter.table_columns import TableColumns

TABLE = """
| a | b | c | d |
|---|:--|:-:|--:|
| 1 | 2 | 3 | 4 { .fee } |
"""


def cells(*extensions: str | TableColumns) -> list[str]:
    html = markdown(TABLE, extensions=["tables", "attr_list", *extensions])
    return re.findall(r"<t[hd]\b[^>]*>", html)


def test_each_cell_of_an_aligned_column_has_its_class() -> None:
    head = ["<th>", '<th class="hc-left">', '<th class="hc-center">', '<th class="hc-right">']
    body = ["<td>", '<td class="hc-left">', '<td class="hc-center">', '<td class="hc-right fee">']
    assert cells(TableColumns()) == head + body


def test_markdown_by_itself_still_writes_styles() -> None:
    # Python-Markdown 3.11: on the day this fails, helpcenter/table_columns.py can go.
    assert cells()[1] == '<th style="text-align: left;">'
