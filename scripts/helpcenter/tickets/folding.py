"""Fold spellings together inside the engine, so that no tag has to leave it to be compared.

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


_OLD, _NEW = _compatibility()
_CLASS = "".join(f"\\x{{{ord(letter):x}}}" for letter in _OLD)
_TO = _NEW.replace("'", "''")

# SQL: fold(text) is the form in which tags, topics and statuses are compared. The lists take
# apart `["a", "b"]` and "a, b"; they fold before they split, once a text and not once a term.
FOLD: Final = f"""
CREATE MACRO plain(text) AS lower(CASE
  WHEN strlen(text) = length(text) THEN text
  WHEN regexp_matches(text, '[{_CLASS}]') THEN nfc_normalize(translate(text, '{_OLD}', '{_TO}'))
  ELSE nfc_normalize(text) END);
CREATE MACRO fold(text) AS translate(plain(text), ' _-\t\r\n', '');
CREATE MACRO fold_list(text) AS
  string_split(translate(plain(text), ';|、\n[]{{}}"'' _-\t\r', ',,,,'), ',');
CREATE MACRO fold_words(text) AS string_split(translate(plain(text), ' \t\r_-', ',,,'), ',');
"""
