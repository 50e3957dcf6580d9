"""Small schedules for tests: the parts that a case does not care about are filled in."""

from __future__ import annotations

from typing import Any

from helpcenter.fees.schedule import Schedule

CONTEXT = {"languages": ("en", "zh")}
BASE: dict[str, Any] = {
    "schema": 2,
    "version": "2026-11-20",
    "volume_currency": "USDT",
    "assets": {
        "BTC": {"name": {"en": "Bitcoin", "zh": "比特币"}, "native_to": "bitcoin", "precision": 8},
        "USDT": {"name": {"en": "Tether USD", "zh": "泰达币"}, "precision": 6},
    },
    "networks": {
        "bitcoin": {"name": {"en": "Bitcoin", "zh": "比特币网络"}},
        "tron": {"name": {"en": "TRON", "zh": "波场"}, "standard": "TRC-20"},
    },
}
_FEE = {
    "name": {"en": "Fee", "zh": "费用"},
    "products": ["withdrawal"],
    "recipient": "service",
    "charged": "deducted",
}


def schedule(fees: list[dict[str, Any]], **more: Any) -> Schedule:
    """Return the schedule of a case's fees; each version's source is "test" if it names none."""
    filled = [
        _FEE | fee | {"versions": [{"source": "test"} | version for version in fee["versions"]]}
        for fee in fees
    ]
    return Schedule.model_validate(BASE | more | {"fees": filled}, context=CONTEXT)
