"""Publishing: whole or not at all, whatever stops it, and no asset gone under a reader's page."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import brotli
import pytest

import publish
from helpcenter.release import complete, compressed, folder, listing, names
from helpcenter.release.order import ReleaseError, before, with_release
from releases import Reader, plain_server, reading, recorded, small_site
from support import ROOT

DOOR = ROOT / "scripts" / "publish.py"


def to(target: Path, site: Path, *options: str) -> int:
    return publish.main([str(site), "--to", str(target), "--checked", *options])


def shown(target: Path, page: str = "index.html") -> str:
    text = (target / folder.CURRENT / page).read_text(encoding="utf-8")
    found = re.search(r"<p>(\d+)</p>", text)
    assert found
    return found[1]


def script(site: Path) -> str:
    return next(path for path in complete.files_of(site) if path.endswith(".js"))


@pytest.fixture
def sites(tmp_path: Path) -> Callable[[int], Path]:
    def made(number: int) -> Path:
        path = tmp_path / f"site-{number}"
        return path if path.exists() else small_site(path, number)

    return made


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "srv"


def test_a_release_takes_over_and_can_be_taken_back(
    target: Path, sites: Callable[[int], Path]
) -> None:
    for number in (1, 2):
        assert to(target, sites(number)) == 0
        assert shown(target) == str(number)
    assert to(target, sites(2), "--rollback") == 0
    assert shown(target) == "1"
    assert to(target, sites(2), "--rollback") == 4
    assert shown(target) == "1"


def test_after_going_back_the_next_release_follows_the_good_one(
    target: Path, sites: Callable[[int], Path]
) -> None:
    for number in (1, 2):
        to(target, sites(number))
    to(target, sites(2), "--rollback")
    to(target, sites(3))
    assert shown(target) == "3"
    to(target, sites(3), "--rollback")
    assert shown(target) == "1"


def test_assets_of_three_releases_stay_and_those_before_go(
    target: Path, sites: Callable[[int], Path]
) -> None:
    for number in range(1, 5):
        to(target, sites(number))
    current = target / folder.CURRENT
    kept = [number for number in range(1, 5) if (current / script(sites(number))).exists()]
    assert kept == [2, 3, 4]
    assert len(list((target / folder.RELEASES).iterdir())) == 3


def test_going_back_keeps_the_assets_of_what_was_wrong(
    target: Path, sites: Callable[[int], Path]
) -> None:
    for number in (1, 2):
        to(target, sites(number))
    to(target, sites(2), "--rollback")
    assert (target / folder.CURRENT / script(sites(2))).exists()


def test_the_same_site_is_published_once(target: Path, sites: Callable[[int], Path]) -> None:
    for _ in range(2):
        assert to(target, sites(1)) == 0
    assert len((target / folder.ORDER).read_text(encoding="utf-8").split()) == 1


def test_a_file_that_did_not_change_is_the_same_file(
    target: Path, sites: Callable[[int], Path]
) -> None:
    """So its time stays, from which hosts make the tag that browsers ask with."""
    to(target, sites(1))
    first = (target / folder.CURRENT / "robots.txt").stat()
    to(target, sites(2))
    assert (target / folder.CURRENT / "robots.txt").stat().st_ino == first.st_ino


def test_a_file_that_changed_is_a_second_younger(
    target: Path, sites: Callable[[int], Path]
) -> None:
    """Two versions of one size and second would be one to nginx and Caddy."""
    seen = set()
    for number in range(1, 6):
        to(target, sites(number))
        for name in ("index.html", "index.html.gz"):
            found = (target / folder.CURRENT / name).stat()
            seen.add((name, int(found.st_mtime)))
    assert len(seen) == 10


def test_copies_unpack_to_their_file_and_are_smaller_and_always_the_same(
    target: Path, sites: Callable[[int], Path]
) -> None:
    to(target, sites(1))
    page = (target / folder.CURRENT / "index.html").read_bytes()
    copies = {
        suffix: (target / folder.CURRENT / f"index.html{suffix}").read_bytes()
        for suffix in compressed.SUFFIXES
    }
    assert gzip.decompress(copies[".gz"]) == brotli.decompress(copies[".br"]) == page
    assert max(map(len, copies.values())) < len(page)
    assert {f"index.html{suffix}": copy for suffix, copy in copies.items()} == dict(
        compressed.copies("index.html", page)
    )
    assert dict(compressed.copies("a.txt", b"a")) == dict(compressed.copies("a.png", page)) == {}


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (lambda site: (site / "robots.txt").unlink(), "file-missing"),
        (lambda site: (site / "robots.txt").write_text("x", encoding="utf-8"), "file-changed"),
        (lambda site: (site / "more.html").write_text("x", encoding="utf-8"), "file-unlisted"),
        (lambda site: (site / listing.FILES).unlink(), "record-missing"),
        (lambda site: (site / listing.FILES).write_text("x", encoding="utf-8"), "record-missing"),
        (lambda site: untrue_name(site), "name-untrue"),
    ],
    ids=["missing", "changed", "added", "no record", "no such record", "name of other content"],
)
def test_a_site_that_is_not_what_was_built_is_not_published(
    target: Path,
    sites: Callable[[int], Path],
    capsys: pytest.CaptureFixture[str],
    spoil: Callable[[Path], Any],
    rule: str,
) -> None:
    to(target, sites(1))
    spoil(sites(2))
    assert to(target, sites(2)) == 1
    assert f": {rule}: " in capsys.readouterr().out
    assert shown(target) == "1"


def untrue_name(site: Path) -> None:
    (site / script(site)).write_text("other", encoding="utf-8")
    recorded(site)


def test_a_site_with_problems_is_not_published(
    target: Path, sites: Callable[[int], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish.main([str(sites(1)), "--to", str(target)]) == 1
    assert "title-missing" in capsys.readouterr().out
    assert not target.exists()


def test_a_site_that_lost_a_third_of_its_pages_needs_a_word(target: Path, tmp_path: Path) -> None:
    to(target, small_site(tmp_path / "a", 1))
    less = small_site(tmp_path / "b", 2, pages=8)
    assert to(target, less) == 4
    assert shown(target) == "1"
    assert to(target, less, "--force") == 0
    assert shown(target) == "2"


def test_a_damaged_release_is_not_gone_back_to(
    target: Path, sites: Callable[[int], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    to(target, sites(1))
    first = (target / folder.CURRENT).resolve()
    to(target, sites(2))
    (first / "p1/index.html").unlink()
    assert to(target, sites(2), "--rollback") == 4
    assert "p1/index.html:1: file-missing" in capsys.readouterr().err
    assert shown(target) == "2"


def test_a_second_run_at_the_same_time_is_sent_away(
    target: Path, sites: Callable[[int], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    codes: list[int] = []
    folder.publish(
        sites(1),
        target,
        keep=3,
        force=False,
        say=lambda text: codes.append(to(target, sites(2))),
    )
    assert set(codes) == {3}
    assert "another run" in capsys.readouterr().err
    assert shown(target) == "1"


class Killed(BaseException):
    """What a killed process does not come back from."""


# Every way in which publishing changes the disk.
EFFECTS = ("mkdir", "hardlink_to", "open", "rename", "symlink_to", "unlink")


@pytest.mark.parametrize(("action", "after"), [("publish", "3"), ("rollback", "1")])
def test_killed_before_any_change_of_the_disk_it_leaves_a_whole_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, action: str, after: str
) -> None:
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)  # no power is cut here
    one, two, three, four = (small_site(tmp_path / f"site-{n}", n, pages=3) for n in range(1, 5))
    for site in (one, two):
        to(tmp_path / "before", site)

    def act(target: Path) -> None:
        if action == "publish":
            folder.publish(three, target, keep=2, force=False, say=lambda text: None)
        else:
            folder.rollback(target, say=lambda text: None)

    steps = 0
    killed = True
    while killed:
        target = tmp_path / f"after-{steps}"
        shutil.copytree(tmp_path / "before", target, symlinks=True)
        killed = is_killed(steps, partial(act, target), monkeypatch)
        assert shown(target) in (("2", after) if killed else (after,))
        assert complete.check(target / folder.CURRENT) == []
        assert (target / folder.CURRENT / script(two)).exists()
        assert to(target, four) == 0
        assert shown(target) == "4"
        assert not list(target.rglob("*.part"))
        shutil.rmtree(target)
        steps += 1
    assert steps > (20 if action == "publish" else 2)


def is_killed(step: int, act: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Kill what is done before its nth change of the disk; return whether it has so many."""
    left = step

    def counted(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            return original(*arguments, **named)

        return call

    with monkeypatch.context() as patched:
        for name in EFFECTS:
            patched.setattr(Path, name, counted(getattr(Path, name)))
        patched.setattr(os, "fsync", counted(os.fsync))
        try:
            act()
        except Killed:
            return True
    return False


def test_readers_see_no_failure_while_releases_come_and_runs_are_killed(
    target: Path, sites: Callable[[int], Path]
) -> None:
    to(target, sites(0))
    chance = Random(1)
    pages = [path for path in complete.files_of(sites(0)) if path.endswith(".html")]
    with plain_server(target / folder.CURRENT) as port, reading([port], pages, 4) as readers:
        for number in range(1, 4):
            for _ in range(2):
                command = [sys.executable, str(DOOR), str(sites(number)), "--to", str(target)]
                run = subprocess.Popen([*command, "--checked"], stdout=subprocess.DEVNULL)
                try:
                    run.wait(timeout=chance.uniform(0.2, 0.6))
                except subprocess.TimeoutExpired:
                    run.kill()
                    run.wait()
            assert to(target, sites(number)) == 0
    nothing_failed(readers)


def nothing_failed(readers: list[Reader]) -> None:
    assert [each.failed for each in readers if each.failed] == []
    assert [each.missing for each in readers if each.missing] == []
    assert sum(each.assets for each in readers) > 50


def test_readers_notice_assets_that_are_not_kept(
    target: Path, sites: Callable[[int], Path]
) -> None:
    """The readers of the test above can fail."""
    to(target, sites(1))
    (target / folder.CURRENT / script(sites(1))).unlink()
    once = threading.Event()
    once.set()
    with plain_server(target / folder.CURRENT) as port:
        reader, lost = Reader(port, [""], 1), Reader(port, ["none/"], 1)
        reader.read(once)
        lost.read(once)
    assert reader.failed == lost.missing == []
    assert reader.missing[0].startswith("404 assets/javascripts/a.")
    assert lost.failed == ["404 none/"]


# --- a branch of a git repository -------------------------------------------------------------


def git(repository: Path, *arguments: str) -> str:
    ran = subprocess.run(
        ["git", "-C", str(repository), *arguments], capture_output=True, check=True, text=True
    )
    return ran.stdout


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    path = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(path)], check=True)
    return path


