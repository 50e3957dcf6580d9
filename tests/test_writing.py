"""How texts are written: the form of Chinese, and how hard a page is to read."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import check_content
from helpcenter.lint import copywriting, readability, reading_report, sources
from helpcenter.lint.prose import sentences
from helpcenter.lint.shown import apply, edits, show
from helpcenter.pages import PageType
from helpcenter.project import Project
from lint_cases import make_content as make
from support import BUILD_DAY
from test_pages import page_of

FORMS = Path(__file__).parent / "cases" / "chinese-form" / "lines.yml"
FACTS = {"support.first_reply": "24 小时", "product.name": "Acme 钱包"}
GUIDE = "docs/en/guides/send.md"
CHINESE = "docs/zh/fees/overview.md"


def correct(source: str) -> str:
    shown = show(source, FACTS)
    return apply(source, list(edits(shown, copywriting.in_form(shown.text))))


def content_of(root: Path) -> sources.Content:
    reading, problems = sources.read(Project(root), datetime.date.fromisoformat(BUILD_DAY))
    assert reading.content is not None, problems
    return reading.content


@pytest.mark.parametrize(
    "case", yaml.safe_load(FORMS.read_text(encoding="utf-8")), ids=lambda case: str(case["name"])
)
def test_a_line_is_put_into_the_form_of_the_house_and_stays_in_it(case: dict[str, Any]) -> None:
    assert correct(case["source"]) == case["expected"]
    assert correct(case["expected"]) == case["expected"]


@given(source=st.text(alphabet='用转，。a1`*_[]()!{}<>|#"「」\\ .,:', max_size=60))
def test_a_text_without_corrections_stays_as_it_is(source: str) -> None:
    shown = show(source, {})
    assert list(edits(shown, shown.text)) == []
    assert len(shown.places) == len(shown.text) == len(shown.gaps) - 1


@given(source=st.text(alphabet="用转，a1*[](){}` ", max_size=60), name=st.sampled_from(list(FACTS)))
def test_no_correction_changes_code_or_a_fact(source: str, name: str) -> None:
    for kept in (f"{{{{ {name} }}}}", "<用a,转b>"):
        whole = f"转{kept}转{source.replace('`', '')}"
        assert kept in correct(whole)


def test_the_door_corrects_pages_and_data_files_and_finds_nothing_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {
        "append": {CHINESE: {"text": "\n用USDT付,「快」。\n", "times": 2}},
        "replace": {"docs/_data/product.yml": {"zh: 白桦帮助": 'zh: "白桦Birch帮助"'}},
    }
    root = make(tmp_path / "project", case)
    assert check_content.main(["--fix", "--project", str(root)]) == 0
    out = capsys.readouterr().out.splitlines()
    assert sorted(out[:-1]) == ["corrected docs/_data/product.yml", f"corrected {CHINESE}"]
    assert (root / CHINESE).read_text("utf-8").endswith("\n用 USDT 付，“快”。\n" * 2)
    assert 'zh: "白桦 Birch 帮助"' in (root / "docs/_data/product.yml").read_text("utf-8")


def test_only_the_files_that_were_named_are_corrected(tmp_path: Path) -> None:
    texts = {CHINESE: {"text": "\n用USDT付。\n", "times": 1}}
    root = make(tmp_path / "project", {"append": texts})
    before = (root / CHINESE).read_text("utf-8")
    check_content.main(["--fix", str(root / "docs" / "en"), "--project", str(root)])
    assert (root / CHINESE).read_text("utf-8") == before


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One. Two\nthree? Four.", [(7, "One."), (7, "Two three?"), (8, "Four.")]),
        ("- Go on\n  there\n- Stop", [(7, "Go on there"), (9, "Stop")]),
        ("It is 4.2 e.g. here. {{ a }} it is.", [(7, "It is 4.2 e.g. here."), (7, "12 it is.")]),
        (
            "## No { #no }\n| No |\n<!-- hc:no -->\n```\nNo.\n```\n[a **b**](no.md) c.",
            [(13, "a b c.")],
        ),
        ('!!! tip "No"\n    Yes.', [(8, "Yes.")]),
        ("一。二！“三？”四", [(7, "一。"), (7, "二！"), (7, "“三？”"), (7, "四")]),
    ],
)
def test_sentences_are_told_apart_with_their_lines(
    body: str, expected: list[tuple[int, str]]
) -> None:
    found = sentences(page_of(body), {"a": "12"})
    assert [(each.line, each.text) for each in found] == expected


def test_the_grade_is_that_of_the_published_formula(tmp_path: Path) -> None:
    # 8 words and 13 syllables a sentence: 0.39 * 8 + 11.8 * 13 / 8 - 15.59 = 6.705
    body = "\nThe dog eats bananas under a little table.\n" * 20
    root = make(tmp_path / "project", {"append": {GUIDE: {"text": body, "times": 1}}})
    text = (root / GUIDE).read_text("utf-8")
    (root / GUIDE).write_text(text[: text.index("Check the")] + body, encoding="utf-8")
    content = content_of(root)
    figures = readability.measured(content.site.pages["en", "guides/send"], content)
    assert figures is not None
    assert figures.words == 160
    assert figures.level == pytest.approx(6.705)


@pytest.mark.parametrize("limits", readability.LIMITS.values(), ids=readability.LIMITS)
def test_every_type_of_page_has_a_limit_and_guides_the_lowest(
    limits: dict[str, readability.Limit],
) -> None:
    assert set(limits) == set(get_args(PageType))
    assert limits["guide"].level == min(limit.level for limit in limits.values())


def test_the_figures_are_printed_by_type_and_by_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {
        GUIDE: {"text": "\nThe dog eats bananas.", "times": 30},
        "docs/zh/guides/send.md": {"text": "\n狗在桌子下面吃香蕉。", "times": 30},
    }
    root = make(tmp_path / "project", {"append": texts})
    assert check_content.main(["--project", str(root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("reading level: English ")
    assert "简体中文 8.3 " in lines[0]
    assert check_content.main(["--readability", "--project", str(root)]) == 0
    out = capsys.readouterr().out
    assert "English, by type" in out
    assert f"  {GUIDE}\n" in out
    assert "  docs/zh/guides/send.md\n" in out


def test_a_language_without_a_measure_is_not_judged(tmp_path: Path) -> None:
    replaced = {"docs/_data/product.yml": {"tag: zh-Hans": "tag: fr"}}
    content = content_of(make(tmp_path / "project", {"replace": replaced}))
    assert readability.measured(content.site.pages["zh", "guides/send"], content) is None
    assert "简体中文" not in reading_report.tables(content)
    assert list(copywriting.chinese_form(content)) == []
