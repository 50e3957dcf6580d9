"""What many ask and no page answers is drafted, in every language, without a customer's word."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import yaml

import check_content
from helpcenter.faq.taxonomy import Taxonomy, load_taxonomy
from helpcenter.pages import parse_page
from helpcenter.project import Project
from helpcenter.tickets.changes.drafts import draft_answers
from support import edit

DAY = datetime.date(2026, 11, 20)
LANGUAGES = ("en", "zh")
TOP = ["code-not-arriving", "wrong-network", "deposit-not-credited", "account-locked"]
TAXONOMY = "docs/_data/faq_categories.yml"


def taxonomy(project: Path) -> Taxonomy:
    loaded, problems = load_taxonomy(Project(project), LANGUAGES)
    assert loaded is not None, problems
    return loaded


def without(project: Path, *pages: str) -> None:
    """Remove pages, given as "en/account-locked"."""
    for page in pages:
        language, name = page.split("/")
        (project / "docs" / language / "faq" / f"{name}.md").unlink()


def due(project: Path) -> dict[str, str]:
    """Return the drafts that are due, by path, and write them."""
    found, problems = draft_answers(Project(project), taxonomy(project), LANGUAGES, TOP, as_of=DAY)
    assert problems == []
    for path, text in found.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return {path.relative_to(project).as_posix(): text for path, text in found.items()}


def test_where_every_answer_exists_nothing_is_drafted(project: Path) -> None:
    assert due(project) == {}


def test_a_missing_answer_is_drafted_in_every_language_once(project: Path) -> None:
    without(project, "en/account-locked", "zh/account-locked")
    assert sorted(due(project)) == [
        "docs/_drafts/en/faq/account-locked.md",
        "docs/_drafts/zh/faq/account-locked.md",
    ]
    assert due(project) == {}


def test_a_missing_translation_is_drafted_alone(project: Path) -> None:
    without(project, "zh/account-locked")
    assert list(due(project)) == ["docs/_drafts/zh/faq/account-locked.md"]


def test_a_draft_that_a_person_works_on_is_not_touched(project: Path) -> None:
    without(project, "zh/account-locked")
    [name] = due(project)
    (project / name).write_text("mine", encoding="utf-8")
    assert due(project) == {}
    assert (project / name).read_text(encoding="utf-8") == "mine"


def test_a_dismissed_draft_does_not_come_back(project: Path) -> None:
    without(project, "zh/account-locked")
    edit(project / TAXONOMY, "dismissed: []", "dismissed: [account-locked]")
    assert due(project) == {}


def test_only_what_is_asked_most_is_drafted_and_not_much_at_once(project: Path) -> None:
    without(project, *(f"zh/{name}" for name in TOP))
    edit(project / TAXONOMY, "drafts_per_run: 3", "drafts_per_run: 1")
    edit(project / TAXONOMY, "draft_places: 6", "draft_places: 2")
    assert list(due(project)) == ["docs/_drafts/zh/faq/code-not-arriving.md"]
    assert list(due(project)) == ["docs/_drafts/zh/faq/wrong-network.md"]
    assert due(project) == {}


def test_a_draft_is_a_page_with_the_guides_of_its_theme(project: Path) -> None:
    without(project, "en/wrong-network", "zh/wrong-network")
    for path, text in due(project).items():
        language = path.split("/")[2]
        page, problems = parse_page(text, name=path, language=language, slug="faq/wrong-network")
        assert problems == []
        assert page is not None
        names = {category.id: category.name for category in taxonomy(project).categories}
        assert page.meta.title == names["wrong-network"][language]
        assert (page.meta.category, page.meta.reviewed) == ("wrong-network", DAY)
        assert page.meta.related[0] == "troubleshooting/wrong-network"
        assert "](../troubleshooting/wrong-network.md)" in text
        assert [heading.anchor for heading in page.headings] == [
            "example",
            "steps",
            "keep",
            "contact",
        ]
        assert "$" not in text


def test_a_category_that_nothing_refers_to_can_be_drafted(project: Path) -> None:
    path = project / TAXONOMY
    path.write_text(
        path.read_text(encoding="utf-8").replace("theme: feature", "theme: technical")
        + '  - {id: new, name: {en: "New: \\"it\\"", zh: 新的}, theme: feature, severity: 1}\n',
        encoding="utf-8",
    )
    found, problems = draft_answers(
        Project(project), taxonomy(project), LANGUAGES, ["new"], as_of=DAY
    )
    assert problems == []
    assert len(found) == 2
    assert all(yaml.safe_load(text.split("---")[1])["related"] == [] for text in found.values())


def test_a_draft_is_no_problem_and_a_published_one_with_notes_is(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    without(project, "en/account-locked", "zh/account-locked")
    drafts = due(project)
    check_content.main(["--project", str(project)])
    before = capsys.readouterr().out
    assert "_drafts" not in before
    for name in drafts:
        (project / name).rename(project / name.replace("_drafts/", ""))
    assert check_content.main(["--project", str(project), str(project / "docs/en/faq")]) == 1
    out = capsys.readouterr().out
    assert "docs/en/faq/account-locked.md" in out
    assert ": raw-html: " in out


def test_a_template_with_an_unknown_placeholder_is_a_problem(project: Path) -> None:
    without(project, "zh/account-locked")
    edit(project / "docs/_data/templates/faq.zh.md", "$reviewed", "$today")
    found = draft_answers(Project(project), taxonomy(project), LANGUAGES, TOP, as_of=DAY)
    [problem] = found[1]
    assert (problem.path, problem.rule) == (
        "docs/_data/templates/faq.zh.md",
        "template-placeholder",
    )


def test_a_template_that_makes_no_page_is_a_problem(project: Path) -> None:
    without(project, "zh/account-locked")
    edit(project / "docs/_data/templates/faq.zh.md", "type: faq", "type: question")
    found = draft_answers(Project(project), taxonomy(project), LANGUAGES, TOP, as_of=DAY)
    assert {problem.path for problem in found[1]} == {"docs/_data/templates/faq.zh.md"}


def test_a_language_without_a_template_has_no_drafts(project: Path) -> None:
    without(project, "en/account-locked", "zh/account-locked")
    (project / "docs/_data/templates/faq.zh.md").unlink()
    assert list(due(project)) == ["docs/_drafts/en/faq/account-locked.md"]
