"""Fragments for programs: the calculator with its data, and the published files."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping

from helpcenter.facts import format_day
from helpcenter.fees import feed, schedule, table
from helpcenter.fees.publish import digest, fees_json
from helpcenter.fragments.base import Fragment, Options, inline_json, render
from helpcenter.site_context import Site, View

FILES = {"json": "fees.json", "csv": "fees.csv", "schema": "fees.schema.json"}


def _fee_data(site: Site, view: View, options: Options) -> str:
    published = fees_json(site.schedule, site.as_of)
    return render(
        site,
        view,
        "fee-data",
        version=site.schedule.version,
        as_of=format_day(site.as_of, view.page.language),
        digest=digest(published),
        files=[(kind, _file(site, view, f"data/{name}")) for kind, name in FILES.items()],
        feed=_file(site, view, feed.path(view.page.language)),
    )


def _fee_calculator(site: Site, view: View, options: Options) -> str:
    strings = site.strings[view.page.language]
    rules = {
        f"{fee.id} {version.valid_from}": table.describe(
            version.formula, fee.currency or fee.asset or "", strings
        )
        for fee in site.schedule.fees
        for version in fee.versions
    }
    return render(
        site,
        view,
        "fee-calculator",
        payload=inline_json(fees_json(site.schedule, site.as_of)),
        rules=inline_json(json.dumps(rules, ensure_ascii=False)),
        products=[
            product for product in schedule.PRODUCTS if any(site.schedule.on(site.as_of, product))
        ],
        language=view.page.language,
    )


def _file(site: Site, view: View, path: str) -> str:
    """Return the relative address from a page to a file of the site's root."""
    return posixpath.relpath(f"/{path}", f"/{site.path(view.page.slug, view.interface)}")


FEE_DATA: Mapping[str, Fragment] = {
    "fee-data": Fragment(_fee_data),
    "fee-calculator": Fragment(_fee_calculator),
}
