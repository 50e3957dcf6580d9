"""Cases of the checks as data: a small valid project, what a case changes in it, what is found.

A case file is a list. Each case has a `name`, the changes, and `expect`: every problem that must
be found, and no other. Changes, applied in this order, name files of the project:

    remove   a list of files
    write    a file's whole text
    replace  texts of a file that must be there, and what stands in their place
    append   a text, and how many times it is put at the file's end
    bytes    a file's content in hexadecimal
    link     a symbolic link and its target
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from helpcenter.problems import Problem
from support import ROOT

CASES = Path(__file__).parent / "cases" / "lint"


def load(folder: str) -> list[tuple[str, dict[str, Any]]]:
    """Return each case of a folder with "file: name", which a failing test prints."""
    return [
        (f"{path.name}: {case['name']}", case)
        for path in sorted((CASES / folder).glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def make_project(name: str, target: Path, case: dict[str, Any] | None = None) -> Path:
    """Copy the small valid project `name` to `target` and change it as the case says."""
    shutil.copytree(CASES / "projects" / name, target, dirs_exist_ok=True)
    if case:
        _change(target, case)
    return target


def make_content(folder: Path, case: dict[str, Any] | None = None) -> Path:
    """Copy the project `content`, with the texts and fragments that belong to the code."""
    folder.mkdir(exist_ok=True)
    (folder / "overrides").symlink_to(ROOT / "overrides")
    strings = folder / "docs" / "_data" / "strings"
    strings.mkdir(parents=True)
    for language in ("en", "zh"):
        text = (ROOT / "docs" / "_data" / "strings" / f"{language}.yml").read_text("utf-8")
        (strings / f"{language}.yml").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "docs" / "_data" / "headers.yml", strings.parent)
    return make_project("content", folder, case)


def _change(root: Path, case: dict[str, Any]) -> None:
    for name in case.get("remove", []):
        (root / name).unlink()
    for name, text in case.get("write", {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    for name, pairs in case.get("replace", {}).items():
        changed = (root / name).read_text(encoding="utf-8")
        for old, new in pairs.items():
            assert old in changed, f"{name} does not hold {old!r}"
            changed = changed.replace(old, new)
        (root / name).write_text(changed, encoding="utf-8")
    for name, addition in case.get("append", {}).items():
        with (root / name).open("a", encoding="utf-8") as file:
            file.write(addition["text"] * addition["times"])
    for name, digits in case.get("bytes", {}).items():
        (root / name).write_bytes(bytes.fromhex(digits))
    for name, goal in case.get("link", {}).items():
        (root / name).symlink_to(goal)


def expected(case: dict[str, Any]) -> set[tuple[str, str, int]]:
    """Return the case's problems as (rule, path, line)."""
    return {(each["rule"], each["path"], each["line"]) for each in case["expect"]}


def found(problems: list[Problem]) -> set[tuple[str, str, int]]:
    """Return problems as (rule, path, line)."""
    return {(problem.rule, problem.path, problem.line) for problem in problems}
