"""What other programs find of the search: search.json, its schema, OpenSearch, the one script."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from helpcenter import collation, publication
from helpcenter.project import Project
from helpcenter.search import manifest, opensearch, widget
from helpcenter.site_context import Site
from support import ROOT, published_path

MODULES = Project(ROOT).modules
INDEX = {
    "search/en/core.json": "{}",
    "search/en/p-0.json": "[]",
    "search/zh/core.json": "{}",
}
# Ways to make elements or code of text, and inline styles: a strict policy forbids each of them.
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|setHTML|"
    r"\beval\b|new Function|WebAssembly|\.style\b|localStorage|sessionStorage|indexedDB|cookie"
)


def described(site: Site, index: Mapping[str, str] = INDEX) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(manifest.manifest(site, index))["languages"]
    return found


def write(folder: Path, modules: Mapping[str, str]) -> Path:
    for name, text in modules.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_search_json_is_what_its_schema_describes(site: Site) -> None:
    text = manifest.manifest(site, INDEX)
    assert manifest.Manifest.model_validate_json(text).schema_version == 1
    schema = json.loads(manifest.schema())
    entry = schema["$defs"]["LanguageEntry"]
    for language in json.loads(text)["languages"].values():
        assert set(language) == set(entry["properties"]) == set(entry["required"])
    assert all("description" in field for field in entry["properties"].values())


def test_every_path_of_search_json_is_a_page_with_a_title(site: Site) -> None:
    for code, entry in described(site).items():
        pages = {
            site.path(slug, "en"): page.meta.title
            for (language, slug), page in site.pages.items()
            if language == code
        }
        lists = [entry["advice"], entry["questions"], *entry["topics"].values()]
        assert {path for each in lists for path in each} == set(entry["pages"])
        assert entry["pages"].items() <= pages.items()
        assert {entry["results"], entry["contact"]} <= set(pages)


def test_questions_stand_in_the_order_of_the_ranking(site: Site) -> None:
    expected = [f"{category.slug}/" for category in site.faq_order[: manifest.MOST_QUESTIONS]]
    for entry in described(site).values():
        assert entry["questions"] == expected


def test_a_topic_is_a_section_or_a_category_and_begins_with_its_questions(site: Site) -> None:
    topics = described(site)["en"]["topics"]
    sections = {name for name, _ in site.navigation.sections if name}
    assert set(topics) == sections | {category.id for category in site.faq_order}
    assert topics["fees"][0] == "faq/fee-higher-than-expected/"
    assert topics["account-locked"][0] == "faq/account-locked/"
    assert all(0 < len(paths) <= manifest.MOST_QUESTIONS for paths in topics.values())


def test_the_version_of_an_index_changes_with_its_files_alone(site: Site) -> None:
    before = described(site)
    after = described(site, INDEX | {"search/en/p-0.json": "[1]"})
    assert before["en"]["version"] != after["en"]["version"]
    assert before["zh"]["version"] == after["zh"]["version"]
    files = publication.files(site, INDEX)
    assert json.loads(files["search/en/files.json"]) == ["core.json", "p-0.json"]
    assert files.items() >= INDEX.items()


def test_every_kind_of_result_has_a_name(built: Path, site: Site) -> None:
    for code, entry in described(site).items():
        core = json.loads(
            (built / published_path(built, f"search/{code}/core.json")).read_text(encoding="utf-8")
        )
        kinds = {title[3] for title in core["titles"]}
        assert kinds
        assert kinds <= set(entry["texts"]["type"])


def test_the_published_version_is_that_of_the_published_files(built: Path) -> None:
    languages = json.loads((built / "search.json").read_text(encoding="utf-8"))["languages"]
    for entry in languages.values():
        names = json.loads((built / entry["files"]).read_text(encoding="utf-8"))
        found = hashlib.sha256()
        for name in names:
            text = (built / entry["index"] / name).read_text(encoding="utf-8")
            found.update(f"{name}\0{text}\0".encode())
        assert entry["version"] == found.hexdigest()[:12]


def test_long_names_keep_within_the_limits_of_opensearch() -> None:
    text = opensearch.description(
        tag="en", short="n" * 40, long="l" * 90, text="t", results="https://a/s/", own="https://a/o"
    )
    tree = ElementTree.fromstring(text)
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert len(tree.findtext("o:ShortName", namespaces=space) or "") == 16
    assert len(tree.findtext("o:LongName", namespaces=space) or "") == 48


def test_the_widget_is_one_small_script_that_any_page_reads_the_same(site: Site) -> None:
    script = widget.bundle(MODULES)
    assert len(gzip.compress(script.encode(), 9)) < 15_000
    assert script.isascii(), "a script takes the encoding of the page that holds it"
    assert script == widget.bundle(MODULES)
    assert str(site.product.site_url) not in script


@pytest.mark.parametrize(
    "path", sorted((MODULES / "search").glob("*.js")), ids=lambda path: path.name
)
def test_no_module_of_the_search_makes_html_or_code_of_text_or_keeps_anything(path: Path) -> None:
    code = re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert FORBIDDEN.findall(code) == []


def test_names_of_two_modules_do_not_meet(tmp_path: Path) -> None:
    modules = {
        "a.js": 'import { b as other } from "./b.js";\nconst same = 1;\nother(same);\n',
        "b.js": "const same = 2;\nexport function b(value) {\n  console.log(same, value);\n}\n",
    }
    script = widget.bundle(write(tmp_path, modules), "a.js")
    assert "import" not in script
    assert "export" not in script
    assert script.count("console.log") == 1


@pytest.mark.parametrize(
    ("modules", "says"),
    [
        ({"a.js": "export default 1;\n"}, "export default 1"),
        ({"a.js": 'import * as b from "./b.js";\n'}, "import * as b"),
        ({"a.js": 'export { b } from "./b.js";\n'}, "export { b }"),
        ({"a.js": 'const b = import("./b.js");\n'}, "import("),
        ({"a.js": "const home = import.meta.url;\n"}, "import.meta"),
        (
            {
                "a.js": 'import { b } from "./b.js";\nexport const a = 1;\n',
                "b.js": 'import { a } from "./a.js";\nexport const b = 1;\n',
            },
            "a.js imports b.js imports a.js",
        ),
    ],
)
def test_a_form_that_cannot_be_carried_over_stops_the_build(
    tmp_path: Path, modules: dict[str, str], says: str
) -> None:
    with pytest.raises(widget.BundleError, match=re.escape(says)):
        widget.bundle(write(tmp_path, modules), "a.js")


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("Withdrawal delayed", "W"),
        ("“Gas” explained", "G"),
        ("é-mail", "#"),
        ("充值未到账", "C"),
        ("《提现》", "T"),
        ("Gas 是什么", "G"),
        ("24 小时内", "#"),
        ("…", "#"),
    ],
)
def test_a_title_stands_under_its_letter_or_that_of_its_pinyin(title: str, letter: str) -> None:
    assert collation.letter(title) == letter
