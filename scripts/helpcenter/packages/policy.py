"""What this project lets in: `.ci/packages.yml`, the one file where a person decides it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from license_expression import ExpressionError, get_spdx_licensing
from pydantic import AfterValidator

from helpcenter import yamlfile
from helpcenter.problems import Problem
from helpcenter.product import DataModel
from helpcenter.project import Project

FILE = ".ci/packages.yml"
SPDX = get_spdx_licensing()


def _expression(text: str) -> str:
    try:
        return str(SPDX.parse(text, validate=True, strict=True))
    except ExpressionError as error:
        raise ValueError(f"not an SPDX expression: {error}") from None


Expression = Annotated[str, AfterValidator(_expression)]


class Exceptional(DataModel):
    """A package whose license is not on the list, and why it may be here all the same."""

    license: Expression
    why: str


class Accepted(DataModel):
    """An advisory that does not concern us: for which package, why, and until when to look."""

    id: str
    package: str
    why: str
    until: datetime.date


class Policy(DataModel):
    """Licenses that anything may have, what the words of metadata mean, and the exceptions."""

    allowed: tuple[Expression, ...]
    means: Mapping[str, Expression]
    licenses: Mapping[str, Expression]
    exceptions: Mapping[str, Exceptional] = {}
    accepted: tuple[Accepted, ...] = ()


def load_policy(project: Project) -> tuple[Policy | None, list[Problem]]:
    """Read the policy of a project."""
    return yamlfile.load(project.root / Path(FILE), Policy, project=project)
