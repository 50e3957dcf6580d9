"""The fee schedule: dated, without gaps or contradictions, and shown without losing a digit."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from fee_cases import schedule_of
from helpcenter.fees.schedule import Schedule
from helpcenter.fees.table import row
from helpcenter.site_context import Site

BASE: dict[str, Any] = {
    "schema": 2,
    "version": "2026-01-01",
    "volume_currency": "USD",
    "assets": {
        "BTC": {"name": {"en": "Bitcoin", "zh": "比特币"}, "precision": 8},
        "USD": {"name": {"en": "US dollar", "zh": "美元"}, "precision": 2},
    },
    "networks": {"bitcoin": {"name": {"en": "Bitcoin", "zh": "比特币"}}},
}
FIXED = {"kind": "fixed", "amount": "0.0001"}


def version(start: str, end: str | None = None, **more: Any) -> dict[str, Any]:
    return {"valid_from": start, "valid_to": end, "source": "test", "formula": FIXED} | more


def fee(*versions: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": "a",
        "name": {"en": "Fee", "zh": "费"},
        "products": ["withdrawal"],
        "asset": "BTC",
        "network": "bitcoin",
        "recipient": "service",
        "charged": "deducted",
        "versions": list(versions or [version("2026-01-01")]),
    } | more


def tiers(*bounds: tuple[str, str | None], **more: Any) -> dict[str, Any]:
    steps = [{"from": start, "to": end, "rate": "1"} for start, end in bounds]
    return {"kind": "tiers", "mode": "whole", "basis": "amount", "tiers": steps} | more


def schedule(*fees: dict[str, Any]) -> Schedule:
    return schedule_of(BASE | {"fees": list(fees)})


def test_a_fee_applies_from_its_first_to_its_last_day() -> None:
    dated = schedule(fee(version("2026-01-01", "2026-06-30"), version("2026-07-01", "2026-12-31")))
    days = ["2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01", "2026-12-31", "2027-01-01"]
    found = [
        [
            str(valid.valid_from)
            for _, valid in dated.on(datetime.date.fromisoformat(day), "withdrawal")
        ]
        for day in days
    ]
    first, second = ["2026-01-01"], ["2026-07-01"]
    assert found == [[], first, first, second, second, []]


@pytest.mark.parametrize(
    ("fees", "says"),
    [
        ([fee(version("2026-01-01"), version("2026-07-01"))], "overlap"),
        ([fee(version("2026-01-01", "2026-07-01"), version("2026-07-01"))], "overlap"),
        ([fee(version("2026-07-01"), version("2026-01-01", "2026-06-30"))], "overlap"),
        (
            [fee(version("2026-01-01", "2026-05-31"), version("2026-07-01"))],
            "no period covers 2026-06-01 to 2026-06-30",
        ),
        ([fee(version("2026-02-01", "2026-01-01"))], "is before valid_from"),
        ([fee(), fee()], "given twice"),
        ([fee(asset="ETH")], "'ETH' is not in assets"),
        ([fee(network="tron")], "'tron' is not in networks"),
        ([fee(name={"en": "Fee"})], "missing in zh"),
        ([fee(currency="USD")], "cannot be deducted"),
        ([fee(asset=None)], "needs a currency"),
        ([fee(version("2026-01-01", formula={"kind": "fixed", "amount": "-1"}))], "greater than"),
        ([fee(version("2026-01-01", formula={"kind": "fixed", "amount": 0.1}))], "in quotes"),
        (
            [
                fee(
                    version(
                        "2026-01-01",
                        formula={
                            "kind": "percentage",
                            "rate": "1",
                            "minimum": "2",
                            "maximum": "1",
                        },
                    )
                )
            ],
            "the minimum 2 is above the maximum 1",
        ),
        ([fee(version("2026-01-01", formula=tiers(("1", None))))], "starts at 1, not at 0"),
        (
            [fee(version("2026-01-01", formula=tiers(("0", "10"), ("20", None))))],
            "ends at 10 and the next starts at 20",
        ),
        ([fee(version("2026-01-01", formula=tiers(("0", "10"))))], "leave its end out"),
        (
            [fee(version("2026-01-01", formula=tiers(("0", "0"), ("0", None))))],
            "does not rise",
        ),
        (
            [
                fee(
                    version(
                        "2026-01-01", formula=tiers(("0", None), basis="volume", mode="marginal")
                    )
                )
            ],
            "by volume are whole",
        ),
    ],
)
def test_fees_that_contradict_themselves_or_each_other_are_refused(
    fees: list[dict[str, Any]], says: str
) -> None:
    with pytest.raises(ValidationError, match=says):
        schedule(*fees)


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("withdrawal-btc", "en", "0.00015 BTC"),
        ("withdrawal-btc", "zh", "0.00015 BTC"),
        ("buy-card", "en", "2.5% of the amount, at least 1 USD, at most 60 USD"),
        ("buy-card", "zh", "金额的 2.5%，最低 1 USD，最高 60 USD"),
        ("swap-spread", "zh", "报价中含 0.2%"),
        ("send-usdt-tron", "en", "about 6.7735 TRX"),
        ("trade-maker", "en", "0.04% to 0.1%, by tier"),
    ],
)
def test_a_row_says_the_fee_in_words_to_the_last_digit(
    site: Site, name: str, language: str, words: str
) -> None:
    found = site.schedule.fee(name)
    assert found is not None
    valid = found.on(site.as_of)
    assert valid is not None
    assert row(found, valid, site.schedule, site.strings[language]).fee == words


def test_a_token_has_a_standard_and_a_networks_own_coin_has_none(site: Site) -> None:
    rows = {
        found.id: row(found, valid, site.schedule, site.strings["en"]).standard
        for found, valid in site.schedule.on(site.as_of, "withdrawal")
    }
    assert rows["withdrawal-usdt-tron"] == "TRC-20"
    assert rows["withdrawal-trx"] is None
