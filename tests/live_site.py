"""A small site on this machine, whole in every way that can be checked, and a host that misbehaves.

Its pages are no pages of this help center, so that a test need not build it.
"""

from __future__ import annotations

import datetime
import hashlib
import http.server
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from helpcenter.headers.policy import Headers
from helpcenter.release.listing import FILES, RECORD, listed
from helpcenter.release.record import Record

SITE = "https://help.example.com/"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
_PAGES = ("", "faq/", "zh/", "zh/faq/")


def _languages(path: str) -> dict[str, str]:
    slug = path.removeprefix("zh/")
    return {"en": SITE + slug, "zh-Hans": f"{SITE}zh/{slug}", "x-default": SITE + slug}


def _page(path: str) -> str:
    links = "".join(
        f'<link rel="alternate" hreflang="{tag}" href="{url}">\n'
        for tag, url in _languages(path).items()
    )
    return (
        f"<!doctype html>\n<title>{path}</title>\n{links}"
        '<link rel="stylesheet" href="/assets/app.css">\n<script src="/assets/app.js"></script>\n'
        f'<a href="https://status.example.com/">Status</a><img src="{SITE}assets/logo.svg" alt="">'
    )


def _sitemap() -> str:
    entries = "".join(
        f"<url><loc>{SITE}{path}</loc>"
        + "".join(
            f'<x:link rel="alternate" hreflang="{tag}" href="{url}"/>'
            for tag, url in _languages(path).items()
        )
        + "</url>"
        for path in _PAGES
    )
    return (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:x="http://www.w3.org/1999/xhtml">{entries}</urlset>'
    )


def files(now: datetime.datetime) -> dict[str, bytes]:
    """Return every file of the site by its path, as of a moment."""
    expires = (now + datetime.timedelta(days=180)).isoformat()
    texts = {
        **{f"{path}index.html": _page(path) for path in _PAGES},
        "404.html": "<!doctype html><title>Not found</title>",
        "old/index.html": '<!doctype html><title>Moved</title><a href="/faq/">FAQ</a>',
        "assets/app.css": "@import 'more.css'; body { background: url(logo.svg) }",
        "assets/app.js": "start();",
        "assets/logo.svg": "<svg/>",
        "sitemap.xml": _sitemap(),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {SITE}sitemap.xml\n",
        ".well-known/security.txt": "Contact: mailto:security@example.com\n"
        f"Canonical: {SITE}.well-known/security.txt\nExpires: {expires}\n",
    }
    contents = {path: text.encode() for path, text in texts.items()}
    text = listed({p: hashlib.sha256(content).hexdigest() for p, content in contents.items()})
    record = Record(
        commit=COMMIT,
        site=SITE,
        as_of=now.date(),
        files=len(contents),
        tree=hashlib.sha256(text.encode()).hexdigest(),
        pages={"en": 2, "zh": 2},
        generators={},
    )
    return contents | {FILES: text.encode(), RECORD: record.model_dump_json().encode()}


@dataclass
class Host:
    """A host of the site; `fault` is what it does wrong, see tests/cases/deployed.yml."""

    files: Mapping[str, bytes]
    headers: Headers
    fault: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""
    gone: threading.Event = field(default_factory=threading.Event)


class _Handler(http.server.BaseHTTPRequestHandler):
    host: Host
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.lstrip("/")
        file = path + "index.html" if path == "" or path.endswith("/") else path
        status = 200 if file in self.host.files else 404
        file = file if status == 200 else "404.html"
        body, sent = self.host.files[file], self.host.headers.of(file)
        fault = self.host.fault
        if fault.get("path", path) == path:
            if fault.get("hang"):
                self.host.gone.wait()  # until the test is over
            if fault.get("hang") or fault.get("close"):
                self.close_connection = True
                return
            status = fault.get("status", status)
            body = fault.get("body", body.decode()).encode() + fault.get("append", "").encode()
            if "replace" in fault:
                old, new = fault["replace"]
                assert old in body.decode(), f"{path} does not hold {old}"
                body = body.decode().replace(old, new).encode()
            kept = {name: v for name, v in sent.items() if name not in fault.get("drop", ())}
            sent = kept | fault.get("headers", {})
        self.send_response(status)
        for name, value in sent.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault.get("cut") and fault["path"] == path:
            body = body[: len(body) // 2]
            self.close_connection = True
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep the tests' output quiet."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Raise no alarm: who asked has left."""


@contextmanager
def serving(host: Host, encryption: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve the site over http, or https with a certificate for localhost; yield its address."""
    handler = type("_OfHost", (_Handler,), {"host": host})
    with _Server(("127.0.0.1", 0), handler) as server:
        scheme = "http"
        if encryption is not None:
            server.socket = encryption.wrap_socket(server.socket, server_side=True)
            scheme = "https"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"{scheme}://localhost:{server.server_port}/"
        host.gone.set()
        server.shutdown()
        thread.join()
