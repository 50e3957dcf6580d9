"""A new page: from its template into every language and the menu, and nothing else changed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import new_page
from helpcenter.lint import content, sources
from helpcenter.lint.heading_rules import SECTIONS
from helpcenter.page_templates import TYPES
from helpcenter.problems import report
from helpcenter.project import Project
from helpcenter.translations.parity import compare_headings

DAY = datetime.date(2026, 11, 22)
TITLES = ("--title", 'en=Try "it": now', "--title", "zh=试一试")
# What is left for the writer to do: answer the notes, and for a question what it belongs to.
LEFT = {"raw-html", "category-unknown", "faq-without-guide"}


def run(project: Path, *arguments: str) -> int:
    return new_page.main([*arguments, "--project", str(project)])


def slug_of(kind: str) -> str:
    return "faq/try-it" if kind == "faq" else "security/try-it"


@pytest.mark.parametrize("kind", TYPES)
def test_a_page_of_each_type_leaves_its_writer_only_the_notes(kind: str, project: Path) -> None:
    assert run(project, kind, slug_of(kind), *TITLES) == 0
    reading, problems = sources.read(Project(project), DAY)
    assert reading.content is not None, report(problems)
    found = [each for each in content.check(reading) if "try-it" in each.path]
    assert {each.rule for each in found} <= LEFT, report(found)
    pages = [reading.content.site.pages[code, slug_of(kind)] for code in ("en", "zh")]
    assert compare_headings(*pages) is None
    for page in pages:
        assert page.meta.type == kind
        noted = [each for each in found if (each.path, each.rule) == (page.path, "raw-html")]
        assert len(noted) > len(SECTIONS.get(page.meta.type, ()))
    assert [page.meta.title for page in pages] == ['Try "it": now', "试一试"]


def test_the_menu_gains_one_line_at_the_end_of_the_section(project: Path) -> None:
    menu = project / "mkdocs.yml"
    before = menu.read_text(encoding="utf-8").split("\n")
    assert run(project, "guide", "security/try-it", *TITLES) == 0
    after = menu.read_text(encoding="utf-8").split("\n")
    place = after.index("      - security/try-it.md")
    assert after[:place] + after[place + 1 :] == before
    assert after[place - 1].startswith("      - security/")
    assert not after[place + 1].startswith("      - security/")


def test_a_page_that_exists_is_not_touched(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "docs" / "zh" / "security" / "try-it.md").write_text("mine", encoding="utf-8")
    menu = (project / "mkdocs.yml").read_bytes()
    assert run(project, "guide", "security/try-it", *TITLES) == 1
    assert "docs/zh/security/try-it.md:1: page-exists" in capsys.readouterr().out
    assert not (project / "docs" / "en" / "security" / "try-it.md").exists()
    assert (project / "docs" / "zh" / "security" / "try-it.md").read_text("utf-8") == "mine"
    assert (project / "mkdocs.yml").read_bytes() == menu


def test_a_section_that_does_not_exist_is_a_problem_that_lists_those_that_do(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, "guide", "safety/try-it", *TITLES) == 1
    printed = capsys.readouterr().out
    assert "section-unknown" in printed
    assert "getting-started, receive-and-send" in printed
    assert not (project / "docs" / "en" / "safety").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("guide", "try-it", *TITLES), "section/name"),
        (("guide", "security/Try", *TITLES), "section/name"),
        (("guide", "../security/try", *TITLES), "section/name"),
        (("guide", "faq/try", *TITLES), "section faq"),
        (("faq", "security/try", *TITLES), "section faq"),
        (("guide", "security/try", "--title", "en=Try"), '--title zh="…"'),
        (("guide", "security/try", *TITLES, "--title", "fr=Essai"), "a title in every language"),
        (("guide", "security/try", "--title", "en=Try", "--title", "zh= "), "a title in every"),
        (("index", "security/try", *TITLES), "invalid choice"),
    ],
)
def test_misuse_says_what_to_write_instead(
    arguments: tuple[str, ...], says: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        run(project, *arguments)
    assert stop.value.code == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("kind", TYPES)
def test_the_manual_names_every_type(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        new_page.main(["--help"])
    assert stop.value.code == 0
    assert f"\n  {kind} " in capsys.readouterr().out
