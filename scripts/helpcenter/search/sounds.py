"""How Chinese is read aloud and which script it is written in: the tables the browser needs.

From pypinyin and OpenCC, cut down to the characters that can matter for one index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pypinyin import Style, lazy_pinyin

from helpcenter.search.normalise import is_han, simplified

_BLOCK = range(0x4E00, 0xA000)


def common_characters() -> set[str]:
    """Return the 3,755 characters of the first level of GB 2312: what people type by mistake."""
    rows, cells = range(0xB0, 0xD8), range(0xA1, 0xFF)
    pairs = (bytes([row, cell]) for row in rows for cell in cells)
    return {text for pair in pairs if (text := pair.decode("gb2312", "ignore"))}


def traditional(characters: Iterable[str]) -> str:
    """Return pairs, without anything between, of a traditional and its simplified character.

    Only pairs whose simplified character is among `characters`.
    """
    wanted = set(characters)
    return "".join(
        chr(code) + form
        for code in _BLOCK
        if (form := simplified(chr(code))) != chr(code) and form in wanted
    )


def syllables(characters: Iterable[str]) -> str:
    """Return the characters behind their syllable in pinyin without tones: `an安按 ba八把`."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    for character in sorted(set(characters)):
        if is_han(character):
            sound = pinyin(character)
            if sound.isascii() and sound.isalpha():
                by_sound[sound].append(character)
    return " ".join(sound + "".join(found) for sound, found in sorted(by_sound.items()))


def pinyin(text: str) -> str:
    """Return the pinyin of a text, syllables joined, no tones, ü as v."""
    return "".join(lazy_pinyin(text, style=Style.NORMAL, v_to_u=False))
