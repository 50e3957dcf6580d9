"""Which pages and parts of the product meet which requirement: for maintainers, never shown.

Source: docs/_data/coverage.yml.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, RootModel, model_validator

from helpcenter.pages import Slug
from helpcenter.product import DataModel


class Requirement(DataModel):
    """What is required, in a line; `parts` are files of the project, `pages` are slugs."""

    short: Annotated[str, Field(min_length=1)]
    pages: tuple[Slug, ...] = ()
    parts: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_met(self) -> Requirement:
        if not self.pages and not self.parts:
            raise ValueError("neither a page nor a part of the product is named")
        return self


class Coverage(RootModel[dict[Annotated[str, Field(pattern=r"^R\d+$")], Requirement]]):
    """Requirements by their id."""

    root: dict[Annotated[str, Field(pattern=r"^R\d+$")], Requirement] = {}
