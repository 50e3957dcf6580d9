from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml

from helpcenter.project import Project
from helpcenter.tickets.reading.read import Reading
from helpcenter.tickets.sync import Inputs, load_inputs, sync
from tickets_support import AS_OF, CASES

GOLDEN = sorted(path.parent for path in CASES.glob("*/expected.yml"))


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    loaded, problems = load_inputs(Project(CASES / "project"))
    assert loaded is not None, problems
    return loaded


@pytest.mark.parametrize("case", GOLDEN, ids=lambda case: case.name)
def test_every_ticket_is_counted_once_where_the_case_says(
    case: Path, inputs: Inputs, tmp_path: Path
) -> None:
    expected = yaml.safe_load((case / "expected.yml").read_text(encoding="utf-8"))
    exports = sorted(path for path in case.iterdir() if path.name != "expected.yml")
    outcome = sync(
        exports,
        inputs,
        as_of=datetime.date.fromisoformat(AS_OF),
        scratch=tmp_path,
        key="key",
        reading=Reading(encoding=expected.pop("encoding", None)),
    )
    counts = outcome.counts
    found = {
        "read": counts.read,
        "unreadable": counts.unreadable,
        "repeated": counts.repeated,
        "excluded": counts.excluded,
        "outside": counts.outside,
        "uncategorized": counts.uncategorized,
        "categories": {
            name: sum(each.days()) for name, each in counts.categories.items() if sum(each.days())
        },
    }
    why = expected.pop("why")
    assert {name: count for name, count in found.items() if count} == expected, f"{case}: {why}"
    assert counts.read == sum(
        (counts.unreadable, counts.repeated, counts.excluded, counts.outside)
    ) + sum((counts.same_requester, counts.uncategorized, counts.categorized))


def test_there_are_cases() -> None:
    assert len(GOLDEN) >= 8
