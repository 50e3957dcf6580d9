"""Whatever fails, and whenever: the ranking is the old or the new one, and the message says why.

`make test-faults` does all of it in full, and prints figures.
"""

from __future__ import annotations

import codecs
import fcntl
import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from backports import zstd

from helpcenter.tickets.common.errors import CODES
from helpcenter.tickets.reading import read as reading
from helpcenter.tickets.reading import staging
from hostile_exports import plain, tickets
from hostile_texts import FIXED_TEXTS, leaks, secrets
from support import ROOT
from sync_watch import Watched, files, watched
from tickets_support import AS_OF, ranking

FULL = os.environ.get("SYNC_FAULTS") == "full"
ALL = tickets()
FEW = [ticket for ticket in ALL if ticket.id < 1100]
SECRET = secrets(11)[0]


@pytest.fixture
def sync(tmp_path: Path) -> Watched:
    return watched(tmp_path)


# ---- every call that can fail ------------------------------------------------------------------


class FailingConnection:
    """An engine's connection that counts its queries and fails at one of them."""

    def __init__(self, real: Any, fails: Callable[[], None]) -> None:
        self._real = real
        self._fails = fails

    def __enter__(self) -> FailingConnection:
        self._real.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._real.__exit__(*error)

    def execute(self, *arguments: Any) -> Any:
        self._fails()
        return self._real.execute(*arguments)


OS_ERRORS = [OSError(28, SECRET), PermissionError(13, SECRET, SECRET), MemoryError(SECRET)]
# Where a call is made, its name, and what it may raise.
CALLS: dict[str, tuple[Any, str, list[Exception]]] = {
    "engine": (duckdb, "connect", [duckdb.Error(SECRET), duckdb.IOException(SECRET),
               duckdb.OutOfMemoryException(SECRET), RuntimeError(SECRET)]),
    "open a path": (Path, "open", OS_ERRORS),
    "open": (os, "open", OS_ERRORS),
    "make a folder": (tempfile, "mkdtemp", OS_ERRORS),
    "make a file": (tempfile, "mkstemp", OS_ERRORS),
    "make a nameless file": (tempfile, "TemporaryFile", OS_ERRORS),
    "free space": (shutil, "disk_usage", OS_ERRORS),
    "write": (os, "fdopen", OS_ERRORS),
    "mode": (os, "fchmod", OS_ERRORS),
    "flush": (os, "fsync", OS_ERRORS),
    "rename": (Path, "replace", OS_ERRORS),
    "lock": (fcntl, "flock", OS_ERRORS),
    "make folders": (Path, "mkdir", OS_ERRORS),
    "read a text": (Path, "read_text", OS_ERRORS),
    "decode": (codecs, "getincrementaldecoder", [LookupError(SECRET), MemoryError(SECRET),
               UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, SECRET)]),
    "unpack": (gzip.GzipFile, "read", [EOFError(SECRET), gzip.BadGzipFile(SECRET), *OS_ERRORS]),
    # YAML is the project's own: its errors may be shown.
    "YAML": (yaml, "compose", [yaml.YAMLError("wrong"), RecursionError("deep")]),
}  # fmt: skip


def failing_at(call: int, error: Exception, seen: Counter[str]) -> Callable[[], None]:
    def fails() -> None:
        seen["calls"] += 1
        if seen["calls"] == call:
            raise error

    return fails


@contextmanager
def failing(place: str, fails: Callable[[], None]) -> Iterator[None]:
    owner, name, _ = CALLS[place]
    real = getattr(owner, name)

    def calling(*arguments: Any, **options: Any) -> Any:
        if place != "engine":
            fails()
            return real(*arguments, **options)
        return FailingConnection(real(*arguments, **options), fails)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, calling)
        yield


def exports() -> list[bytes]:
    return [
        gzip.compress(plain("zendesk/lines", FEW)),
        plain("zendesk/view", FEW).decode().encode("utf-16"),
    ]


