"""The mixes of questions that invented exports can have, from mixes.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, RootModel

from helpcenter import yamlfile
from helpcenter.problems import Problem
from helpcenter.product import DataModel
from helpcenter.project import Project

_FILE = Path(__file__).with_name("mixes.yml")


class Surge(DataModel):
    """A category asked `factor` times as often in the last `days` days."""

    category: str
    days: Annotated[int, Field(gt=0)]
    factor: Annotated[int, Field(gt=1)]


class Mix(DataModel):
    """Shares of categories; they need not add up to anything."""

    shares: dict[str, Annotated[int, Field(gt=0)]]
    surge: Surge


class _MixesFile(RootModel[dict[str, Mix]]):
    """Mixes by name."""


def load_mixes() -> tuple[dict[str, Mix], list[Problem]]:
    """Read every mix this package ships, the default first."""
    file, problems = yamlfile.load(_FILE, _MixesFile, project=Project(_FILE.parent))
    return (file.root if file else {}), problems
