"""Imports point one way, and effects stay at the edge. The table below is the plan."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from support import ROOT

SCRIPTS = ROOT / "scripts"
PACKAGE = SCRIPTS / "helpcenter"

# From the foundation up: a room may import the rooms of the rows above its own, and itself.
ROWS = [
    ["allowed_html", "problems"],
    ["project", "templates", "atom", "atomic", "caps", "collation", "lettering", "table_columns"],
    ["yamlfile", "plot", "tickets/fetch"],
    ["product", "bars"],
    ["configuration", "strings"],
    ["facts", "navigation"],
    ["pages"],
    [
        "glossary",
        "notices",
        "faq",
        "fees",
        "headers",
        "illustrations",
        "page_templates",
        "packages",
    ],
    ["reference", "sanitizer", "term_links", "redirects"],
    ["site_context", "tickets/common"],
    ["fragments", "release", "tickets/exports", "tickets/ranking"],
    ["machines"],
    ["markers", "page_context", "translations", "search", "tickets/reading", "tickets/changes"],
    ["tickets/review", "tickets/warehouse"],
    ["tickets"],
    ["sitemap", "publication", "lint"],
    ["deployed", "finish"],
]
LEVEL = {room: level for level, row in enumerate(ROWS) for room in row}

# What only one place may import, and the place.
ONLY = {
    "autocorrect_py": {"helpcenter/lint/copywriting.py"},
    "cyclonedx": {"helpcenter/packages"},
    "bs4": {"helpcenter/machines"},
    "markdownify": {"helpcenter/machines/twins.py"},
    "resvg_py": {"helpcenter/machines/social.py"},
    "mkdocs": {"mkdocs_hooks.py"},
    "mkdocs_static_i18n": {"mkdocs_hooks.py"},
    "brotli": {"helpcenter/release/compressed.py"},
    "duckdb": {"helpcenter/tickets"},
    "httpx": {"helpcenter/deployed/visit.py", "helpcenter/tickets/fetch"},
    "ibis": {"helpcenter/tickets/warehouse"},
    "license_expression": {"helpcenter/packages"},
    "matplotlib": {"helpcenter/tickets/report/plots.py"},
    "nh3": {"helpcenter/sanitizer.py"},
    "msgspec": {"helpcenter/tickets/fetch"},
    "stamina": {"helpcenter/tickets/fetch", "fetch_tickets.py"},
    "syllapy": {"helpcenter/lint/readability.py"},
}
# What nothing below the doors may touch: the outside world is an argument.
EFFECTS = {"subprocess", "sys", "os", "time", "socket", "random", "argparse", "logging"}
ALLOWED_EFFECTS = {
    ("atomic.py", "os"),  # fsync is what atomic writing is
    ("release/folder.py", "os"),  # a folder's lock is held by an open descriptor
    ("release/staging.py", "os"),  # what takes over is on the disk, and younger
    ("demo/tickets.py", "random"),  # a generator with a given seed is no chance
    ("exports/pieces.py", "os"),  # what fills a named pipe
    ("common/scratch.py", "os"),  # a folder's lock is held by an open descriptor
    ("search/variants.py", "random"),  # the same
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def room_of(path: Path) -> str:
    return room(*path.relative_to(PACKAGE).with_suffix("").parts)


def room(*parts: str) -> str:
    """The room of a module's path or name; a room within a room has a row of its own."""
    inner = "/".join(parts[:2])
    return inner if inner in LEVEL else parts[0]


def test_every_room_has_its_row() -> None:
    rooms = {room_of(path) for path in modules()} - {"__init__"}
    assert rooms == set(LEVEL)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_rooms_below_its_own(path: Path) -> None:
    own = room_of(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "helpcenter" and len(parts) > 1 and parts[1] in LEVEL:
            other = room(*parts[1:])
            assert other == own or LEVEL[other] < LEVEL[own], f"{own} imports {other}"


@pytest.mark.parametrize("path", sorted(SCRIPTS.rglob("*.py")), ids=lambda path: path.name)
def test_the_host_and_the_engine_are_imported_in_one_place(path: Path) -> None:
    place = path.relative_to(SCRIPTS).as_posix()
    for name in imports(path):
        allowed = ONLY.get(name.split(".")[0])
        assert allowed is None or place.startswith(tuple(allowed)), f"{place} imports {name}"


def test_the_step_that_writes_the_repository_cannot_reach_the_tickets() -> None:
    reached: set[str] = set()
    paths = [SCRIPTS / "apply_ranking.py"]
    while paths:
        for name in imports(paths.pop()):
            path = SCRIPTS / Path(*name.split(".")).with_suffix(".py")
            if name not in reached and path.is_file():
                paths.append(path)
            reached.add(name)
    assert "helpcenter.tickets.changes.proposal" in reached
    beyond = {"common.engine", "ranking.counts", "exports", "reading", "review", "fetch", "sync"}
    assert not [
        name
        for name in reached
        for part in beyond
        if f"{name}.".startswith(f"helpcenter.tickets.{part}.")
    ]
    assert not {name.split(".")[0] for name in reached} & {"duckdb", "httpx", "subprocess"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_below_the_doors_touches_the_outside_world(path: Path) -> None:
    touched = {name.split(".")[0] for name in imports(path)} & EFFECTS
    place = path.as_posix()
    assert [
        name
        for name in touched
        if not any(place.endswith(end) and name == allowed for end, allowed in ALLOWED_EFFECTS)
    ] == []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    forbidden = {
        "print",
        "input",
        "exit",
        "Path.cwd",
        "datetime.datetime.now",
        "datetime.date.today",
    }
    assert not calls & forbidden


@pytest.mark.parametrize("path", sorted(SCRIPTS.rglob("*.py")), ids=lambda path: path.name)
def test_a_module_stays_small_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module begins with what it is for"
    limit = 150 if path.name == "mkdocs_hooks.py" else 300
    assert text.count("\n") <= limit


def test_the_top_level_holds_only_what_every_repository_has() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    tracked = {name for name in folders if name not in _IGNORED}
    assert tracked == {".ci", ".github", "docs", "overrides", "scripts", "tests"}


_IGNORED = {
    ".git",
    ".venv",
    ".cache",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "__pycache__",
    "export",
    "site",
}
