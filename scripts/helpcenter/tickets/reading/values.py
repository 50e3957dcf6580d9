"""Write the SQL that turns a cell's text into what a field means: times, grades, languages.

Pure text: nothing is run here. What a mapping's words do not say is NULL, never an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpcenter.tickets.exports.source import SourceFile

VALUES: Final = r"""
-- Times without a zone are UTC. Zone names are refused: CST is America's and China's.
CREATE MACRO iso_time(text) AS CASE
  WHEN text LIKE '____-__-__T__:__:__Z' OR text LIKE '____-__-__ __:__:__'
    OR text LIKE '____-__-__ __:__:__+00'
  -- By way of a number, because a cast to a time with a zone looks the zone up.
  THEN make_timestamptz(epoch_us(TRY_CAST(text AS TIMESTAMP)))
  WHEN regexp_full_match(text, '\d{4}[-/]\d\d?[-/]\d\d?'
    || '([T ]+[\d:.]+)?( ?(Z|UTC|GMT|[+-]\d\d(:?\d\d)?))?')
  THEN TRY_CAST(text AS TIMESTAMPTZ) END;
CREATE MACRO epoch_time(text) AS CASE
  WHEN regexp_full_match(text, '\d{9,10}(\.\d+)?') THEN to_timestamp(CAST(text AS DOUBLE))
  WHEN regexp_full_match(text, '\d{12,13}') THEN to_timestamp(CAST(text AS BIGINT) / 1000)
  WHEN regexp_full_match(text, '\d{15,16}') THEN make_timestamptz(CAST(text AS BIGINT)) END;
-- DuckDB 2.0 trims letter by letter, so what begins and ends with none of the spaces is not.
CREATE MACRO trimmed(text) AS CASE
  WHEN strlen(text) = length(text) AND NOT starts_with(text, ' ') AND NOT ends_with(text, ' ')
  THEN nullif(text, '') ELSE nullif(trim(text), '') END;
-- Spreadsheets and data frames write whole numbers with a fraction of none.
CREATE MACRO ticket_id(text) AS nullif(CASE
  WHEN ends_with(text, '.0') THEN text[:-3] ELSE text END, '');
-- The script of a subject tells its language; kana and hangul are of neither of the two.
CREATE MACRO script_of(text) AS CASE
  WHEN strlen(text) = length(text) THEN CASE WHEN regexp_matches(text, '[A-Za-z]') THEN 'en' END
  WHEN regexp_matches(text, '[\p{Hiragana}\p{Katakana}\p{Hangul}]') THEN NULL
  WHEN regexp_matches(text, '\p{Han}') THEN 'zh'
  WHEN regexp_matches(text, '\p{Latin}') THEN 'en' END;
-- The field decides on the language where there is one: a word, or the first part of a tag.
CREATE MACRO language_of(text, subject) AS coalesce(
  CASE WHEN text IS NULL THEN getvariable('language_words')[script_of(subject)]
    ELSE coalesce(getvariable('language_words')[fold(text)],
      getvariable('language_words')[split_part(translate(lower(text), '_', '-'), '-', 1)]) END,
  'other');
-- A key for each system, worked out once; not md5_number_lower, which takes five times as long.
CREATE MACRO hashed(source, text) AS CAST(
  md5_number(md5(getvariable('key') || source) || lower(text)) >> 64 AS UBIGINT);
-- Of grades up to 5 and shares up to 100 the middle is no opinion. A naked 0 may be no grade.
CREATE MACRO fifths(text) AS CASE
  WHEN regexp_full_match(text, '[1-5](\.\d+)?( ?/ ?5)?')
  THEN CAST(trim(split_part(text, '/', 1)) AS DOUBLE) END;
CREATE MACRO percent(text) AS CASE
  WHEN regexp_full_match(text, '\d{1,3}(\.\d+)? ?%?') THEN CAST(rtrim(text, ' %') AS DOUBLE) END;
CREATE MACRO is_good(text) AS CASE
  WHEN fifths(text) >= 4 THEN true WHEN fifths(text) <= 2 THEN false
  WHEN fifths(text) IS NOT NULL THEN NULL
  WHEN text IN ('0', '0.0') THEN NULL
  WHEN percent(text) BETWEEN 60 AND 100 THEN true WHEN percent(text) <= 40 THEN false END;
-- Words are mostly written as they are folded, and to fold takes six times as long as to look up.
CREATE MACRO satisfied_by(text) AS CASE
  coalesce(getvariable('satisfaction_words')[text], getvariable('satisfaction_words')[fold(text)])
  WHEN 'good' THEN true WHEN 'bad' THEN false WHEN 'none' THEN NULL ELSE is_good(text) END;
CREATE MACRO is_rating(text) AS CASE WHEN fifths(text) IS NOT NULL OR percent(text) <= 100
  OR getvariable('satisfaction_words')[fold(text)] IS NOT NULL THEN true END;
-- How long something took: a number of units, or hours, minutes and seconds.
CREATE MACRO seconds_of(text, unit) AS coalesce(
  TRY_CAST(text AS DOUBLE) * unit,
  CASE WHEN regexp_full_match(text, '\d+:\d\d:\d\d') THEN
    CAST(split_part(text, ':', 1) AS BIGINT) * 3600 + CAST(split_part(text, ':', 2) AS BIGINT) * 60
    + CAST(split_part(text, ':', 3) AS BIGINT) END);
CREATE MACRO is_yes(text) AS lower(text) IN ('true', '1', 'yes', 'y', 't', '是', 'x');
CREATE MACRO reopens_of(text) AS
  coalesce(TRY_CAST(text AS INTEGER), CAST(is_yes(text) AS INTEGER));
"""


def time_of(text: str, mapping: SourceFile) -> str:
    """Return SQL for the UTC time that `text` says, in ISO 8601 or a form of the mapping."""
    ways = [f"iso_time({text})"]
    if mapping.epoch:
        ways.append(f"epoch_time({text})")
    if mapping.times:
        ways.append(f"CAST(try_strptime({text}, {list_of(mapping.times)}) AS TIMESTAMPTZ)")
    return f"coalesce({', '.join(ways)})"


def time_in(column: str) -> str:
    """Return SQL for the UTC time in a column that is typed as one; 9999 is the last year."""
    return (
        f"CASE WHEN {column} BETWEEN '0001-01-01' AND '9999-12-31' "
        f"THEN make_timestamptz(epoch_us({column})) END"
    )


def words_of(mapping: SourceFile, languages: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return what words mean, as (field, word, meaning); only `languages` are meant."""
    rating = mapping.satisfaction
    words = [
        *(("satisfaction", word, "good") for word in rating.good),
        *(("satisfaction", word, "bad") for word in rating.bad),
        *(("satisfaction", word, "none") for word in rating.none),
    ]
    words += [
        ("language", word, code if code in languages else "other")
        for code, names in mapping.languages.items()
        for word in names
    ]
    return words + [("language", code, code) for code in languages]


def list_of(texts: Sequence[str]) -> str:
    """Return a SQL list of literals."""
    return f"[{', '.join(map(quoted, texts))}]"


def quoted(text: str) -> str:
    """Return a SQL literal."""
    return "'" + text.replace("'", "''") + "'"