def to_branch(remote: Path, site: Path, *options: str) -> int:
    return publish.main([str(site), "--to-branch", str(remote), "live", "--checked", *options])


def test_a_branch_holds_a_commit_for_each_release_and_the_assets_of_three(
    remote: Path, sites: Callable[[int], Path]
) -> None:
    for number in range(1, 5):
        assert to_branch(remote, sites(number)) == 0
    assert len(git(remote, "log", "--format=%H", "live").split()) == 4
    files = git(remote, "ls-tree", "-r", "--name-only", "live").split()
    assert [script(sites(number)) in files for number in range(1, 5)] == [False, True, True, True]
    assert {*complete.files_of(sites(4)), *listing.NAMES, ".nojekyll"} <= {*files}
    assert "<p>4</p>" in git(remote, "show", "live:index.html")
    assert to_branch(remote, sites(4)) == 0
    assert len(git(remote, "log", "--format=%H", "live").split()) == 4


def test_a_branch_goes_back_and_on(remote: Path, sites: Callable[[int], Path]) -> None:
    for number in (1, 2):
        to_branch(remote, sites(number))
    assert to_branch(remote, sites(2), "--rollback") == 0
    assert "<p>1</p>" in git(remote, "show", "live:index.html")
    assert script(sites(2)) in git(remote, "ls-tree", "-r", "--name-only", "live").split()
    to_branch(remote, sites(3))
    assert to_branch(remote, sites(3), "--rollback") == 0
    assert "<p>1</p>" in git(remote, "show", "live:index.html")


