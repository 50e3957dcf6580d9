"""The checks of content: each rule meets its cases, and the door says so as a writer needs it."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

import check_content
import lint_cases
from helpcenter import facts, glossary, notices, pages, product
from helpcenter.faq import ranking, taxonomy
from helpcenter.fees import formulas, schedule
from helpcenter.headers import policy
from helpcenter.lint import content, sources
from helpcenter.lint.rules import explain
from helpcenter.problems import Problem, report
from helpcenter.project import Project
from helpcenter.reference import complaint_times, coverage, limits, networks, transparency
from helpcenter.tickets.changes.notice_drafts import NoticeTemplate
from support import BUILD_DAY, ROOT

CASES = lint_cases.load("content")
PAGE = "docs/en/fees/overview.md"


def check(root: Path) -> list[Problem]:
    reading, problems = sources.read(Project(root), datetime.date.fromisoformat(BUILD_DAY))
    return problems + content.check(reading)


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_a_case_has_the_problems_it_names_and_no_other(
    case: dict[str, Any], tmp_path: Path
) -> None:
    problems = check(lint_cases.make_content(tmp_path / "project", case))
    assert lint_cases.found(problems) == lint_cases.expected(case), report(problems)


@pytest.mark.parametrize("rule", content.RULES)
def test_every_rule_has_a_case_that_meets_it_and_one_that_says_why(rule: str) -> None:
    own = [case for name, case in CASES if name.startswith(f"{rule}.yml:")]
    assert any(each["rule"] == rule for case in own for each in case["expect"])
    for word in ("Why: ", "Bad: ", "Good: "):
        assert word in explain(content.RULES, rule)


def test_the_published_content_is_clean() -> None:
    problems = check(ROOT)
    assert not problems, report(problems)


@pytest.fixture(scope="module")
def any_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose page PAGE is written over by each example."""
    return lint_cases.make_content(tmp_path_factory.mktemp("any") / "project")


@settings(max_examples=80, deadline=None)
@given(body=st.text(alphabet="#`~[]()!<>{}%:-=|*\\/ \nax.md", max_size=300))
def test_no_text_of_a_page_stops_the_checks(body: str, any_page: Path) -> None:
    head = "---\ntitle: Fees\ndescription: Fees.\ntype: reference\nreviewed: 2026-11-20\n---\n\n"
    (any_page / PAGE).write_text(head + body, encoding="utf-8")
    last = (head + body).count("\n") + 1
    assert all(1 <= problem.line <= last for problem in check(any_page) if problem.path == PAGE)


CONTRACT = [
    *(product.Product, product.Language, product.Channel),
    *(facts.Duration, facts.Count, facts.Percent, facts.Date, facts.Text),
    *(schedule.Schedule, schedule.Asset, schedule.Network, schedule.Fee, schedule.Version),
    *(formulas.Fixed, formulas.Percentage, formulas.Spread, formulas.Tiers, formulas.Tier),
    *(formulas.NetworkEstimate, formulas.Term),
    *(taxonomy.Taxonomy, taxonomy.Scoring, taxonomy.Weights, taxonomy.Category),
    *(ranking.Ranking, ranking.Ranked, notices.Notice, NoticeTemplate, glossary.Term),
    *(glossary.WordGroup, glossary.Glossary, pages.FrontMatter, product.Busy),
    *(networks.Network, networks.AddressForm, networks.Memo, networks.Coin, networks.Networks),
    *(limits.Limits, limits.Level, limits.Limit, limits.Value),
    *(transparency.Transparency, transparency.Figure, transparency.Quarter),
    *(complaint_times.Jurisdiction, coverage.Requirement),
    *(policy.Headers, policy.Exceptional),
]


@pytest.mark.parametrize("model", CONTRACT, ids=lambda model: model.__name__)
def test_the_readme_of_the_data_files_names_every_field(model: type[BaseModel]) -> None:
    text = (ROOT / "docs" / "_data" / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`]+)`", text))))
    assert {field.alias or name for name, field in model.model_fields.items()} <= named


def test_problems_are_printed_in_order_with_a_way_out_and_a_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {"append": {PAGE: {"text": "\n[x](nowhere.md)\n\n[y](gone.md)\n", "times": 1}}}
    root = lint_cases.make_content(tmp_path / "project", case)
    assert check_content.main(["--project", str(root)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        f"{PAGE}:18: link-broken: the link leads to docs/en/fees/nowhere.md, which does not exist"
    )
    assert lines[1].startswith("  hint: ")
    assert lines[2].startswith(f"{PAGE}:20: link-broken: ")
    assert lines[-1] == "7 pages in 2 languages, 2 problems"


def test_a_clean_project_prints_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        check_content.main(["--project", str(lint_cases.make_content(tmp_path / "project"))]) == 0
    )
    assert capsys.readouterr().out == "7 pages in 2 languages, 0 problems\n"


@pytest.mark.parametrize(
    ("given", "code"),
    [("docs/en/fees", 1), (PAGE, 1), ("docs/zh", 0), (".", 1), ("docs", 1)],
)
def test_only_problems_of_the_given_paths_are_printed(
    given: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = {"append": {PAGE: {"text": "\n[x](nowhere.md)\n", "times": 1}}}
    root = lint_cases.make_content(tmp_path / "project", case)
    monkeypatch.chdir(root)
    assert check_content.main([given, "--project", str(root)]) == code


@pytest.mark.parametrize(("given", "says"), [("docs/fr", "does not exist"), ("..", "is not in")])
def test_a_path_that_is_not_of_the_project_is_misuse(
    given: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = lint_cases.make_content(tmp_path / "project")
    with pytest.raises(SystemExit) as stop:
        check_content.main([str(root / given), "--project", str(root)])
    assert stop.value.code == 2
    assert says in capsys.readouterr().err


def test_a_folder_that_is_no_project_is_misuse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        check_content.main(["--project", str(tmp_path)])
    assert stop.value.code == 2
    assert "has no docs folder" in capsys.readouterr().err


def test_a_summary_does_not_claim_pages_that_were_not_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {"write": {"docs/_data/notices.yml": "notices: none\n"}}
    assert (
        check_content.main(["--project", str(lint_cases.make_content(tmp_path / "project", case))])
        == 1
    )
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "1 problem; pages are checked once the data files can be read"


def test_a_rule_is_explained_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_content.main(["--explain", "link-broken"]) == 0
    assert "Why: the reader meets an error" in capsys.readouterr().out
