"""The same tickets in every system's export, in every form and encoding: read the same."""

from __future__ import annotations

import codecs
import datetime
import gzip
import io
import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from backports import zstd

from helpcenter.project import Project
from helpcenter.tickets.changes import proposal
from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.exports import source as mappings
from helpcenter.tickets.exports.source import SourceFile, load_mapping, load_sources
from helpcenter.tickets.reading.read import STDIN, Reading, opened, read
from helpcenter.tickets.sync import Inputs, load_inputs, sync
from ticket_forms import Ticket, forms, golden, write
from tickets_support import AS_OF, CASES

DAY = datetime.date.fromisoformat(AS_OF)
GOLDEN = golden()
FORMS = forms()
MAIN = {name: form for name, form in FORMS.items() if not form.get("side")}
UNKNOWN = sorted(path.parent for path in (CASES / "unknown").glob("*/form.yml"))
SHIPPED, _ = load_sources()


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    loaded, problems = load_inputs(Project(CASES / "project"))
    assert loaded is not None, problems
    return loaded


def written(folder: Path, form: dict[str, Any]) -> Path:
    path: Path = folder / form["file"]
    path.write_bytes(write(form, GOLDEN).encode(form.get("encoding", "utf-8")))
    return path


LATEST = """
SELECT replace(id, 'HELP-', '')::INTEGER, category, age, language, requester IS NOT NULL,
  reopens, satisfied, reply_minutes
FROM staged QUALIFY row_number() OVER (PARTITION BY id ORDER BY updated DESC) = 1 ORDER BY ALL
"""


def latest(engine: Engine) -> dict[int, tuple[object, ...]]:
    """What was staged of the last version of each ticket, by its number."""
    return {int(number or 0): tuple(found) for number, *found in engine.run(LATEST)}


def expected(inputs: Inputs, lacks: set[str]) -> dict[int, tuple[object, ...]]:
    """The same, as the golden tickets say."""
    categories = [category.id for category in inputs.taxonomy.categories]
    fates = {**{name: at for at, name in enumerate(categories)}, "excluded": -1}
    return {
        ticket.id: (
            fates.get(_category(ticket), len(categories)),
            (DAY - ticket.created.date()).days,
            ticket.language,
            True,
            None if "reopens" in lacks else ticket.reopens,
            None if "rating" in lacks else {"good": True, "bad": False}.get(ticket.rating or ""),
            None if "reply" in lacks else ticket.reply,
        )
        for ticket in GOLDEN
    }


def _category(ticket: Ticket) -> str:
    # Too old for the window, but of a category all the same.
    outside = {1021: "fees", 1022: "deposit"}
    return outside.get(ticket.id, ticket.category)


def read_all(
    paths: list[Path],
    inputs: Inputs,
    *,
    sources: Mapping[str, SourceFile] = SHIPPED,
    reading: Reading | None = None,
) -> tuple[str, dict[int, tuple[object, ...]]]:
    """The system that was recognized, and what was staged."""
    reading = reading or Reading()
    with (
        tempfile.TemporaryDirectory() as scratch,
        opened(
            paths, inputs.taxonomy, sources,
            reading=reading, as_of=DAY, scratch=Path(scratch), key="key",
        ) as (engine, exports),
    ):  # fmt: skip
        found = read(engine, exports, inputs.taxonomy, reading)
        assert (found.unreadable, found.notes) == (0, ())
        return exports[0].source, latest(engine)


@pytest.mark.parametrize("name", MAIN)
def test_an_export_is_recognized_and_read_as_the_others_are(
    name: str, inputs: Inputs, tmp_path: Path
) -> None:
    form = MAIN[name]
    source, found = read_all([written(tmp_path, form)], inputs)
    assert source == name.partition("/")[0]
    assert found == expected(inputs, set(form.get("lacks", ())))


SIDES = [(name, side) for name, form in MAIN.items() for side in form.get("with", ())]


@pytest.mark.parametrize(("name", "side"), SIDES)
def test_a_second_file_adds_what_the_first_does_not_say(
    name: str, side: str, inputs: Inputs, tmp_path: Path
) -> None:
    paths = [written(tmp_path, MAIN[name]), written(tmp_path, FORMS[f"zendesk/{side}"])]
    for some_order in (paths, paths[::-1]):
        _, found = read_all(some_order, inputs)
        assert found == expected(inputs, set())


