"""Interface texts, one file per language with the same keys.

Source: docs/_data/strings/<language>.yml. Texts that count something hold one entry per plural
category of their language (CLDR, by way of Babel): `{one: …, other: …}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel import Locale
from pydantic import RootModel
from typing_extensions import TypeAliasType

from helpcenter import yamlfile
from helpcenter.problems import Problem
from helpcenter.project import Project

_PLURALS = {"zero", "one", "two", "few", "many", "other"}
_PARAMETER = re.compile(r"\{(\w+)\}")

# Python 3.12 has `type` statements for this; 3.11 needs the backport.
Tree = TypeAliasType("Tree", "dict[str, str | Tree]")


class _StringsFile(RootModel[Tree]):
    """A tree of texts."""


@dataclass(frozen=True)
class Strings:
    """The interface texts of one language, by dotted key."""

    language: str
    texts: Mapping[str, str]

    def text(self, key: str, **values: object) -> str:
        """Return the text of `key` with its `{parameters}` filled in.

        Raises KeyError for an unknown key or parameter: a defect of the code, not of a page.
        """
        return self.texts[key].format_map(values) if values else self.texts[key]

    def count(self, key: str, n: int, **values: object) -> str:
        """Return the text of `key` in the plural form that `n` needs; `{n}` is the number."""
        form = Locale.parse(self.language).plural_form(n)
        chosen = f"{key}.{form}" if f"{key}.{form}" in self.texts else f"{key}.other"
        return self.text(chosen, n=n, **values)

    def __contains__(self, key: str) -> bool:
        return key in self.texts


def load_strings(
    project: Project, languages: tuple[str, ...]
) -> tuple[dict[str, Strings], list[Problem]]:
    """Read every language's strings; a key or parameter that one lacks is a problem."""
    strings: dict[str, Strings] = {}
    problems: list[Problem] = []
    for language in languages:
        path = project.data / "strings" / f"{language}.yml"
        tree, found_here = yamlfile.load(path, _StringsFile, project=project)
        problems += found_here
        if tree is not None:
            strings[language] = Strings(language, dict(_flatten(tree.root)))
    if not problems:
        problems = list(_differences(project, strings))
    return strings, problems


def _flatten(tree: Tree, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, str):
            yield prefix + key, value
        else:
            yield from _flatten(value, f"{prefix}{key}.")


def _differences(project: Project, strings: Mapping[str, Strings]) -> Iterator[Problem]:
    wanted = {_base(key): key for each in strings.values() for key in each.texts}
    for language, each in strings.items():
        name = project.relative(project.data / "strings" / f"{language}.yml")
        present = {_base(key) for key in each.texts}
        for base in sorted(set(wanted) - present):
            message = f"the text {base!r} is missing"
            hint = "add it: every interface text exists in every language"
            yield Problem(name, 1, "string-missing", message, hint)
        for key, text in each.texts.items():
            for other in strings.values():
                twin = other.texts.get(key)
                if twin is not None and _parameters(twin) != _parameters(text):
                    message = (
                        f"{key!r} uses {_parameters(text)} here and {_parameters(twin)} "
                        f"in {other.language}.yml"
                    )
                    hint = "use the same {parameters} in every language"
                    yield Problem(name, 1, "string-parameters", message, hint)


def _base(key: str) -> str:
    head, _, last = key.rpartition(".")
    return head if last in _PLURALS else key


def _parameters(text: str) -> list[str]:
    return sorted(set(_PARAMETER.findall(text)))
