#!/usr/bin/env python3
"""Fetch the tickets of the last months from a helpdesk, for sync_tickets.py to read.

Keeps numbers, times, status, tags, types, ratings and reply times. Names, addresses, subjects
and texts are never kept; a requester is a code that changes with every run, and of a subject
only its language remains. The secrets come from the environment and go to one address only.
"""

from __future__ import annotations

import argparse
import datetime
import json
import logging
import os
import secrets
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

try:
    import stamina

    import barrier
    from helpcenter.atomic import write_if_changed
    from helpcenter.tickets.fetch import state
    from helpcenter.tickets.fetch.client import Clock, Limits
    from helpcenter.tickets.fetch.collect import check_change
    from helpcenter.tickets.fetch.errors import FetchError
    from helpcenter.tickets.fetch.providers import PROVIDERS, is_allowed, missing
    from helpcenter.tickets.fetch.run import fetch
except ModuleNotFoundError as error:
    print(f"fetch_tickets.py: {error.name} is not installed", file=sys.stderr)
    print("hint: use `make fetch`, or install requirements-tickets.txt", file=sys.stderr)
    sys.exit(2)

MANUAL = """\
environment variables:
  zendesk    ZENDESK_URL (https://acme.zendesk.com), ZENDESK_TOKEN; with ZENDESK_EMAIL the token
             is an API token, without it an OAuth token with the scope tickets:read
  freshdesk  FRESHDESK_URL (https://acme.freshdesk.com), FRESHDESK_API_KEY
  intercom   INTERCOM_TOKEN; INTERCOM_URL is https://api.intercom.io, or your region's
  zammad     ZAMMAD_URL, ZAMMAD_TOKEN (permission ticket.agent, all groups); Zammad 6.5 or newer
  rt         RT_URL (https://rt.example.com), RT_TOKEN (of a user who sees every queue); RT 5
Give the token a user of its own that may read tickets and nothing else. http is allowed to
this machine only. Proxies and .netrc are not used; SSL_CERT_FILE may name your own authority.

examples:
  fetch_tickets.py zendesk -o export/zendesk.jsonl
  fetch_tickets.py freshdesk --field cf_topic -o export/freshdesk.jsonl
  fetch_tickets.py rt --address http://127.0.0.1:8080 -o export/rt.jsonl
  sync_tickets.py --source zendesk export/zendesk.jsonl

Every run fetches the whole window anew, and two days before it. FILE.state, beside the output,
holds the number of tickets: over 30 % fewer or 300 % more than in the last run with the same
helpdesk and days keep the last file. A category field (--field) is a name in Freshdesk,
Intercom, Zammad and RT, a number in Zendesk, whose drop-down fields also are tags; values over
100 characters are left out, but name no field that a customer writes freely.

exit codes:
  0    done
  2    the command was misused, or an environment variable is missing
  4    stopped; the file of the last good run is unchanged
  130  told to stop; the file of the last good run is unchanged
  141  what read the output was closed; the file had been written
An error is a code with request=<which request> and status=<what the helpdesk answered>,
followed by a fixed explanation. It never shows an address, a secret or a ticket.
"""


def main(
    arguments: Sequence[str] | None = None,
    *,
    environment: Mapping[str, str] = os.environ,
    clock: Clock | None = None,
) -> int:
    """Fetch, check and write the tickets, and return the exit code."""
    # Both would show addresses; what goes wrong is said once, at the end, by its code.
    logging.disable(logging.CRITICAL)
    stamina.instrumentation.set_on_retry_hooks([])
    parser = _parser()
    options = parser.parse_args(arguments)
    provider = PROVIDERS[options.provider]
    address = options.address or environment.get(provider.address) or provider.default
    if not address:
        parser.error(f"set {provider.address} or --address to the helpdesk's address")
    if not is_allowed(address):
        parser.error(f"{provider.address} or --address must be https, and hold no password")
    if names := missing(provider, environment):
        parser.error(f"not set in the environment, or not printable ASCII: {', '.join(names)}")
    return barrier.run(
        lambda: _run(options, address, environment, clock or _system_clock()), FetchError
    )


def _run(
    options: argparse.Namespace, address: str, environment: Mapping[str, str], clock: Clock
) -> int:
    output: Path = options.output.resolve()
    output.parent.mkdir(parents=True, exist_ok=True)
    last = None
    if not options.accept_change:
        last = state.last_tickets(output, options.provider, options.days)
    draw = sys.stderr.isatty() and not options.json
    try:
        lines, requests = fetch(
            PROVIDERS[options.provider],
            address,
            environment,
            days=options.days,
            fields=tuple(options.field),
            tags=options.tags,
            key=secrets.token_bytes(32),
            limits=Limits(budget=options.budget * 60, timeout=options.timeout),
            clock=clock,
            progress=_draw if draw else lambda done, tickets: None,
        )
    finally:
        if draw:
            print(file=sys.stderr)
    if not options.accept_change:
        check_change(len(lines), last)
    write_if_changed(output, b"".join(line + b"\n" for line in lines).decode(), mode=0o600)
    note = state.State(options.provider, options.days, len(lines))
    write_if_changed(state.place(output), state.render(note), mode=0o600)
    if options.json:
        found = {"provider": options.provider, "days": options.days, "tickets": len(lines)}
        print(json.dumps(found | {"last_tickets": last, "requests": requests}))
    else:
        print(f"{len(lines):,} tickets in {requests:,} requests: {options.output}")
    return 0


def _draw(done: float, tickets: int) -> None:
    bar = "#" * round(done * 40)
    print(f"\r[{bar:<40}] {done:>4.0%} {tickets:>11,} tickets", end="", file=sys.stderr, flush=True)


def _system_clock() -> Clock:
    return Clock(time.monotonic, lambda: datetime.datetime.now(datetime.UTC))


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 1100:
        raise ValueError
    return days


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number <= 86_400:
        raise ValueError
    return number


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=MANUAL, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("provider", choices=tuple(PROVIDERS), help="which helpdesk")
    add("-o", "--output", type=Path, required=True, metavar="FILE",
        help="where to write, one ticket a line, readable for you only")  # fmt: skip
    add("--days", type=_days, default=92, metavar="N", help="how far back (default: 92)")
    add("--field", action="append", default=[], metavar="NAME",
        help="keep this category field too; may be repeated")  # fmt: skip
    add("--tags", action="store_true", help="zammad: tags too, with one more request a ticket")
    add("--address", metavar="URL", help="the helpdesk's address, instead of the variable")
    add("--budget", type=_positive, default=15.0, metavar="MINUTES",
        help="the longest the run may take, waiting included (default: 15)")  # fmt: skip
    add("--timeout", type=_positive, default=60.0, metavar="SECONDS",
        help="the longest silence within one answer (default: 60)")  # fmt: skip
    add("--accept-change", action="store_true",
        help="write even far fewer or more tickets than last time, or none")  # fmt: skip
    add("--json", action="store_true", help="print one JSON object instead of a sentence")
    return parser


if __name__ == "__main__":
    # Whoever asks to stop: leave by way of the temporary file's removal.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
