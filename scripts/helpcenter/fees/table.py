"""Rows of a fee table: a fee's version in the words and numbers of one language."""

from __future__ import annotations

from dataclasses import dataclass

from helpcenter.facts import format_amount, format_day
from helpcenter.fees.formulas import Fixed, Formula, NetworkEstimate, Percentage, Spread, Tiers
from helpcenter.fees.schedule import Fee, Schedule, Version
from helpcenter.strings import Strings


@dataclass(frozen=True)
class Row:
    """What a reader sees of one fee; `asset` and `network` are None where they do not matter."""

    id: str
    name: str
    asset: str | None
    asset_name: str | None
    network: str | None
    standard: str | None
    fee: str
    least: str | None
    recipient: str
    valid_from: str


def row(fee: Fee, version: Version, schedule: Schedule, strings: Strings) -> Row:
    """Return the table row of a fee's version in the language of `strings`."""
    language = strings.language
    network = schedule.networks[fee.network] if fee.network else None
    asset = schedule.assets[fee.asset] if fee.asset else None
    is_token = asset is not None and asset.native_to != fee.network
    return Row(
        id=fee.id,
        name=fee.name[language],
        asset=fee.asset,
        asset_name=asset.name[language] if asset else None,
        network=network.name[language] if network else None,
        standard=network.standard if network and is_token else None,
        fee=describe(version.formula, fee.currency or fee.asset or "", strings),
        least=f"{format_amount(version.least, language)} {fee.asset}" if version.least else None,
        recipient=strings.text(f"fees.recipient.{fee.recipient}"),
        valid_from=format_day(version.valid_from, language),
    )


def describe(formula: Formula, currency: str, strings: Strings) -> str:
    """Return a formula in words: "1 USDT", "2.5% of the amount, at least 1 USD"."""
    language = strings.language
    match formula:
        case Fixed():
            return f"{format_amount(formula.amount, language)} {currency}"
        case NetworkEstimate():
            amount = f"{format_amount(formula.amount.normalize(), language)} {currency}"
            return strings.text("fees.estimate", amount=amount)
        case Percentage():
            parts = [strings.text("fees.percentage", rate=format_amount(formula.rate, language))]
            for name, bound in (("minimum", formula.minimum), ("maximum", formula.maximum)):
                if bound is not None:
                    amount = f"{format_amount(bound, language)} {currency}"
                    parts.append(strings.text(f"fees.{name}", amount=amount))
            return strings.text("fees.joiner").join(parts)
        case Spread():
            return strings.text("fees.spread", rate=format_amount(formula.rate, language))
        case Tiers():
            rates = [tier.rate for tier in formula.tiers]
            low, high = (format_amount(rate, language) for rate in (min(rates), max(rates)))
            return strings.text("fees.tiers", low=low, high=high)
