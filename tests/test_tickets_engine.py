from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from helpcenter.tickets.common import engine as engines
from helpcenter.tickets.common.errors import CODES, SyncError
from helpcenter.tickets.exports.naming import fold_name
from helpcenter.tickets.exports.source import load_sources, source_names
from helpcenter.tickets.reading.folding import FOLD
from tickets_support import run, ticket_project


def test_the_engine_reads_the_exports_and_nothing_else(tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for name in ("export", "other"):
        (tmp_path / name).write_text("a\n1\n", encoding="utf-8")
        (scratch / name).symlink_to(tmp_path / name)
    with engines.start(scratch, [tmp_path / "export"], progress=False) as engine:
        assert engine.run(f"SELECT count(*) FROM read_csv('{scratch}/export')") == [(1,)]
        for forbidden in (
            f"SELECT * FROM read_csv('{scratch}/other')",
            f"COPY (SELECT 1) TO '{tmp_path}/written'",
            f"ATTACH '{tmp_path}/other.db'",
            "SET enable_external_access = true",
            "SET memory_limit = '64GB'",
        ):
            with pytest.raises(SyncError) as error:
                engine.run(forbidden)
            assert error.value.__cause__ is None
            assert error.value.__context__ is None
    assert not (tmp_path / "written").exists()


def test_an_engine_without_memory_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "MEMORY_LIMIT", "10MB")
    with (
        engines.start(tmp_path, [], progress=False) as engine,
        pytest.raises(SyncError, match="E_MEMORY"),
    ):
        engine.run("SELECT string_agg(repeat('x', 1000000), '') FROM range(100)")


def test_threads_take_no_more_memory_than_there_is(tmp_path: Path) -> None:
    project, export = ticket_project(tmp_path / "project"), tmp_path / "export.jsonl"
    ticket = {"id": 0, "created_at": "2026-11-19T08:00:00Z", "tags": ["deposit"]}
    with export.open("w", encoding="utf-8") as lines:
        for number in range(6_000):
            ticket |= {"id": number, "description": "x" * 60_000}
            lines.write(json.dumps(ticket) + "\n")
    found = run(project, export, "--dry-run")
    assert found.code == 0, found.err


def test_labels_are_looked_up_without_keeping_the_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[str] = []
    plain = engines.Engine.run

    def explained(self: engines.Engine, sql: str, *values: Any, **options: Any) -> list[Any]:
        if sql.startswith("INSERT INTO staged"):
            plans.extend(str(row) for row in plain(self, f"EXPLAIN {sql}", *values, **options))
        return plain(self, sql, *values, **options)

    monkeypatch.setattr(engines.Engine, "run", explained)
    export = tmp_path / "export.jsonl"
    with export.open("w", encoding="utf-8") as lines:
        for number in range(500):
            ticket = {"id": number, "created_at": "2026-11-19", "tags": [f"tag-{number}"]}
            lines.write(json.dumps(ticket) + "\n")
    assert run(ticket_project(tmp_path / "project"), export, "--dry-run").code == 0
    joins = {kind for plan in plans for kind in re.findall(r"Join Type: (\w+)", plan)}
    assert "LEFT" in joins
    assert "RIGHT" not in joins


def test_a_signal_during_a_query_stops_the_engine(tmp_path: Path) -> None:
    class Interrupted:
        def execute(self, *_: object) -> None:
            raise RuntimeError("Query interrupted")

    with pytest.raises(SyncError, match="E_STOPPED"):
        engines.Engine(Interrupted(), tmp_path).run("SELECT 1")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fee_Question", "fee-question"),
        ("fee question", "FEEQUESTION"),
        ("ｆｅｅ＿ｑｕｅｓｔｉｏｎ", "fee_question"),
        ("手续费　问题", "手续费问题"),
        ("Cafe\u0301", "café"),
        ("⑵FA", "⑵fa"),
        ("２ｆａ", "2fa"),
        ("ÜBER", "über"),
    ],
)
def test_spellings_of_one_tag_fold_together(tmp_path: Path, one: str, other: str) -> None:
    with engines.start(tmp_path, [], progress=False) as engine:
        engine.run(FOLD)
        [(first, second)] = engine.run("SELECT fold(?), fold(?)", [one, other])
    assert first == second != ""


def test_every_code_is_letters_and_explains_itself() -> None:
    for code, (happened, hint) in CODES.items():
        assert code.removeprefix("E_").isupper()
        assert code.removeprefix("E_").isalpha()
        assert happened.endswith(".")
        assert not hint.endswith(".")
        lines = str(SyncError(code, file=2, row=3)).splitlines()
        assert lines[0] == f"{code} file=2 row=3"


def test_every_shipped_source_is_valid_and_names_no_person_or_text() -> None:
    sources, problems = load_sources()
    assert problems == []
    assert sorted(sources) == source_names()
    assert len(sources) >= 10
    personal = {"subject", "description", "requester", "name", "email", "phone", "comment", "body"}
    for source in sources.values():
        for field, names in source.columns:
            found = personal & {fold_name(name) for name in names}
            assert not found or field in ("subject", "requester")
