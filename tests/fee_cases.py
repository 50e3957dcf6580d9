"""Golden cases of fee quotes, read by the tests of the reference and of the browser's copy.

A file of tests/cases/fees/ names a schedule, `published` or one of its own, and a list of cases:
what is asked, and the quote or the error that must come back.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from helpcenter.fees.quote import Quote, QuoteError, Request, quote, quote_to_receive
from helpcenter.fees.schedule import Schedule, load_schedule
from helpcenter.project import Project
from support import ROOT

FOLDER = ROOT / "tests" / "cases" / "fees"
LANGUAGES = ("en", "zh")
PAGES = [
    "overview",
    "received-less-than-expected",
    "calculator",
    "withdrawal-fees",
    "service-and-trading-fees",
    "network-fees-by-chain",
    "fee-changes",
]


@dataclass(frozen=True)
class Case:
    """One question and its answer; `direction` says which amount the question gives."""

    name: str
    schedule: Schedule
    request: Request
    direction: Literal["send", "receive"]
    expected: dict[str, Any]


@cache
def published() -> Schedule:
    """Return the schedule of this repository."""
    schedule, problems = load_schedule(Project(ROOT), LANGUAGES)
    assert schedule is not None, problems
    return schedule


def schedule_of(data: dict[str, Any]) -> Schedule:
    """Return a schedule written in a test, checked as the published one is."""
    return Schedule.model_validate(data, context={"languages": LANGUAGES})


def cases() -> list[Case]:
    """Return every case of every file, named for its file and itself."""
    return [case for path in sorted(FOLDER.glob("*.yml")) for case in _cases_of(path)]


def answer(case: Case) -> dict[str, Any]:
    """Return the reference's answer to a case, in the form cases are written in."""
    try:
        ask = quote if case.direction == "send" else quote_to_receive
        return written(ask(case.schedule, case.request))
    except QuoteError as error:
        return written_error(error)


def written(result: Quote) -> dict[str, Any]:
    """Return a quote as a case writes it, amounts without trailing zeros."""
    return {
        "send": _plain(result.send),
        "fees": [[part.fee, _plain(part.amount), part.currency] for part in result.components],
        "receive": _plain(result.receive),
        "pay": {currency: _plain(amount) for currency, amount in result.pay},
    } | (
        {"converted": [result.converted[0], _plain(result.converted[1])]}
        if result.converted
        else {}
    )


def written_error(error: QuoteError) -> dict[str, Any]:
    """Return an error as a case writes it."""
    value = _plain(error.value) if isinstance(error.value, Decimal) else error.value
    return {"error": error.code} | ({} if value is None else {"value": value})


def _plain(amount: Decimal) -> str:
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _cases_of(path: Path) -> list[Case]:
    file = yaml.safe_load(path.read_text(encoding="utf-8"))
    schedule = published() if file["schedule"] == "published" else schedule_of(file["schedule"])
    found = []
    for case in file["cases"]:
        ask = case["ask"]
        direction: Literal["send", "receive"] = "send" if "send" in ask else "receive"
        request = Request(
            product=ask["product"],
            asset=ask["asset"],
            amount=Decimal(ask[direction]),
            day=datetime.date.fromisoformat(str(ask["day"])),
            network=ask.get("network"),
            volume=Decimal(ask.get("volume", "0")),
            into=ask.get("into"),
            rate=Decimal(ask["rate"]) if "rate" in ask else None,
        )
        name = f"{path.stem}: {case['name']}"
        found.append(Case(name, schedule, request, direction, case["expect"]))
    return found
