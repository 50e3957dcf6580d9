"""English words without their endings, the same here and in the browser (stem.js).

Not a general stemmer: it is made so that the forms of the field's verbs meet (withdrawal and
withdrew, verify and verification, confirmation and confirmed), and errs toward joining.
"""

from __future__ import annotations

import re
from functools import cache

IRREGULAR = {
    "bought": "buy",
    "chosen": "choose",
    "chose": "choose",
    "forgot": "forget",
    "forgotten": "forget",
    "froze": "freeze",
    "frozen": "freeze",
    "hidden": "hide",
    "lost": "lose",
    "losing": "lose",
    "made": "make",
    "paid": "pay",
    "sent": "send",
    "shown": "show",
    "sold": "sell",
    "stole": "steal",
    "stolen": "steal",
    "taken": "take",
    "took": "take",
    "withdrawn": "withdraw",
    "withdrew": "withdraw",
    "written": "write",
    "wrote": "write",
}

# A consonant written twice is written once: transferred, scammer.
_DOUBLED = (r"(?<=([b-df-hj-np-tv-z]))\1$", "", 2)

# In this order, each once: ending, what takes its place, letters that must remain.
_ENDINGS = [
    (re.compile(pattern), replacement, least)
    for pattern, replacement, least in [
        (r"ies$", "y", 2),
        (r"(?:(?<=[sxz])|(?<=[cs]h))es$|(?<=[^su])s$", "", 3),
        (r"ly$", "", 4),
        (r"icat(?:ion|or|ed|e|ing)$", "", 4),
        (r"(?:ed|ing)$", "", 3),
        _DOUBLED,
        (r"(?:ity|(?<=[^aeiou])[iy])$", "", 4),
        (r"(?:ature|ation|ition|ure|al)$", "", 4),
        (r"ment$", "", 3),
        (r"ion$", "", 4),
        (r"(?:ance|ence|able|ible|ent|er|(?<=at)or)$", "", 4),
        (r"e$", "", 3),
        (r"at$", "", 5),
        _DOUBLED,
    ]
]


@cache
def stem(word: str) -> str:
    """Return the part of a normal word that its forms share; words with digits stay."""
    if word in IRREGULAR:
        word = IRREGULAR[word]
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    for ending, replacement, least in _ENDINGS:
        match = ending.search(word)
        if match and match.start() >= least:
            word = word[: match.start()] + replacement
    return word
