"""The fragment of supported assets: what can be sent where, and what an address looks like."""

from __future__ import annotations

from collections.abc import Mapping

from helpcenter.facts import fill, format_fact
from helpcenter.fragments.base import Fragment, FragmentError, Options, render
from helpcenter.fragments.fees import WORTH_SORTING
from helpcenter.reference.networks import AddressForm, Holding, Network, holdings, network_name
from helpcenter.site_context import Site, View
from helpcenter.strings import Strings


def _supported_assets(site: Site, view: View, options: Options) -> str:
    networks = site.reference.networks
    if not networks.networks:
        raise FragmentError("networks.yml lists no network", "list them, or remove the marker")
    rows = [_asset_row(site, view, each) for each in holdings(networks, site.schedule)]
    return render(
        site,
        view,
        "supported-assets",
        assets=rows,
        networks=[_network_row(site, view, network) for network in networks.networks],
        tools=len(rows) >= WORTH_SORTING,
    )


def _asset_row(site: Site, view: View, holding: Holding) -> dict[str, object]:
    strings, network = site.strings[view.page.language], holding.network
    name = network_name(network, site.schedule)
    return {
        "code": holding.code,
        "name": holding.name[strings.language],
        "network": name[strings.language],
        "standard": holding.standard,
        "search_words": " ".join(dict.fromkeys([*holding.name.values(), *name.values()])),
        "account": strings.text(f"networks.account.{_account(site, holding)}"),
        "memo": _memo(network, strings),
        "confirmations": _fact(site, strings, network.confirmations),
    }


def _account(site: Site, holding: Holding) -> str:
    """Return what the exchange account can do with it: `both`, `deposit` or `none`."""
    if holding.network.confirmations is None:
        return "none"
    withdrawals = site.schedule.on(site.as_of, "withdrawal")
    can_leave = any(fee.applies_to(holding.code, holding.network.id) for fee, _ in withdrawals)
    return "both" if can_leave else "deposit"


def _network_row(site: Site, view: View, network: Network) -> dict[str, object]:
    strings = site.strings[view.page.language]
    return {
        "name": network_name(network, site.schedule)[strings.language],
        "addresses": [_address(form, strings) for form in network.addresses],
        "memo": _memo(network, strings),
        "block_time": _fact(site, strings, network.block_time),
        "finality": fill(network.finality[strings.language], site.values(strings.language)),
    }


def _address(form: AddressForm, strings: Strings) -> dict[str, str]:
    least, most = form.least, form.most
    number = str(most) if least == most else strings.text("networks.range", least=least, most=most)
    kind = "begins" if form.starts else "whole"
    signs = strings.text(f"networks.signs.{form.signs}")
    return {
        "starts": form.starts,
        "rest": strings.text(f"networks.form.{kind}", number=number, signs=signs),
        "name": form.name[strings.language],
    }


def _memo(network: Network, strings: Strings) -> str:
    return (
        network.memo.name[strings.language] if network.memo else strings.text("networks.memo.none")
    )


def _fact(site: Site, strings: Strings, name: str | None) -> str | None:
    return format_fact(site.facts[name], strings) if name else None


NETWORKS: Mapping[str, Fragment] = {"supported-assets": Fragment(_supported_assets)}
