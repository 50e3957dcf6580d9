"""Schedules made up at random, with every kind of formula, rounding and charge."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal
from itertools import pairwise
from typing import Any

from fee_cases import schedule_of
from helpcenter.fees.schedule import DAY, PRODUCTS, Schedule

_START = datetime.date(2026, 1, 1)
_PRECISIONS = {"AAA": 0, "BBB": 2, "CCC": 6, "DDD": 8, "EEE": 18}
_NETWORKS = ("one", "two")
_NAME = {"en": "Name", "zh": "名称"}
_FIXED = ("fixed", "network")
_SHARES = ("percentage", "marginal", "whole", "spread")
_UNBOUNDED = ("volume", "spread")  # what a fee for any asset can be: it has no amounts
_COUNTED = ("size", "gas", "priority", "energy", "bandwidth", "signature")


def random_schedule(chance: random.Random) -> Schedule:
    """Return a valid schedule of about a hundred fees; the same for the same state of `chance`."""
    products = [product for product in PRODUCTS for _ in range(14)]
    assets = {
        code: {"name": _NAME, "precision": precision} for code, precision in _PRECISIONS.items()
    }
    return schedule_of(
        {
            "schema": 2,
            "version": "2026-11-20",
            "volume_currency": "BBB",
            "assets": assets,
            "networks": {network: {"name": _NAME} for network in _NETWORKS},
            "fees": [_fee(chance, f"fee-{n}", product) for n, product in enumerate(products)],
        }
    )


def _fee(chance: random.Random, name: str, product: str) -> dict[str, Any]:
    asset = chance.choice([None, *_PRECISIONS])
    currency: str | None = None
    kinds: tuple[str, ...] = (*_FIXED, *_SHARES)
    if asset is None and chance.random() < 0.5:
        kinds = _UNBOUNDED
    elif asset is None or chance.random() < 0.2:
        currency, kinds = chance.choice(list(_PRECISIONS)), _FIXED
    is_foreign = currency not in (None, asset)
    return {
        "id": name,
        "name": _NAME,
        "products": sorted({product, chance.choice([product, *PRODUCTS])}),
        "asset": asset,
        "network": chance.choice([None, None, *_NETWORKS]),
        "currency": currency,
        "recipient": chance.choice(["service", "network"]),
        "charged": "added" if is_foreign else chance.choice(["deducted", "deducted", "added"]),
        "rounding": chance.choice(["up", "down", "half-even"]),
        "versions": list(_versions(chance, kinds, is_bounded=asset is not None)),
    }


def _versions(
    chance: random.Random, kinds: tuple[str, ...], *, is_bounded: bool
) -> list[dict[str, Any]]:
    days = sorted({_START + chance.randint(0, 700) * DAY for _ in range(chance.randint(1, 4))})
    ends = [following - DAY for following in days[1:]]
    return [
        {
            "valid_from": day,
            "valid_to": end,
            "source": "chance",
            "least": _decimal(chance, 3) if is_bounded and chance.random() < 0.4 else None,
            "formula": _formula(chance, chance.choice(kinds)),
        }
        for day, end in zip(days, [*ends, None], strict=True)
    ]


def _formula(chance: random.Random, kind: str) -> dict[str, Any]:
    match kind:
        case "fixed":
            return {"kind": kind, "amount": _decimal(chance, 3)}
        case "network":
            terms = [
                {"what": what, "quantity": _decimal(chance, 6), "price": _decimal(chance, 6)}
                for what in chance.sample(_COUNTED, chance.randint(1, 3))
            ]
            unit = Decimal(1).scaleb(-chance.randint(0, 18))
            return {"kind": kind, "unit": f"{unit:f}", "terms": terms}
        case "spread":
            return {"kind": kind, "rate": _rate(chance)}
        case "percentage":
            bounds = sorted((_decimal(chance, 3) for _ in range(2)), key=Decimal)
            minimum, maximum = (bound if chance.random() < 0.6 else None for bound in bounds)
            return {"kind": kind, "rate": _rate(chance), "minimum": minimum, "maximum": maximum}
        case _:
            return _tiers(chance, kind)


def _tiers(chance: random.Random, kind: str) -> dict[str, Any]:
    inner = {Decimal(_decimal(chance, 5)) for _ in range(chance.randint(1, 5))}
    borders = [f"{border:f}" for border in sorted({Decimal(), *inner})]
    return {
        "kind": "tiers",
        "mode": "marginal" if kind == "marginal" else "whole",
        "basis": "volume" if kind == "volume" else "amount",
        "tiers": [
            {"from": start, "to": end, "rate": _rate(chance)}
            for start, end in pairwise([*borders, None])
        ],
    }


def _rate(chance: random.Random) -> str:
    return f"{chance.choice([0, 1, 5, 25, 125, chance.randint(0, 9999)]) / Decimal(1000):f}"


def _decimal(chance: random.Random, digits: int) -> str:
    """Return a decimal number with up to `digits` digits before the point and 18 behind it."""
    behind = chance.choice([0, 1, 2, 6, 18])
    return f"{Decimal(chance.randint(0, 10 ** (digits + behind))).scaleb(-behind):f}"
