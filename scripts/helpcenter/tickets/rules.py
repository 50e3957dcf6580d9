"""Turn the taxonomy and a mapping's exclusions into look-up tables inside the engine.

Knows nothing of files. A category is its position in the taxonomy, so that the smallest is
the first whose rule a ticket meets; EXCLUDED is smaller than all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.tickets.engine import Engine
from helpcenter.tickets.source import SourceFile

EXCLUDED: Final = -1


def install(engine: Engine, taxonomy: Taxonomy, mapping: SourceFile) -> None:
    """Set the variables `tags`, `topic` and `status`: maps from a folded term to a category."""
    engine.run(
        "CREATE OR REPLACE TEMP TABLE rule AS SELECT field, fold(term) AS term, category "
        "FROM (SELECT unnest(?) AS field, unnest(?) AS term, unnest(?) AS category)",
        list(zip(*_rules(taxonomy, mapping), strict=True)),
    )
    for field in ("tags", "topic", "status"):
        engine.run(
            f"SET VARIABLE {field} = (SELECT map(list(term), list(category)) FROM ("
            "SELECT term, min(category) AS category FROM rule "
            f"WHERE field = '{field}' GROUP BY term))"
        )


def _rules(taxonomy: Taxonomy, mapping: SourceFile) -> Iterator[tuple[str, str, int]]:
    for position, category in enumerate(taxonomy.categories):
        yield from (("tags", term, position) for term in category.tags)
        yield from (("topic", term, position) for term in category.values)
    yield from (("tags", term, EXCLUDED) for term in mapping.exclude.tags)
    yield from (("topic", term, EXCLUDED) for term in mapping.exclude.topic)
    yield from (("status", term, EXCLUDED) for term in mapping.exclude.status)
