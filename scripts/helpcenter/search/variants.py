"""Questions as people mistype them, made from questions: to measure what the search forgives.

The same seed gives the same variants.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping

from opencc import OpenCC

from helpcenter.search.normalise import HAN
from helpcenter.search.sounds import common_characters, pinyin

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG_ENOUGH = 4
_RUN = re.compile(f"[{HAN}]+")

Variant = Callable[[str, random.Random], str]


def typing_error(text: str, chance: random.Random) -> str:
    """Swap, drop, double or replace one letter of one longer word."""
    words = text.split(" ")
    places = [
        place
        for place, word in enumerate(words)
        if len(word) >= _LONG_ENOUGH and word.isascii() and word.isalpha()
    ]
    if not places:
        return text
    place = chance.choice(places)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    words[place] = chance.choice(
        [
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice(_LETTERS) + word[at + 1 :],
        ]
    )
    return " ".join(words)


def two_typing_errors(text: str, chance: random.Random) -> str:
    """Make two typing errors."""
    return typing_error(typing_error(text, chance), chance)


def traditional(text: str, chance: random.Random) -> str:
    """Write a Chinese text in traditional script, as in Taiwan."""
    written: str = _TO_TRADITIONAL.convert(text)
    return written


def in_pinyin(text: str, chance: random.Random) -> str:
    """Write the Chinese of a text in pinyin, with or without spaces between syllables."""
    space = chance.choice(["", " "])
    return _RUN.sub(lambda run: f" {space.join(map(pinyin, run.group()))} ", text).strip()


def homophone(text: str, chance: random.Random) -> str:
    """Replace one character by another common one that sounds the same."""
    alike = _alike()
    places = [place for place, each in enumerate(text) if len(alike.get(pinyin(each), ())) > 1]
    if not places:
        return text
    place = chance.choice(places)
    others = [each for each in alike[pinyin(text[place])] if each != text[place]]
    return text[:place] + chance.choice(others) + text[place + 1 :]


VARIANTS: Mapping[str, Mapping[str, Variant]] = {
    "en": {"one typo": typing_error, "two typos": two_typing_errors},
    "zh": {"traditional": traditional, "pinyin": in_pinyin, "homophone": homophone},
}

_TO_TRADITIONAL = OpenCC("s2twp")
_BY_SOUND: dict[str, list[str]] = defaultdict(list)


def _alike() -> Mapping[str, list[str]]:
    if not _BY_SOUND:
        for character in sorted(common_characters()):
            _BY_SOUND[pinyin(character)].append(character)
    return _BY_SOUND
