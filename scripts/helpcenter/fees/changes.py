"""What changed in the fees and what will: the schedule read as a history, and in words.

A change is a day on which a fee begins, ends or is replaced by its next version.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from helpcenter.facts import format_amount
from helpcenter.fees.formulas import Fixed, Tiers
from helpcenter.fees.schedule import DAY, Fee, Schedule, Version
from helpcenter.fees.table import describe
from helpcenter.strings import Strings


@dataclass(frozen=True)
class Change:
    """A fee that is another from `day` on; `before` is None for a new fee, `after` for an end.

    `id` is the change's anchor, for good: the fee's id and the day.
    """

    id: str
    fee: Fee
    day: datetime.date
    before: Version | None
    after: Version | None


def changes(schedule: Schedule) -> tuple[Change, ...]:
    """Return every change of the schedule, the newest first, then in the file's order.

    The fees of the schedule's first day are where it starts, and no change.
    """
    first = min((fee.versions[0].valid_from for fee in schedule.fees), default=datetime.date.min)
    found = [change for fee in schedule.fees for change in _changes_of(fee, first)]
    return tuple(sorted(found, key=lambda change: change.day, reverse=True))


def _changes_of(fee: Fee, first: datetime.date) -> Iterator[Change]:
    if fee.versions[0].valid_from > first:
        yield change(fee, fee.versions[0].valid_from, None, fee.versions[0])
    for older, newer in pairwise(fee.versions):
        yield change(fee, newer.valid_from, older, newer)
    if (last := fee.versions[-1]).valid_to is not None:
        yield change(fee, last.valid_to + DAY, last, None)


def change(fee: Fee, day: datetime.date, before: Version | None, after: Version | None) -> Change:
    """Return the change of a fee on a day, with its anchor."""
    return Change(f"{fee.id}-{day}", fee, day, before, after)


def upcoming(found: Iterable[Change], day: datetime.date) -> tuple[Change, ...]:
    """Return the changes that lie after `day`, the nearest first."""
    later = (change for change in found if change.day > day)
    return tuple(sorted(later, key=lambda change: change.day))


def past(found: Iterable[Change], day: datetime.date) -> tuple[Change, ...]:
    """Return the changes that apply on `day`, in the given order."""
    return tuple(change for change in found if change.day <= day)


def sentence(change: Change, schedule: Schedule, strings: Strings, *, day: str) -> str:
    """Return "Withdrawal fee for USDT on TRON (TRC-20): 1 → 1.5 USDT from …", with `day` last."""
    return strings.text("fees.changes.sentence", title=title(change, schedule, strings), day=day)


def title(change: Change, schedule: Schedule, strings: Strings) -> str:
    """Return what changes for whom, without the day."""
    return strings.text(
        "fees.changes.title",
        subject=subject(change.fee, schedule, strings),
        change=before_after(change, strings),
    )


def subject(fee: Fee, schedule: Schedule, strings: Strings) -> str:
    """Return whom a fee concerns: its name, and its asset and network where it has them."""
    name = fee.name[strings.language]
    if fee.asset is None:
        return name
    network = schedule.networks[fee.network] if fee.network else None
    # "Network fee on Bitcoin" has said it already.
    if network is None or network.name[strings.language] in name:
        return strings.text("fees.changes.subject", name=name, asset=fee.asset)
    where = network.name[strings.language]
    if network.standard and schedule.assets[fee.asset].native_to != fee.network:
        where = strings.text("fees.changes.network", network=where, standard=network.standard)
    return strings.text("fees.changes.subject_network", name=name, asset=fee.asset, network=where)


def before_after(change: Change, strings: Strings) -> str:
    """Return what a fee was and what it becomes: "1 → 1.5 USDT", "new: 0.3% of the amount".

    A change of the smallest amount is told too.
    """
    before, after = (
        _in_words(version, change.fee, strings) for version in (change.before, change.after)
    )
    if after is None:
        return strings.text("fees.changes.ended", before=before)
    if before is None:
        parts = [strings.text("fees.changes.added", after=after)]
    elif before == after:
        parts = []
    else:
        parts = [strings.text("fees.changes.replaced", before=_short(change, before), after=after)]
    parts += _least(change, strings)
    joined = strings.text("fees.joiner").join(parts)
    return joined or strings.text("fees.changes.restated", after=after)


def _in_words(version: Version | None, fee: Fee, strings: Strings) -> str | None:
    if version is None:
        return None
    words = describe(version.formula, fee.currency or fee.asset or "", strings)
    if not isinstance(version.formula, Tiers):
        return words
    language = strings.language
    tiers = [
        strings.text(
            "fees.changes.tier",
            start=format_amount(tier.start, language),
            rate=format_amount(tier.rate, language),
        )
        for tier in version.formula.tiers
    ]
    return strings.text("fees.joiner").join(tiers)


def _short(change: Change, before: str) -> str:
    """Return `before` without its currency where `after` says it: "1 → 1.5 USDT"."""
    fixed = (
        change.before is not None
        and change.after is not None
        and isinstance(change.before.formula, Fixed)
        and isinstance(change.after.formula, Fixed)
    )
    return before.rpartition(" ")[0] if fixed else before


def _least(change: Change, strings: Strings) -> Iterator[str]:
    before, after = (
        f"{format_amount(version.least, strings.language)} {change.fee.asset}"
        if version is not None and version.least
        else None
        for version in (change.before, change.after)
    )
    if change.before is None and after:
        yield strings.text("fees.changes.least_only", amount=after)
    elif before != after:
        none = strings.text("fees.changes.none")
        yield strings.text("fees.changes.least", before=before or none, after=after or none)
