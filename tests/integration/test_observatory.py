"""The shipped headers on a real nginx, graded by the rules of Mozilla's HTTP Observatory.

Needs nginx, openssl, Node and the scanner, which `make observatory` installs.
"""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from helpcenter.headers import render
from releases import nginx_conf
from support import ROOT, published_path, run, shipped_headers

pytestmark = pytest.mark.skipif(not os.environ.get("OBSERVATORY"), reason="run by make observatory")

HOST = "help.example.com"
SCANNER = ROOT / "tests" / "observatory"
# The best that a host can reach that sets no cookies and is not on the browsers' preload list.
BEST = {
    "content-security-policy": 10,
    "cookies": 0,
    "cross-origin-resource-sharing": 0,
    "redirection": 0,
    "referrer-policy": 5,
    "strict-transport-security": 0,
    "subresource-integrity": 0,
    "x-content-type-options": 0,
    "x-frame-options": 5,
    "cross-origin-resource-policy": 10,
}
# What that host sends with every site of its users, as seen from outside.
GITHUB_PAGES = """
add_header Strict-Transport-Security "max-age=31556952";
add_header Access-Control-Allow-Origin "*";
"""


def free_ports(number: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports


def configuration(folder: Path, site: Path, ports: list[int], headers: str) -> Path:
    """Write what nginx needs to serve `site` without root; return its configuration."""
    (folder / "headers.conf").write_text(headers, encoding="utf-8")
    path = folder / "nginx.conf"
    http = f"""  include /etc/nginx/mime.types;
  server {{
    listen 127.0.0.1:{ports[0]};
    return 301 https://{HOST}$request_uri;
  }}
  server {{
    listen 127.0.0.1:{ports[1]} ssl;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    root {site};
    error_page 404 /404.html;
    include {folder}/headers.conf;
  }}
"""
    path.write_text(nginx_conf(folder, http), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    made = run(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
        *("-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"),
        *("-keyout", folder / "key.pem", "-out", folder / "certificate.pem"),
    )
    assert made.returncode == 0, made.stderr
    return folder


@contextmanager
def nginx(folder: Path, certificate: Path, site: Path, headers: str) -> Iterator[list[int]]:
    """Serve `site` with `headers`; yield the ports of http and https."""
    for name in ("key.pem", "certificate.pem"):
        (folder / name).write_bytes((certificate / name).read_bytes())
    ports = free_ports(2)
    server = subprocess.Popen(
        ["nginx", "-p", str(folder), "-c", str(configuration(folder, site, ports, headers))]
    )
    try:
        wait_until_up(ports[1])
        yield ports
    finally:
        server.terminate()
        server.wait(timeout=30)


def scan(folder: Path, certificate: Path, site: Path, headers: str) -> dict[str, Any]:
    """Return what the scanner says of `site` served by nginx with `headers`."""
    with nginx(folder, certificate, site, headers) as ports:
        scanned = subprocess.run(
            ["node", "scan.js", HOST, *map(str, ports)],
            cwd=SCANNER,
            env=os.environ | {"NODE_EXTRA_CA_CERTS": str(folder / "certificate.pem")},
            text=True,
            capture_output=True,
            check=False,
            timeout=120,
        )
    assert scanned.returncode == 0, scanned.stderr
    result: dict[str, Any] = json.loads(scanned.stdout)
    assert result["scan"]["statusCode"] == 200
    return result


def wait_until_up(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx did not start")


def test_the_observatory_gives_the_best_score_that_a_site_of_its_own_can_have(
    built: Path, tmp_path: Path, certificate: Path
) -> None:
    result = scan(tmp_path, certificate, built, render.nginx(shipped_headers()))
    scores = {name: test["scoreModifier"] for name, test in result["tests"].items()}
    said = result["scan"]
    print(f"HTTP Observatory: {said['grade']} ({said['score']}), {said['testsPassed']} of 10 tests")
    assert scores == BEST
    assert (said["grade"], said["score"], said["testsFailed"]) == ("A+", 130, 0)


def test_a_host_that_lets_nobody_choose_headers_stays_below_an_a(
    built: Path, tmp_path: Path, certificate: Path
) -> None:
    result = scan(tmp_path, certificate, built, GITHUB_PAGES)
    said = result["scan"]
    print(f"GitHub Pages, by the pages' own policy alone: {said['grade']} ({said['score']})")
    assert said["grade"] not in ("A+", "A", "A-")


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("", "index.html"),
        ("zh/faq/", "zh/faq/index.html"),
        ("search/", "search/index.html"),
        ("search/en/core.json", "search/en/core.json"),
        ("help-widget.js", "help-widget.js"),
        ("assets/images/logo.svg", "assets/images/logo.svg"),
        ("no-such-page/", "404.html"),
    ],
)
def test_nginx_sends_the_headers_of_each_file_once(
    built: Path, tmp_path: Path, certificate: Path, address: str, path: str
) -> None:
    if address == path:
        address = path = published_path(built, path)
    headers = shipped_headers()
    trusted = ssl.create_default_context(cafile=str(certificate / "certificate.pem"))
    with nginx(tmp_path, certificate, built, render.nginx(headers)) as ports:
        raw = socket.create_connection(("127.0.0.1", ports[1]), timeout=30)
        with trusted.wrap_socket(raw, server_hostname=HOST) as connection:
            connection.sendall(f"GET /{address} HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
            answer = connection.makefile("rb").read().partition(b"\r\n\r\n")[0].decode()
    sent = [tuple(line.split(": ", 1)) for line in answer.splitlines()[1:]]
    names = {name for each in ("index.html", "help-widget.js") for name in headers.of(each)}
    assert sorted(pair for pair in sent if pair[0] in names) == sorted(headers.of(path).items())
