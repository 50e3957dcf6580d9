"""Numbers and dates that readers rely on, written once and shown in the reader's language.

Source: docs/_data/facts.yml. A page refers to a fact as `{{ group.name }}`: a look-up in a
fixed list, never an expression.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Annotated, Literal

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from pydantic import AfterValidator, BeforeValidator, Field, RootModel, ValidationInfo

from helpcenter import yamlfile
from helpcenter.problems import Problem, found
from helpcenter.product import DataModel, Localized
from helpcenter.project import Project
from helpcenter.strings import Strings

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_DIGITS_BY_HAN = re.compile(r"(?<=\d)(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=\d)")

Unit = Literal[
    "second",
    "minute",
    "hour",
    "day",
    "business_day",
    "week",
    "month",
    "confirmation",
    "word",
    "attempt",
]


def _only_quoted(value: object) -> object:
    if not isinstance(value, str | Decimal):
        raise ValueError("a decimal number must be in quotes")
    return value


# A decimal number that was quoted in its file: YAML would turn a bare one into a float.
Quoted = Annotated[Decimal, BeforeValidator(_only_quoted)]


class _Sourced(DataModel):
    source: str
    reviewed: datetime.date


class Duration(_Sourced):
    """A length of time in whole units."""

    kind: Literal["duration"]
    value: Annotated[int, Field(gt=0, strict=True)]
    unit: Unit


class Count(_Sourced):
    """A number of things."""

    kind: Literal["count"]
    value: Annotated[int, Field(ge=0, strict=True)]
    unit: Unit


class Percent(_Sourced):
    """A share in percent: "0.5" is half of one percent."""

    kind: Literal["percent"]
    value: Quoted


class Date(_Sourced):
    """A calendar day."""

    kind: Literal["date"]
    value: datetime.date


class Text(_Sourced):
    """A short phrase that only words can say, such as opening hours."""

    kind: Literal["text"]
    value: Localized


Fact = Annotated[Duration | Count | Percent | Date | Text, Field(discriminator="kind")]


class _FactsFile(RootModel[dict[str, dict[str, Fact]]]):
    """Facts by group and name."""


Facts = Mapping[str, Fact]


def _only_known(name: str, info: ValidationInfo) -> str:
    facts = (info.context or {}).get("facts")
    if facts is not None and name not in facts:
        raise ValueError(f"no such fact {found(name, 'a name of facts.yml')}")
    return name


def _only_known_facts(text: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    for name in PLACEHOLDER.findall(" ".join(text.values())):
        _only_known(name, info)
    return text


# A localized text that may hold `{{ facts }}`, in a data file that is read after facts.yml.
LocalizedWithFacts = Annotated[Localized, AfterValidator(_only_known_facts)]
# The name of a fact, in a data file that is read after facts.yml and given its `facts`.
FactName = Annotated[str, AfterValidator(_only_known)]


def load_facts(project: Project, languages: tuple[str, ...]) -> tuple[Facts, list[Problem]]:
    """Read facts.yml as a flat mapping from `group.name` to the fact."""
    file, problems = yamlfile.load(
        project.data / "facts.yml",
        _FactsFile,
        project=project,
        context={"languages": languages},
    )
    if file is None:
        return {}, problems
    return {
        f"{group}.{name}": fact for group, of in file.root.items() for name, fact in of.items()
    }, []


def format_fact(fact: Fact, strings: Strings) -> str:
    """Return the fact as prose in the language of `strings`: "24 hours", "24 小时"."""
    match fact:
        case Duration() | Count():
            return strings.count(f"unit.{fact.unit}", fact.value)
        case Percent():
            return format_percent(fact.value / 100, format="#,##0.####%", locale=strings.language)
        case Date():
            return format_day(fact.value, strings.language)
        case Text():
            return fact.value[strings.language]


def format_day(day: datetime.date, language: str) -> str:
    """Return a calendar day as people write it: "November 20, 2026", "2026 年 11 月 20 日".

    CLDR sets no space between digits and Han; our Chinese does, as every text of the site.
    """
    return _DIGITS_BY_HAN.sub(" ", format_date(day, format="long", locale=language))


def format_amount(amount: Decimal, language: str) -> str:
    """Return an amount with all its digits and the language's separators: "1,234.5"."""
    with localcontext(prec=60):  # Babel rounds to the context, which has 28 digits
        return format_decimal(amount, locale=language, decimal_quantization=False)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace each `{{ name }}` of `text` by its value; leave a name that has none."""
    return PLACEHOLDER.sub(lambda match: values.get(match.group(1), match.group(0)), text)


def unknown_facts(text: str, values: Mapping[str, str]) -> list[str]:
    """Return the names in `text` that have no value."""
    return [name for name in PLACEHOLDER.findall(text) if name not in values]
