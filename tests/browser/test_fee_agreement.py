"""The browser's calculation and the reference agree to the last digit, on cases and at random."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from browser.conftest import visiting
from fee_cases import cases, published
from fee_chance import random_schedule
from helpcenter.fees.formulas import Fixed, Percentage, Tiers
from helpcenter.fees.publish import fees_json
from helpcenter.fees.quote import (
    Component,
    Quote,
    QuoteError,
    Request,
    quote,
    quote_to_receive,
)
from helpcenter.fees.schedule import DAY, PRODUCTS, Fee, Schedule
from support import published_path

Question = tuple[str, Request]
Answer = Quote | tuple[str, Decimal | None]

QUOTES = 10_000
SOME_DAY = datetime.date(2026, 11, 22)

CALCULATE = """async ([address, schedule, questions]) => {
  const { QuoteError, quote, quoteToReceive } = await import(address);
  const parsed = JSON.parse(schedule);
  return questions.map(([direction, request]) => {
    try {
      return (direction === "send" ? quote : quoteToReceive)(parsed, request);
    } catch (error) {
      if (!(error instanceof QuoteError)) throw error;
      return { error: error.code, value: error.value };
    }
  });
}"""


def reference(schedule: Schedule, direction: str, request: Request) -> Answer:
    try:
        return (quote if direction == "send" else quote_to_receive)(schedule, request)
    except QuoteError as error:
        return error.code, None if error.value is None else Decimal(error.value)


def in_browser(
    page: Page, module: str, schedule: Schedule, questions: list[Question]
) -> list[Answer]:
    """Return the answers of the published module at the address `module`."""
    plain = [
        (direction, {name: _plain(value) for name, value in asdict(request).items()})
        for direction, request in questions
    ]
    payload = fees_json(schedule, SOME_DAY)
    return [_answer(found) for found in page.evaluate(CALCULATE, [module, payload, plain])]


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, datetime.date) else value


def _answer(found: dict[str, Any]) -> Answer:
    if "error" in found:
        return found["error"], None if found["value"] is None else Decimal(found["value"])
    components = tuple(
        Component(
            fee=part["fee"],
            amount=Decimal(part["amount"]),
            currency=part["currency"],
            recipient=part["recipient"],
            charged=part["charged"],
            kind=part["kind"],
            valid_from=datetime.date.fromisoformat(part["valid_from"]),
        )
        for part in found["components"]
    )
    pay = tuple((currency, Decimal(amount)) for currency, amount in found["pay"])
    converted = (
        (found["converted"][0], Decimal(found["converted"][1])) if found["converted"] else None
    )
    return Quote(Decimal(found["send"]), components, Decimal(found["receive"]), pay, converted)


def _question(schedule: Schedule, chance: random.Random) -> Question:
    """Return a question of any kind, every second at or next to where an answer changes."""
    fee = chance.choice(schedule.fees)
    asset = fee.asset or chance.choice(list(schedule.assets))
    step = Decimal(1).scaleb(-schedule.assets[asset].precision)
    day = chance.choice(list(_days(fee)))
    version = chance.choice(fee.versions)
    by_volume = isinstance(version.formula, Tiers) and version.formula.basis == "volume"
    borders = list(_borders(fee))
    networks = [None, *schedule.networks]
    amount = _amount(chance, [] if by_volume else borders, step)
    if chance.random() < 0.03:
        amount += step / 10  # a decimal too many
    request = Request(
        product=chance.choice([*fee.products, *fee.products, chance.choice(PRODUCTS)]),
        asset=asset,
        amount=amount,
        day=day + chance.choice([-1, 0, 0, 0, 1]) * DAY,
        network=fee.network if chance.random() < 0.8 else chance.choice(networks),
        volume=_amount(chance, borders if by_volume else [], Decimal("1e-18")),
        into=chance.choice([None, *schedule.assets]),
        rate=chance.choice([None, _amount(chance, [], Decimal("1e-12"))]),
    )
    return chance.choice(["send", "receive"]), request


def _days(fee: Fee) -> Iterator[datetime.date]:
    yield SOME_DAY
    for version in fee.versions:
        yield version.valid_from
        yield version.valid_to or version.valid_from + 400 * DAY


def _borders(fee: Fee) -> Iterator[Decimal]:
    """Yield the sizes at which a fee's answer changes its form, in any of its versions."""
    for version in fee.versions:
        if version.least is not None:
            yield version.least
        match version.formula:
            case Tiers(tiers=tiers):
                yield from (tier.start for tier in tiers)
            case Percentage(rate=rate, minimum=minimum, maximum=maximum) if rate:
                yield from (bound * 100 / rate for bound in (minimum, maximum) if bound is not None)
            case Fixed(amount=amount):
                yield amount


def _amount(chance: random.Random, borders: list[Decimal], step: Decimal) -> Decimal:
    if borders and chance.random() < 0.5:
        near = (chance.choice(borders) / step).to_integral_value() + chance.randint(-2, 2)
        return max(near, Decimal()) * step
    if chance.random() < 0.5:  # round amounts, whose shares often lie half way between units
        return Decimal(chance.randint(0, 999)).scaleb(chance.randint(0, 12)) * step
    return chance.randint(0, 10 ** chance.randint(1, 24)) * step


def differences(answers: Iterable[tuple[Question, Answer, Answer]]) -> list[str]:
    return [
        f"{direction} {request}\n  reference {expected}\n  browser   {found}"
        for (direction, request), expected, found in answers
        if expected != found
    ]


@pytest.fixture
def module(home: str, built: Path) -> str:
    return home + published_path(built, "assets/javascripts/fees/quote.js")


def test_every_case_has_the_same_answer_in_the_browser(
    browser: Browser, home: str, module: str
) -> None:
    with visiting(browser, home) as visit:
        visit.open("")
        for case in cases():
            question = (case.direction, case.request)
            expected = reference(case.schedule, *question)
            found = in_browser(visit.page, module, case.schedule, [question])
            assert found == [expected], case.name


@pytest.mark.parametrize("source", ["published", "random"])
def test_ten_thousand_random_quotes_have_the_same_answer_in_the_browser(
    browser: Browser, home: str, module: str, source: str
) -> None:
    chance = random.Random(f"fees of {source}")
    schedule = published() if source == "published" else random_schedule(chance)
    questions = [_question(schedule, chance) for _ in range(QUOTES)]
    expected = [reference(schedule, *question) for question in questions]
    with visiting(browser, home) as visit:
        visit.open("")
        found = in_browser(visit.page, module, schedule, questions)
    assert len(found) == QUOTES
    wrong = differences(zip(questions, expected, found, strict=True))
    assert wrong == [], f"{len(wrong)} of {QUOTES} differ, the first:\n{wrong[0]}"
    # Agreement on errors alone would show nothing.
    assert sum(isinstance(answer, Quote) for answer in expected) > QUOTES // 2
