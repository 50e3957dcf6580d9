"""Reduce what an answer holds to what may be kept: codes, labels, a language. Pure functions.

Works on raw JSON: a requester's id becomes a keyed hash and a subject a language code without
a longer life in between.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

import msgspec

_MARKUP = re.compile(r"<[^>]*>")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA_OR_HANGUL = re.compile("[\u1100-\u11ff\u3040-\u30ff\uac00-\ud7af]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")

# A longer value was not chosen from a list.
_LONGEST_LABEL: Final = 100
_NOTHING: Final = (b"", b"null")
_HASH_BYTES: Final = 8


def hasher(key: bytes) -> Callable[[bytes], str | None]:
    """Return a keyed hash (BLAKE2b, RFC 7693); without `key`, no id can be found from it."""

    def hashed(raw: bytes) -> str | None:
        if raw in _NOTHING:
            return None
        return hashlib.blake2b(raw, key=key, digest_size=_HASH_BYTES).hexdigest()

    return hashed


def language(*texts: msgspec.Raw) -> str | None:
    """Return "zh" or "en" for the first of some raw JSON texts that tells by its script."""
    for raw in texts:
        text = _MARKUP.sub(" ", _plain(raw))
        if _KANA_OR_HANGUL.search(text):
            return None
        if _HAN.search(text):
            return "zh"
        letters = sum(letter.isalpha() for letter in text)
        # Some words, as the names of coins, are Latin in every script.
        if letters and len(_LATIN.findall(text)) * 2 > letters:
            return "en"
        if letters:
            return None
    return None


def labels(values: Mapping[str, msgspec.Raw], wanted: tuple[str, ...]) -> dict[str, object]:
    """Return the wanted fields whose values are labels: words, numbers, or lists of them."""
    found = {name: _label(values[name]) for name in wanted if name in values}
    return {name: value for name, value in found.items() if value is not None}


def present(**values: object) -> dict[str, object]:
    """Return the given values without those that are None or empty."""
    return {name: value for name, value in values.items() if value not in (None, [], {})}


def _label(raw: msgspec.Raw) -> object:
    value: bool | int | float | str | list[str] | None = None
    try:
        value = msgspec.json.decode(raw, type=bool | int | float | str | list[str] | None)
    except (msgspec.MsgspecError, UnicodeError):
        return None
    if isinstance(value, list):
        return [each for each in value if _is_label(each)] or None
    return value if not isinstance(value, str) or _is_label(value) else None


def _is_label(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_LABEL and "\n" not in text


def _plain(raw: msgspec.Raw) -> str:
    with suppress(msgspec.MsgspecError, UnicodeError):
        return msgspec.json.decode(raw, type=str)
    return ""
