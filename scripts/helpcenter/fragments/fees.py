"""Fragments made from the fee schedule as it is on the site's day."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from markupsafe import Markup

from helpcenter.facts import format_day
from helpcenter.fees import schedule, table
from helpcenter.fees.chart import tier_chart
from helpcenter.fees.formulas import NetworkEstimate, Tiers
from helpcenter.fees.schedule import Fee, Version
from helpcenter.fees.working import term
from helpcenter.fragments.base import Fragment, FragmentError, Options, render
from helpcenter.fragments.fee_tables import (
    announced,
    fee_table,
    next_changes,
    taken,
    tier_currency,
    tier_rows,
)
from helpcenter.site_context import Site, View
from helpcenter.strings import Strings

# A table of fewer rows is read faster than it is sorted.
WORTH_SORTING = 6


def _fee_table(site: Site, view: View, options: Options) -> str:
    strings = site.strings[view.page.language]
    shown = fee_table(site, product_of(options, "fee-table"), site.as_of, strings)
    return render(site, view, "fee-table", table=shown, tools=len(shown.rows) >= WORTH_SORTING)


def _fee_kinds(site: Site, view: View, options: Options) -> str:
    """List what each product can cost, the fees of one kind together."""
    strings = site.strings[view.page.language]
    products = []
    for product in schedule.PRODUCTS:
        fees = sorted(site.schedule.on(site.as_of, product), key=_kind)
        groups = [part for _, group in groupby(fees, key=_kind) for part in _by_place(list(group))]
        if groups:
            name = strings.text(f"fees.page.does.{product}")
            products.append((name, [_kind_row(group, strings) for group in groups]))
    as_of = format_day(site.as_of, view.page.language)
    return render(site, view, "fee-kinds", products=products, as_of=as_of)


def _kind(part: tuple[Fee, Version]) -> tuple[str, str, str]:
    fee, version = part
    return version.formula.kind, fee.recipient, fee.charged


def _by_place(group: list[tuple[Fee, Version]]) -> list[list[tuple[Fee, Version]]]:
    """Return a group as it is where asset and network tell its fees apart, else each fee alone."""
    places = {(fee.asset, fee.network) for fee, _ in group}
    return [group] if len(places) == len(group) else [[part] for part in group]


def _kind_row(group: list[tuple[Fee, Version]], strings: Strings) -> dict[str, str]:
    fee, version = group[0]
    kind = version.formula.kind
    names = {each.name[strings.language] for each, _ in group}
    currency = fee.currency or fee.asset or ""
    return {
        "name": names.pop() if len(names) == 1 else strings.text(f"fees.page.kind.{kind}.name"),
        "how": table.describe(version.formula, currency, strings)
        if len(group) == 1
        else strings.text(f"fees.page.kind.{kind}.how"),
        "recipient": strings.text(f"fees.recipient.{fee.recipient}"),
        "taken": strings.text(f"fees.page.taken.{taken(fee, version)}"),
    }


def _fee_tiers(site: Site, view: View, options: Options) -> str:
    strings = site.strings[view.page.language]
    fee, version = _fee_of(site, options)
    formula = version.formula
    if not isinstance(formula, Tiers):
        tiered = [each.id for each in site.schedule.fees if _is_tiered(each)]
        raise FragmentError(
            f"the fee {fee.id} has no tiers", f"fees with tiers: {', '.join(tiered)}"
        )
    currency = tier_currency(fee, formula, site.schedule)
    change = next_changes(site.schedule, site.as_of).get(fee.id)
    return render(
        site,
        view,
        "fee-tiers",
        fee=table.row(fee, version, site.schedule, strings),
        formula=formula,
        tiers=list(tier_rows(formula, currency, strings)),
        currency=currency,
        chart=Markup(tier_chart(fee, version, site.schedule, strings)),
        change=announced(change, strings),
        change_anchor=change.id if change else "",
        as_of=format_day(site.as_of, view.page.language),
    )


def _is_tiered(fee: Fee) -> bool:
    return any(isinstance(version.formula, Tiers) for version in fee.versions)


def _fee_of(site: Site, options: Options) -> tuple[Fee, Version]:
    fee = site.schedule.fee(options.get("fee", ""))
    version = fee.on(site.as_of) if fee else None
    if fee is None or version is None:
        known = [each.id for each in site.schedule.fees if each.on(site.as_of)]
        message = f"no fee {options.get('fee', '')!r} applies on {site.as_of}"
        raise FragmentError(message, f"known: {', '.join(known)}")
    return fee, version


def _fee_network(site: Site, view: View, options: Options) -> str:
    strings = site.strings[view.page.language]
    wanted = options.get("network")
    if wanted is not None and wanted not in site.schedule.networks:
        known = ", ".join(site.schedule.networks)
        raise FragmentError(f"no such network {wanted!r}", f"known: {known}")
    rows = []
    for fee, version in site.schedule.on(site.as_of, "send"):
        formula, currency = version.formula, fee.currency or fee.asset or ""
        if isinstance(formula, NetworkEstimate) and wanted in (None, fee.network):
            terms = [term(part, formula.unit, currency, strings) for part in formula.terms]
            rows.append((table.row(fee, version, site.schedule, strings), terms))
    if not rows:
        raise FragmentError(
            f"no network fee of {wanted or 'any network'} applies on {site.as_of}",
            "add one to fees.yml, or remove the marker",
        )
    name = site.schedule.networks[wanted].name[strings.language] if wanted else None
    return render(site, view, "fee-network", rows=rows, network=name)


def product_of(options: Options, marker: str) -> str:
    """Return the product a marker names; raise FragmentError where it names none."""
    product = options.get("product", "")
    if product not in schedule.PRODUCTS:
        raise FragmentError(
            f"the marker {marker} needs a product, one of {', '.join(schedule.PRODUCTS)}",
            f"write <!-- hc:{marker} product=withdrawal -->",
        )
    return product


FEES: Mapping[str, Fragment] = {
    "fee-table": Fragment(_fee_table, ("product",)),
    "fee-kinds": Fragment(_fee_kinds),
    "fee-tiers": Fragment(_fee_tiers, ("fee",)),
    "fee-network": Fragment(_fee_network, ("network",)),
}
