"""The fragment of the address checker: its form, and the data that its script reads.

Knows which networks there are and what is said; forms and checksums are known to the script alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from helpcenter.fragments.base import Fragment, FragmentError, Options, entries, inline_json, render
from helpcenter.reference.networks import Network, network_name
from helpcenter.site_context import Site, View
from helpcenter.strings import Strings

SAFETY = ["security/hacked-first-ten-minutes", "security/protect-recovery-phrase"]
LOOKUP = ["receive-and-send/check-transaction-status"]
POISONING = ["security/address-poisoning"]

_SAID = "address.say."


def _address_checker(site: Site, view: View, options: Options) -> str:
    networks, language = site.reference.networks.networks, view.page.language
    if not networks:
        raise FragmentError("networks.yml lists no network", "list them, or remove the marker")
    names = {each.id: network_name(each, site.schedule)[language] for each in networks}
    payload = {
        "networks": [_network(each, names[each.id], language) for each in networks],
        "texts": _texts(site.strings[language]),
    }
    return render(
        site,
        view,
        "address-checker",
        payload=inline_json(json.dumps(payload, ensure_ascii=False, separators=(",", ":"))),
        networks=list(names.items()),
        safety=entries(site, view, SAFETY),
        lookup=entries(site, view, LOOKUP),
        poisoning=next(iter(entries(site, view, POISONING)), None),
    )


def _network(network: Network, name: str, language: str) -> dict[str, object]:
    return {
        "id": network.id,
        "name": name,
        "memo": network.memo.name[language] if network.memo else None,
        "addresses": [
            {
                "format": form.format,
                "starts": form.starts,
                "least": form.least,
                "most": form.most,
                "name": form.name[language],
            }
            for form in network.addresses
        ],
    }


def _texts(strings: Strings) -> dict[str, str]:
    """Return what the script says, by the rest of the key."""
    names = [key.removeprefix(_SAID) for key in strings.texts if key.startswith(_SAID)]
    return {name: strings.text(f"address.say.{name}") for name in names}


ADDRESS: Mapping[str, Fragment] = {"address-checker": Fragment(_address_checker)}
