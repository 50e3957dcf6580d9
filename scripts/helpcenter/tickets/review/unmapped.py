"""List the labels that would help most to map: those of tickets that are in no category.

The one place where something of an export is shown, so what is shown is narrow: a label, never a
text, in the shape of one, that as many tickets of as many people have as the threshold says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.common.publish import THRESHOLD
from helpcenter.tickets.exports.export import Export
from helpcenter.tickets.reading.cells import relation
from helpcenter.tickets.reading.scan import texts

_MOST_SHOWN = 100
_ESCAPE = '"'

# Letters, digits and what joins them: nothing that a terminal, a spreadsheet or a page acts on.
_SHAPE = r"[\p{L}\p{N}][\p{L}\p{M}\p{N} _./&+-]{0,39}"
_MOST_WORDS = 4
# What rules.py takes apart to compare, here as it was written.
_MACROS: Final = r"""
CREATE MACRO written_tags(text) AS CASE WHEN regexp_matches(text, '[\[,;|、，；\n]')
  THEN regexp_split_to_array(text, '[\[\]{}"'',;|、，；\n]+')
  ELSE list_append(string_split(text, ' '), text) END;
CREATE MACRO written_topics(text) AS CASE
  WHEN starts_with(text, '[') OR starts_with(text, chr(10))
  THEN regexp_split_to_array(text, '[\[\]{}"''\n]+') ELSE [text] END;
"""
_LABELS = """
CREATE OR REPLACE TEMP TABLE label (field VARCHAR, term VARCHAR, written VARCHAR, ticket VARCHAR,
  person UBIGINT)
"""
# Tickets whose last version is in no category, in the window.
_OPEN = """
SELECT source || chr(31) || id FROM (
  SELECT source, id, max(row(updated, -category, age)) AS last FROM staged
  WHERE id IS NOT NULL GROUP BY source, id)
WHERE -last[2] = getvariable('uncategorized') AND last[3] BETWEEN 0 AND ? - 1
"""
_TOP = rf"""
SELECT field, mode(written), count(DISTINCT ticket) FROM label
WHERE ticket IN (SELECT * FROM open_ticket)
  AND regexp_full_match(written, '{_SHAPE}') AND NOT regexp_matches(written, '\d{{5}}')
  AND regexp_matches(written, '\p{{L}}') AND lower(written) NOT IN ('true', 'false', 'null')
  AND len(string_split(written, ' ')) <= {_MOST_WORDS}
GROUP BY field, term
HAVING count(DISTINCT ticket) >= {THRESHOLD} AND count(DISTINCT person) >= {THRESHOLD}
ORDER BY 3 DESC, 1, 2 LIMIT {_MOST_SHOWN}
"""


@dataclass(frozen=True)
class Unmapped:
    """A label of a field, as it is mostly written, and how many tickets have it."""

    field: str
    label: str
    tickets: int


def collect(engine: Engine, export: Export) -> None:
    """Put the labels of an export's uncategorized rows aside, inside the engine.

    It must be the last that was staged, so that the engine knows its system's words and labels.
    """
    if export.number == 1:
        engine.run(_MACROS)
        engine.run(_LABELS)
    if export.choice.side:
        return
    source = relation(export, _ESCAPE, note_rejects=False)
    for field, found in export.fields.items():
        split = {"tags": "written_tags", "topic": "written_topics", "custom": "written_topics"}
        for match in found if field in split else ():
            engine.run(
                f"INSERT INTO label SELECT DISTINCT '{field}', fold(written), written, ticket, "
                f"person FROM (SELECT trim(unnest({split[field]}(labels))) AS written, "
                f"'{export.source}' || chr(31) || ticket_id(id_text) AS ticket, "
                "hashed('person', coalesce(requester_text, id_text)) AS person "
                f"FROM ({texts(export, source, labels=match, known='some')}) "
                "WHERE category = getvariable('uncategorized')) WHERE written <> ''",
                file=export.number,
            )


def top(engine: Engine, window_days: int) -> tuple[Unmapped, ...]:
    """Return the labels on most of the tickets that are in no category, the most first."""
    engine.run(f"CREATE TEMP TABLE open_ticket AS {_OPEN}", [window_days])
    return tuple(
        Unmapped(str(field), str(label), int(tickets or 0))
        for field, label, tickets in engine.run(_TOP)
    )


def data(found: Sequence[Unmapped]) -> list[dict[str, Any]]:
    """Return the same as plain data, for `--json`."""
    return [asdict(each) for each in found]


def text(found: Sequence[Unmapped]) -> str:
    """Return what a person reads who extends the taxonomy."""
    if not found:
        return f"No label is on {THRESHOLD} tickets that are in no category."
    lines = [f"{each.tickets:>10,}  {each.field:<8}  {each.label}" for each in found]
    return "\n".join([f"{'tickets':>10}  {'field':<8}  label", *lines])
