"""Tables of fees as templates need them: which columns say something, what changes next."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from helpcenter.facts import format_amount, format_day
from helpcenter.fees import table
from helpcenter.fees.changes import Change, changes, upcoming
from helpcenter.fees.formulas import Fixed, Formula, NetworkEstimate, Percentage, Spread, Tiers
from helpcenter.fees.schedule import DAY, Fee, Schedule, Version
from helpcenter.fees.working import tier_range
from helpcenter.site_context import Site
from helpcenter.strings import Strings


@dataclass(frozen=True)
class TierRow:
    """One tier in words: the amounts it holds, and its rate."""

    range: str
    rate: str


@dataclass(frozen=True)
class TableRow:
    """A fee in a table: its words, the exact values to sort by, and its next change.

    `search_words` are the names of its asset and network in every language.
    """

    words: table.Row
    search_words: str
    charged: str
    fee_value: str | None
    least_value: str | None
    since_value: str
    tiers: tuple[TierRow, ...]
    change: str | None
    change_anchor: str


@dataclass(frozen=True)
class FeeTable:
    """The fees of a product on a day; a column that would say nothing is left out."""

    product: str
    rows: tuple[TableRow, ...]
    as_of: str

    @cached_property
    def named(self) -> bool:
        """Return whether asset and network do not tell the rows apart, so that names must."""
        places = [(row.words.asset, row.words.network) for row in self.rows]
        return len(set(places)) < len(places) or any(asset is None for asset, _ in places)

    @cached_property
    def has_asset(self) -> bool:
        """Return whether any fee is one of an asset."""
        return any(row.words.asset for row in self.rows)

    @cached_property
    def has_network(self) -> bool:
        """Return whether any fee is one of a network."""
        return any(row.words.network for row in self.rows)

    @cached_property
    def has_least(self) -> bool:
        """Return whether any fee states a smallest amount."""
        return any(row.words.least for row in self.rows)


def fee_table(
    site: Site, product: str, day: datetime.date, strings: Strings, *, in_full: bool = False
) -> FeeTable:
    """Return the fees of a product on a day; `in_full` lists tiers, and no change after the day."""
    following = {} if in_full else next_changes(site.schedule, day)
    rows = tuple(
        _row(fee, version, site.schedule, strings, following.get(fee.id), in_full=in_full)
        for fee, version in site.schedule.on(day, product)
    )
    return FeeTable(product, rows, format_day(day, strings.language))


def next_changes(schedule: Schedule, day: datetime.date) -> Mapping[str, Change]:
    """Return the first change after a day of each fee that has one, by the fee's id."""
    found: dict[str, Change] = {}
    for change in upcoming(changes(schedule), day):
        found.setdefault(change.fee.id, change)
    return found


def tier_rows(formula: Formula, currency: str, strings: Strings) -> Iterator[TierRow]:
    """Yield the tiers of a formula in words; none where it has no tiers."""
    if isinstance(formula, Tiers):
        for tier in formula.tiers:
            rate = strings.text("fees.page.rate", rate=format_amount(tier.rate, strings.language))
            yield TierRow(tier_range(tier, currency, strings), rate)


def tier_currency(fee: Fee, formula: Formula, schedule: Schedule) -> str:
    """Return what the borders of a fee's tiers are counted in."""
    by_volume = isinstance(formula, Tiers) and formula.basis == "volume"
    return schedule.volume_currency if by_volume else fee.currency or fee.asset or ""


def announced(change: Change | None, strings: Strings) -> str | None:
    """Return a coming change in words: "1.5 USDT from January 1, 2027"."""
    if change is None:
        return None
    if change.after is None:
        last = format_day(change.day - DAY, strings.language)
        return strings.text("fees.page.ends", date=last)
    day = format_day(change.day, strings.language)
    fee = table.describe(
        change.after.formula, change.fee.currency or change.fee.asset or "", strings
    )
    return strings.text("fees.page.from_day", fee=fee, date=day)


def _row(
    fee: Fee,
    version: Version,
    schedule: Schedule,
    strings: Strings,
    change: Change | None,
    *,
    in_full: bool,
) -> TableRow:
    currency = tier_currency(fee, version.formula, schedule)
    return TableRow(
        words=table.row(fee, version, schedule, strings),
        search_words=_search_words(fee, schedule),
        charged=strings.text(f"fees.page.charged.{taken(fee, version)}"),
        fee_value=_plain(_size(version.formula)),
        least_value=_plain(version.least),
        since_value=version.valid_from.isoformat(),
        tiers=tuple(tier_rows(version.formula, currency, strings)) if in_full else (),
        change=announced(change, strings),
        change_anchor=change.id if change else "",
    )


def _search_words(fee: Fee, schedule: Schedule) -> str:
    asset = schedule.assets[fee.asset].name if fee.asset else {}
    network = schedule.networks[fee.network].name if fee.network else {}
    return " ".join(dict.fromkeys([*asset.values(), *network.values()]))


def taken(fee: Fee, version: Version) -> str:
    """Return how a fee is taken: `deducted`, `added`, or in the `price`."""
    return "price" if isinstance(version.formula, Spread) else fee.charged


def _size(formula: Formula) -> Decimal:
    match formula:
        case Fixed() | NetworkEstimate():
            return formula.amount
        case Percentage() | Spread():
            return formula.rate
        case Tiers():
            return min(tier.rate for tier in formula.tiers)


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
