"""A built site says what it was made of, and machines can tell whether it still is that."""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path

import pytest

import build_environment
from helpcenter.release import listing, record
from support import BUILD_DAY, shipped_headers

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def published(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_the_list_holds_the_hash_of_every_file_that_a_reader_can_get(built: Path) -> None:
    files = published(built)
    listed = listing.read_list(files[listing.FILES].decode().splitlines())
    assert {"index.html", "zh/index.html", "404.html", "sitemap.xml", "sw.js"} <= set(listed)
    assert listed == {
        path: hashlib.sha256(content).hexdigest()
        for path, content in files.items()
        if not path.startswith((".well-known/build.", "_")) and not path.endswith((".br", ".gz"))
    }


def test_the_record_is_what_its_schema_describes(built: Path) -> None:
    files = published(built)
    written = json.loads(files[listing.RECORD])
    schema = json.loads(files[record.SCHEMA])
    assert set(written) == set(schema["properties"])
    assert all(
        "description" in field or "const" in field for field in schema["properties"].values()
    )
    found = record.Record.model_validate_json(files[listing.RECORD])
    assert found.tree == hashlib.sha256(files[listing.FILES]).hexdigest()
    assert found.files == files[listing.FILES].count(b"\n")
    assert found.as_of.isoformat() == BUILD_DAY
    assert found.time == datetime.datetime.fromisoformat(f"{BUILD_DAY}T00:00:00Z")
    assert found.pages["en"] == found.pages["zh"] > 100


def test_the_paths_are_in_the_order_of_their_bytes_and_nothing_of_the_host_is_listed() -> None:
    names = ("b", "a/z", "a-b", "中", "Z", "a.br", "a.gz", "_headers", *listing.NAMES)
    text = listing.listed(dict.fromkeys(names, "0" * 64))
    assert [line.split("  ")[1] for line in text.splitlines()] == ["Z", "a-b", "a/z", "b", "中"]


@pytest.mark.parametrize("line", ["", "index.html", "abc  index.html", f"{'0' * 64} index.html"])
def test_a_list_that_is_none_is_not_read_as_one(line: str) -> None:
    with pytest.raises(ValueError, match="a line is not"):
        listing.read_list([line])


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that says nothing of the build yet."""
    for name in (*build_environment.COMMITS, build_environment.EPOCH):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize("name", build_environment.COMMITS)
@pytest.mark.parametrize("commit", [COMMIT, f"{COMMIT}-dirty"])
def test_the_commit_is_what_the_build_was_told(
    name: str, commit: str, told: pytest.MonkeyPatch
) -> None:
    told.setenv(name, commit)
    assert build_environment.source() == record.Source(commit=commit)


def test_a_build_that_is_told_nothing_claims_nothing(told: pytest.MonkeyPatch) -> None:
    told.setenv("BUILD_COMMIT", "")
    assert build_environment.source() == record.Source(commit=None, time=None)


@pytest.mark.parametrize(
    ("name", "value"),
    [("BUILD_COMMIT", "main"), ("GITHUB_SHA", "0" * 39), ("SOURCE_DATE_EPOCH", "now")],
)
def test_a_build_that_is_told_nonsense_stops(
    name: str, value: str, told: pytest.MonkeyPatch
) -> None:
    told.setenv(name, value)
    with pytest.raises(SystemExit, match=f"{name} is not .*{value}"):
        build_environment.source()


def test_the_time_is_the_one_that_makes_the_same_bytes_again(told: pytest.MonkeyPatch) -> None:
    told.setenv("SOURCE_DATE_EPOCH", "1795305600")
    found = build_environment.source().time
    assert found == datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC)
    assert build_environment.day() == datetime.date(2026, 11, 22)


@pytest.mark.parametrize("path", ["index.html", "zh/faq/index.html", "404.html", "search.json"])
def test_a_page_is_shown_from_memory_only_while_its_host_fails(path: str) -> None:
    told = shipped_headers().of(path)["Cache-Control"].split(", ")
    assert "max-age=0" in told
    assert "stale-if-error=86400" in told
    assert not {part for part in told if part.startswith("stale-while-revalidate")}


@pytest.mark.parametrize("path", [*listing.NAMES, ".well-known/security.txt"])
def test_what_machines_watch_is_never_shown_from_memory(path: str) -> None:
    assert shipped_headers().of(path)["Cache-Control"] == "no-cache"
