"""The helpdesks that can be read, by the name the command takes; it equals the sync's source."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from helpcenter.tickets.fetch.freshdesk import FRESHDESK
from helpcenter.tickets.fetch.intercom import INTERCOM
from helpcenter.tickets.fetch.plan import Provider
from helpcenter.tickets.fetch.request_tracker import REQUEST_TRACKER
from helpcenter.tickets.fetch.zammad import ZAMMAD
from helpcenter.tickets.fetch.zendesk import ZENDESK

PROVIDERS: Final[Mapping[str, Provider]] = {
    each.name: each for each in (ZENDESK, FRESHDESK, INTERCOM, ZAMMAD, REQUEST_TRACKER)
}


def missing(provider: Provider, environment: Mapping[str, str]) -> list[str]:
    """Return the names of variables that are not set, or hold what no header may."""
    return [
        name
        for name in provider.secrets
        if not (environment.get(name) or name in provider.optional)
        or not all("!" <= letter <= "~" for letter in environment.get(name, ""))
    ]


def is_allowed(address: str) -> bool:
    """Return whether secrets may go to an address: https, or http to this very machine.

    An address with a user, a password, a query or a fragment is refused too.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if not host or not has_port or parts.query or parts.fragment or "@" in parts.netloc:
        return False
    if not address.isascii() or not address.isprintable() or " " in address:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