def test_every_export_gives_the_same_ranking(inputs: Inputs, tmp_path: Path) -> None:
    rankings: dict[str, list[str]] = {}
    for name, form in MAIN.items():
        with tempfile.TemporaryDirectory() as scratch:
            outcome = sync(
                [written(tmp_path, form)], inputs, as_of=DAY, scratch=Path(scratch), key="key",
                reading=Reading(),
            )  # fmt: skip
        counts = outcome.counts
        assert (counts.read, counts.repeated, counts.excluded) == (116, 3, 7), name
        assert (counts.outside, counts.uncategorized, counts.categorized) == (2, 5, 99), name
        text = proposal.render(outcome.proposal)
        rankings.setdefault(text, []).append(name)
    assert len(rankings) == 1, rankings
    assert "rank deposit 32\n" in next(iter(rankings))


def zendesk_lines() -> bytes:
    return write(FORMS["zendesk/lines"], GOLDEN).encode()


def english_table() -> str:
    return write(FORMS["generic/english"], GOLDEN)


def parquet(text: bytes, reader: str) -> bytes:
    """The same tickets as Parquet, with the types that the engine sees in them."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in").write_bytes(text)
        duckdb.connect().execute(
            f"COPY (SELECT * FROM {reader}('{folder}/in')) TO '{folder}/out' (FORMAT parquet)"
        )
        return (Path(folder) / "out").read_bytes()


def enveloped(lines: bytes) -> bytes:
    """Pages of the interface, one a line."""
    tickets = [json.loads(line) for line in lines.splitlines()]
    pages = [tickets[start : start + 50] for start in range(0, len(tickets), 50)]
    return b"".join(
        json.dumps({"count": 50, "users": [{"id": 7}], "tickets": page}).encode() + b"\n"
        for page in pages
    )


JSON_FORMS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "gzip in members": lambda text: gzip.compress(text[:999]) + gzip.compress(text[999:]),
    "gzip on a tape": lambda text: gzip.compress(text) + bytes(700),
    "zstd": zstd.compress,
    "zstd in frames": lambda text: zstd.compress(text[:999]) + zstd.compress(text[999:]),
    "zstd in gzip": lambda text: gzip.compress(zstd.compress(text)),
    "parquet": lambda text: parquet(text, "read_json"),
    "parquet in zstd": lambda text: zstd.compress(parquet(text, "read_json")),
    "utf-8 with a mark": lambda text: codecs.BOM_UTF8 + text,
    "utf-16": lambda text: text.decode().encode("utf-16"),
    "array": lambda text: b"[" + b",".join(text.splitlines()) + b"]",
    "array over lines": lambda text: b"[\n  " + b",\n  ".join(text.splitlines()) + b"\n]\n",
    "pretty": lambda text: json.dumps(
        [json.loads(line) for line in text.splitlines()], indent=2, ensure_ascii=False
    ).encode(),
    "pretty objects": lambda text: b"\n".join(
        json.dumps(json.loads(line), indent=2).encode() for line in text.splitlines()
    ),
    "pages": enveloped,
    "crlf": lambda text: text.replace(b"\n", b"\r\n"),
    "blank lines": lambda text: text.replace(b"\n", b"\n\n"),
}


@pytest.mark.parametrize("form", JSON_FORMS)
def test_json_is_read_the_same_in_every_form(form: str, inputs: Inputs, tmp_path: Path) -> None:
    path = tmp_path / "tickets.bin"
    path.write_bytes(JSON_FORMS[form](zendesk_lines()))
    source, found = read_all([path], inputs)
    assert source == "zendesk"
    assert found == expected(inputs, {"reopens", "reply"})


def delimited(delimiter: str) -> Callable[[str], bytes]:
    form = {**FORMS["generic/english"], "delimiter": delimiter}
    return lambda _: write(form, GOLDEN).encode()


TABLE_FORMS: dict[str, Callable[[str], bytes]] = {
    "semicolon": delimited(";"),
    "tab": delimited("\t"),
    "pipe": delimited("|"),
    "sep= line": lambda text: b"sep=,\r\n" + text.encode(),
    "utf-8 with a mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16 little": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16 big": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "utf-16 without a mark": lambda text: text.encode("utf-16-le"),
    "utf-16 in gzip": lambda text: gzip.compress(text.encode("utf-16")),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zstd": lambda text: zstd.compress(text.encode()),
    "parquet": lambda text: parquet(text.encode(), "read_csv"),
}


@pytest.mark.parametrize("form", TABLE_FORMS)
def test_a_table_is_read_the_same_in_every_form(form: str, inputs: Inputs, tmp_path: Path) -> None:
    path = tmp_path / "tickets.bin"
    path.write_bytes(TABLE_FORMS[form](english_table()))
    source, found = read_all([path], inputs)
    assert source == "generic"
    assert found == expected(inputs, set())


def test_gb18030_has_to_be_named(inputs: Inputs, tmp_path: Path) -> None:
    path = tmp_path / "工单.csv"
    path.write_bytes(write(FORMS["generic/chinese"], GOLDEN).encode("gb18030"))
    with pytest.raises(SyncError, match="E_ENCODING"):
        read_all([path], inputs)
    _, found = read_all([path], inputs, reading=Reading(encoding="gb18030"))
    assert found == expected(inputs, set())


def test_standard_input_and_several_files_are_read_like_one(inputs: Inputs, tmp_path: Path) -> None:
    lines = zendesk_lines().splitlines(keepends=True)
    (tmp_path / "part").write_bytes(gzip.compress(b"".join(lines[:70])))
    reading = Reading(stdin=io.BytesIO(b"".join(lines[60:])))
    _, found = read_all([tmp_path / "part", STDIN], inputs, reading=reading)
    assert found == expected(inputs, {"reopens", "reply"})


def mapping_of(case: Path) -> dict[str, SourceFile]:
    mapping, problems = load_mapping(case / "mapping.yml", SHIPPED, project=Project(case))
    assert mapping is not None, problems
    return {**SHIPPED, case.name: mapping}


def unknown_form(case: Path) -> dict[str, Any]:
    form: dict[str, Any] = yaml.safe_load((case / "form.yml").read_text(encoding="utf-8"))
    return form


@pytest.mark.parametrize("case", UNKNOWN, ids=lambda case: case.name)
def test_a_system_nobody_knows_is_read_right_with_a_few_lines_of_mapping(
    case: Path, inputs: Inputs, tmp_path: Path
) -> None:
    form = unknown_form(case)
    reading = Reading(source=case.name, encoding=form.get("encoding"))
    path = written(tmp_path, form)
    _, found = read_all([path], inputs, sources=mapping_of(case), reading=reading)
    assert found == expected(inputs, set(form.get("lacks", ())))


@pytest.mark.parametrize("case", UNKNOWN, ids=lambda case: case.name)
def test_without_a_mapping_it_is_read_right_or_in_part_or_refused(
    case: Path, inputs: Inputs, tmp_path: Path
) -> None:
    form = unknown_form(case)
    reading = Reading(encoding=form.get("encoding"))
    path = written(tmp_path, form)
    if form["without"].startswith("E_"):
        with pytest.raises(SyncError, match=form["without"]):
            read_all([path], inputs, reading=reading)
        return
    source, found = read_all([path], inputs, reading=reading)
    right = expected(inputs, set(form.get("lacks", ())))
    assert source == "generic"
    if form["without"] == "same":
        assert found == right
        return
    # What it does not know, it leaves open: no ticket is lost or in a wrong place.
    uncategorized = len(inputs.taxonomy.categories)
    assert set(found) == set(right)
    for number, (category, age, *_) in found.items():
        assert age == right[number][1]
        assert category in (right[number][0], uncategorized)


def test_a_new_helpdesk_is_one_file(inputs: Inputs, tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    shipped = Path(mappings.__file__).parent / "sources"
    for name in ("_common.yml", "generic.yml"):
        (folder / name).write_bytes((shipped / name).read_bytes())
    text = (shipped / "zammad.yml").read_text(encoding="utf-8")
    (folder / "newdesk.yml").write_text(text.replace("Zammad", "Newdesk"), encoding="utf-8")
    sources, problems = load_sources(folder)
    assert problems == []
    path = written(tmp_path, FORMS["zammad/tickets"])
    source, found = read_all([path], inputs, sources=sources)
    assert source == "newdesk"
    assert found == expected(inputs, {"reopens", "rating"})


def test_every_shipped_mapping_has_an_export_it_is_tested_with() -> None:
    assert {name.partition("/")[0] for name in FORMS} == set(SHIPPED)
    assert len(UNKNOWN) >= 6


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("name: X\ncolumns: {id: [a]}\n", 1, "columns.created is missing"),
        (
            "name: X\nextends: generic\ncolumns:\n  tags: [Description]\n",
            4,
            "never read as a label",
        ),
        ("name: X\nextends: zendsk\n", 2, "there is no mapping 'zendsk'"),
        ("name: X\nextends: generic\ncolumn: {}\n", 3, "column"),
        ("name: X\nextends: generic\ncolumns:\n  id: 5\n", 4, "columns.id"),
    ],
)
def test_a_mapping_that_is_wrong_is_told_by_file_and_line(
    text: str, line: int, what: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(text, encoding="utf-8")
    mapping, problems = load_mapping(path, SHIPPED, project=Project(tmp_path))
    assert mapping is None
    assert (problems[0].path, problems[0].line) == ("mine.yml", line)
    assert what in problems[0].message
