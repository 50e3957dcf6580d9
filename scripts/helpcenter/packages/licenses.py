"""Whether each locked package has a license that this project may use, by SPDX expressions.

Judges what it is told of a package; where that is read from is for the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from boolean import Expression as Parsed
from license_expression import ExpressionError

from helpcenter.packages.locks import Locked
from helpcenter.packages.policy import FILE, SPDX, Policy
from helpcenter.problems import Problem, found


@dataclass(frozen=True)
class Declared:
    """What a package says of its own license: an SPDX expression, free text, classifiers."""

    expression: str | None = None
    text: str | None = None
    classifiers: tuple[str, ...] = ()


def license_of(package: Locked, declared: Declared | None, policy: Policy) -> str | None:
    """Return a package's license as an SPDX expression; None where nobody can say.

    What a person has written down comes first, then the package's own expression, the words of
    its `License` field, and its only license classifier.
    """
    known = policy.exceptions.get(package.name)
    written = known.license if known else policy.licenses.get(package.name)
    told = declared or Declared()
    for text in (written, package.license, told.expression, told.text):
        if text and (expression := policy.means.get(text) or _spdx(text)):
            return expression
    meant = {policy.means.get(each) for each in told.classifiers}
    return meant.pop() if len(meant) == 1 else None


def check(
    locked: Iterable[Locked], declared: Mapping[str, Declared], policy: Policy, *, every: bool
) -> list[Problem]:
    """Return the packages whose license is not known or not allowed.

    With `every` package of the project at hand, entries of the policy that no package needs too.
    """
    problems = []
    locked = list(locked)
    for package in locked:
        told = declared.get(package.name)
        expression = license_of(package, told, policy)
        if expression is None:
            message = f"the license of {package.name} {package.version} is not known"
            if told:
                message += f" {found(told.text or told.classifiers, 'an SPDX expression')}"
            hint = f"read the license in the package and write it under `licenses` in {FILE}"
            problems.append(Problem(package.path, package.line, "license-unknown", message, hint))
        elif package.name not in policy.exceptions and not allowed(expression, policy):
            wanted = "one of the licenses allowed"
            message = f"{package.name} may not be used here {found(expression, wanted)}"
            hint = f"do without it, or say under `exceptions` in {FILE} why it may"
            problems.append(
                Problem(package.path, package.line, "license-not-allowed", message, hint)
            )
    names = {package.name for package in locked}
    for name in {*policy.licenses, *policy.exceptions} - names if every else ():
        message, hint = f"{name} is not locked anywhere", "remove its entry"
        problems.append(Problem(FILE, 1, "license-entry", message, hint))
    return problems


def allowed(expression: str, policy: Policy) -> bool:
    """Return whether a choice that an expression leaves is covered by the licenses allowed."""
    return _covered(SPDX.parse(expression), frozenset(policy.allowed))


def _covered(part: Parsed, names: frozenset[str]) -> bool:
    if isinstance(part, SPDX.OR):
        return any(_covered(each, names) for each in part.args)
    if isinstance(part, SPDX.AND):
        return all(_covered(each, names) for each in part.args)
    return str(part) in names


def _spdx(text: str) -> str | None:
    try:
        return str(SPDX.parse(text, validate=True, strict=True))
    except ExpressionError:
        return None
