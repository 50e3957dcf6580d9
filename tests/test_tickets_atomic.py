from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from helpcenter.atomic import write_if_changed
from support import ROOT

# A writer that the system kills at the call named by its first argument.
KILLED = """
import os, signal, sys, pathlib
sys.path.insert(0, sys.argv[3])
from helpcenter import atomic
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
owner, _, name = sys.argv[1].rpartition(".")
setattr({"os": os, "Path": pathlib.Path, "atomic": atomic}[owner], name, die)
atomic.write_if_changed(pathlib.Path(sys.argv[2]), "new " * 100_000)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_once_and_only_if_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    assert write_if_changed(path, "一\n")
    first = path.stat()
    assert not write_if_changed(path, "一\n")
    assert path.stat().st_ino == first.st_ino
    assert write_if_changed(path, "二\n")
    assert path.read_text(encoding="utf-8") == "二\n"
    assert names(tmp_path) == ["file.yml"]


def test_the_mode_of_the_file_stays_and_a_new_file_can_be_read_by_all(tmp_path: Path) -> None:
    path = tmp_path / "file.yml"
    write_if_changed(path, "1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    path.chmod(0o600)
    write_if_changed(path, "2")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.yml").write_text("1", encoding="utf-8")
    (tmp_path / "link.yml").symlink_to("real.yml")
    write_if_changed(tmp_path / "link.yml", "2")
    assert (tmp_path / "link.yml").is_symlink()
    assert (tmp_path / "real.yml").read_text(encoding="utf-8") == "2"


@pytest.mark.parametrize("call", ["os.fdopen", "os.fchmod", "os.fsync", "Path.replace"])
def test_a_killed_writer_leaves_the_old_file_and_the_next_one_cleans_up(
    call: str, tmp_path: Path
) -> None:
    path = tmp_path / "file.yml"
    path.write_text("old", encoding="utf-8")
    command = [sys.executable, "-c", KILLED, call, str(path), str(ROOT / "scripts")]
    assert subprocess.run(command, check=False, capture_output=True).returncode == -9
    assert path.read_text(encoding="utf-8") == "old"
    assert len(names(tmp_path)) == 2
    write_if_changed(path, "new")
    assert names(tmp_path) == ["file.yml"]


def test_a_failed_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file.yml"
    path.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_if_changed(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["file.yml"]
