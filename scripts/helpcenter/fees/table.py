"""Rows of a fee table: a schedule entry in the words and numbers of one language."""

from __future__ import annotations

from dataclasses import dataclass

from helpcenter.facts import format_amount, format_day
from helpcenter.fees.schedule import Entry, FixedFee, NetworkFee, PercentageFee, Schedule
from helpcenter.strings import Strings


@dataclass(frozen=True)
class Row:
    """What a reader sees of one fee; `asset` and `network` are None where they do not matter."""

    id: str
    asset: str | None
    asset_name: str | None
    network: str | None
    standard: str | None
    fee: str
    least: str | None
    recipient: str
    valid_from: str


def row(entry: Entry, schedule: Schedule, strings: Strings) -> Row:
    """Return the table row of `entry` in the language of `strings`."""
    language = strings.language
    network = schedule.networks[entry.network] if entry.network else None
    asset = schedule.assets[entry.asset] if entry.asset else None
    is_token = asset is not None and asset.native_to != entry.network
    return Row(
        id=entry.id,
        asset=entry.asset,
        asset_name=asset.name[language] if asset else None,
        network=network.name[language] if network else None,
        standard=network.standard if network and is_token else None,
        fee=_fee(entry, strings),
        least=f"{format_amount(entry.least, language)} {entry.asset}"
        if isinstance(entry, FixedFee)
        else None,
        recipient=strings.text(f"fees.recipient.{entry.recipient}"),
        valid_from=format_day(entry.valid_from, language),
    )


def _fee(entry: Entry, strings: Strings) -> str:
    language = strings.language
    match entry:
        case FixedFee():
            return f"{format_amount(entry.amount, language)} {entry.asset}"
        case PercentageFee():
            parts = [strings.text("fees.percentage", rate=format_amount(entry.rate, language))]
            for name, bound in (("minimum", entry.minimum), ("maximum", entry.maximum)):
                if bound is not None:
                    amount = f"{format_amount(bound, language)} {entry.currency}"
                    parts.append(strings.text(f"fees.{name}", amount=amount))
            return strings.text("fees.joiner").join(parts)
        case NetworkFee():
            return strings.text("fees.network_fee")
