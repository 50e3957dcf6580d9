"""Compare the names that a file has with the names that a mapping knows.

A name is a path: the heading of a column alone, or the keys that lead to a JSON value, with
"[]" for each object of a list. Knows no values.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Path = tuple[str, ...]

EACH = "[]"
ANY = "*"
_STEP = re.compile(r"[^.\[\]]+|\[\]")


@dataclass(frozen=True)
class Match:
    """A name of a file that a mapping knows: the number of the name, and the path to read.

    The path is the name's own, unless the mapping asks for every value of an object.
    """

    at: int
    path: Path


def fold_name(name: str) -> str:
    """Return a column's name as it is compared: "Ticket ID", "ticket_id" and "TICKET-ID" agree."""
    text = unicodedata.normalize("NFKC", name).casefold()
    # A heading may be a sign alone: "#" is what many call the ticket's number.
    return "".join(letter for letter in text if letter.isalnum()) or text.strip()


def fold_path(path: Iterable[str]) -> str:
    """Return a path as it is compared; a key "a.b" and a key "b" inside of "a" agree."""
    return "".join(step if step in (EACH, ANY) else fold_name(step) for step in path)


def split(alias: str) -> Path:
    """Return the steps of a path as a mapping writes it."""
    return tuple(_STEP.findall(alias))


def matches(alias: str, names: Sequence[Path], folded: Sequence[str]) -> list[Match]:
    """Return the `names` that `alias` means, in their order; `folded` are the same, folded."""
    steps = split(alias)
    if ANY in steps:
        return _on_path(steps, names)
    if ANY in alias:
        pattern = re.compile(re.escape(_plain(alias)).replace(r"\*", ".*"))
        return [
            Match(at, name)
            for at, name in enumerate(names)
            if len(name) == 1 and pattern.fullmatch(_plain(name[0]))
        ]
    wanted = fold_path(steps)
    return [Match(at, names[at]) for at, name in enumerate(folded) if name == wanted]


def _on_path(steps: Path, names: Sequence[Path]) -> list[Match]:
    """Return the names on a path of which "*" is any one key; at its end, all of them at once."""
    found = [
        Match(at, (*name[:-1], ANY) if steps[-1] == ANY else name)
        for at, name in enumerate(names)
        if len(name) == len(steps)
        and all(
            (step == ANY and key != EACH) or fold_path([step]) == fold_path([key])
            for step, key in zip(steps, name, strict=True)
        )
    ]
    return list({match.path: match for match in reversed(found)}.values())


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()
