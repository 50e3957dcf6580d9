"""The README's commands do what it says they do, in a copy of the project."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from support import ROOT, copy_project, run


def commands(heading: str) -> list[str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    block = re.search(r"```\n(.*?)```", section, re.DOTALL)
    assert block, f"no commands under {heading}"
    return [line.partition("#")[0].strip() for line in block.group(1).splitlines()]


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A copy of the project that believes its packages are installed."""
    project = copy_project(tmp_path / "project")
    # A script works on the project it lies in: a link would lead to this one.
    (project / "scripts").unlink()
    shutil.copytree(ROOT / "scripts", project / "scripts")
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        (project / name).write_bytes((ROOT / name).read_bytes())
    binaries = project / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    (binaries / "python").chmod(0o755)
    (project / ".venv" / "site-packages").touch()
    return project


def test_tickets_are_made_and_the_faq_is_ordered_as_the_readme_says(workplace: Path) -> None:
    made, synced, compared = commands("Order the FAQ from tickets")
    ranking = workplace / "docs" / "_data" / "faq_ranking.yml"
    ranking.unlink()
    for command in (made, synced):
        result = run(*command.split(), cwd=workplace)
        assert result.returncode == 0, result.stderr
    assert ranking.exists()
    assert compared == "git diff docs/_data/faq_ranking.yml"


def test_every_make_target_the_readme_names_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", readme + contributing, re.MULTILINE))
    assert named
    assert named <= targets
