"""One fetch from the first request to the checked tickets. Writes nothing.

Knows no terminal, environment or clock: the caller gives all three.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from helpcenter.tickets.fetch.client import Clock, Limits, connect
from helpcenter.tickets.fetch.collect import Progress, collect
from helpcenter.tickets.fetch.errors import FetchError
from helpcenter.tickets.fetch.plan import Plan, Provider
from helpcenter.tickets.fetch.reduce import hasher

# What reaches a helpdesk's index late, or was written by a clock that is off, is met again.
OVERLAP: Final = datetime.timedelta(hours=48)


def fetch(
    provider: Provider,
    address: str,
    secrets: Mapping[str, str],
    *,
    days: int,
    fields: tuple[str, ...],
    tags: bool,
    key: bytes,
    limits: Limits,
    clock: Clock,
    progress: Progress,
) -> tuple[list[bytes], int]:
    """Return the tickets of the last `days` as lines of JSON, and how many requests it took.

    `key` is random and used for this run only. Raises FetchError, which names no value.
    """
    until = clock.now().replace(microsecond=0)
    plan = Plan(
        since=until - datetime.timedelta(days=days) - OVERLAP,
        until=until,
        fields=fields,
        tags=tags,
        hashed=hasher(key),
    )
    failure = None
    lines: list[bytes] = []
    with connect(address, provider.headers(secrets), limits=limits, clock=clock) as client:
        try:
            lines = collect(provider.pages(client, plan), plan, progress)
        except FetchError as error:
            failure = error
        requests = client.requests
    if failure is not None:
        raise FetchError(failure.code, request=failure.request or requests, status=failure.status)
    return lines, requests
