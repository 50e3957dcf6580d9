"""Fold spellings together inside the engine, so that no label has to leave it to be compared.

"Fee_Question", "fee-question" and full-width "ＦＥＥ" forms are one tag. The engine knows NFC
but not NFKC (Unicode Standard Annex 15), so the compatibility characters that stand for one other
character are replaced by table; those that stand for several, such as ligatures, are not.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_BASIC_PLANE = range(0x80, 0x10000)
_SURROGATES = range(0xD800, 0xE000)


def _compatibility() -> tuple[str, str]:
    pairs = [
        (chr(code), folded)
        for code in _BASIC_PLANE
        if code not in _SURROGATES
        and len(folded := unicodedata.normalize("NFKC", chr(code))) == 1
        and folded != chr(code)
    ]
    return "".join(old for old, _ in pairs), "".join(new for _, new in pairs)


def _ranges(letters: str) -> str:
    """Return the inside of a character class of `letters`, which are in order."""
    ranges: list[list[int]] = []
    for code in map(ord, letters):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in ranges)


_OLD, _NEW = _compatibility()
# As ranges, because DuckDB 2.0 compiles a pattern several times for every statement.
_CLASS = _ranges(_OLD)
_TO = _NEW.replace("'", "''")

# Scripts that put no space between words.
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}"
_RUNS = rf"(?:[^\P{{L}}{_UNSPACED}]|\p{{N}}|\p{{M}})+|[{_UNSPACED}]+"

# SQL: fold(text) is the form in which tags, topics and statuses are compared. The lists take
# apart `["a", "b"]` and "a, b"; they fold before they split, once a text and not once a term.
# labels(text) are its parts as they were written. spaced(text) is the form in which phrases are
# looked for: each word of a script with spaces, and each run of one without, between two spaces,
# so that "USDT提现" holds the word "usdt", "coffee" does not hold "fee", and nothing is held
# across a separator. known_word(text) is a word to look for in it: Han may go on on either side.
# The table is in variables, because a macro's own texts are parsed again wherever it is used.
FOLD: Final = f"""
SET VARIABLE compatible = '{_OLD}';
SET VARIABLE compatible_to = '{_TO}';
SET VARIABLE is_compatible = '[{_CLASS}]';
CREATE MACRO plain(text) AS lower(CASE
  WHEN strlen(text) = length(text) THEN text
  WHEN regexp_matches(text, getvariable('is_compatible')) THEN nfc_normalize(
    translate(text, getvariable('compatible'), getvariable('compatible_to')))
  ELSE nfc_normalize(text) END);
CREATE MACRO fold(text) AS translate(plain(text), ' _-\t\r\n', '');
CREATE MACRO fold_list(text) AS
  string_split(translate(plain(text), ';|、\n[]{{}}"'' _-\t\r', ',,,,'), ',');
CREATE MACRO labels(text) AS
  string_split(translate(plain(text), ';|、\n[]{{}}"''', ',,,,'), ',');
CREATE MACRO spaced(text) AS array_to_string(
  list_transform(regexp_extract_all(text, '{_RUNS}|\n'),
    lambda run: CASE run WHEN chr(10) THEN run ELSE ' ' || run || ' ' END), '');
CREATE MACRO known_word(text) AS regexp_replace(
  regexp_replace(spaced(plain(text)), '^ ([{_UNSPACED}])', '\\1'), '([{_UNSPACED}]) $', '\\1');
CREATE MACRO fold_words(text) AS string_split(translate(plain(text), ' \t\r_-', ',,,'), ',');
"""
