"""Every bad or hostile input is stopped before it is built, with its place and a way out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import check_content
import check_safety
import lint_cases
from helpcenter.lint.signs import shapeless
from support import ROOT

CASES = sorted((Path(__file__).parent / "cases" / "bad-inputs").glob("*.yml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_bad_input_is_stopped_with_path_line_rule_and_hint(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    root = lint_cases.make_content(tmp_path / "project", case)
    code = check_content.main(["--project", str(root)])
    *problems, summary = capsys.readouterr().out.splitlines()
    places = [line.split(": ")[:2] for line in problems[::2]]
    assert [f"{place} {rule}" for place, rule in places] == case.get("expect", []), problems
    assert all(line.startswith("  hint: ") for line in problems[1::2])
    assert code == (1 if places else 0)
    assert bool(places) != ("clean" in case), summary


# For the checks of content alone: what is wrong and harms nobody, and markers and facts that
# cannot be replaced, which stop the build itself.
MERELY_WRONG = {
    *("fact-unknown", "marker-syntax"),
    *("anchor-duplicate", "anchor-missing", "anchors-differ", "block-form", "heading-level"),
    *("image-without-text", "link-anchor", "link-broken", "nav-broken", "nav-duplicate"),
    *("nav-missing", "page-empty", "page-extra", "page-missing", "reference-undefined"),
    *("related-broken", "term-avoided"),
}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_hostile_input_is_stopped_before_mkdocs_reads_it(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    root = lint_cases.make_content(tmp_path / "project", case)
    code = check_safety.main(["--project", str(root)])
    hostile = {each for each in case["expect"] if each.split()[1] not in MERELY_WRONG}
    found = {" ".join(line.split(": ")[:2]) for line in capsys.readouterr().out.splitlines()[::2]}
    assert hostile <= found
    assert code == (1 if found else 0)


def test_each_command_that_builds_begins_with_that_check() -> None:
    recipes = re.findall(
        r"(?m)^[^\t#\n]*:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8")
    )
    building = [each for each in recipes if "STRICT_BUILD" in each or "mkdocs " in each]
    assert len(building) == 3
    for recipe in building:
        assert recipe.startswith("\t$(BIN)/python scripts/check_safety.py\n"), recipe


def test_what_the_stock_does_is_noted_for_each_input() -> None:
    """`make bad-inputs` measures it; a new case has none until that was run with --write."""
    assert [path.stem for path in CASES if "stock:" not in path.read_text("utf-8")] == []


CODE = {".py", ".html", ".js", ".css", ".svg", ".xml", ".yml", ".toml", ".sh"}


def test_no_file_of_code_holds_a_sign_that_its_reviewers_cannot_see() -> None:
    folders = [ROOT / name for name in ("scripts", "overrides", ".github", ".ci")]
    paths = [path for folder in folders for path in folder.rglob("*") if path.suffix in CODE]
    paths += [ROOT / "Makefile", ROOT / "mkdocs.yml", ROOT / "pyproject.toml"]
    signs = {path: shapeless(path.read_text(encoding="utf-8")) for path in paths}
    assert len(signs) > 100
    assert [f"{path}: U+{ord(sign):04X}" for path, sign in signs.items() if sign] == []
