"""What several tests need: a copy of the project, a build of it, and a server for the site."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from helpcenter.headers.policy import Headers, load_headers
from helpcenter.problems import report
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.release import names

ROOT = Path(__file__).resolve().parents[1]

# The day tests build for, so that notices and fees do not change under them.
BUILD_DAY = "2026-11-22"
EPOCH = "1795305600"


def copy_project(target: Path) -> Path:
    """Copy all that a build reads; code and theme are linked, so that edits to docs stay apart."""
    target.mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "docs", target / "docs")
    shutil.copy(ROOT / "mkdocs.yml", target / "mkdocs.yml")
    for name in ("overrides", "scripts"):
        (target / name).symlink_to(ROOT / name)
    return target


def run(*command: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command as a person would, for BUILD_DAY, and return what it printed."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": EPOCH}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
    )


def build(project: Path, site: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Build the site of `project` into `site`, strictly unless `options` say otherwise."""
    return run(
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        *(options or ("--strict",)),
        "-d",
        site,
        cwd=project,
    )


def edit(path: Path, old: str, new: str) -> None:
    """Replace `old`, which must be there, by `new` in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} no longer holds {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def published_path(site: Path, name: str) -> str:
    """Return the path that a file of the project has in a built site."""
    paths = (path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    return next(path for path in paths if names.plain(path) == name)


def shipped_headers() -> Headers:
    """Return the headers that hosts of this site send."""
    project = Project(ROOT)
    product, problems = load_product(project)
    assert product is not None, report(problems)
    headers, problems = load_headers(project, product.language_codes)
    assert headers is not None, report(problems)
    return headers


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serve a built site as a static host does, its own 404 page included."""

    headers_of: Callable[[str], Mapping[str, str]]

    def end_headers(self) -> None:
        """Add the headers of the file that is sent."""
        path = urlsplit(self.path).path.lstrip("/")
        if not path or path.endswith("/"):
            path += "index.html"
        for name, value in type(self).headers_of(path).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep the tests' output quiet."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page where it has one."""
        page = Path(self.directory) / f"{code}.html"
        if not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class _Server(http.server.ThreadingHTTPServer):
    """A server that does not mind readers who leave before everything is loaded."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Raise no alarm: what matters is what the browser reports."""


@contextmanager
def serving(site: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve `site` on this machine with the headers that it ships, or with `headers` alone.

    Yields the address of its home page.
    """
    headers_of = shipped_headers().of if headers is None else lambda path: headers
    chosen = type("_Chosen", (_Handler,), {"headers_of": staticmethod(headers_of)})
    handler = functools.partial(chosen, directory=str(site))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
