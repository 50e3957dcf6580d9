"""Data files that are wrong are reported at the line a person has to change."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from helpcenter import yamlfile
from helpcenter.facts import Quoted
from helpcenter.problems import Problem, found, report
from helpcenter.product import DataModel, Localized
from helpcenter.project import Project

CASES = sorted((Path(__file__).parent / "cases" / "yamlfile").glob("*.yml"))


class Thing(DataModel):
    name: Localized
    amount: Quoted | None = None


class Things(DataModel):
    things: tuple[Thing, ...]


def parse(text: str) -> tuple[Things | None, list[Problem]]:
    return yamlfile.parse(
        text, Things, name="things.yml", first_line=1, context={"languages": ("en", "zh")}
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_wrong_file_is_reported_with_line_rule_and_words(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    value, problems = parse(case["text"])
    assert value is None
    assert [(problem.line, problem.rule) for problem in problems] == [
        (expected["line"], expected["rule"]) for expected in case["expected"]
    ]
    for problem, expected in zip(problems, case["expected"], strict=True):
        assert expected["says"] in problem.message
        assert problem.hint


def test_a_right_file_is_read() -> None:
    value, problems = parse('things:\n  - {name: {en: One, zh: 一}, amount: "0.10"}\n')
    assert problems == []
    assert value is not None
    assert str(value.things[0].amount) == "0.10"


def test_lines_are_counted_from_where_the_text_stands_in_its_file() -> None:
    _, problems = yamlfile.parse(
        "things:\n  - nothing\n", Things, name="page.md", first_line=10, context={}
    )
    assert problems[0].line == 11


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        ("things: []\n名".encode("gb18030"), "encoding", 2),
        (b"things: [\n", "yaml-syntax", 2),
    ],
)
def test_a_file_that_is_no_text_or_no_yaml_is_a_problem_and_not_a_crash(
    tmp_path: Path, content: bytes, rule: str, line: int
) -> None:
    path = tmp_path / "things.yml"
    path.write_bytes(content)
    value, problems = yamlfile.load(path, Things, project=Project(tmp_path))
    assert value is None
    assert [(problem.path, problem.rule, problem.line) for problem in problems] == [
        ("things.yml", rule, line)
    ]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    _, problems = yamlfile.load(tmp_path / "gone.yml", Things, project=Project(tmp_path))
    assert problems[0].rule == "file-missing"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "things.yml"
    path.write_text("\ufeffthings: []\n", encoding="utf-8")
    value, problems = yamlfile.load(path, Things, project=Project(tmp_path))
    assert value is not None
    assert problems == []


def test_a_report_is_sorted_by_place_and_says_each_problem_once() -> None:
    later, earlier = Problem("b", 1, "r", "m", "h"), Problem("a", 2, "r", "m", "h")
    assert report([later, earlier, later]) == "a:2: r: m\n  hint: h\nb:1: r: m\n  hint: h"


def test_what_was_found_is_cut_to_a_readable_length() -> None:
    assert len(found("x" * 500, "less")) < 90
