"""Look at exports without counting them: what a person wants to know before a first sync."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.exports.source import SourceFile
from helpcenter.tickets.reading import staging
from helpcenter.tickets.reading.read import Reading, install, opened
from helpcenter.tickets.review import explain
from helpcenter.tickets.review import unmapped as labels
from helpcenter.tickets.review.explain import Explanation
from helpcenter.tickets.review.unmapped import Unmapped


@dataclass(frozen=True)
class Look:
    """How each export is read, or, instead, the labels of its tickets that are in no category."""

    explanations: tuple[Explanation, ...] = ()
    unmapped: tuple[Unmapped, ...] | None = None

    def text(self) -> str:
        """Return what a person reads."""
        if self.unmapped is not None:
            return labels.text(self.unmapped)
        return explain.text(self.explanations)

    def data(self) -> list[dict[str, Any]]:
        """Return the same as plain data."""
        if self.unmapped is not None:
            return labels.data(self.unmapped)
        return explain.data(self.explanations)


def look_at(
    paths: Sequence[Path],
    taxonomy: Taxonomy,
    sources: Mapping[str, SourceFile],
    *,
    unmapped: bool,
    reading: Reading,
    as_of: datetime.date,
    scratch: Path,
    key: str,
) -> Look:
    """Look at all exports, as `reading.opened` does. Rows that cannot be read stop nothing."""
    explanations = []
    with opened(
        paths, taxonomy, sources, reading=reading, as_of=as_of, scratch=scratch, key=key
    ) as (engine, exports):
        for export in exports:
            reading.step("read", export.number)
            install(engine, taxonomy, export)
            if unmapped:
                staging.stage(engine, export, most_unreadable=1)
                labels.collect(engine, export)
            else:
                explanations.append(explain.explain(engine, export))
        if unmapped:
            return Look(unmapped=labels.top(engine, taxonomy.scoring.window_days))
    return Look(tuple(explanations))
