"""Whatever fails in a door of the ticket sync, a code is shown; a closed pipe is no failure."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import barrier
from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.fetch.errors import FetchError
from support import ROOT
from tickets_support import AS_OF, CASES, ticket_project

SECRET = "canary7f"
DOORS = ("sync_tickets.py", "apply_ranking.py", "fetch_tickets.py")


@pytest.mark.parametrize("kind", [SyncError, FetchError])
@pytest.mark.parametrize(
    ("raised", "code", "exit_code"),
    [
        (KeyboardInterrupt(SECRET), "E_STOPPED", 130),
        (OSError(28, SECRET), "E_DISK", 4),
        (ConnectionResetError(104, SECRET), "E_DISK", 4),
        (ValueError(SECRET), "E_INTERNAL", 4),
        (UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET), "E_INTERNAL", 4),
    ],
)
def test_a_failure_is_its_code_and_the_fixed_text(
    kind: type[Any], raised: BaseException, code: str, exit_code: int, capsys: Any
) -> None:
    def work() -> int:
        raise raised

    assert barrier.run(work, kind) == exit_code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == f"{kind(code)}\n"


@pytest.mark.parametrize("kind", [SyncError, FetchError])
def test_a_failure_of_the_package_is_shown_as_it_is(kind: type[Any], capsys: Any) -> None:
    def work() -> int:
        raise kind("E_NOTICKETS")

    assert barrier.run(work, kind) == 4
    assert capsys.readouterr().err == f"{kind('E_NOTICKETS')}\n"


def test_work_that_is_done_gives_its_own_code() -> None:
    assert barrier.run(lambda: 1, SyncError) == 1


@pytest.mark.parametrize("name", DOORS)
def test_every_door_that_sees_tickets_or_proposals_has_the_barrier(name: str) -> None:
    text = (ROOT / "scripts" / name).read_text(encoding="utf-8")
    assert text.count("return barrier.run(") == 1
    assert "except Exception" not in text


def unread(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a door whose output nobody reads."""
    with subprocess.Popen(["true"], stdin=subprocess.PIPE) as reader:
        reader.wait()
        return subprocess.run(
            [sys.executable, *map(str, command)],
            stdout=reader.stdin, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip


def test_the_sync_ends_quietly_when_nobody_reads_on(tmp_path: Path) -> None:
    project = ticket_project(tmp_path / "project")
    export = CASES / "zendesk" / "export.jsonl"
    options = ("--project", project, "--as-of", AS_OF)
    result = unread(ROOT / "scripts" / "sync_tickets.py", *options, export)
    assert (result.returncode, result.stderr) == (barrier.UNREAD, "")
    assert (project / "docs" / "_data" / "faq_ranking.yml").exists()


def test_applying_a_proposal_ends_quietly_when_nobody_reads_on(tmp_path: Path) -> None:
    project, proposal = ticket_project(tmp_path / "project"), tmp_path / "order.txt"
    scripts, export = ROOT / "scripts", CASES / "zendesk" / "export.jsonl"
    options = ("--project", project, "--as-of", AS_OF)
    sync = [scripts / "sync_tickets.py", *options, "--proposal", proposal, export]
    subprocess.run([sys.executable, *map(str, sync)], check=True, capture_output=True)
    result = unread(scripts / "apply_ranking.py", *options, proposal)
    assert (result.returncode, result.stderr) == (barrier.UNREAD, "")
    assert (project / "docs" / "_data" / "faq_ranking.yml").exists()


def test_what_drivers_print_does_not_reach_the_terminal(capfd: Any) -> None:
    with barrier.silenced():
        subprocess.run(["sh", "-c", f"echo {SECRET}; echo {SECRET} >&2"], check=True)
        os.write(2, SECRET.encode())
    print("after", flush=True)
    shown = capfd.readouterr()
    assert shown.out == "after\n"
    assert SECRET not in shown.err
