"""What a writer's text became is compared with a list; nothing is mended, nothing passes."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter import sanitizer
from helpcenter.configuration import load_configuration
from helpcenter.problems import Problem
from helpcenter.project import Project
from support import ROOT, build
from test_pages import page_of

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "sanitizer.yml").read_text(encoding="utf-8")
)
HOSTILE = yaml.safe_load(
    (Path(__file__).parent / "cases" / "hostile_markup.yml").read_text(encoding="utf-8")
)


def rendered(text: str) -> str:
    """What the site's own Markdown makes of a text."""
    configuration, _ = load_configuration(Project(ROOT))
    assert configuration is not None
    names = [name for name in configuration.markdown_extensions if isinstance(name, str)]
    return markdown.markdown(text, extensions=[*names, "helpcenter.table_columns:TableColumns"])


def problems(text: str, parts: tuple[str, ...] = ()) -> list[Problem]:
    return sanitizer.problems(rendered(text), parts, page_of(text))


@pytest.mark.parametrize("case", CASES["listed"], ids=lambda case: case["name"])
def test_what_markdown_makes_passes(case: dict[str, str]) -> None:
    assert problems(case["text"]) == []


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["name"])
def test_what_is_not_on_the_list_is_named_with_its_line(case: dict[str, str]) -> None:
    (problem,) = problems(case["text"])
    assert problem.rule == "html-not-listed"
    assert case["says"] in problem.message
    assert page_of(case["text"]).body.split("\n")[problem.line - page_of("").body_line].strip()


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case["name"])
def test_what_the_policy_stops_in_a_browser_is_stopped_in_the_build(case: dict[str, str]) -> None:
    assert problems(f"A text.\n\n{case['html']}\n")
    assert problems(f"A text with {case['html']} in it.\n")


def test_a_markers_part_is_judged_apart_and_must_arrive_as_it_was_made() -> None:
    part = '<form class="hc-calculator" novalidate>\n<input name="amount">\n</form>'
    assert problems(f"A text.\n\n{part}\n\nMore.", (part,)) == []
    assert problems(f"A text.\n\n{part}\n\nMore.")
    assert "did not reach" in problems("A text.", (part,))[0].message


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab12 *_`[]()#|-!\n:.中。", max_size=120))
def test_no_text_without_html_and_braces_is_refused(text: str) -> None:
    assert problems(text) == []


def test_the_build_stops_where_the_checks_of_content_were_not_run(
    project: Path, tmp_path: Path
) -> None:
    page = project / "docs" / "zh" / "receive-and-send" / "send.md"
    before = page.read_text(encoding="utf-8")
    page.write_text(f"{before}\n[x](receive.md){{ onclick=alert(1) }}\n", encoding="utf-8")
    result = build(project, tmp_path / "site")
    line = before.count("\n") + 2
    assert result.returncode == 1
    assert f"docs/zh/receive-and-send/send.md:{line}: html-not-listed: " in result.stderr
    assert "Traceback" not in result.stderr
