"""The door for fees.yml: any day shown, and what a change of it means for whom."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

import check_fees
from helpcenter import yamlfile
from helpcenter.fees import revision
from helpcenter.fees.schedule import Schedule
from helpcenter.fees.summary import plain
from helpcenter.site_context import Site
from support import BUILD_DAY, ROOT, edit

FOLDER = Path(__file__).parent / "cases" / "fees-revision"
BASE = (FOLDER / "base.yaml").read_text(encoding="utf-8")
CASES = yaml.safe_load((FOLDER / "rules.yml").read_text(encoding="utf-8"))
FEES = Path("docs") / "_data" / "fees.yml"


def read(text: str) -> Schedule:
    context = {"languages": ("en", "zh")}
    found, problems = yamlfile.parse(text, Schedule, name="fees", first_line=1, context=context)
    assert found is not None, "\n".join(map(str, problems))
    return found


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_change_of_the_schedule_is_told_and_judged_as_its_case_says(
    case: dict[str, Any], site: Site
) -> None:
    text = BASE
    for old_part, new_part in case["edit"].items():
        assert text.count(old_part) == 1, f"base.yaml does not hold {old_part!r} once"
        text = text.replace(old_part, new_part)
    old, new = read(BASE), read(text)
    differences = revision.differences(old, new)
    languages = [(code, site.strings[code]) for code in ("en", "zh")]
    told = plain(differences, new, languages, []).splitlines() if differences else []
    problems = revision.check(old, new, case["day"], name="fees", text=text)
    assert told == case["told"]
    assert [f"{problem.rule}:{problem.line}" for problem in problems] == case["rules"]


def test_versions_of_a_schedule_are_compared_as_numbers() -> None:
    named = BASE.replace("en: Swap fee", "en: Fee for swaps")
    ninth = BASE.replace("2026-11-20", "2026-11-20.9", 1)
    for count, expected in [("10", []), ("8", ["fee-version-not-raised"])]:
        new = read(named.replace("2026-11-20", f"2026-11-20.{count}", 1))
        day = datetime.date.fromisoformat(BUILD_DAY)
        problems = revision.check(read(ninth), new, day, name="fees", text=named)
        assert [problem.rule for problem in problems] == expected


@pytest.fixture
def repository(project: Path) -> Path:
    """A copy of this project in a repository of its own, with one commit."""
    (project / FEES).write_text(BASE, encoding="utf-8")
    git(project, "init", "--quiet")
    git(project, "add", "docs/_data")
    git(project, "commit", "--quiet", "--message", "Publish")
    return project


def git(project: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=project, check=True)


def run(project: Path, *arguments: str) -> int:
    return check_fees.main(["--project", str(project), "--as-of", BUILD_DAY, *arguments])


def test_the_door_tells_what_the_edited_file_changes_in_both_languages(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(repository / FEES, "version: 2026-11-20", "version: 2026-11-22")
    edit(repository / FEES, "2026-03-01, source", "2026-03-01, valid_to: 2026-12-31, source")
    assert run(repository, "--diff", "HEAD") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Swap fee: 0.3% of the amount → no longer charged from 2027-01-01",
        "兑换手续费：金额的 0.3% → 不再收取，生效日期：2027-01-01",
    ]
    assert run(repository, "--diff", "HEAD", "--markdown") == 0
    assert capsys.readouterr().out.splitlines() == [
        *("### Fee schedule 2026-11-22", "", "#### English", ""),
        "- Swap fee: 0.3% of the amount → no longer charged from 2027-01-01",
        *("", "#### 简体中文", ""),
        "- 兑换手续费：金额的 0.3% → 不再收取，生效日期：2027-01-01",
    ]


def test_the_door_refuses_an_edited_past_with_its_place(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(repository / FEES, '"0.8"', '"0.9"')
    assert run(repository, "--diff", "HEAD", "--markdown") == 1
    out = capsys.readouterr().out
    assert "docs/_data/fees.yml:10: fee-past-changed: withdrawal-usdt-tron: " in out
    assert "docs/_data/fees.yml:2: fee-version-not-raised: " in out


def test_nothing_changed_is_said_in_one_line(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(repository, "--diff", "HEAD") == 0
    assert capsys.readouterr().out == "Nothing changes in what anybody pays.\n"


@pytest.mark.parametrize(
    ("published", "code", "says"),
    [
        ("schema: 1\nentries: []\n", 0, "another schema"),
        (BASE.replace('"0.3"', "0.3"), 3, "HEAD:docs/_data/fees.yml:25: data-invalid"),
    ],
)
def test_a_published_file_that_cannot_be_compared_is_said_to_be_so(
    published: str, code: int, says: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / FEES).write_text(published, encoding="utf-8")
    git(repository, "commit", "--quiet", "--all", "--message", "Publish another")
    (repository / FEES).write_text(BASE, encoding="utf-8")
    assert run(repository, "--diff", "HEAD") == code
    assert says in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [("--diff", "nowhere"), ("--diff=--output=x",), ("--markdown",), ("--as-of", "tomorrow")],
)
def test_misuse_is_answered_with_the_manual_and_code_2(
    arguments: tuple[str, ...], repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(repository, *arguments)
    assert stopped.value.code == 2
    assert "usage: " in capsys.readouterr().err
    assert not (repository / "x").exists()


def test_a_day_is_shown_with_every_fee_that_applies_and_what_comes_next(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_fees.main(["--project", str(repository), "--as-of", "2026-02-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Schedule 2026-11-20, as of 2026-02-01: 1 of 2 fees apply"
    assert [line.split() for line in lines if line.startswith("  Withdrawal fee ")] == [
        ["Withdrawal", "fee", "USDT", "TRON", "(TRC-20)", "0.8", "USDT", "-", "Us", *_JANUARY]
    ]
    assert lines[-3:] == [
        "Next changes:",
        "  2026-03-01  Swap fee: new: 0.3% of the amount",
        "  2026-07-01  Withdrawal fee for USDT on TRON (TRC-20): 0.8 → 1 USDT",
    ]


_JANUARY = ["January", "1,", "2026"]


def test_today_is_summed_up_by_product(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_fees.main(["--project", str(ROOT)]) == 0
    out = capsys.readouterr().out
    assert "  Withdrawal fees: " in out
    assert "fees apply" in out.splitlines()[0]


def test_a_schedule_with_mistakes_is_reported_with_lines(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(repository / FEES, "network: tron", "network: trn")
    assert run(repository) == 1
    out = capsys.readouterr().out
    assert out.startswith("docs/_data/fees.yml:")
    assert "the network 'trn' is not in networks" in out
