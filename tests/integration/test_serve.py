"""Serving while writing: the address the README gives, and edits that appear by themselves."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import edit, shipped_headers


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def fetch(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return str(answer.read().decode("utf-8"))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""  # not up yet, or between two builds


def policy_of(address: str) -> tuple[str, str]:
    """Return the policy that is sent with a page, and the page."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.headers["Content-Security-Policy"], answer.read().decode("utf-8")


def wait_for(address: str, text: str, seconds: int = 90) -> None:
    """Ask again until the page holds `text`; fail when it never does."""
    for _ in range(seconds * 4):
        if text in fetch(address):
            return
        time.sleep(0.25)
    pytest.fail(f"{address} never showed {text!r}")


@pytest.fixture
def served(project: Path) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"],
        cwd=project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield f"http://127.0.0.1:{port}/"
    process.terminate()
    process.wait(timeout=30)


def test_both_home_pages_answer_and_edits_to_pages_and_data_appear(
    served: str, project: Path
) -> None:
    wait_for(served, 'lang="en"')
    wait_for(f"{served}zh/", 'lang="zh-Hans"')
    policy, page = policy_of(served)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert "livereload(" in script  # what MkDocs 1.6.1 adds, last and inline
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    own = f"script-src 'self' 'sha256-{hashed}'"
    shipped = shipped_headers().of("index.html")["Content-Security-Policy"]
    assert policy == shipped.replace("script-src 'self'", own)
    edit(project / "docs/en/fees/overview.md", "title:", "title: Edited")
    wait_for(f"{served}fees/overview/", "Edited")
    edit(project / "docs/_data/product.yml", "en: Acme Wallet Help,", "en: Another Wallet Help,")
    wait_for(served, "Another Wallet Help")
    wait_for(served, 'src="assets/javascripts/helpcenter.js"')  # only a build renames it
