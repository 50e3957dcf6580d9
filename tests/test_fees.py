"""The fee schedule: dated, without gaps in its references, and shown without losing a digit."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from helpcenter.fees.schedule import Schedule
from helpcenter.fees.table import row
from helpcenter.site_context import Site

BASE: dict[str, Any] = {
    "schema": 1,
    "assets": {"BTC": {"name": {"en": "Bitcoin", "zh": "比特币"}, "precision": 8}},
    "networks": {"bitcoin": {"name": {"en": "Bitcoin", "zh": "比特币"}}},
}


def fixed(name: str, valid_from: str, valid_to: str | None = None, **more: str) -> dict[str, Any]:
    return {
        "id": name,
        "kind": "fixed",
        "product": "withdrawal",
        "asset": "BTC",
        "network": "bitcoin",
        "amount": "0.0001",
        "least": "0.001",
        "recipient": "service",
        "valid_from": valid_from,
        "valid_to": valid_to,
        "source": "test",
    } | more


def schedule(*entries: dict[str, Any]) -> Schedule:
    return Schedule.model_validate(
        BASE | {"entries": list(entries)}, context={"languages": ("en", "zh")}
    )


def test_a_fee_applies_from_its_first_to_its_last_day() -> None:
    dated = schedule(
        fixed("old", "2026-01-01", "2026-06-30"), fixed("new", "2026-07-01", amount="0.0002")
    )
    days = ["2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01"]
    found = [
        [entry.id for entry in dated.on(datetime.date.fromisoformat(day), "withdrawal")]
        for day in days
    ]
    assert found == [[], ["old"], ["old"], ["new"]]


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([fixed("a", "2026-01-01"), fixed("b", "2026-07-01")], "overlap"),
        ([fixed("a", "2026-01-01", "2026-07-01"), fixed("b", "2026-07-01")], "overlap"),
        ([fixed("a", "2026-01-01"), fixed("a", "2026-01-01")], "given twice"),
        ([fixed("a", "2026-02-01", "2026-01-01")], "before valid_from"),
        ([fixed("a", "2026-01-01", asset="ETH")], "not in assets"),
        ([fixed("a", "2026-01-01", network="tron")], "not in networks"),
        ([fixed("a", "2026-01-01", amount="-1")], "greater than or equal to 0"),
    ],
)
def test_entries_that_do_not_fit_together_are_refused(
    entries: list[dict[str, Any]], says: str
) -> None:
    with pytest.raises(ValidationError, match=says):
        schedule(*entries)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"minimum": "2", "maximum": "1", "currency": "USDT"}, "above the maximum"),
        ({"minimum": "2"}, "needs a currency"),
    ],
)
def test_a_percentage_with_impossible_bounds_is_refused(change: dict[str, str], says: str) -> None:
    entry = {
        "id": "swap",
        "kind": "percentage",
        "product": "swap",
        "rate": "0.3",
        "recipient": "service",
        "valid_from": "2026-01-01",
        "source": "test",
    }
    with pytest.raises(ValidationError, match=says):
        schedule(entry | change)


@pytest.mark.parametrize(
    ("name", "language", "fee"),
    [
        ("withdrawal-btc", "en", "0.00015 BTC"),
        ("withdrawal-btc", "zh", "0.00015 BTC"),
        ("swap-service", "en", "0.3% of the amount, at least 0.1 USDT"),
        ("swap-service", "zh", "金额的 0.3%，最低 0.1 USDT"),
    ],
)
def test_a_row_shows_the_fee_to_the_last_digit(
    site: Site, name: str, language: str, fee: str
) -> None:
    entry = next(entry for entry in site.schedule.entries if entry.id == name)
    assert row(entry, site.schedule, site.strings[language]).fee == fee
