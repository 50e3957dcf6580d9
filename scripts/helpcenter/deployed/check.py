"""Look at every page and file of a live site, and at its host, and say what is wrong."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin

from helpcenter.deployed import built, host, pages, texts
from helpcenter.deployed.built import Built
from helpcenter.deployed.finding import Finding, joined
from helpcenter.deployed.visit import TOO_LATE, Answer, Visitor
from helpcenter.headers.policy import Headers
from helpcenter.lint.html import Document
from helpcenter.product import Product
from helpcenter.release.listing import FILES, RECORD

SITEMAP = "sitemap.xml"

# Called with the part that is done, from 0 to 1, and the number of answers.
Progress = Callable[[float, int], None]


@dataclass(frozen=True)
class Wishes:
    """What the site at the address `live` should be beyond its own record.

    `plain` is the http address that must lead to https, `here` the build that should be live, and
    `elsewhere` says that the site is not at the address it was built for.
    """

    live: str
    now: datetime.datetime
    here: Built | None = None
    commit: str | None = None
    plain: str | None = None
    elsewhere: bool = False
    certificate_days: int = 14
    security_days: int = 30


@dataclass(frozen=True)
class Report:
    """What was found in how many answers; `stopped` if not everything could be asked."""

    findings: list[Finding]
    answers: int
    stopped: bool
    live: Built | None


def check(
    visitor: Visitor, product: Product, headers: Headers, wishes: Wishes, progress: Progress
) -> Report:
    """Ask for all that was built, and return what is not as it should be."""
    look = _Look(product, headers, wishes)
    first = visitor.get(wishes.live + RECORD)
    if first.failure:
        return Report(list(_unanswered(RECORD, first)), 0, True, None)
    live = look.begin(first, visitor.get(wishes.live + FILES), visitor.get(wishes.live + SITEMAP))
    if wishes.plain is not None:
        look.findings += host.plain_http(wishes.plain, visitor.get(wishes.plain))
    asked = {wishes.live + quote(path): path for path in sorted(look.paths)}
    for number, (url, answer) in enumerate(visitor.get_all(asked), 1):
        look.findings += look.at(asked[url], answer)
        progress(number / len(asked), number)
    look.findings += pages.alternates(look.documents, look.entries, site=look.site)
    stopped = any(each.rule == "not-asked" for each in look.findings)
    return Report(joined(look.findings), len(asked), stopped, live)


class _Look:
    """What is known of a site while its answers come in."""

    def __init__(self, product: Product, headers: Headers, wishes: Wishes) -> None:
        self.headers = headers
        self.wishes = wishes
        self.site = str(product.site_url).rstrip("/") + "/"
        self.absent = {
            ("" if code == product.source_language else f"{code}/") + host.ABSENT
            for code in product.language_codes
        }
        self.findings: list[Finding] = []
        self.files: dict[str, str] = {}
        self.entries: dict[str, dict[str, str]] = {}
        self.documents: dict[str, Document] = {}

    def begin(self, record: Answer, listed: Answer, sitemap: Answer) -> Built | None:
        """Learn what there should be; return the build that is live, if it says so."""
        live, self.findings = built.served(record, listed)
        wishes, should_be = self.wishes, self.wishes.here or live
        self.files = should_be.files if should_be else {}
        self.entries, found = pages.sitemap(sitemap.body, site=self.site)
        self.findings += found
        self.findings += [
            Finding(SITEMAP, "sitemap", f"/{path}", "pages that were built")
            for path in self.entries
            if self.files and _file(path) not in self.files
        ]
        if live is not None:
            self.findings += built.differences(live, wishes.here, wishes.commit)
            if not wishes.elsewhere and live.record.site != wishes.live:
                found_site = Finding(RECORD, "built-for-other", live.record.site, wishes.live)
                self.findings.append(found_site)
        self.findings += host.certificate(
            wishes.live, record, now=wishes.now, days=wishes.certificate_days
        )
        return live

    @property
    def paths(self) -> set[str]:
        """Return all that is to be asked for."""
        built_to = {_address(file) for file in self.files if file != host.NOT_FOUND}
        return {*built_to, *self.entries, *self.absent, RECORD, texts.ROBOTS, texts.SECURITY}

    def at(self, path: str, answer: Answer) -> Iterator[Finding]:
        """Yield what is wrong at one address."""
        if answer.failure:
            yield from _unanswered(path, answer)
            return
        if path in self.absent:
            yield from host.absent(path, answer, self.files.get(host.NOT_FOUND))
            yield from host.headers(
                path, host.NOT_FOUND, answer, self.headers, live=self.wishes.live
            )
            return
        if (
            answer.status in (301, 308)
            and path not in self.entries
            and self._leads_on(path, answer)
        ):
            return  # an old address: hosts that can redirect need no page there
        if answer.status != 200:
            yield Finding(path, "status", f"status {answer.status}", "status 200")
            return
        file = _file(path)
        expected = self.files.get(file)
        if expected is not None and hashlib.sha256(answer.body).hexdigest() != expected:
            found = f"{len(answer.body):,} other bytes"
            yield Finding(path, "file-changed", found, "the bytes that were built")
        yield from host.headers(path, file, answer, self.headers, live=self.wishes.live)
        yield from self._read(path, file, answer)

    def _leads_on(self, path: str, answer: Answer) -> bool:
        target = urljoin(self.wishes.live + path, answer.headers.get("location", ""))
        own = target.startswith(self.wishes.live)
        return own and unquote(target.removeprefix(self.wishes.live)) in self.entries

    def _read(self, path: str, file: str, answer: Answer) -> Iterator[Finding]:
        wishes = self.wishes
        if file.endswith((".html", ".css")):
            document, requests = pages.requests(file, answer.body.decode("utf-8", "replace"))
            yield from pages.foreign(path, requests, live=wishes.live, site=self.site)
            if document is not None:
                self.documents[path] = document
        elif file == texts.ROBOTS:
            yield from texts.robots(answer.body, site=self.site)
        elif file == texts.SECURITY:
            yield from texts.security(
                answer.body, site=self.site, now=wishes.now, days=wishes.security_days
            )


def _unanswered(path: str, answer: Answer) -> Iterator[Finding]:
    if answer.failure == TOO_LATE:
        yield Finding(path, "not-asked", answer.failure, "an answer")
    elif "certificate" in answer.failure:
        yield Finding(path, "certificate", answer.failure, "one that browsers trust")
    else:
        yield Finding(path, "no-answer", answer.failure, "an answer")


def _address(file: str) -> str:
    """Return the path a file is asked for by: a folder stands for its index.html."""
    return file.removesuffix("index.html") if file.split("/")[-1] == "index.html" else file


def _file(path: str) -> str:
    return path + "index.html" if path == "" or path.endswith("/") else path
