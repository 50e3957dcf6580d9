"""Ask a helpdesk one thing at a time: with patience, within a time limit, at one address only.

Knows nothing of any helpdesk. No address from an answer is ever followed, so the secrets, which
are in the headers, go to no other host. Time and the wish to wait come from the caller's clock.
"""

from __future__ import annotations

import datetime
import email.utils
import functools
import re
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

import httpx
import msgspec
import stamina

from helpcenter.tickets.fetch.body import decoded, is_json, unpacked
from helpcenter.tickets.fetch.errors import FetchError

T = TypeVar("T")

# The longest a helpdesk may make us wait for one request, whatever it asks for, in seconds.
LONGEST_WAIT: Final = 600.0
_JITTER = {"wait_initial": 1.0, "wait_max": 30.0, "wait_jitter": 5.0}
_AGAIN = frozenset({408, 425, 429})
_NO_TOKEN = frozenset({401, 403})


@dataclass(frozen=True)
class Limits:
    """How long and how often; seconds and bytes. `tries` and `timeout` are for one request."""

    budget: float = 900.0
    timeout: float = 60.0
    tries: int = 5
    largest_body: int = 128 << 20


@dataclass(frozen=True)
class Clock:
    """What time it is: `elapsed` in seconds from any moment on, `now` aware, in UTC."""

    elapsed: Callable[[], float]
    now: Callable[[], datetime.datetime]


@dataclass(frozen=True)
class Answer(Generic[T]):
    """A page that arrived whole; `more` tells that its Link header names a next page."""

    value: T
    more: bool


class Client:
    """A connection to one helpdesk that counts its requests and keeps to a deadline."""

    def __init__(self, http: httpx.Client, address: str, limits: Limits, clock: Clock) -> None:
        self._http = http
        self._address = address.rstrip("/")
        self._limits = limits
        self._clock = clock
        self._deadline = clock.elapsed() + limits.budget
        self._too_late = False
        self.requests = 0

    def get(self, path: str, shape: type[T], query: Mapping[str, str | int]) -> Answer[T]:
        """Return what GET answers, as `shape`. Raises FetchError."""
        return self._ask("GET", path, shape, query, b"")

    def post(self, path: str, shape: type[T], body: object) -> Answer[T]:
        """Return what POST of `body` as JSON answers, as `shape`. Raises FetchError."""
        return self._ask("POST", path, shape, {}, msgspec.json.encode(body))

    def _ask(
        self, method: str, path: str, shape: type[T], query: Mapping[str, str | int], body: bytes
    ) -> Answer[T]:
        self.requests += 1
        failure = FetchError("E_INTERNAL")
        try:
            for attempt in stamina.retry_context(
                on=self._wait, attempts=self._limits.tries, timeout=None, **_JITTER
            ):
                with attempt:
                    return self._try(method, path, shape, query, body)
        except FetchError as error:
            failure = error
        code = "E_BUDGET" if self._too_late else failure.code
        raise FetchError(code, request=self.requests, status=failure.status)

    def _wait(self, error: Exception) -> bool | float:
        """Return whether to try again, or in how many seconds."""
        if not isinstance(error, FetchError) or not error.transient:
            return False
        wait = min(error.retry_after or 0.0, LONGEST_WAIT)
        self._too_late = self._clock.elapsed() + wait >= self._deadline
        if self._too_late:
            return False
        return True if error.retry_after is None else wait

    def _try(
        self, method: str, path: str, shape: type[T], query: Mapping[str, str | int], body: bytes
    ) -> Answer[T]:
        self._check_time()
        code = ""
        try:
            with self._http.stream(
                method,
                self._address + path,
                params=dict(query),
                content=body or None,
                headers={"Content-Type": "application/json"} if body else {},
            ) as response:
                self._check_status(response)
                raw = self._whole(response)
                headers = response.headers
        except httpx.TimeoutException:
            code = "E_TIMEOUT"
        except (httpx.HTTPError, httpx.StreamError, OSError):
            code = "E_CONNECTION"
        if code:
            # Outside of the handlers, so that no chained cause holds the address.
            raise FetchError(code, transient=True)
        if not is_json(headers.get("content-type", "")):
            raise FetchError("E_CONTENT", status=200)
        packing = headers.get("content-encoding", "")
        whole = unpacked(raw, packing, most=self._limits.largest_body)
        return Answer(decoded(whole, shape), _names_next(headers.get("link", "")))

    def _whole(self, response: httpx.Response) -> bytes:
        """Return the bytes as they were sent: httpx checks their length against the header."""
        chunks, size = [], 0
        for chunk in response.iter_raw():
            self._check_time()
            size += len(chunk)
            if size > self._limits.largest_body:
                raise FetchError("E_TOOBIG", status=200)
            chunks.append(chunk)
        return b"".join(chunks)

    def _check_time(self) -> None:
        if self._clock.elapsed() >= self._deadline:
            raise FetchError("E_BUDGET")

    def _check_status(self, response: httpx.Response) -> None:
        status = response.status_code
        if status == httpx.codes.OK:
            return
        if status in _AGAIN or status >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise FetchError(
                "E_BUSY" if status == httpx.codes.TOO_MANY_REQUESTS else "E_SERVER",
                status=status,
                transient=True,
                retry_after=_seconds(response.headers.get("retry-after", ""), self._clock.now()),
            )
        if status in _NO_TOKEN:
            raise FetchError("E_TOKEN", status=status)
        if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
            raise FetchError("E_NOTFOUND", status=status)
        raise FetchError("E_REDIRECT" if response.is_redirect else "E_REFUSED", status=status)


@contextmanager
def connect(
    address: str, headers: Mapping[str, str], *, limits: Limits, clock: Clock
) -> Iterator[Client]:
    """Yield a client for the helpdesk at `address`, whose secrets are in `headers`.

    Certificates are checked against this system's store, where an organization keeps its own.
    """
    with httpx.Client(
        headers={"User-Agent": "help-center", "Accept-Encoding": "identity", **headers},
        timeout=limits.timeout,
        follow_redirects=False,
        # Neither .netrc nor a proxy of the environment may add to what is sent, or see it.
        trust_env=False,
        verify=_trust(),
    ) as http:
        yield Client(http, address, limits, clock)


@functools.cache
def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _seconds(retry_after: str, now: datetime.datetime) -> float | None:
    """Return what a Retry-After header asks for (RFC 9110, 10.2.3), None if nothing readable."""
    text = retry_after.strip()
    if re.fullmatch(r"\d{1,9}", text, re.ASCII):
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return max(0.0, (moment - now).total_seconds())


def _names_next(link: str) -> bool:
    """Return whether a Link header (RFC 8288) names a next page."""
    return re.search(r';\s*rel="?next\b', link, re.IGNORECASE) is not None
