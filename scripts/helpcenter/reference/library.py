"""Read the data of reference pages, all in one; a file that a project does not keep is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from helpcenter import yamlfile
from helpcenter.facts import Facts
from helpcenter.fees.schedule import Schedule
from helpcenter.problems import Problem
from helpcenter.project import Project
from helpcenter.reference.complaint_times import ComplaintTimes
from helpcenter.reference.coverage import Coverage
from helpcenter.reference.limits import Limits
from helpcenter.reference.networks import Networks
from helpcenter.reference.transaction_states import TransactionStates
from helpcenter.reference.transparency import Transparency

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Reference:
    """The data of every reference page."""

    networks: Networks
    limits: Limits
    transparency: Transparency
    complaint_times: ComplaintTimes
    coverage: Coverage
    transaction_states: TransactionStates


def load_reference(
    project: Project, languages: tuple[str, ...], facts: Facts, schedule: Schedule | None
) -> tuple[Reference | None, list[Problem]]:
    """Read the files and check what they refer to; without facts or schedule, all but that."""
    context: dict[str, object] = {
        "languages": languages,
        "facts": facts or None,
        "schedule": schedule,
    }
    problems: list[Problem] = []

    def read(name: str, model: type[Model]) -> Model | None:
        path = project.data / name
        if not path.exists():
            return model()
        file, found = yamlfile.load(path, model, project=project, context=context)
        problems.extend(found)
        return file

    networks = read("networks.yml", Networks)
    limits = read("limits.yml", Limits)
    transparency = read("transparency.yml", Transparency)
    complaint_times = read("complaint_times.yml", ComplaintTimes)
    coverage = read("coverage.yml", Coverage)
    if networks:
        context["networks"] = [network.id for network in networks.networks]
    states = read("transaction_states.yml", TransactionStates)
    if networks and limits and transparency and complaint_times and coverage and states:
        found_all = Reference(networks, limits, transparency, complaint_times, coverage, states)
        return found_all, problems
    return None, problems
