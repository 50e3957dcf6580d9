"""How long an answer to a complaint may take, and where it can be taken from there.

Source: docs/_data/complaint_times.yml. Every time is a fact of facts.yml, with its source; the law
is cited in words, because pages link to official domains only.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from helpcenter.facts import FactName, LocalizedWithFacts
from helpcenter.product import DataModel, Localized


class Jurisdiction(DataModel):
    """The rules of one place, or the product's own promise; `applies` says to whom."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: Localized
    applies: Localized
    acknowledgement: FactName
    final_response: FactName
    extension: FactName | None = None
    escalation: LocalizedWithFacts
    law: Localized


class ComplaintTimes(DataModel):
    """Everything of complaint_times.yml."""

    jurisdictions: tuple[Jurisdiction, ...] = ()
