"""Whether a translation has the same shape as its source: the same pages, the same anchors.

Compares and says what differs; what that means for the writer is for the caller to say.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import zip_longest

from helpcenter.pages import Heading, Page


@dataclass(frozen=True)
class SlugDifference:
    """The pages that a language lacks, and those that only it has; both in order."""

    missing: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True)
class HeadingDifference:
    """The first place where headings part; None stands for the end of the page."""

    source: Heading | None
    translation: Heading | None


def compare_slugs(source: Collection[str], translation: Collection[str]) -> SlugDifference:
    """Return how the pages of a language differ from those of the source language."""
    return SlugDifference(
        missing=tuple(sorted(set(source) - set(translation))),
        extra=tuple(sorted(set(translation) - set(source))),
    )


def compare_headings(source: Page, translation: Page) -> HeadingDifference | None:
    """Return the first heading whose level or anchor differs, or None where all agree.

    A heading without an anchor agrees with any: that it has none is another problem.
    """
    for ours, theirs in zip_longest(source.headings, translation.headings):
        if ours is None or theirs is None or not _agree(ours, theirs):
            return HeadingDifference(ours, theirs)
    return None


def _agree(one: Heading, two: Heading) -> bool:
    anchors_agree = one.anchor == two.anchor or None in (one.anchor, two.anchor)
    return one.level == two.level and anchors_agree
