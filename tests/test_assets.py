"""Permanent names: they come from the content, and a change renames what it must and no more."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path

import pytest

from helpcenter.release import assets, names

ROOT = "https://help.example.com/help/"
SCRIPTS, STYLES = "assets/javascripts", "assets/stylesheets"
FILES = {
    f"{SCRIPTS}/start.js": 'const go = () => import("./part/dialog.js");\n',
    f"{SCRIPTS}/alone.js": 'import { a } from "./part/../common.js";\nx = "./common.js";\n',
    f"{SCRIPTS}/part/dialog.js": 'import {\n  a,\n} from "../common.js";\nimport "./side.js";\n',
    f"{SCRIPTS}/part/side.js": "let side;\n",
    f"{SCRIPTS}/common.js": 'export { b as a } from "./deep.js";\n',
    f"{SCRIPTS}/deep.js": "export const b = 1;\n",
    f"{STYLES}/page.css": '@import "other.css";\nx { a: url(../fonts/a.woff2) url("data:x") }\n',
    f"{STYLES}/other.css": "y { color: red }\n",
    "assets/fonts/a.woff2": "font",
    "assets/images/logo.svg": "<svg/>",
    "index.html": f'<link href="{STYLES}/page.css"><script src="{SCRIPTS}/start.js">',
    "zh/faq/index.html": f'<script src="../../{SCRIPTS}/alone.js"></script><a href="../">',
    "404.html": f'<link href="/help/{STYLES}/page.css"><img src="/help/assets/images/logo.svg">',
    "sample.html": f'<pre>src=&quot;{SCRIPTS}/start.js&quot;</pre><a href="https://a.example/">',
    "search/en/core.json": "{}",
    "search/en/p-0.json": "[]",
    "search/index.html": "<p>page</p>",
    "search.json": json.dumps(
        {
            "languages": {
                "en": {
                    "index": "search/en/",
                    "version": "0123456789ab",
                    "files": "search/en/files.json",
                }
            }
        }
    ),
}


def renamed(folder: Path, **changes: str) -> dict[str, str]:
    """Write a site, with files changed, and rename its assets; return what is then there."""
    for path, text in (FILES | {k.replace("__", "/"): v for k, v in changes.items()}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    assets.rename(folder, root=ROOT)
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_every_name_says_what_is_in_the_file(tmp_path: Path) -> None:
    files = renamed(tmp_path)
    assert {names.plain(path) for path in files} == {*FILES}
    for path, text in files.items():
        named = path.startswith("assets/") and not path.startswith("assets/images/")
        assert names.is_permanent(path) == (named or path.startswith("search/en/"))
        assert names.is_true(path, text.encode())


def test_every_file_that_is_named_is_there(tmp_path: Path) -> None:
    files = renamed(tmp_path)
    seen = set()
    for path, text in files.items():
        for named in re.findall(r'["(]((?:\.{0,2}/|assets/|other)[^"()]*\.[a-z0-9]+)[")]', text):
            if path.endswith(".js") and not re.search(rf'(?:from|import\(?) ?"{named}', text):
                continue
            folder = "" if named.startswith("/help/") else posixpath.dirname(path)
            target = posixpath.normpath(posixpath.join(folder, named.removeprefix("/help/")))
            assert target in files, f"{path} names {named}"
            seen.add(names.plain(target))
    assert seen == {
        path for path in FILES if path.startswith("assets/") if "images" not in path
    } | {"assets/images/logo.svg"}


def test_what_only_looks_like_an_address_stays(tmp_path: Path) -> None:
    files = renamed(tmp_path)
    assert files["sample.html"] == FILES["sample.html"]
    alone = next(text for path, text in files.items() if "/alone." in path)
    assert 'x = "./common.js";' in alone


@pytest.mark.parametrize(
    ("changed", "follow"),
    [
        ("assets/javascripts/deep.js", {"common.js", "dialog.js", "start.js", "alone.js"}),
        ("assets/javascripts/part/side.js", {"dialog.js", "start.js"}),
        ("assets/javascripts/alone.js", set()),
        ("assets/stylesheets/other.css", {"page.css"}),
        ("assets/images/logo.svg", set()),
        ("index.html", set()),
    ],
)
def test_a_change_renames_the_file_and_those_that_import_it(
    tmp_path: Path, changed: str, follow: set[str]
) -> None:
    before = renamed(tmp_path / "before")
    after = renamed(tmp_path / "after", **{changed.replace("/", "__"): FILES[changed] + "\n"})
    other = {names.plain(path) for path in {*after} - {*before}}
    own = {changed} if names.is_permanent(names.permanent(changed, b"")) else set()
    own -= {"assets/images/logo.svg"}
    assert {posixpath.basename(path) for path in other - own} == follow
    assert own <= other


def test_the_same_files_get_the_same_names(tmp_path: Path) -> None:
    assert renamed(tmp_path / "one") == renamed(tmp_path / "two")


def test_an_index_moves_into_a_folder_named_by_its_version(tmp_path: Path) -> None:
    files = renamed(tmp_path)
    entry = json.loads(files["search.json"])["languages"]["en"]
    assert entry["index"] == "search/en/0123456789ab/"
    assert entry["files"] == "search/en/0123456789ab/files.json"
    assert {"search/en/0123456789ab/core.json", "search/index.html"} <= {*files}


def test_modules_in_a_circle_and_modules_that_are_missing_stop_the_build(tmp_path: Path) -> None:
    circle = 'import "./start.js";\n'
    with pytest.raises(assets.AssetError, match="in a circle"):
        renamed(tmp_path / "circle", **at_deep(circle))
    with pytest.raises(assets.AssetError, match=r"gone\.js, which is not published"):
        renamed(tmp_path / "gone", **at_deep('import "./gone.js";\n'))


def at_deep(text: str) -> dict[str, str]:
    return {"assets__javascripts__deep.js": text}
