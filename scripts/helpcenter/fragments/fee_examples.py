"""Fragments that compute: worked examples of a product, and the receipt of one transfer."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from helpcenter.facts import format_day
from helpcenter.fees.examples import examples
from helpcenter.fees.quote import Component, Quote, QuoteError, Request, quote
from helpcenter.fees.working import money, working
from helpcenter.fragments.base import Fragment, FragmentError, Options, render
from helpcenter.fragments.fees import product_of
from helpcenter.site_context import Site, View
from helpcenter.strings import Strings


def _fee_examples(site: Site, view: View, options: Options) -> str:
    strings = site.strings[view.page.language]
    product = product_of(options, "fee-examples")
    asset, network = _place(site, product, options, "fee-examples")
    found = examples(site.schedule, product, site.as_of, asset=asset, network=network)
    if not found:
        raise FragmentError(
            f"{product} does not offer {asset} on {network or 'any network'} on {site.as_of}",
            "name an asset and a network that fees.yml has for the product",
        )
    parts = found[0].quote.components
    receivers = {part.recipient for part in parts}
    rows = [
        {
            "why": money(each.volume, site.schedule.volume_currency, strings.language)
            if each.volume is not None
            else strings.text(f"fees.page.why.{each.why}"),
            "send": money(each.quote.send, asset, strings.language),
            "fees": [_amount(part, strings) for part in each.quote.components],
            "receive": money(each.quote.receive, asset, strings.language),
        }
        for each in found
    ]
    return render(
        site,
        view,
        "fee-examples",
        product=product,
        rows=rows,
        columns=[_named(site, part, strings) for part in parts],
        only_to=receivers.pop() if len(receivers) == 1 else None,
        by_volume=found[0].volume is not None,
        subject=_subject(site, asset, network, strings),
        rounding=sorted({_rounding(site, part) for part in parts}),
        as_of=format_day(site.as_of, view.page.language),
    )


def _fee_breakdown(site: Site, view: View, options: Options) -> str:
    strings = site.strings[view.page.language]
    product = product_of(options, "fee-breakdown")
    asset, network = _place(site, product, options, "fee-breakdown")
    request = Request(
        product,
        asset,
        _decimal(options, "amount"),
        site.as_of,
        network,
        _decimal(options, "volume", default="0"),
    )
    try:
        result = quote(site.schedule, request)
    except QuoteError as error:
        raise FragmentError(
            f"there is no quote: {error}", "change asset, network or amount"
        ) from None
    lines = [
        {
            **_named(site, part, strings),
            "amount": _amount(part, strings),
            "is_added": part.charged == "added",
            "steps": working(part, request, site.schedule, strings),
            "since": format_day(part.valid_from, strings.language),
        }
        for part in result.components
    ]
    return render(
        site,
        view,
        "fee-breakdown",
        product=product,
        subject=_subject(site, asset, network, strings),
        send=money(result.send, asset, strings.language),
        lines=lines,
        receive=money(result.receive, asset, strings.language),
        pay=_pay(result, strings),
        version=site.schedule.version,
        as_of=format_day(site.as_of, view.page.language),
    )


def _pay(result: Quote, strings: Strings) -> str | None:
    """Return everything that leaves the reader, where that is more than the amount itself."""
    if all(part.charged == "deducted" for part in result.components):
        return None
    amounts = [money(amount, currency, strings.language) for currency, amount in result.pay]
    return strings.text("fees.page.plus").join(amounts)


def _named(site: Site, part: Component, strings: Strings) -> dict[str, object]:
    fee = site.schedule.fee(part.fee)
    return {
        "name": fee.name[strings.language] if fee else part.fee,
        "goes_to": strings.text(f"fees.page.receiver.{part.recipient}"),
    }


def _amount(part: Component, strings: Strings) -> str:
    amount = money(part.amount, part.currency, strings.language)
    return strings.text("fees.estimate", amount=amount) if part.kind == "network" else amount


def _rounding(site: Site, part: Component) -> str:
    fee = site.schedule.fee(part.fee)
    return fee.rounding if fee else "up"


def _subject(site: Site, asset: str, network: str | None, strings: Strings) -> str:
    if network is None:
        return asset
    name = site.schedule.networks[network].name[strings.language]
    return strings.text("fees.page.subject", asset=asset, network=name)


def _place(site: Site, product: str, options: Options, marker: str) -> tuple[str, str | None]:
    """Return the asset and network that a marker names, or the only ones of the product."""
    offered = {(fee.asset, fee.network) for fee, _ in site.schedule.on(site.as_of, product)}
    only = next(iter(offered)) if len(offered) == 1 else (None, None)
    asset, network = options.get("asset", only[0]), options.get("network", only[1])
    if asset not in site.schedule.assets:
        known = ", ".join(site.schedule.assets)
        message = f"the marker {marker} needs an asset for {product}"
        raise FragmentError(message, f"write asset=…, one of {known}")
    if network is not None and network not in site.schedule.networks:
        known = ", ".join(site.schedule.networks)
        raise FragmentError(f"no such network {network!r}", f"known: {known}")
    return asset, network


def _decimal(options: Options, name: str, *, default: str = "") -> Decimal:
    text = options.get(name, default)
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise FragmentError(f"{name} is {text!r}, not an amount", f"write {name}=100")
    return amount


FEE_EXAMPLES: Mapping[str, Fragment] = {
    "fee-examples": Fragment(_fee_examples, ("product", "asset", "network")),
    "fee-breakdown": Fragment(_fee_breakdown, ("product", "asset", "network", "amount", "volume")),
}
