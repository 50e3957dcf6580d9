"""What --explain-mapping and --unmapped show, and what they never do."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpcenter.project import Project
from helpcenter.tickets.exports.source import load_mapping, load_sources
from support import ROOT
from ticket_forms import forms, golden, write
from tickets_support import ranking, run, ticket_project

GOLDEN = golden()
PHRASE = "abandon ability able about above absent absorb abstract absurd abuse access accident"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return ticket_project(tmp_path / "project")


def export(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def explained(project: Path, *arguments: str | Path) -> list[dict[str, object]]:
    result = run(project, "--explain-mapping", "--json", *arguments)
    assert (result.code, result.err) == (0, "")
    assert not ranking(project).exists()
    loaded: list[dict[str, object]] = json.loads(result.out)
    return loaded


def test_each_column_is_shown_with_what_it_becomes(project: Path, tmp_path: Path) -> None:
    form = forms()["generic/english"]
    [found] = explained(project, export(tmp_path, "tickets.csv", write(form, GOLDEN)))
    assert (found["source"], found["form"], found["delimiter"]) == ("generic", "csv", ",")
    assert found["rows"] == "116"
    columns = {column["name"]: column for column in found["columns"]}  # type: ignore[attr-defined]
    assert columns["#"] == {"name": "#", "field": "id", "filled": "116"}
    assert columns["Locale"]["field"] == "language"
    assert columns["Category"] == {"name": "Category", "field": "topic", "filled": "<20"}
    assert columns["Notes"] == {"name": "Notes", "field": "ignored", "filled": None}


def test_values_that_mean_nothing_are_counted_by_field(project: Path, tmp_path: Path) -> None:
    rows = [f"{n},2026-11-10,soon,Klingon,meh,often,nothing" for n in range(30)]
    text = "\n".join(["id,created,updated,language,csat,reopens,tags", *rows]) + "\n"
    [found] = explained(project, export(tmp_path, "tickets.csv", text))
    assert found["unknown"] == {
        "updated": "30", "language": "30", "satisfaction": "30", "reopens": "30", "labels": "30",
    }  # fmt: skip
    result = run(project, "--explain-mapping", export(tmp_path, "tickets.csv", text))
    assert "rows with values that mean nothing here: language 30" in result.out


def test_a_second_file_is_explained_as_one(project: Path, tmp_path: Path) -> None:
    names = ("zendesk/incremental", "zendesk/metrics")
    paths = [export(tmp_path, f"{n}.json", write(forms()[f], GOLDEN)) for n, f in enumerate(names)]
    found = explained(project, *paths)
    assert [(each["source"], each["second_file"]) for each in found] == [
        ("zendesk", False), ("zendesk", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heading",
    [PHRASE, "jane.roe@mail.example.net", "call 13800138000", "x" * 60, "=HYPERLINK(1)",
     "\x1b[31mred", "\u202egnp"],
)  # fmt: skip
def test_a_heading_that_does_not_look_like_one_is_shown_by_its_place(
    heading: str, project: Path, tmp_path: Path
) -> None:
    text = f'id,created,tags,"{heading}"\n1,2026-11-10,fees,x\n'
    path = export(tmp_path, "tickets.csv", text)
    for arguments in (["--explain-mapping"], ["--explain-mapping", "--json"]):
        result = run(project, *arguments, path)
        assert result.code == 0
        assert "column 4" in result.out
        assert heading not in result.out


def labeled(count: int, tags: tuple[str, ...], *, people: int) -> str:
    """An export of tickets in no category, with these tags."""
    first = replace(GOLDEN[0], tags=tags, topic=None)
    tickets = [replace(first, id=n, person=n % people) for n in range(count)]
    return write(forms()["zendesk/lines"], tickets)


def test_labels_of_uncategorized_tickets_are_listed_by_volume(
    project: Path, tmp_path: Path
) -> None:
    text = labeled(30, ("Wrong Network", "vip"), people=30) + write(
        forms()["zendesk/lines"], GOLDEN
    )
    result = run(project, "--unmapped", "--json", export(tmp_path, "tickets.jsonl", text))
    assert (result.code, result.err) == (0, "")
    assert not ranking(project).exists()
    listed = [(each["field"], each["label"], each["tickets"]) for each in json.loads(result.out)]
    assert listed[:3] == [("topic", "question", 35), ("tags", "vip", 33),
                          ("tags", "Wrong Network", 30)]  # fmt: skip
    assert "deposit" not in result.out


@pytest.mark.parametrize(
    ("count", "people", "shown"), [(20, 20, True), (19, 19, False), (40, 19, False)]
)
def test_a_label_is_shown_only_if_many_tickets_of_many_people_have_it(
    count: int, people: int, shown: bool, project: Path, tmp_path: Path
) -> None:
    path = export(tmp_path, "tickets.jsonl", labeled(count, ("wrong_network",), people=people))
    assert ("wrong_network" in run(project, "--unmapped", path).out) == shown


@pytest.mark.parametrize(
    "label",
    [PHRASE, "jane.roe@mail.example.net", "13800138000", "0x52908400098527886E0F7030069857D2E4169E",
     "=cmd()", "<b>x</b>", "{{ config }}", "\x1b[31mred", "\u202etxt", "!!python/object"],
)  # fmt: skip
def test_what_is_no_label_is_not_shown_however_often_it_stands_there(
    label: str, project: Path, tmp_path: Path
) -> None:
    text = labeled(40, ("plain", label), people=40)
    result = run(project, "--unmapped", export(tmp_path, "tickets.jsonl", text))
    assert result.code == 0
    assert "plain" in result.out
    assert label not in result.out
    assert not any(secret in result.out for secret in ("1380", "5290", "abandon", "jane", "\x1b"))


def test_the_mapping_in_the_guide_is_a_mapping(tmp_path: Path) -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = guide.partition("## Another helpdesk's export")[2]
    example = re.search(r"```yaml\n(.*?)```", section, re.DOTALL)
    assert example is not None
    sources, _ = load_sources()
    path = export(tmp_path, "ours.yml", example[1])
    mapping, problems = load_mapping(path, sources, project=Project(tmp_path))
    assert mapping is not None, problems
    assert mapping.columns.id[0] == "Case Ref"


def test_a_mapping_of_ones_own_is_named_on_the_command_line(project: Path, tmp_path: Path) -> None:
    text = "Vorgang,Eingang,Stichwort\n" + "".join(f"{n},2026-11-10,fees\n" for n in range(25))
    path = export(tmp_path, "tickets.csv", text)
    columns = "{id: [Vorgang], created: [Eingang], tags: [Stichwort]}"
    mapping = export(tmp_path, "ours.yml", f"name: Unser\ncolumns: {columns}\n")
    assert run(project, path).err.startswith("E_NOID file=1 ")
    [found] = explained(project, "--mapping", mapping, path)
    assert found["source"] == "ours"
    result = run(project, "--mapping", mapping, "--json", path)
    assert json.loads(result.out)["rows"]["read"] == 25
    wrong = run(project, "--mapping", export(tmp_path, "bad.yml", "name: X\ncolums: {}\n"), path)
    assert wrong.code == 1
    assert wrong.err.startswith("bad.yml:2: data-invalid: colums")
    assert run(project, "--mapping", tmp_path / "none.yml", path).code == 1


def test_patterns_and_standard_input_are_exports(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = write(forms()["zendesk/lines"], GOLDEN).splitlines(keepends=True)
    export(tmp_path, "a-1.jsonl", "".join(lines[:50]))
    export(tmp_path, "a-2.jsonl", "".join(lines[50:]))
    result = run(project, "--json", "--dry-run", str(tmp_path / "a-*.jsonl"))
    assert json.loads(result.out)["rows"]["read"] == 116
    stdin = SimpleNamespace(buffer=io.BytesIO("".join(lines).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert json.loads(run(project, "--json", "--dry-run", "-").out)["rows"]["read"] == 116
    assert run(project, str(tmp_path / "b-*.jsonl")).err.startswith("E_NOFILE file=1 ")
