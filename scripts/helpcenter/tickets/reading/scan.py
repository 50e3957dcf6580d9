"""Write the SQL of what an export's cells mean: a ticket's fields, and which rows are readable.

Pure text: nothing is run here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from helpcenter.tickets.exports.export import Export
from helpcenter.tickets.exports.naming import Match
from helpcenter.tickets.reading.cells import (
    column_of,
    is_filled,
    labels_of,
    one_text,
    relation,
    time_column,
)
from helpcenter.tickets.reading.rules import EXCLUDED, RULES
from helpcenter.tickets.reading.values import VALUES, quoted, time_in, time_of

MACROS: Final = RULES + VALUES

# How a row's category is found: by the rules, or in the tables of `known_labels`, which hold some
# labels or all of them. What should be in these and is not is in the category MISSED.
Known = Literal["none", "some", "all"]
MISSED: Final = -2

LABELS: Final = ("tags", "topic", "custom")
LONGEST_ID: Final = 64
_DAY = 86_400_000_000
_UNITS = {"reply_seconds": 1, "reply_minutes": 60, "reply_hours": 3600}


def rows(export: Export, source: str, *, known: Known = "none") -> str:
    """Return the query of the staged columns and `unreadable` over the relation `source`.

    `updated` is the creation time where no other is given, `age` is in whole UTC days, and
    `unreadable` is the field that makes a row so, or NULL.
    """
    return f"""
      SELECT id, updated, age, category, language, requester, reopens, satisfied,
        CASE WHEN reply_seconds >= 0 THEN TRY_CAST(reply_seconds / 60 AS INTEGER) END
          AS reply_minutes,
        CASE WHEN id IS NULL OR length(id) > {LONGEST_ID} THEN 'id'
          WHEN created IS NULL OR age < -1 THEN 'created'
          WHEN updated IS NULL THEN 'updated' END AS unreadable
      FROM (
        SELECT *, coalesce(took, date_diff('second', created, replied)) AS reply_seconds,
          CASE WHEN changed IS NULL THEN created ELSE changed_at END AS updated,
          getvariable('as_of_day') - CAST(epoch_us(created) // {_DAY} AS INTEGER) AS age
        FROM (
          SELECT ticket_id(id_text) AS id, changed, category,
            {_time(export, "updated")} AS changed_at,
            {_time(export, "created")} AS created,
            {_time(export, "replied")} AS replied,
            coalesce({_took()}) AS took,
            language_of(language_text, subject_text) AS language,
            hashed({quoted(export.source)}, requester_text) AS requester,
            reopens_of(reopens_text) AS reopens,
            satisfied_by(satisfaction_text) AS satisfied
          FROM ({texts(export, source, known=known, typed=True)})))"""


def in_order(export: Export, escape: str) -> str:
    """Return the FROM clause of a second reading in which rows know their place."""
    header = 1 if export.form == "csv" else 0
    return (
        f"FROM (SELECT id, unreadable, row_number() OVER () + {header} AS place "
        f"FROM ({rows(export, relation(export, escape, note_rejects=False))}))"
    )


def side_rows(export: Export, source: str) -> str:
    """Return the query of (id, updated, reopens, satisfied, reply_minutes) of a second file."""
    mapping = export.mapping
    return f"""
      SELECT ticket_id(id_text) AS id, {time_of("changed", mapping)} AS updated,
        TRY_CAST(reopens_text AS INTEGER) AS reopens,
        satisfied_by(satisfaction_text) AS satisfied,
        TRY_CAST(coalesce({_took()}) / 60 AS INTEGER) AS reply_minutes
      FROM ({texts(export, source)})"""


def texts(
    export: Export,
    source: str,
    *,
    labels: Match | None = None,
    known: Known = "none",
    typed: bool = False,
) -> str:
    """Return the query of each field's text, trimmed and NULL if empty, and of the category.

    `labels` is a column of labels to keep as well, under this name. With `typed`, columns that
    have a type for times are not made texts. A subject is not trimmed: its letters count.
    """
    columns = []
    for field, name in _TEXTS.items():
        found = export.fields[field]
        text = one_text(export, found, trimmed=field != "subject")
        columns.append(f"{(typed and time_column(export, found)) or text} AS {name}")
    columns += [f"{_category(export, known=known)} AS category"]
    columns += [f"{labels_of(export, labels)} AS labels"] if labels else []
    joins = "".join(
        f" LEFT JOIN known_{column} ON known_{column}.label = {column}"
        for column in (_ways(export) if known != "none" else ())
    )
    return f"SELECT {', '.join(columns)} FROM {source}{joins}"


def known_labels(export: Export, source: str, *, sample: int) -> str:
    """Return statements that work out the categories of the labels in up to `sample` rows.

    Each column `c` of labels gets a table `known_c(label, category)`. The last statement gives
    the number of rows.
    """
    ways = _ways(export)
    statements = [
        f"CREATE OR REPLACE TEMP TABLE known_{column} AS SELECT {column} AS label, "
        f"least({', '.join(found)}, NULL) AS category FROM "
        f"(SELECT DISTINCT {column} FROM sampled WHERE {column} IS NOT NULL)"
        for column, found in ways.items()
    ]
    columns = ", ".join(ways) or "NULL"
    return (
        f"CREATE OR REPLACE TEMP TABLE sampled AS SELECT {columns} FROM {source} LIMIT {sample};"
        f"{';'.join(statements)}; SET VARIABLE sampled = (SELECT count(*) FROM sampled);"
        "DROP TABLE sampled; SELECT getvariable('sampled')"
    )


def is_uncategorized(export: Export) -> str:
    """Return SQL for whether there are labels in a row, and none of them is of a category."""
    labels = [
        is_filled(export, match)
        for field in ("tags", "topic", "custom")
        for match in export.fields[field]
    ]
    category = _category(export, known="none")
    return f"{category} = getvariable('uncategorized') AND ({' OR '.join(labels)})"


def unknown_values(export: Export) -> dict[str, str]:
    """Return SQL for whether a value means nothing, by field, over the query of `texts`."""
    mapping = export.mapping
    meanings = {
        "created": time_of("created_text", mapping),
        "updated": time_of("changed", mapping),
        "replied": time_of("replied_text", mapping),
        "language": "nullif(language_of(language_text, NULL), 'other')",
        "reopens": "coalesce(TRY_CAST(reopens_text AS DOUBLE), if(is_yes(reopens_text), 1, NULL))",
        "satisfaction": "is_rating(satisfaction_text)",
        **{field: f"seconds_of({_TEXTS[field]}, {unit})" for field, unit in _UNITS.items()},
    }
    return {
        field: f"{_TEXTS[field]} IS NOT NULL AND ({meaning}) IS NULL"
        for field, meaning in meanings.items()
        if export.fields[field]
    }


_TEXTS: Final = {
    "id": "id_text",
    "created": "created_text",
    "updated": "changed",
    "replied": "replied_text",
    "language": "language_text",
    "subject": "subject_text",
    "requester": "requester_text",
    "reopens": "reopens_text",
    "satisfaction": "satisfaction_text",
    **{field: f"{field}_text" for field in _UNITS},
}


def _time(export: Export, field: str) -> str:
    """Return SQL for the time that a field says, over the query of `texts` that are `typed`."""
    if time_column(export, export.fields[field]):
        return time_in(_TEXTS[field])
    return time_of(_TEXTS[field], export.mapping)


def _took() -> str:
    return ", ".join(f"seconds_of({_TEXTS[field]}, {unit})" for field, unit in _UNITS.items())


def _category(export: Export, *, known: Known) -> str:
    """Return SQL for the category of a row: the first that any of its columns of labels is in."""
    found = []
    for column, ways in _ways(export).items():
        category = f"least({', '.join(ways)}, NULL)"
        if known != "none":
            # A CASE, because its branches are worked out for those rows only that need them.
            missed = category if known == "some" else str(MISSED)
            category = (
                f"CASE WHEN {column} IS NULL THEN NULL WHEN known_{column}.label IS NULL "
                f"THEN {missed} ELSE known_{column}.category END"
            )
        found.append(category)
    if not found:
        return "NULL"
    return f"coalesce(least({', '.join(found)}, NULL), getvariable('uncategorized'))"


def _ways(export: Export) -> dict[str, list[str]]:
    """Return SQL for the categories that a row is in by its labels, by the column of these."""
    columns: dict[str, dict[str, list[Match]]] = {}
    for field, found in export.fields.items():
        for match in found:
            column = column_of(export, match)
            fields = columns.setdefault(column, {name: [] for name in export.fields})
            fields[field].append(match)
    ways = {column: _ways_of(export, fields) for column, fields in columns.items()}
    return {column: found for column, found in ways.items() if found}


def _ways_of(export: Export, fields: Mapping[str, Sequence[Match]]) -> list[str]:
    texts = {
        field: [
            labels_of(export, match) if field in LABELS else one_text(export, [match])
            for match in found
        ]
        for field, found in fields.items()
    }
    return ways_in(texts)


def ways_in(texts: Mapping[str, Sequence[str]]) -> list[str]:
    """Return SQL for the categories that a row is in, by SQL of what its fields hold."""
    tags, topics, custom = (texts[field] for field in LABELS)
    return [
        *(f"in_tags({labels})" for labels in (*tags, *custom)),
        *(f"in_topics(topic_terms({labels}))" for labels in (*topics, *custom)),
        # Not in fields of which only the value as a whole is known to be a label.
        *(f"in_tag_phrases({labels})" for labels in tags),
        *(f"in_topic_phrases({labels})" for labels in topics),
        *(f"in_status({text})" for text in texts["status"]),
        *(f"CASE WHEN is_yes({text}) THEN {EXCLUDED} END" for text in texts["excluded"]),
    ]
