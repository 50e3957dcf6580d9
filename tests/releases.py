"""Sites to publish, readers who keep asking for their pages, and web servers that answer."""

from __future__ import annotations

import functools
import getpass
import hashlib
import http.client
import http.server
import json
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from helpcenter.release import listing, names

_NAMED = re.compile(rb'(?:src|href)="(?:\.\./|/|\./)*((?:assets/[^"]+|search/[^"]+/[^"]+)\.\w+)"')
_WHOLE = b"</html>"


def recorded(site: Path) -> Path:
    """Write the record of a site whose files a test has made or changed."""
    files = {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }
    text = listing.listed(files)
    (site / listing.RECORD).parent.mkdir(exist_ok=True)
    (site / listing.FILES).write_text(text, encoding="utf-8")
    tree = hashlib.sha256(text.encode()).hexdigest()
    (site / listing.RECORD).write_text(json.dumps({"tree": tree}), encoding="utf-8")
    return site


def small_site(folder: Path, number: int, pages: int = 12) -> Path:
    """Make a site of few pages, whose script is another in each `number`."""
    script = f"console.log({number});\n".encode() * 40
    asset = names.permanent("assets/javascripts/a.js", script)
    written: dict[str, bytes] = {asset: script, "robots.txt": b"User-agent: *\n"}
    for page in range(pages):
        path = f"p{page}/index.html" if page else "index.html"
        text = f'<html><script src="/{asset}"></script><p>{number}</p></html>\n'
        written[path] = text.encode() + b"<!-- the same in every page -->\n" * 40 + b"</html>\n"
    for path, content in written.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return recorded(folder)


def changed(built: Path, folder: Path, number: int) -> Path:
    """Copy a built site, its script and style sheet changed and so renamed on all pages."""
    shutil.copytree(built, folder)
    renamed = {}
    for plain in ("assets/javascripts/helpcenter.js", "assets/stylesheets/helpcenter.css"):
        paths = (path.relative_to(folder).as_posix() for path in (folder / "assets").rglob("*.*"))
        old = next(path for path in paths if names.plain(path) == plain)
        content = (folder / old).read_bytes() + f"\n/* {number} */\n".encode()
        new = names.permanent(plain, content)
        (folder / old).unlink()
        (folder / new).write_bytes(content)
        renamed[Path(old).name.encode()] = Path(new).name.encode()
    for page in folder.rglob("*.html"):
        text = page.read_bytes()
        for old_name, new_name in renamed.items():
            text = text.replace(old_name, new_name)
        page.write_bytes(text)
    return recorded(folder)


@dataclass
class Reader:
    """Somebody who opens a page, and what the page names after a moment, again and again."""

    port: int
    pages: Sequence[str]
    seed: int
    loads: int = 0
    assets: int = 0
    failed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def read(self, stop: threading.Event) -> None:
        """Read until told to stop, at least one page."""
        chance = Random(self.seed)
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                self._read_page(connection, chance.choice(self.pages), stop)
            except OSError as error:
                self.failed.append(f"{type(error).__name__}: {error}")
            finally:
                connection.close()
            if stop.is_set():
                return

    def _read_page(
        self, connection: http.client.HTTPConnection, page: str, stop: threading.Event
    ) -> None:
        status, body = _get(connection, f"/{page}")
        self.loads += 1
        if status != 200 or not body.rstrip().endswith(_WHOLE):
            self.failed.append(f"{status} {page}")
            return
        named = sorted({found.decode() for found in _NAMED.findall(body)})
        stop.wait(0.05)  # meanwhile, a release may take over
        for path in named:
            status, content = _get(connection, f"/{path}")
            self.assets += 1
            if status != 200 or not names.is_true(path, content):
                self.missing.append(f"{status} {path} of {page}")


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


@contextmanager
def reading(ports: Sequence[int], pages: Sequence[str], each: int) -> Iterator[list[Reader]]:
    """Let `each` readers of every server read while the caller publishes."""
    stop = threading.Event()
    readers = [Reader(port, pages, seed) for port in ports for seed in range(each)]
    threads = [threading.Thread(target=reader.read, args=(stop,)) for reader in readers]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        stop.set()
        for thread in threads:
            thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep the tests' output quiet."""


@contextmanager
def plain_server(root: Path) -> Iterator[int]:
    """Serve `root`, opened anew for each request; yield the port."""
    handler = functools.partial(_Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def nginx_conf(folder: Path, http: str) -> str:
    """Return the configuration of an nginx that runs without root and keeps to `folder`."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"  {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    return f"""user {getpass.getuser()};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{ }}
http {{
  access_log off;
{temporary}{http}}}
"""


@contextmanager
def web_servers(folder: Path, root: Path, said: dict[str, str]) -> Iterator[dict[str, int]]:
    """Serve `root` by nginx and Caddy, configured as `said`; yield their ports by name."""
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as two,
    ):
        ports = {"nginx": one.getsockname()[1], "caddy": two.getsockname()[1]}
    for host, text in said.items():
        (folder / f"site.{host}").write_text(text, encoding="utf-8")
    http = f"""  server {{
    listen 127.0.0.1:{ports["nginx"]};
    root {root};
    include {folder}/site.nginx;
  }}
"""
    (folder / "nginx.conf").write_text(nginx_conf(folder, http), encoding="utf-8")
    (folder / "Caddyfile").write_text(
        f"""{{
	admin off
	auto_https off
	storage file_system {folder}/caddy
}}
http://127.0.0.1:{ports["caddy"]} {{
	root * {root}
	import {folder}/site.caddy
}}
""",
        encoding="utf-8",
    )
    commands = {
        "nginx": ["nginx", "-p", folder, "-c", folder / "nginx.conf"],
        "caddy": ["caddy", "run", "--adapter", "caddyfile", "--config", folder / "Caddyfile"],
    }
    with ExitStack() as stack:
        for host, command in commands.items():
            log = stack.enter_context((folder / f"{host}.log").open("wb"))
            server = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log)
            stack.callback(server.wait, timeout=30)
            stack.callback(server.terminate)
            _wait_until_up(server, ports[host], folder / f"{host}.log")
        yield ports


def _wait_until_up(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            continue
        return
    raise AssertionError(log.read_text(encoding="utf-8"))
