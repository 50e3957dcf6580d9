"""What translators owe is told by page, reason and day, and nothing is told of what is whole."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from pathlib import Path

import pytest

import check_translations
from helpcenter.site_context import Site
from helpcenter.translations.debt import Commit, markdown, owed
from support import edit

ENGLISH, CHINESE = "docs/en/faq/account-locked.md", "docs/zh/faq/account-locked.md"


def days(*changes: tuple[int, str]) -> list[Commit]:
    """Return a history, newest first, of days of one month and the file that each changed."""
    return [Commit(datetime.date(2026, 3, day), frozenset({path})) for day, path in changes]


def test_a_page_whose_source_changed_after_it_is_behind_since_the_first_change(site: Site) -> None:
    history = days((9, ENGLISH), (8, CHINESE), (2, ENGLISH), (1, CHINESE))
    (debt,) = owed(site.product, site.pages, history)
    assert (debt.path, debt.since) == (CHINESE, datetime.date(2026, 3, 9))
    history = days((9, ENGLISH), (7, ENGLISH), (6, CHINESE))
    (debt,) = owed(site.product, site.pages, history)
    assert (debt.since, "2 times" in debt.reason) == (datetime.date(2026, 3, 7), True)


def test_pages_changed_together_or_translated_later_owe_nothing(site: Site) -> None:
    both = Commit(datetime.date(2026, 3, 4), frozenset({ENGLISH, CHINESE}))
    assert owed(site.product, site.pages, [both]) == []
    assert owed(site.product, site.pages, days((5, CHINESE), (3, ENGLISH))) == []


def test_a_page_that_is_missing_or_reviewed_earlier_is_owed_without_any_history(site: Site) -> None:
    pages = dict(site.pages)
    del pages["zh", "faq/account-locked"]
    page = pages["zh", "index"]
    meta = page.meta.model_copy(update={"reviewed": datetime.date(2020, 1, 1)})
    pages["zh", "index"] = type(page)(page.language, page.slug, page.path, meta, page.body, 1)
    found = {debt.path: debt.reason for debt in owed(site.product, pages, [])}
    assert found[ENGLISH] == "is not translated"
    assert "reviewed 2020-01-01" in found["docs/zh/index.md"]
    assert len(found) == 2


def test_the_report_is_a_table_for_each_language_and_empty_if_all_is_well(site: Site) -> None:
    assert markdown(site.product, []) == ""
    text = markdown(site.product, owed(site.product, site.pages, days((9, ENGLISH), (8, CHINESE))))
    assert text.startswith("## 简体中文: 1\n")
    assert f"| `{CHINESE}` | {ENGLISH} has changed once since | 2026-03-09 |" in text


def test_the_door_reads_the_history_of_git(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def commit(message: str) -> None:
        for words in (["add", "docs"], ["commit", "--quiet", "-m", message]):
            who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"]
            subprocess.run(["git", *who, *words], cwd=project, check=True)

    subprocess.run(["git", "init", "--quiet"], cwd=project, check=True)
    commit("all pages")
    command = ["--project", str(project), "--check"]
    assert check_translations.main(command) == 0
    edit(project / ENGLISH, "---\ntitle:", "---\n# changed\ntitle:")
    commit("one source")
    assert check_translations.main([*command, "--output", str(tmp_path / "o" / "r.md")]) == 1
    assert CHINESE in (tmp_path / "o" / "r.md").read_text("utf-8")
    shutil.rmtree(project / ".git")
    capsys.readouterr()
    assert check_translations.main(command) == 0
    assert capsys.readouterr().out == "every language is whole\n"
