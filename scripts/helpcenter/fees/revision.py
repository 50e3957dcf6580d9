"""What a change of fees.yml means: the schedule as published, compared with the one proposed.

Compares day by day what is charged, whatever lines were edited for it. Knows nothing of git.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import get_args

from pydantic import BaseModel, Field

from helpcenter import yamlfile
from helpcenter.fees.changes import Change, change
from helpcenter.fees.schedule import DAY, Fee, Schedule, Version
from helpcenter.problems import Problem

_HEADER = ("products", "asset", "network", "currency", "recipient", "charged", "rounding")


class _Marked(BaseModel):
    number: int = Field(alias="schema")


def read(
    text: str, languages: tuple[str, ...], *, name: str
) -> tuple[Schedule | None, list[Problem]]:
    """Read the schedule of a revision; None without problems where it is of another schema."""
    marked, problems = yamlfile.parse(text, _Marked, name=name, first_line=1)
    if marked is None or marked.number not in get_args(
        Schedule.model_fields["schema_version"].annotation
    ):
        return None, problems
    context = {"languages": languages}
    return yamlfile.parse(text, Schedule, name=name, first_line=1, context=context)


def differences(old: Schedule, new: Schedule) -> tuple[Change, ...]:
    """Return where the plan differs: from each day on, what was published and what is proposed.

    In the order of the day, then of the new schedule's fees, then of those it lacks.
    """
    published = {fee.id: fee for fee in old.fees}
    proposed = {fee.id: fee for fee in new.fees}
    found = [
        difference
        for name in proposed | published
        for difference in _of_fee(published.get(name), proposed.get(name))
    ]
    return tuple(sorted(found, key=lambda difference: difference.day))


def check(
    old: Schedule, new: Schedule, day: datetime.date, *, name: str, text: str
) -> list[Problem]:
    """Return what a change of the schedule may not do, as of `day`.

    What applied before `day` stays, unless the new version records what it `corrects`; a fee that
    applies is ended, not removed; any change raises the schedule's version. `name` and `text` are
    those of the new file.
    """
    problems = []
    remaining = {fee.id for fee in new.fees}
    for fee in old.fees:
        applies = fee.versions[-1].valid_to is None and fee.versions[0].valid_from < day
        if fee.id not in remaining and applies:
            message = f"{fee.id} is removed without an end date"
            hint = "keep it with all its versions, and give the last one a valid_to"
            problems.append(Problem(name, 1, "fee-removed", message, hint))
    reported = {problem.message.split()[0] for problem in problems}
    for difference in differences(old, new):
        fee_id = difference.fee.id
        if difference.day < day and fee_id not in reported and not _is_corrected(difference):
            reported.add(fee_id)
            message = f"{fee_id}: what applied from {difference.day} on, before {day}, is changed"
            hint = (
                "put it back and start a new version today or later; if it was wrong, say what "
                "in the version's corrects"
            )
            problems.append(Problem(name, _line(text, fee_id), "fee-past-changed", message, hint))
    if _without_version(old) != _without_version(new) and _number(new) <= _number(old):
        message = f"the schedule has changed and its version is {new.version}, as before"
        if new.version != old.version:
            message = f"the version {new.version} is not after the published {old.version}"
        hint = f"raise version: a later day, or {old.version[:10]}.{_number(old)[1] + 1}"
        line = _line(text, None)
        problems.append(Problem(name, line, "fee-version-not-raised", message, hint))
    return problems


def _of_fee(old: Fee | None, new: Fee | None) -> Iterator[Change]:
    """Yield a difference for each stretch of days on which the fee is not as published."""
    fees = [fee for fee in (new, old) if fee is not None]
    days = {version.valid_from for fee in fees for version in fee.versions}
    days |= {last + DAY for fee in fees if (last := fee.versions[-1].valid_to)}
    for day in sorted(days):
        before = old.on(day) if old else None
        after = new.on(day) if new else None
        if _meaning(old, before) != _meaning(new, after):
            yield change(fees[0], day, before, after)


def _meaning(fee: Fee | None, version: Version | None) -> object:
    if fee is None or version is None:
        return None
    header = [getattr(fee, field) for field in _HEADER]
    return (header, version.valid_from, version.formula, version.least)


def _is_corrected(difference: Change) -> bool:
    before, after = difference.before, difference.after
    if after is None or after.corrects is None:
        return False
    return before is None or before.corrects != after.corrects


def _without_version(schedule: Schedule) -> dict[str, object]:
    return schedule.model_dump(exclude={"version"})


def _number(schedule: Schedule) -> tuple[str, int]:
    """Return a schedule's version in its order: "2026-11-20.10" is after "2026-11-20.9"."""
    day, _, count = schedule.version.partition(".")
    return day, int(count or 0)


def _line(text: str, fee_id: str | None) -> int:
    """Return the line of fees.yml that names the fee, or the schedule's version."""
    pattern = r"^version:" if fee_id is None else rf"\bid:\s*[\"']?{re.escape(fee_id)}\b(?!-)"
    match = re.search(pattern, text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1
