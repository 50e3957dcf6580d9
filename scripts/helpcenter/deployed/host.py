"""What a host does by itself: headers, cookies, errors, the way to https, the certificate."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from helpcenter.deployed.finding import Finding
from helpcenter.deployed.visit import Answer
from helpcenter.headers.policy import Headers

NOT_FOUND = "404.html"
# An address that no page will have; a host that answers it with a page answers everything so.
ABSENT = "no-such-page-b9d1f0c5/"
_ONLY_OVER_HTTPS = "Strict-Transport-Security"
_LONGEST = 90


def headers(
    path: str, file: str, answer: Answer, expected: Headers, *, live: str
) -> Iterator[Finding]:
    """Yield the headers of an answer that are not those of `file`, and cookies."""
    secure = urlsplit(live).scheme == "https"
    for name, value in expected.of(file).items():
        if name == _ONLY_OVER_HTTPS and not secure:
            continue
        found = answer.headers.get(name.lower())
        if found is None:
            yield Finding(path, "header", f"no {name}", _short(value))
        elif _plain(found) != _plain(value):
            yield Finding(path, "header", f"{name}: {_short(found)}", _short(value))
    if cookie := answer.headers.get("set-cookie"):
        yield Finding(path, "cookie", cookie.partition("=")[0], "none")


def absent(path: str, answer: Answer, page: str | None) -> Iterator[Finding]:
    """Yield what is wrong with the answer to an address that is none; `page` is 404.html's hash."""
    if answer.status != 404:
        yield Finding(path, "not-found", f"status {answer.status}", "status 404")
    elif page is not None and hashlib.sha256(answer.body).hexdigest() != page:
        yield Finding(path, "not-found", "the host's own page", f"the page {NOT_FOUND}")


def plain_http(address: str, answer: Answer) -> Iterator[Finding]:
    """Yield whether an http address does not lead to https on the same host, and to stay."""
    target = urlsplit(urljoin(address, answer.headers.get("location", "")))
    if answer.status not in (301, 308):
        found = answer.failure or f"status {answer.status}"
        yield Finding(address, "https-missing", found, "status 301 or 308")
    elif target.scheme != "https" or target.hostname != urlsplit(address).hostname:
        found = f"{target.scheme}://{target.netloc}"
        yield Finding(address, "https-missing", found, "https on the same host")


def certificate(
    address: str, answer: Answer, *, now: datetime.datetime, days: int
) -> Iterator[Finding]:
    """Yield whether the certificate that was shown ends within a number of days from `now`."""
    until = answer.certificate_until
    if until is not None and until - now < datetime.timedelta(days=days):
        found = f"until {until:%Y-%m-%d}, in {(until - now).days} days"
        yield Finding(address, "certificate", found, f"at least {days} days")


def _plain(value: str) -> str:
    return " ".join(value.split())


def _short(value: str) -> str:
    value = _plain(value)
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
