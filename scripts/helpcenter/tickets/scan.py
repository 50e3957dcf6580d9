"""Write the SQL that reads an export: which columns, what they mean, which rows are readable.

Pure text: nothing is run here. The columns of a query are the mapped ones and no others, so
what a customer wrote is skipped by the engine's reader and never becomes a value.
"""

from __future__ import annotations

import re
from typing import Final

from helpcenter.tickets.export import Export, Table
from helpcenter.tickets.folding import FOLD
from helpcenter.tickets.source import SourceFile

# A row longer than this is no ticket.
_MAX_ROW = 16 << 20
_BUFFER = 32 << 20
_LONGEST_ID = 64
_PATH = re.compile(r"(?P<column>\w+)(?:\[\]\.(?P<item>\w+))?")

MACROS: Final = f"""
{FOLD}
-- Times without a zone are UTC. Zone names are refused: CST is America's and China's.
CREATE MACRO iso_time(text) AS CASE WHEN regexp_full_match(
  text, '\\d{{4}}[-/]\\d\\d?[-/]\\d\\d?([T ]+[\\d:.]+)?( ?(Z|UTC|GMT|[+-]\\d\\d(:?\\d\\d)?))?')
  THEN TRY_CAST(text AS TIMESTAMPTZ) END;
CREATE MACRO epoch_time(text) AS CASE
  WHEN regexp_full_match(text, '\\d{{9,10}}') THEN to_timestamp(CAST(text AS BIGINT))
  WHEN regexp_full_match(text, '\\d{{12,13}}') THEN to_timestamp(CAST(text AS BIGINT) / 1000) END;
-- A phrase without punctuation is a tag as a whole and word by word: exports differ in that.
CREATE MACRO tag_terms(text) AS CASE
  WHEN regexp_matches(text, '[\\[,;|、，；\\n]') THEN fold_list(text)
  ELSE list_append(fold_words(text), fold(text)) END;
CREATE MACRO topic_terms(text) AS CASE
  WHEN starts_with(text, '[') THEN fold_list(text) ELSE [fold(text)] END;
CREATE MACRO in_tags(text) AS
  list_min(list_transform(tag_terms(text), lambda term: getvariable('tags')[term]));
CREATE MACRO in_topics(terms) AS
  list_min(list_transform(terms, lambda term: getvariable('topic')[term]));
CREATE MACRO in_status(text) AS getvariable('status')[fold(text)];
"""


def relation(export: Export, escape: str) -> str:
    """Return the table function that reads the export's mapped columns as text."""
    path = _quoted(str(export.path))
    if export.table is None:
        columns = ", ".join(f"{name}: '{type_}'" for name, type_ in _json_columns(export.mapping))
        return (
            f"read_json({path}, format = 'newline_delimited', records = true, "
            f"ignore_errors = true, maximum_object_size = {_MAX_ROW}, columns = {{{columns}}})"
        )
    columns = ", ".join(f"c{position}: 'VARCHAR'" for position in range(export.table.width))
    return (
        f"read_csv({path}, auto_detect = false, header = true, skip = {export.table.skip}, "
        f"delim = {_quoted(export.table.delimiter)}, quote = '\"', escape = {_quoted(escape)}, "
        f"strict_mode = true, max_line_size = {_MAX_ROW}, buffer_size = {_BUFFER}, "
        "store_rejects = true, rejects_table = 'rejected_row', rejects_scan = 'rejected_scan', "
        f"columns = {{{columns}}})"
    )


def rows(mapping: SourceFile, table: Table | None, source: str) -> str:
    """Return the query of (readable, id, updated, age, category) over the relation `source`.

    `updated` is the creation time where no other is given; `age` is in whole UTC days.
    """
    texts = _json_texts(mapping) if table is None else _csv_texts(table)
    one = {field: texts[field][0] if texts[field] else "NULL" for field in texts}
    tags = ", ".join(f"in_tags({text})" for text in texts["tags"])
    topics = ", ".join(_in_topics(text) for text in texts["topic"])
    found = ", ".join(part for part in (tags, topics, f"in_status({one['status']})") if part)
    return f"""
      SELECT id, updated, age, category,
        id IS NOT NULL AND length(id) <= {_LONGEST_ID} AND created IS NOT NULL
          AND updated IS NOT NULL AND age >= -1 AS readable
      FROM (
        SELECT id, category, created,
          CASE WHEN changed IS NULL THEN created ELSE {_time("changed", mapping)} END AS updated,
          getvariable('as_of') - CAST(created AS DATE) AS age
        FROM (
          SELECT nullif(trim({one["id"]}), '') AS id,
            nullif(trim({one["updated"]}), '') AS changed,
            {_time(f"trim({one['created']})", mapping)} AS created,
            coalesce(least({found}), getvariable('uncategorized')) AS category
          FROM {source}))"""


def _time(text: str, mapping: SourceFile) -> str:
    ways = [f"iso_time({text})"]
    if mapping.epoch:
        ways.append(f"epoch_time({text})")
    if mapping.times:
        patterns = ", ".join(_quoted(pattern) for pattern in mapping.times)
        ways.append(f"CAST(try_strptime({text}, [{patterns}]) AS TIMESTAMPTZ)")
    return f"coalesce({', '.join(ways)})"


def _csv_texts(table: Table) -> dict[str, list[str]]:
    return {field: [f"c{at}" for at in positions] for field, positions in table.fields.items()}


def _json_texts(mapping: SourceFile) -> dict[str, list[str]]:
    return {field: list(paths) for field, paths in mapping.columns}


def _json_columns(mapping: SourceFile) -> list[tuple[str, str]]:
    """Return each JSON field that is read, and its type: text, or a list with one text of each."""
    types: dict[str, str] = {}
    for _, paths in mapping.columns:
        for path in paths:
            match = _PATH.fullmatch(path)
            assert match is not None, path
            item = match["item"]
            types[match["column"]] = f"STRUCT({item} VARCHAR)[]" if item else "VARCHAR"
    return list(types.items())


def _in_topics(text: str) -> str:
    column, is_list, item = text.partition("[].")
    if not is_list:
        return f"in_topics(topic_terms({text}))"
    return f"in_topics(flatten(list_transform({column}, lambda each: topic_terms(each.{item}))))"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
