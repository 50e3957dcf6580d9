"""What every check returns: problems with a place, a rule and a way out.

Knows nothing of what is checked, and never prints or exits: doors do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, in the words of the person who can mend it.

    `path` is relative to the project, with forward slashes; `line` counts from 1.
    """

    path: str
    line: int
    rule: str
    message: str
    hint: str

    def __str__(self) -> str:
        """Return the two lines a terminal or a continuous-integration log shows."""
        return f"{self.path}:{self.line}: {self.rule}: {self.message}\n  hint: {self.hint}"


def found(value: object, expected: str) -> str:
    """Return the "(found X, expected Y)" part of a message, with X cut to a readable length."""
    text = repr(value) if isinstance(value, str) else str(value)
    if len(text) > 60:
        text = text[:57] + "…" + text[-1]
    return f"(found {text}, expected {expected})"


def report(problems: Iterable[Problem]) -> str:
    """Return all problems, sorted by place and without repeats, one blank-free block."""
    return "\n".join(str(problem) for problem in sorted(set(problems)))
