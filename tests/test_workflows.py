"""Workflows run what is pinned, may do what they say they need, and call what is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from support import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
BIN = Path(sys.executable).parent
PINNED = re.compile(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
READS = {"contents: read"}
# Whatever else a job may do, by workflow and job, and why it has to.
RIGHTS = {
    ("publish", "attest"): {"attestations: write", "id-token: write"},
    ("publish", "release"): {"contents: write"},
    ("publish", "pages"): {"contents: read", "pages: write", "id-token: write"},
    ("sync", "propose"): {"contents: write", "pull-requests: write"},
    ("packages", "propose"): {"contents: write", "pull-requests: write"},
    ("translations", "report"): {"contents: read", "issues: write"},
}

each = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def jobs(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from read(path)["jobs"].items()


def steps(path: Path) -> Iterator[dict[str, Any]]:
    for _, job in jobs(path):
        yield from job["steps"]


def commands() -> Iterator[tuple[str, str]]:
    """Yield every shell command of a workflow with the file it stands in."""
    for path in WORKFLOWS:
        yield from ((path.name, step["run"]) for step in steps(path) if "run" in step)
    for job in read(GITLAB).values():
        if isinstance(job, dict):
            yield from ((GITLAB.name, command) for command in job.get("script", ()))


def lint(*command: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    name, *options = command
    return subprocess.run(
        [BIN / name, *options], cwd=folder, text=True, capture_output=True, check=False
    )


@each
def test_an_action_is_pinned_by_commit_and_says_its_version(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text("utf-8"))
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []


def test_an_action_has_one_commit_everywhere() -> None:
    text = "\n".join(path.read_text("utf-8") for path in WORKFLOWS)
    found = set(re.findall(r"uses: (\S+@\S+ # \S+)", text))
    assert len(found) == len({line.partition("@")[0] for line in found})


@each
def test_a_job_may_do_what_it_has_a_reason_to_and_no_more(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert set(workflow["concurrency"]) == {"group", "cancel-in-progress"}
    for name, job in jobs(path):
        rights = {f"{scope}: {level}" for scope, level in job["permissions"].items()}
        assert rights == RIGHTS.get((path.stem, name), READS)
        assert job["timeout-minutes"] <= 60
        assert job["runs-on"] == "ubuntu-24.04"


@each
def test_a_checkout_leaves_no_key_behind(path: Path) -> None:
    for step in steps(path):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@each
def test_what_strangers_can_start_sees_no_secret_and_writes_nothing(path: Path) -> None:
    starts = set(read(path)[True])  # YAML 1.1 reads the key `on` as true
    assert starts <= {"push", "pull_request", "schedule", "workflow_dispatch"}
    if "pull_request" in starts:
        text = path.read_text("utf-8")
        assert not re.search(r"secrets\.|vars\.|github\.token|environment:|: write", text)


def test_the_job_that_sees_tickets_hands_over_one_file_and_the_other_sees_none() -> None:
    found = dict(jobs(ROOT / ".github" / "workflows" / "sync.yml"))
    count, propose = str(found["count"]), str(found["propose"])
    assert "ZENDESK_TOKEN" in count
    assert not re.search(r"ZENDESK|FRESHDESK|INTERCOM|ZAMMAD|RT_|HELPDESK|fetch", propose)
    assert "write" not in str(found["count"]["permissions"])
    handed = [step["with"] for step in found["count"]["steps"] if "upload" in str(step)]
    assert [each["path"] for each in handed] == ["export/proposal.txt"]
    for step in found["count"]["steps"]:  # the log of a public repository is public
        assert ">" in step.get("run", ">") or step["run"].startswith("make proposal")
    assert "@$(BIN)/python scripts/sync_tickets.py --proposal" in (ROOT / "Makefile").read_text()


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_a_step_is_short_and_calls_what_is_there(name: str, command: str) -> None:
    assert "\n" not in command.strip(), f"{name}: a longer script belongs into a door or a target"
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for words in re.findall(r"\bmake ((?:[a-z-]+ ?)+)", command):
        assert set(words.split()) <= targets, f"{name}: {command}"
    for script in re.findall(r"\b(?:scripts|\.ci)/[\w.]+", command):
        assert (ROOT / script).is_file(), f"{name}: {command}"
    assert "${{" not in command, f"{name}: a value reaches a shell as a variable, never as text"


ZIZMOR = ("--offline", "--pedantic", "--quiet", "--no-progress", "--color=never")


def test_zizmor_and_jactionlint_find_nothing() -> None:
    found = lint("zizmor", *ZIZMOR, ".")
    assert (found.returncode, found.stdout.strip()) == (0, "No findings to report. Good job!")
    found = lint("jactionlint", f"--shellcheck={BIN / 'shellcheck'}")
    assert (found.returncode, found.stdout) == (0, "")


DEFECTS = {
    "an action by its tag": ("actions/checkout@", "actions/checkout@v6 # ", "unpinned-uses"),
    "a right for all": ("permissions: {}", "permissions: write-all", "excessive-permissions"),
    "a key left behind": ("persist-credentials: false", "fetch-depth: 1", "artipacked"),
    "text of a stranger in a shell": (
        "run: bash .ci/run",
        "run: echo ${{ github.event.pull_request.title }}",
        "template-injection",
    ),
    "code of a stranger with our rights": (
        "  pull_request:",
        "  pull_request_target:",
        "dangerous-triggers",
    ),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_found(name: str, tmp_path: Path) -> None:
    old, new, rule = DEFECTS[name]
    text = (ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8")
    assert old in text
    (tmp_path / "check.yml").write_text(text.replace(old, new), "utf-8")
    found = lint("zizmor", *ZIZMOR, tmp_path / "check.yml")
    assert found.returncode != 0
    assert rule in found.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("timeout-minutes: 60", "timeout-minute: 60", "timeout-minute"),
        ("github.ref }}", "github.refs }}", "refs"),
        ("runs-on: ubuntu-24.04", "runs-on: ubuntu-24.4", "ubuntu-24.4"),
    ],
)
def test_a_slip_is_found(old: str, new: str, said: str, tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = (ROOT / ".github" / "workflows" / "check.yml").read_text("utf-8")
    assert old in text
    (folder / "check.yml").write_text(text.replace(old, new, 1), "utf-8")
    found = lint("jactionlint", "--shellcheck=", folder / "check.yml", folder=tmp_path)
    assert found.returncode != 0
    assert said in found.stdout


def test_the_jobs_of_gitlab_are_ones_that_gitlab_reads(tmp_path: Path) -> None:
    schema = ("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci")
    assert lint(*schema, GITLAB).returncode == 0
    image = read(GITLAB)["default"]["image"]
    assert re.fullmatch(r"python:3\.11-bookworm@sha256:[0-9a-f]{64}", image)
    slip = tmp_path / ".gitlab-ci.yml"
    shutil.copy(GITLAB, slip)
    slip.write_text(slip.read_text("utf-8").replace("script:", "scripts:", 1), "utf-8")
    assert lint(*schema, slip).returncode == 1


def test_shellcheck_finds_nothing_in_the_shell_files() -> None:
    files = [ROOT / ".ci" / "run", *sorted((ROOT / "scripts").glob("*.sh"))]
    assert lint("shellcheck", *files).stdout == ""
