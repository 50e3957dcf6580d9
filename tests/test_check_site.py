"""The checks of a built site: each rule meets its cases, and the door finds what a build left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import check_site
import lint_cases
from helpcenter.lint import output, site
from helpcenter.lint.rules import explain
from helpcenter.problems import Problem, report
from helpcenter.product import load_product
from helpcenter.project import Project
from support import ROOT

CASES = lint_cases.load("built")


def check(root: Path) -> list[Problem]:
    project = Project(root)
    product, problems = load_product(project)
    assert product is not None, report(problems)
    return site.check(output.read(root / "public", project=project, product=product))


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_a_case_has_the_problems_it_names_and_no_other(
    case: dict[str, Any], tmp_path: Path
) -> None:
    problems = check(lint_cases.make_project("built", tmp_path / "project", case))
    assert lint_cases.found(problems) == lint_cases.expected(case), report(problems)


@pytest.mark.parametrize("rule", site.RULES)
def test_every_rule_has_a_case_that_meets_it_and_one_that_says_why(rule: str) -> None:
    own = [case for name, case in CASES if name.startswith(f"{rule}.yml:")]
    assert any(each["rule"] == rule for case in own for each in case["expect"])
    for word in ("Why: ", "Bad: ", "Good: "):
        assert word in explain(site.RULES, rule)


def test_the_published_site_is_clean(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = check_site.main([str(built), "--project", str(ROOT)])
    assert code == 0, capsys.readouterr().out


def test_the_door_prints_problems_and_a_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {"remove": ["public/assets/app.js", "public/assets/logo.svg"]}
    root = lint_cases.make_project("built", tmp_path / "project", case)
    assert check_site.main([str(root / "public"), "--project", str(root)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(
        "assets/style.css:1: resource-missing: <style> names assets/logo.svg"
    )
    assert lines[-1] == "7 pages, 9 files, 8 problems"


def test_a_folder_that_is_no_site_is_misuse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        check_site.main([str(tmp_path)])
    assert stop.value.code == 2
    assert "is not a built site" in capsys.readouterr().err


def test_a_rule_is_explained_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_site.main(["x", "--explain", "lang-wrong"]) == 0
    assert "Bad: `<html lang=" in capsys.readouterr().out
