"""Fixtures that several folders of tests share."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from helpcenter.project import Project
from helpcenter.site_context import Site, load_site
from support import BUILD_DAY, ROOT, build, copy_project


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make screenshots` replace the pictures of the README."""
    parser.addoption("--screenshots", action="store_true", help="write the README's pictures")


@pytest.fixture(scope="session")
def site() -> Site:
    """The help center of this repository, as of the tests' day."""
    loaded, problems = load_site(Project(ROOT), datetime.date.fromisoformat(BUILD_DAY))
    assert loaded is not None, "\n".join(map(str, problems))
    return loaded


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this project whose docs a test may change."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository, strictly built."""
    folder = tmp_path_factory.mktemp("built") / "site"
    result = build(ROOT, folder)
    assert result.returncode == 0, result.stderr
    return folder