def test_a_branch_of_something_else_is_left_alone(
    remote: Path, sites: Callable[[int], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    tree = (
        subprocess.run(
            ["git", "-C", str(remote), "mktree"], input=b"", capture_output=True, check=True
        )
        .stdout.decode()
        .strip()
    )
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    commit = git(remote, *who, "commit-tree", tree, "-m", "Add a feature").strip()
    git(remote, "update-ref", "refs/heads/live", commit)
    assert to_branch(remote, sites(1), "--force") == 4
    assert "choose another" in capsys.readouterr().err
    assert git(remote, "rev-parse", "live").strip() == commit


def test_a_branch_refuses_half_a_site_and_a_remote_that_is_not_there(
    remote: Path, tmp_path: Path, sites: Callable[[int], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    to_branch(remote, sites(1))
    assert to_branch(remote, small_site(tmp_path / "less", 2, pages=3)) == 4
    secret = f"file://release:token@{tmp_path}/none.git"
    assert publish.main([str(sites(1)), "--to-branch", secret, "live", "--checked"]) == 4
    assert "token" not in capsys.readouterr().err


def test_a_host_that_cannot_redirect_is_given_pages_with_a_link(
    remote: Path, sites: Callable[[int], Path]
) -> None:
    assert to_branch(remote, sites(1), "--redirect-pages") == 0
    page = git(remote, "show", "live:zh/official/index.html")
    address = "https://help.example.com/zh/security/official-channels/"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<a href="{address}">' in page
    assert "refresh" not in page
    assert "<script" not in page


def test_who_may_push_needs_nothing_but_python_and_git(
    remote: Path, sites: Callable[[int], Path]
) -> None:
    """`-S` leaves every installed package out."""
    command = [sys.executable, "-S", str(DOOR), str(sites(1)), "--checked"]
    ran = subprocess.run(
        [*command, "--to-branch", str(remote), "live"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "<p>1</p>" in git(remote, "show", "live:index.html")


# --- the order of releases, and the door ------------------------------------------------------


def test_the_order_names_each_release_once_and_the_way_back_is_what_was_current() -> None:
    order = with_release(["a", "b"], "a", "c")
    assert order == ["b", "a", "c"]
    assert before(order, "c") == "a"
    assert with_release(order, "c", "b") == ["a", "c", "b"]
    assert with_release([], None, "a") == with_release(["a"], "a", "a") == ["a"]
    for nothing in ([], ["a"]):
        with pytest.raises(ReleaseError):
            before(nothing, "a")


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-folder", "--to", "x"],
        [],
        ["--to", "x", "--to-branch", "y", "z"],
        ["--to", "x", "--keep", "0"],
        ["--to", "x", "--redirect-pages"],
    ],
)
def test_misuse_is_told(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        publish.main(arguments)
    assert ended.value.code == 2


def test_a_name_says_what_is_in_the_file_and_can_be_read_back() -> None:
    name = names.permanent("assets/javascripts/a/b.min.js", b"x")
    assert re.fullmatch(r"assets/javascripts/a/b\.min\.[0-9a-f]{12}\.js", name)
    assert names.is_permanent(name)
    assert names.plain(name) == "assets/javascripts/a/b.min.js"
    assert names.plain("search/en/0123456789ab/core.json") == "search/en/core.json"
    assert not names.is_permanent("assets/javascripts/bundle.a5f9d56c.min.js")
    assert not names.is_permanent("data/fees.0123456789ab.json")
