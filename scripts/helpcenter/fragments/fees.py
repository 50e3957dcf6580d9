"""Fragments made from the fee schedule, as of the site's day."""

from __future__ import annotations

from collections.abc import Mapping

from helpcenter.facts import format_day
from helpcenter.fees import schedule, table
from helpcenter.fragments.base import Fragment, FragmentError, Options, render
from helpcenter.site_context import Site, View


def _fee_table(site: Site, view: View, options: Options) -> str:
    product = _product(options, "fee-table")
    strings = site.strings[view.page.language]
    rows = [
        table.row(fee, version, site.schedule, strings)
        for fee, version in site.schedule.on(site.as_of, product)
    ]
    return render(
        site,
        view,
        "fee-table",
        product=product,
        rows=rows,
        as_of=format_day(site.as_of, view.page.language),
    )


def _product(options: Options, marker: str) -> str:
    product = options.get("product", "")
    if product not in schedule.PRODUCTS:
        raise FragmentError(
            f"the marker {marker} needs a product, one of {', '.join(schedule.PRODUCTS)}",
            f"write <!-- hc:{marker} product=withdrawal -->",
        )
    return product


FEES: Mapping[str, Fragment] = {
    "fee-table": Fragment(_fee_table, ("product",)),
}
