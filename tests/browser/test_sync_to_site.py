"""The main job, whole: tickets in, another order on the page, nothing of a customer anywhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browser.conftest import visiting
from helpcenter.faq.ranking import load_ranking
from helpcenter.project import Project
from support import ROOT, build, copy_project, run, serving

AS_OF = "2026-11-20"
COUNT = 10_000


def door(name: str, *arguments: str | Path) -> str:
    result = run(sys.executable, ROOT / "scripts" / name, *arguments)
    assert result.returncode == 0, result.stderr
    return result.stdout + result.stderr


def questions(browser: Browser, site: Path, address: str) -> list[str]:
    with serving(site) as home, visiting(browser, home) as visit:
        visit.open(address)
        return visit.page.locator(".hc-questions a, .hc-faq__question a").all_inner_texts()


@pytest.fixture(scope="module")
def synced(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str]:
    """A project, an export of tickets, and all that the sync printed while it read it."""
    folder = tmp_path_factory.mktemp("sync")
    project, export = copy_project(folder / "project"), folder / "tickets.jsonl"
    (project / "docs" / "_data" / "faq_ranking.yml").unlink(missing_ok=True)
    options = ("--count", str(COUNT), "--seed", "7", "--as-of", AS_OF)
    door("demo_tickets.py", *options, "-o", export)
    printed = door("sync_tickets.py", export, "--project", project, "--as-of", AS_OF)
    return project, export, printed


def test_a_sync_changes_the_order_that_readers_see(
    browser: Browser, synced: tuple[Path, Path, str], tmp_path: Path
) -> None:
    project, _, _ = synced
    unsynced = copy_project(tmp_path / "unsynced")
    (unsynced / "docs" / "_data" / "faq_ranking.yml").unlink(missing_ok=True)
    for copy, site in ((unsynced, tmp_path / "before"), (project, tmp_path / "after")):
        result = build(copy, site)
        assert result.returncode == 0, result.stderr
    for address in ("", "faq/", "zh/", "zh/faq/"):
        before = questions(browser, tmp_path / "before", address)
        after = questions(browser, tmp_path / "after", address)
        assert len(before) == len(after) >= 6
        assert before != after


def test_the_same_export_changes_nothing_more(synced: tuple[Path, Path, str]) -> None:
    project, export, _ = synced
    file = project / "docs" / "_data" / "faq_ranking.yml"
    before = file.read_bytes(), file.stat().st_mtime_ns
    door("sync_tickets.py", export, "--project", project, "--as-of", AS_OF)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    door("sync_tickets.py", export, "--project", project, "--as-of", AS_OF, "--check")
    ranking, problems = load_ranking(Project(project))
    assert problems == []
    assert ranking is not None


def test_nothing_of_a_customer_is_in_the_project_the_site_or_the_output(
    synced: tuple[Path, Path, str], tmp_path: Path
) -> None:
    project, export, printed = synced
    listed = door(
        "demo_tickets.py", "--count", str(COUNT), "--seed", "7", "--as-of", AS_OF, "--list-canaries"
    )
    planted = [line.partition("\t")[2] for line in listed.splitlines()]
    exported = export.read_text(encoding="utf-8")
    assert len(planted) > 10
    assert all(canary in exported for canary in planted)
    assert build(project, tmp_path / "site").returncode == 0
    places = [*project.rglob("*"), *(tmp_path / "site").rglob("*")]
    texts = [path.read_bytes().decode("utf-8", "replace") for path in places if path.is_file()]
    for text in [*texts, printed]:
        assert [canary for canary in planted if canary in text] == []
