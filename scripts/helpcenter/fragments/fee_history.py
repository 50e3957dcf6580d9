"""Fragments of the schedule's past and future: what changed, and every version in full."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from helpcenter.facts import format_amount, format_day
from helpcenter.fees import table
from helpcenter.fees.changes import Change, changes, past, subject, upcoming
from helpcenter.fees.formulas import Fixed, Formula, NetworkEstimate, Percentage, Spread
from helpcenter.fees.schedule import DAY, PRODUCTS, Fee, Schedule, Version
from helpcenter.fees.working import money
from helpcenter.fragments.base import Fragment, FragmentError, Options, render
from helpcenter.fragments.fee_tables import fee_table, tier_currency, tier_rows
from helpcenter.site_context import Site, View
from helpcenter.strings import Strings


def _fee_changes(site: Site, view: View, options: Options) -> str:
    strings = site.strings[view.page.language]
    as_of = format_day(site.as_of, view.page.language)
    every = changes(site.schedule)
    lists = {"upcoming": upcoming(every, site.as_of), "past": past(every, site.as_of)}
    show = options.get("show")
    if show is not None and show not in lists:
        raise FragmentError(f"no such list of changes {show!r}", f"known: {', '.join(lists)}")
    return render(
        site,
        view,
        "fee-changes",
        lists=[
            (name, *_by_recipient(found, site.schedule, strings))
            for name, found in lists.items()
            if show in (None, name)
        ],
        as_of=as_of,
    )


def _by_recipient(
    found: tuple[Change, ...], schedule: Schedule, strings: Strings
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Return the changes of our fees, and apart from them the estimates of the networks'."""
    ours = [_change(each, schedule, strings) for each in found if not _is_network(each)]
    return ours, [_change(each, schedule, strings) for each in found if _is_network(each)]


def _is_network(change: Change) -> bool:
    return change.fee.recipient == "network"


def _change(change: Change, schedule: Schedule, strings: Strings) -> dict[str, object]:
    language = strings.language
    return {
        "id": change.id,
        "day": format_day(change.day, language),
        "iso": change.day.isoformat(),
        "subject": subject(change.fee, schedule, strings),
        "recipient": strings.text(f"fees.recipient.{change.fee.recipient}"),
        "before": _state(change.fee, change.before, schedule, strings),
        "after": _state(change.fee, change.after, schedule, strings),
        "difference": _difference(change, strings),
        "corrects": change.after.corrects[language]
        if change.after and change.after.corrects
        else None,
    }


def _state(
    fee: Fee, version: Version | None, schedule: Schedule, strings: Strings
) -> dict[str, object] | None:
    """Return a fee's version in words, or None where there is none."""
    if version is None:
        return None
    currency = fee.currency or fee.asset or ""
    tiers = tier_rows(version.formula, tier_currency(fee, version.formula, schedule), strings)
    least = money(version.least, fee.asset or "", strings.language) if version.least else None
    return {
        "fee": table.describe(version.formula, currency, strings),
        "tiers": tuple(tiers),
        "least": least,
    }


def _difference(change: Change, strings: Strings) -> str | None:
    """Return by how much a fee rises or falls, where both versions are one number."""
    if change.before is None or change.after is None:
        return None
    before, after = _number(change.before.formula), _number(change.after.formula)
    if before is None or after is None or before[0] != after[0]:
        return None
    difference = after[1] - before[1]
    if not difference:
        return strings.text("fees.page.unchanged")
    direction = "more" if difference > 0 else "less"
    if before[0] == "rate":
        shown = format_amount(abs(difference), strings.language)
        return strings.text(f"fees.page.points_{direction}", points=shown)
    currency = change.fee.currency or change.fee.asset or ""
    shown = money(abs(difference), currency, strings.language)
    return strings.text(f"fees.page.{direction}", amount=shown)


def _number(formula: Formula) -> tuple[str, Decimal] | None:
    match formula:
        case Fixed() | NetworkEstimate():
            return "amount", formula.amount
        case Percentage() | Spread():
            return "rate", formula.rate
        case _:
            return None


def _fee_versions(site: Site, view: View, options: Options) -> str:
    strings = site.strings[view.page.language]
    starts = first_days(site.schedule)
    periods = [
        {
            "id": f"schedule-{start}",
            "start": format_day(start, strings.language),
            "end": format_day(following - DAY, strings.language) if following else None,
            "is_current": start <= site.as_of and (following is None or site.as_of < following),
            "tables": [
                found
                for product in PRODUCTS
                if (found := fee_table(site, product, start, strings, in_full=True)).rows
            ],
        }
        for start, following in zip(starts, [*starts[1:], None], strict=True)
    ]
    return render(site, view, "fee-versions", periods=periods[::-1], tools=False)


def first_days(schedule: Schedule) -> list[datetime.date]:
    """Return each day on which the schedule is another than the day before, the oldest first."""
    versions = [version for fee in schedule.fees for version in fee.versions]
    starts = {version.valid_from for version in versions}
    return sorted(starts | {version.valid_to + DAY for version in versions if version.valid_to})


FEE_HISTORY: Mapping[str, Fragment] = {
    "fee-changes": Fragment(_fee_changes, ("show",)),
    "fee-versions": Fragment(_fee_versions),
}
