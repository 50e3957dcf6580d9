"""What a rule is, and how a table of rules is run.

Knows neither pages nor sites. A rule says what it found and where; its name stands only in the
table, so that a problem, its documentation and its test agree on one.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from helpcenter.problems import Problem

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Finding:
    """What a rule found.

    `line` counts from 1, or is a piece of the page's front matter whose line is meant. `path` is
    left out by rules that are given one file.
    """

    line: int | str
    message: str
    hint: str
    path: str = ""


Rules = Mapping[str, Callable[[Subject], Iterator[Finding]]]


def run(rules: Rules[Subject], subject: Subject) -> list[Problem]:
    """Return what every rule of the table finds in `subject`."""
    return [
        Problem(finding.path, int(finding.line), name, finding.message, finding.hint)
        for name, rule in rules.items()
        for finding in rule(subject)
    ]


def explain(rules: Rules[Subject], name: str) -> str:
    """Return why a rule exists, with a bad and a good example; KeyError for an unknown one."""
    return f"{name}: {inspect.getdoc(rules[name])}"
