"""Temporary files of a run are gone after it, or after the next one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from helpcenter.tickets.common.scratch import scratch_folder
from support import ROOT

KILLED = """
import os, pathlib, signal, sys
sys.path.insert(0, sys.argv[2])
from helpcenter.tickets.common.scratch import scratch_folder
with scratch_folder(pathlib.Path(sys.argv[1])) as folder:
    (folder / "spilled").write_text("tickets")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_folder_is_private_and_gone_afterward(tmp_path: Path) -> None:
    with scratch_folder(tmp_path) as folder:
        (folder / "spilled").write_text("tickets", encoding="utf-8")
        assert folder.stat().st_mode & 0o077 == 0
    assert names(tmp_path) == []


def test_the_folder_is_gone_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="x"), scratch_folder(tmp_path):
        raise ValueError("x")
    assert names(tmp_path) == []


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(ROOT / "scripts")]
    assert subprocess.run(command, check=False).returncode == -9
    assert len(names(tmp_path)) == 1
    with scratch_folder(tmp_path) as folder:
        assert names(tmp_path) == [folder.name]


def test_a_run_that_goes_on_keeps_its_folder_and_others_keep_theirs(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "sync-tickets-link").symlink_to(tmp_path / "mine")
    with scratch_folder(tmp_path) as first, scratch_folder(tmp_path) as second:
        assert first.exists()
        assert first != second
    assert names(tmp_path) == ["mine", "sync-tickets-link"]