@pytest.mark.parametrize("place", CALLS)
def test_a_call_that_fails_ends_in_a_code_and_nothing_half_written(
    place: str, sync: Watched
) -> None:
    new = sync.run(exports())
    assert (new.code, new.err) == (0, "")
    seen: Counter[str] = Counter()
    counting = failing_at(0, ValueError(), seen)
    assert sync.run(exports(), during=failing(place, counting)) == new
    total = seen["calls"]
    calls = range(1, total + 1) if FULL else sorted({1, (total + 1) // 2, total})
    for call in calls:
        errors = CALLS[place][2]
        for error in errors if FULL else [errors[call % len(errors)]]:
            fails = failing_at(call, error, Counter())
            found = sync.run(exports(), during=failing(place, fails))
            assert leaks([SECRET], found.outputs(), FIXED_TEXTS) == []
            assert "Traceback" not in found.err
            # A run that fails has an explanation, and one that has none was not harmed.
            assert (found.code != 0) == bool(found.err), (place, call, error)
            assert found.code in (0, 1, 4, 130)
            assert found.code == 1 or found.err == "" or found.err.split()[0] in CODES
            for name, text in found.files.items():
                assert text == new.files[name], (place, call, error)
            assert found.code or found.files == new.files
        assert sync.run(exports()) == new
    if FULL:
        print(f"{place}: {total} calls, {total * len(CALLS[place][2])} faults, 0 harmful")


# ---- files that are cut off, half-written, changed ----------------------------------------------

CUT = (
    "zendesk/lines",
    "zendesk/array",
    "zendesk/view",
    "osticket/chinese",
    "rt/results",
    "jira/requests",
)


def cuts(name: str, content: bytes) -> Iterator[int]:
    step = 211 if FULL else len(content) // 12
    yield from range(1, len(content) - 1, step)


@pytest.mark.parametrize("name", CUT)
def test_a_truncated_file_is_refused_or_remarked_if_anything_can_tell(
    name: str, sync: Watched
) -> None:
    content = plain(name, FEW)
    found: Counter[str] = Counter()
    for at in cuts(name, content):
        verdict = judge(sync, content[:at])
        # Between two tickets nothing can tell, except in a document, which has an end.
        whole_rows = content[:at].endswith(b"\n") or content[at : at + 1] in (b"\r", b"\n")
        assert verdict != "silent" or (
            whole_rows and name not in ("zendesk/array", "jira/requests")
        ), at
        found[verdict] += 1
    if FULL:
        print(f"{name}, truncated: {dict(found)}")


@pytest.mark.parametrize("name", CUT)
def test_a_file_whose_end_is_not_written_yet_is_refused_or_remarked(
    name: str, sync: Watched
) -> None:
    content = plain(name, FEW)
    found: Counter[str] = Counter()
    for at in cuts(name, content):
        found[judge(sync, content[:at] + bytes(len(content) - at))] += 1
    assert found["silent"] == 0
    if FULL:
        print(f"{name}, half-written: {dict(found)}")


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress], ids=["gzip", "zstd"])
def test_a_compressed_file_that_is_cut_anywhere_is_refused(
    pack: Callable[[bytes], bytes], sync: Watched
) -> None:
    packed = pack(plain("zendesk/view", FEW))
    for at in range(1, len(packed), 7 if FULL else len(packed) // 12):
        assert sync.run([packed[:at]]).code == 4


def judge(sync: Watched, content: bytes) -> str:
    seen = sync.run([content])
    if seen.code == 4:
        assert seen.files == {}
        assert not seen.err.startswith("E_INTERNAL")
        return "refused"
    assert (seen.code, seen.err) == (0, "")
    return "remarked" if "note: N_" in seen.out else "silent"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Id,", "Nr of it,", "E_NOID file=2 row=1"),
        ("Tags,", "Words,", "N_COLUMN file=2 field=tags"),
        ("Created at,", "Born,", "E_NOCREATED file=2 row=1"),
        ("Updated at,", "Changed,", "N_COLUMN file=2 field=updated"),
        ("Satisfaction Score,", "Mood,", "N_COLUMN file=2 field=satisfaction"),
    ],
)
def test_a_schema_that_changes_between_files_is_told(
    old: str, new: str, told: str, sync: Watched
) -> None:
    first, second = plain("zendesk/view", FEW), plain("zendesk/view", FEW).decode()
    assert f",{old}" in second
    found = sync.run([first, second.replace(f",{old}", f",{new}", 1).encode()])
    assert told in found.out + found.err


CHANGES: dict[str, Callable[[Path], object]] = {
    "appended to": lambda path: path.write_bytes(path.read_bytes() + b"{}\n"),
    "cut": lambda path: os.truncate(path, path.stat().st_size // 2),
    "emptied": lambda path: os.truncate(path, 0),
    "removed": lambda path: path.unlink(missing_ok=True),
    "replaced": lambda path: shutil.copy(path, path.with_suffix(".new")) and path.with_suffix(
        ".new").replace(path),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("moment", ["open_export", "prepare", "finish"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    moment: str, change: str, sync: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = reading if moment == "open_export" else staging
    real = getattr(owner, moment)

    def changing(*arguments: Any, **options: Any) -> Any:
        CHANGES[change](sync.exports / "export1")
        return real(*arguments, **options)

    monkeypatch.setattr(owner, moment, changing)
    found = sync.run([plain("zendesk/view", FEW), plain("zendesk/lines", FEW)])
    assert (found.code, found.files) == (4, {})
    assert found.err.startswith("E_CHANGED file=2 row=0\n")


# ---- processes that are killed, crowded and starved ---------------------------------------------


@pytest.mark.parametrize(
    ("way", "number"), [("kills", 200 if FULL else 6), ("writers", 20 if FULL else 2)]
)
def test_nothing_is_corrupt_or_lost_after(way: str, number: int) -> None:
    stress(way, str(number))


@pytest.mark.skipif(not FULL, reason="needs the right to mount a file system")
def test_nothing_is_corrupt_or_lost_on_a_full_disk() -> None:
    stress("disk")


def stress(*arguments: str) -> None:
    result = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "sync_stress.py"), *arguments],
        env=os.environ | {"PYTHONPATH": f"{ROOT / 'scripts'}{os.pathsep}{ROOT / 'tests'}"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    if FULL:
        print(result.stdout.strip())


def test_a_disk_that_is_full_leaves_the_old_ranking(sync: Watched) -> None:
    assert sync.run([plain("zendesk/view", FEW)]).code == 0
    before = files(sync.project)
    shutil.rmtree(sync.project / "docs" / "_drafts")
    old = ranking(sync.project).read_bytes()
    (sync.exports / "export0").write_bytes(plain("zendesk/view", ALL))
    command = [
        sys.executable,
        str(ROOT / "scripts" / "sync_tickets.py"),
        "--project",
        str(sync.project),
    ]
    result = subprocess.run(
        [*command, "--as-of", AS_OF, str(sync.exports / "export0")],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300)),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stderr.splitlines()[0]) == (4, "E_DISK file=0 row=0")
    assert ranking(sync.project).read_bytes() == old
    assert set(files(sync.project)) <= set(before)


def test_tickets_of_another_day_are_another_ranking(sync: Watched) -> None:
    """Else the comparisons above would prove nothing."""
    late = [replace(ticket, tags=("login",), topic=None) for ticket in ALL]
    one, other = (sync.run([plain("zendesk/view", rows)], "--json") for rows in (ALL, late))
    assert one.files != other.files
    assert json.loads(one.out)["order"] != json.loads(other.out)["order"]
