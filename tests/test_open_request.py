"""A weekly job asks once: its request is renewed, and nobody's work on it is written over."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

import open_request
from open_request import AUTHOR, REQUESTS, Change, Issue

CHANGE, ISSUE = REQUESTS["faq-order"], REQUESTS["translations"]
assert isinstance(CHANGE, Change)
assert isinstance(ISSUE, Issue)
RANKING = "docs/_data/faq_ranking.yml"
BRANCH, TITLE, REPORT = CHANGE.branch, CHANGE.title, ISSUE.file
PERSON = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com")

# GitHub's command, in place of the host: keeps what it is asked, and what is open, in one file.
GH = """#!/usr/bin/env python3
import json, os, pathlib, sys
store = pathlib.Path(os.environ["GH_STORE"])
state = json.loads(store.read_text()) if store.exists() else {"asked": [], "open": []}
words = sys.argv[1:]
if words[1:2] == ["list"]:
    print(json.dumps(state["open"]))
else:
    state["asked"].append(words)
    if words[1] == "create":
        state["open"] = [{"number": 7, "title": words[words.index("--title") + 1]}]
    elif words[1] == "close":
        state["open"] = []
    store.write_text(json.dumps(state))
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of a repository on this disk, and a gh that only remembers."""
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "gh").write_text(GH)
    (tools / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GH_STORE", str(tmp_path / "store.json"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    project = tmp_path / "project"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "host.git")
    git(tmp_path, "-C", "host.git", "config", "receive.advertisePushOptions", "true")
    git(tmp_path, "clone", "--quiet", "host.git", "project")
    (project / "docs" / "_data").mkdir(parents=True)
    (project / RANKING).write_text("order: 1\n")
    git(project, "switch", "--quiet", "--create", "main")
    git(project, "add", ".")
    git(project, *PERSON, "commit", "--quiet", "-m", "First")
    git(project, "push", "--quiet", "origin", "main")
    return project


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, text=True, capture_output=True, check=True)
    return done.stdout.strip()


def ask(checkout: Path, name: str = "faq-order", host: str = "github") -> int:
    return open_request.main([name, "--host", host, "--project", str(checkout)])


def asked() -> list[list[str]]:
    store = Path(os.environ["GH_STORE"])
    return list(json.loads(store.read_text())["asked"]) if store.exists() else []


def pushed(checkout: Path, what: str) -> str:
    return git(checkout.parent / "host.git", "log", "-1", f"--format={what}", BRANCH)


def test_what_has_not_changed_is_not_asked(checkout: Path) -> None:
    (checkout / "elsewhere.txt").write_text("not of this request\n")
    assert ask(checkout) == 0
    assert asked() == []


def test_a_change_becomes_one_pull_request_that_the_next_run_renews(checkout: Path) -> None:
    for week in ("2", "3"):
        git(checkout, "switch", "--quiet", "main")
        (checkout / RANKING).write_text(f"order: {week}\n")
        (checkout / "elsewhere.txt").write_text("not of this request\n")
        assert ask(checkout) == 0
        host = checkout.parent / "host.git"
        assert git(host, "show", f"{BRANCH}:{RANKING}") == f"order: {week}"
        assert git(host, "diff", "--name-only", "main", BRANCH) == RANKING
        assert git(host, "log", "--format=%ce", f"main..{BRANCH}") == AUTHOR[1]
    verbs = [words[:2] for words in asked() if words[0] == "pr"]
    assert verbs == [["pr", "create"], ["pr", "edit"]]
    assert git(checkout.parent / "host.git", "show", f"main:{RANKING}") == "order: 1"


def test_a_branch_that_people_have_changed_is_left_to_them(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / RANKING).write_text("order: 2\n")
    assert ask(checkout) == 0
    (checkout / RANKING).write_text("order: by hand\n")
    git(checkout, *PERSON, "commit", "--quiet", "--all", "-m", "By hand")
    git(checkout, "push", "--quiet", "origin", BRANCH)
    git(checkout, "switch", "--quiet", "main")
    (checkout / RANKING).write_text("order: 3\n")
    assert ask(checkout) == 1
    assert "people have changed" in capsys.readouterr().err
    assert pushed(checkout, "%ce") == "ada@example.com"


def test_gitlab_is_asked_with_the_push_itself(checkout: Path) -> None:
    hook = checkout.parent / "host.git" / "hooks" / "pre-receive"
    hook.write_text('#!/bin/sh\nenv | grep GIT_PUSH_OPTION_ | sort > "$GH_STORE"\n')
    hook.chmod(0o755)
    (checkout / RANKING).write_text("order: 2\n")
    assert ask(checkout, host="gitlab") == 0
    options = Path(os.environ["GH_STORE"]).read_text()
    assert "merge_request.create" in options
    assert "merge_request.target=main" in options
    assert f"merge_request.title={TITLE}" in options


def test_a_refusal_of_the_host_is_told(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hook = checkout.parent / "host.git" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho protected >&2\nexit 1\n")
    hook.chmod(0o755)
    (checkout / RANKING).write_text("order: 2\n")
    assert ask(checkout) == 1
    assert "git push failed" in capsys.readouterr().err


def test_an_address_that_fails_does_not_show_its_token(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkout / RANKING).write_text("order: 2\n")
    remote = "https://requests:s3cret@127.0.0.1:1/project.git"
    words = ["faq-order", "--host", "gitlab", "--project", str(checkout), "--remote", remote]
    assert open_request.main(words) == 1
    said = capsys.readouterr().err
    assert "127.0.0.1:1" in said
    assert "s3cret" not in said


def test_a_report_becomes_one_issue_that_is_renewed_and_closed(checkout: Path) -> None:
    report = checkout / REPORT
    report.parent.mkdir()
    for text in ("", "two pages\n", "one page\n", "", ""):
        report.write_text(text)
        assert ask(checkout, "translations") == 0
    assert [words[:2] for words in asked()] == [
        ["issue", "create"],
        ["issue", "edit"],
        ["issue", "close"],
    ]
