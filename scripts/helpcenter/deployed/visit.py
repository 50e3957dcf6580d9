"""Ask a live site for many addresses: a few at a time, with patience, within a time limit.

Knows HTTP and nothing of what the answers should be. Follows no redirect.
"""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

LARGEST_BODY: Final = 32 << 20
TRIES: Final = 2
TOO_LATE: Final = "the time was over"


@dataclass(frozen=True)
class Limits:
    """How long and how many: seconds for the whole visit and for a silence, requests at once."""

    budget: float = 300.0
    timeout: float = 20.0
    at_once: int = 8


@dataclass(frozen=True)
class Answer:
    """What came back; `failure` says in words why nothing did, and then the status is 0."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    failure: str = ""
    certificate_until: datetime.datetime | None = None


class Visitor:
    """A connection to one site, with a deadline."""

    def __init__(self, http: httpx.Client, limits: Limits, elapsed: Callable[[], float]) -> None:
        """Begin to count the time; `elapsed` returns seconds from any moment on."""
        self._http = http
        self._limits = limits
        self._elapsed = elapsed
        self._deadline = elapsed() + limits.budget

    def get(self, url: str) -> Answer:
        """Return what GET answers. Never raises for what a server does."""
        answer = Answer()
        for _ in range(TRIES):
            answer = self._try(url)
            if answer.status or answer.failure == TOO_LATE:
                break
        return answer

    def get_all(self, urls: Iterable[str]) -> Iterator[tuple[str, Answer]]:
        """Yield each address with its answer, as they come."""
        pool = ThreadPoolExecutor(self._limits.at_once)
        try:
            asked = {pool.submit(self.get, url): url for url in urls}
            for done in as_completed(asked):
                yield asked[done], done.result()
        finally:
            pool.shutdown(cancel_futures=True)  # whoever asks to stop waits for few

    def _try(self, url: str) -> Answer:
        left = self._deadline - self._elapsed()
        if left <= 0:
            return Answer(failure=TOO_LATE)
        try:
            with self._http.stream("GET", url, timeout=min(left, self._limits.timeout)) as response:
                chunks, size = [], 0
                for chunk in response.iter_bytes():
                    size += len(chunk)
                    if size > LARGEST_BODY:
                        return Answer(failure=f"an answer of over {LARGEST_BODY >> 20} MiB")
                    if self._elapsed() >= self._deadline:
                        return Answer(failure=TOO_LATE)
                    chunks.append(chunk)
                return Answer(
                    response.status_code,
                    response.headers,
                    b"".join(chunks),
                    certificate_until=_certificate_until(response),
                )
        except httpx.TimeoutException:
            late = self._elapsed() >= self._deadline
            return Answer(failure=TOO_LATE if late else "silence")
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            return Answer(failure=_in_words(error))


@contextmanager
def visiting(
    limits: Limits, elapsed: Callable[[], float], *, authority: Path | None = None
) -> Iterator[Visitor]:
    """Yield a visitor who trusts this system's authorities, or the one in the file `authority`.

    Raises OSError where that file cannot be read as certificates.
    """
    with httpx.Client(
        # Identity, because a compressed answer that was cut off counts as whole with httpx 0.28.
        headers={"User-Agent": "help-center-check", "Accept-Encoding": "identity"},
        follow_redirects=False,
        trust_env=False,
        verify=ssl.create_default_context(cafile=authority),
        limits=httpx.Limits(max_connections=limits.at_once),
    ) as http:
        yield Visitor(http, limits, elapsed)


def _certificate_until(response: httpx.Response) -> datetime.datetime | None:
    stream = response.extensions["network_stream"]
    if (encrypted := stream.get_extra_info("ssl_object")) is None:
        return None
    seconds = ssl.cert_time_to_seconds(encrypted.getpeercert()["notAfter"])
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


def _in_words(error: Exception) -> str:
    """Return why a connection failed, without the names and lines of the libraries' own files."""
    text = str(error).partition("] ")[2] or str(error) or type(error).__name__
    return text.partition(" (_ssl")[0]
