"""Fetching from a real Request Tracker 5, of Debian packages, on this machine.

`make test-request-tracker` installs it and runs this; `make test` leaves it out.
"""

from __future__ import annotations

import datetime
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import ROOT
from tickets_support import ticket_project

LIBRARY = Path("/usr/share/request-tracker5")
CANARY = "canary7f3a91"
# Per batch one is deleted, and one merged into another.
FEES, DEPOSIT, LOGIN, OLD = 118, 68, 38, 18

pytestmark = pytest.mark.skipif(
    not os.environ.get("REQUEST_TRACKER"), reason="run by make test-request-tracker"
)


@dataclass(frozen=True)
class Tracker:
    """A running Request Tracker, and what its fetcher needs."""

    address: str
    token: str


def wait_for(address: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=30).close()
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
        else:
            return
    pytest.fail("Request Tracker did not start")


@pytest.fixture(scope="module")
def tracker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracker]:
    folder = tmp_path_factory.mktemp("rt")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    settings = {
        "rtname": "test",
        "Organization": "test",
        # Not the zone of the times in answers: searches read dates in it.
        "Timezone": "Asia/Shanghai",
        "WebDomain": "127.0.0.1",
        "WebPort": str(port),
        "WebPath": "",
        "DatabaseType": "SQLite",
        "DatabaseName": str(folder / "rt.sqlite"),
        "LogToSyslog": "",
        "LogToSTDERR": "error",
        "MailCommand": "testfile",
    }
    config = folder / "RT_SiteConfig.pm"
    lines = [f"Set(${name}, '{value}');\n" for name, value in settings.items()]
    config.write_text("".join([*lines, "1;\n"]), encoding="utf-8")
    environment = os.environ | {
        "RT_SITE_CONFIG": str(config),
        "RT_SITE_CONFIG_DIR": str(folder),
        "CANARY": CANARY,
        "TMPDIR": str(folder),
    }

    def run(*command: str | Path) -> str:
        result = subprocess.run(
            [str(part) for part in command],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert result.returncode == 0, result.stderr
        return result.stdout

    run("/usr/sbin/rt-setup-database-5", "--action", "init", "--dba", "", "--dba-password", "")
    token = run("perl", Path(__file__).with_name("request_tracker.pl")).split()[-1]
    server = subprocess.Popen(
        [
            str(LIBRARY / "libexec" / "rt-server"),
            "--server=Standalone",
            "--host=127.0.0.1",
            f"--port={port}",
        ],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    wait_for(address)
    yield Tracker(address, token)
    server.terminate()
    server.wait(timeout=30)


def door(name: str, *arguments: str | Path, token: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / name), *map(str, arguments)],
        env=os.environ | {"RT_TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.fixture(scope="module")
def fetched(tracker: Tracker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("fetched") / "rt.jsonl"
    result = door(
        "fetch_tickets.py", "rt", "--address", tracker.address, "--days=28", "--field=Topic",
        "-o", output, token=tracker.token,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    assert result.stdout == f"{FEES + DEPOSIT + LOGIN} tickets in 3 requests: {output}\n"
    return output


def test_every_ticket_of_the_window_is_fetched_without_a_word_of_it(fetched: Path) -> None:
    text = fetched.read_text(encoding="utf-8")
    tickets = [json.loads(line) for line in text.splitlines()]
    topics = Counter(ticket["CustomFields"][0]["values"][0] for ticket in tickets)
    assert topics == {"fees": FEES, "deposit": DEPOSIT, "login": LOGIN}
    assert Counter(ticket["language"] for ticket in tickets).keys() == {"en", "zh"}
    assert Counter(ticket["Status"] for ticket in tickets) == {"new": 221, "resolved": 3}
    assert len({ticket["Requestors"][0]["id"] for ticket in tickets}) == 100
    assert CANARY not in text
    assert "example.com" not in text


def test_the_sync_counts_what_was_fetched(fetched: Path, tmp_path: Path) -> None:
    result = door(
        "sync_tickets.py", "--project", ticket_project(tmp_path / "project"), "--source", "rt",
        "--as-of", datetime.datetime.now(datetime.UTC).date().isoformat(), "--json", fetched,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["rows"]["read"] == FEES + DEPOSIT + LOGIN
    assert found["rows"]["unreadable"] == found["rows"]["repeated"] == 0
    # A requester counts once a day: 100 of the 118 about fees.
    weights = {each["category"]: each["weight"] for each in found["order"]}
    assert weights == {"fees": 64, "deposit": 64, "login": 32, "scam": 0}


def test_a_token_that_is_wrong_is_said_to_be(tracker: Tracker, tmp_path: Path) -> None:
    result = door(
        "fetch_tickets.py", "rt", "--address", tracker.address, "-o", tmp_path / "x",
        token=f"1-99-{CANARY}",
    )  # fmt: skip
    assert result.returncode == 4
    assert result.stderr.startswith("E_TOKEN request=1 status=401\n")
    assert CANARY not in result.stderr
