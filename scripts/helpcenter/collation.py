"""The order of titles in a list from A to Z, and the letter each stands under.

Chinese stands where its reading in pinyin would. Knows text and nothing of pages.
"""

from __future__ import annotations

from pypinyin import lazy_pinyin

# The letter of titles that begin with a digit or with a script that has no reading here.
OTHER = "#"


def reading(text: str) -> str:
    """Return what a title is sorted by: small letters and digits, Chinese in pinyin."""
    spoken = " ".join(lazy_pinyin(text)).casefold()
    start = next((place for place, sign in enumerate(spoken) if sign.isalnum()), 0)
    return spoken[start:]


def letter(text: str) -> str:
    """Return the letter from A to Z that a title stands under, or OTHER."""
    first = reading(text)[:1].upper()
    return first if first.isascii() and first.isalpha() else OTHER
