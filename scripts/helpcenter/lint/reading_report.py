"""The figures of readability as text: a line for every check, tables on request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import mean
from typing import get_args

from helpcenter.lint.readability import Figures, Limit, limit_of, measured
from helpcenter.lint.sources import Content
from helpcenter.pages import Page, PageType

Row = tuple[Page, Figures, Limit]

_NOTE = """\
English: US grade (Flesch-Kincaid), words of a sentence.
Chinese: mean Han characters of a sentence, most of one."""


def summary(content: Content) -> str:
    """Return one line with the mean and the highest level of each language, or ""."""
    parts = []
    for language in content.site.product.languages:
        levels = [level for level, *_ in _by_level(_rows(content, language.code))]
        if levels:
            parts.append(f"{language.name} {mean(levels):.1f} (hardest page {max(levels):.1f})")
    return f"reading level: {', '.join(parts)}" if parts else ""


def tables(content: Content) -> str:
    """Return the figures of each type and of each page, by language, the hardest first."""
    blocks = [_NOTE]
    for language in content.site.product.languages:
        rows = _rows(content, language.code)
        if rows:
            blocks.append(f"{language.name}, by type\n{_aligned(_of_types(rows))}")
            blocks.append(f"{language.name}, by page\n{_aligned(_of_pages(rows))}")
    return "\n\n".join(blocks)


def _rows(content: Content, code: str) -> list[Row]:
    found = []
    for page in content.site.pages.values():
        if page.language == code:
            figures, limit = measured(page, content), limit_of(page, content)
            if figures and limit and figures.words:
                found.append((page, figures, limit))
    return found


def _by_level(rows: Sequence[Row]) -> list[tuple[float, Page, Figures]]:
    found = ((figures.level, page, figures) for page, figures, _ in rows)
    judged = [(level, page, figures) for level, page, figures in found if level is not None]
    return sorted(judged, key=lambda each: (-each[0], each[1].path))


def _of_types(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    yield "type", "pages", "mean", "hardest", "limit", "longest", "limit"
    for kind in get_args(PageType):
        own = [row for row in rows if row[0].meta.type == kind]
        levels = [level for level, *_ in _by_level(own)]
        if own:
            limit = own[0][2]
            yield (
                kind,
                str(len(own)),
                f"{mean(levels):.1f}" if levels else "-",
                f"{max(levels):.1f}" if levels else "-",
                f"{limit.level:g}",
                str(max(figures.longest for _, figures, _ in own)),
                str(limit.longest),
            )


def _of_pages(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    yield "level", "longest", "words", "page"
    for level, page, figures in _by_level(rows):
        yield f"{level:.1f}", str(figures.longest), str(figures.words), page.path
    for page, figures, _ in rows:
        if figures.level is None:
            yield "-", str(figures.longest), str(figures.words), page.path


def _aligned(lines: Iterator[tuple[str, ...]]) -> str:
    cells = list(lines)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if _is_number(cells[-1][place]) else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    )


def _is_number(cell: str) -> bool:
    return cell[0].isdigit() or cell == "-"
