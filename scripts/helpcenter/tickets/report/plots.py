"""Draw the plots of a report with Matplotlib, as SVG whose text stays text.

The only module that imports Matplotlib. Knows cells, labels and positions, and no ticket; the
same arguments always give the same bytes.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

import matplotlib
import matplotlib.style
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from helpcenter.tickets.common.publish import THRESHOLD
from helpcenter.tickets.report.svg import COLORS, embed

Cells = Sequence[int | None]

_LABEL: Final = 36

_STYLE: Final[Mapping[str, object]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "help-center",
    "font.size": 8.5,
    "text.color": COLORS["ink"],
    "axes.edgecolor": COLORS["line"],
    "axes.labelcolor": COLORS["soft"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": COLORS["line"],
    "grid.linewidth": 0.6,
    "xtick.color": COLORS["soft"],
    "ytick.color": COLORS["soft"],
    "xtick.bottom": False,
    "ytick.left": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
}


def version() -> str:
    """Return the version of the library that draws."""
    return matplotlib.__version__


def bars(cells: Cells, *, ceiling: int, labels: Mapping[int, str], name: str, alt: str) -> str:
    """Draw cells as bars below `ceiling`; a withheld one is a band as high as it may be."""
    with _drawing(3.4, 1.3, left=0.12, right=0.94, bottom=0.25) as (figure, axes):
        _bars(axes, cells, [COLORS["main"]] * len(cells))
        axes.set_ylim(0, ceiling * 1.05)
        axes.yaxis.set_major_locator(MaxNLocator(3, integer=True))
        _label_x(axes, labels, len(cells))
        return _finish(figure, name, alt)


def curve(cells: Cells, *, since: float, labels: Mapping[int, str], name: str, alt: str) -> str:
    """Draw a series by day or week, marked from `since`, in cells, where a surge begins."""
    with _drawing(7.2, 1.9, left=0.06, right=0.97, bottom=0.16) as (figure, axes):
        axes.axvspan(since - 0.5, len(cells) - 0.5, color=COLORS["alert"], alpha=0.14, lw=0)
        # A week may lie in the surge in part: it has the color of the greater part.
        roles = ["alert" if at + 0.5 >= since else "main" for at in range(len(cells))]
        _bars(axes, cells, [COLORS[role] for role in roles])
        axes.set_ylim(0, max((cell or 0 for cell in cells), default=0) * 1.1 + THRESHOLD / 2)
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        _label_x(axes, labels, len(cells))
        return _finish(figure, name, alt)


def shares(percents: Cells, *, labels: Mapping[int, str], name: str, alt: str) -> str:
    """Draw shares in percent by week; a withheld one leaves a gap."""
    with _drawing(7.2, 1.5, left=0.06, right=0.97, bottom=0.19) as (figure, axes):
        told = [each or 0 for each in percents]
        axes.bar(range(len(percents)), told, width=0.72, color=COLORS["main"])
        axes.set_ylim(0, max(10, *(each or 0 for each in percents)) * 1.15)
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}%"))
        _label_x(axes, labels, len(percents))
        return _finish(figure, name, alt)


def slopes(rows: Sequence[tuple[str, int | None, int]], *, name: str, alt: str) -> str:
    """Draw each category's way from its place before to its place now: a slope chart."""
    lowest = max(max(was or 0, place) for _, was, place in rows)
    with _drawing(7.2, 0.3 * lowest + 0.15) as (figure, axes):
        axes.set(xlim=(0, 1), ylim=(lowest + 0.6, 0.4))
        axes.axis("off")
        for label, was, place in rows:
            role = "soft" if was in (None, place) else "rise" if place < was else "fall"
            strong = "bold" if role in ("rise", "fall") else "normal"
            axes.text(0.665, place, f"{place}  {_short(label)}", va="center", weight=strong)
            if was is None:
                continue
            before = f"{_short(label)}  {was}"
            axes.text(0.335, was, before, va="center", ha="right", color=COLORS["soft"])
            axes.plot([0.355, 0.645], [was, place], color=COLORS[role], marker="o", ms=4.5,
                      lw=2.2 if strong == "bold" else 1.2, solid_capstyle="round")  # fmt: skip
        return _finish(figure, name, alt)


def stacked(
    rows: Sequence[tuple[str, Sequence[float]]], *, roles: Sequence[str], name: str, alt: str
) -> str:
    """Draw what each factor adds to a score as parts of a bar, one bar a category."""
    with _drawing(7.2, 0.28 * len(rows) + 0.3, left=0.34, right=0.94) as (figure, axes):
        axes.grid(visible=False)
        axes.spines["bottom"].set_visible(False)
        longest = max(sum(parts) for _, parts in rows) or 1.0
        for at, (label, parts) in enumerate(rows):
            start = 0.0
            for role, part in zip(roles, parts, strict=True):
                axes.barh(at, part, left=start, height=0.62, color=COLORS[role],
                          edgecolor=COLORS["paper"], lw=0.8)  # fmt: skip
                start += part
            axes.text(-longest / 80, at, _short(label), va="center", ha="right")
            axes.text(start + longest / 100, at, f"{start:.2f}", va="center", color=COLORS["soft"])
        axes.set(xlim=(0, longest * 1.08), ylim=(len(rows) - 0.4, -0.6), xticks=[], yticks=[])
        return _finish(figure, name, alt)


@contextmanager
def _drawing(
    width: float, height: float, *, left: float = 0.0, right: float = 1.0, bottom: float = 0.0
) -> Iterator[tuple[Figure, Axes]]:
    """Yield a figure of so many inches and its axes; no user's configuration has a say in it."""
    with warnings.catch_warnings(), matplotlib.style.context(["default", dict(_STYLE)]):
        # Its own font has no Chinese glyphs; the reader's browser draws the text.
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        figure = Figure(figsize=(width, height))
        FigureCanvasSVG(figure)
        axes = figure.add_axes((left, bottom, right - left, 0.96 - bottom))
        yield figure, axes


def _finish(figure: Figure, name: str, alt: str) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    return embed(buffer.getvalue(), name=name, alt=alt)


def _bars(axes: Axes, cells: Cells, colors: Sequence[str]) -> None:
    """Draw cells as bars, a withheld one as a band as high as it may be."""
    told = [THRESHOLD if cell is None else cell for cell in cells]
    shades = [
        COLORS["band"] if cell is None else color for cell, color in zip(cells, colors, strict=True)
    ]
    axes.bar(range(len(cells)), told, width=0.72, color=shades)


def _short(label: str) -> str:
    """Return a label that fits beside a plot; a Chinese character is as wide as two letters."""
    widths = [1 if character.isascii() else 2 for character in label]
    if sum(widths) <= _LABEL:
        return label
    kept = next(end for end in range(len(label), 0, -1) if sum(widths[:end]) < _LABEL)
    return label[:kept].rstrip() + "…"


def _label_x(axes: Axes, labels: Mapping[int, str], cells: int) -> None:
    axes.set_xticks(list(labels), list(labels.values()))
    axes.set_xlim(-0.6, cells - 0.4)
