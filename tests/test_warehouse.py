"""Tickets counted in a warehouse's table are counted as those of files, and as silently."""

from __future__ import annotations

import importlib
import io
import json
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import demo_tickets
import sync_tickets
from helpcenter.tickets.changes import proposal
from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.exports.naming import Match
from helpcenter.tickets.exports.sniff import choose, resolve
from helpcenter.tickets.ranking.counts import Counts, tally
from helpcenter.tickets.reading import rules, staging
from helpcenter.tickets.reading.read import Reading
from helpcenter.tickets.sync import sync
from helpcenter.tickets.table import address_of, sync_table
from helpcenter.tickets.warehouse import connection, meanings
from helpcenter.tickets.warehouse.aggregate import SIGNALS, counted
from helpcenter.tickets.warehouse.columns import names_in, texts_of
from helpcenter.tickets.warehouse.rows import rows
from helpcenter.tickets.warehouse.times import readable, time_of
from test_tickets_counts import LANGUAGES, LATE, TAXONOMY, Row, ticket
from test_tickets_counts import counted as count_staged
from test_tickets_counts import engine as engine  # the fixture
from test_tickets_counts import rows as staged_rows
from tickets_support import Run, ticket_project
from warehouse_support import (
    DAY,
    FORMS,
    READABLE,
    UNREADABLE,
    inputs,
    write_database,
    write_export,
    write_parquet,
)

INPUTS = inputs()


def from_table(address: str, name: str = "support.tickets") -> tuple[Counts, str]:
    with tempfile.TemporaryDirectory() as scratch:
        outcome = sync_table(
            address, name, INPUTS, source=None, most_unreadable=0.01, as_of=DAY,
            scratch=Path(scratch), key="key",
        )  # fmt: skip
    return outcome.counts, proposal.render(outcome.proposal)


@pytest.mark.parametrize("name", READABLE)
def test_a_table_gives_the_counts_and_the_ranking_of_the_export(name: str, tmp_path: Path) -> None:
    export = write_export(FORMS[name], tmp_path)
    with tempfile.TemporaryDirectory() as scratch:
        outcome = sync(
            [export], INPUTS, as_of=DAY, scratch=Path(scratch), key="other", reading=Reading()
        )
    counts, text = from_table(write_database(write_parquet(FORMS[name], tmp_path)))
    assert counts == outcome.counts
    assert text == proposal.render(outcome.proposal)


def test_most_forms_have_times_that_a_warehouse_can_read() -> None:
    assert len(READABLE) >= 15
    assert UNREADABLE


@pytest.mark.parametrize("name", UNREADABLE)
def test_times_that_no_engine_is_sure_of_are_refused(name: str, tmp_path: Path) -> None:
    address = write_database(write_parquet(FORMS[name], tmp_path))
    with pytest.raises(SyncError, match="E_ROWS"):
        from_table(address)


def loaded(data: pa.Table) -> tuple[Any, Any]:
    """A table of a new DuckDB, made without what Ibis 12 calls for it: DuckDB 2.0 lacks that."""
    plain = duckdb.connect()
    plain.register("data", data)
    plain.execute("CREATE TABLE tickets AS SELECT * FROM data")
    backend = ibis.duckdb.from_connection(plain)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return backend, backend.table("tickets")


NUMBERS = ("updated", "finer", "age", "category", "language", *SIGNALS)


@pytest.fixture(scope="module")
def aggregate() -> Iterator[Callable[[Sequence[Row]], Counts]]:
    """What counts staged rows by the Ibis expression, in a DuckDB of its own."""
    kinds = {"id": pa.string(), "requester": pa.string(), **dict.fromkeys(NUMBERS, pa.int64())}
    backend, tickets = loaded(pa.schema(kinds.items()).empty_table())
    window = TAXONOMY.scoring.window_days
    query = backend.compile(
        counted(tickets, categories=len(TAXONOMY.categories), window_days=window)
    )

    def counts(table: Sequence[Row]) -> Counts:
        backend.con.execute("DELETE FROM tickets")
        for row in table:
            values = in_columns(row)
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            backend.con.execute(
                f"INSERT INTO tickets ({names}) VALUES ({marks})", list(values.values())
            )
        found = backend.con.execute(query).fetchall()
        good = [row for row in found if row[0] != "unreadable"]
        unread = sum(row[-1] for row in found if row[0] == "unreadable")
        assert unread == sum(row.id is None for row in table)
        read = sum(row[-1] for row in good)
        return tally([row[:-1] for row in good], TAXONOMY, read, 0, languages=LANGUAGES)

    yield counts
    backend.disconnect()


def in_columns(row: Row) -> dict[str, object]:
    """A staged row as a row of the expression's table."""
    language = row.language if row.language in LANGUAGES else None
    return {
        "id": None if row.id is None else f"{row.source} {row.id}",
        "updated": row.updated,
        "finer": 0,
        "age": row.age,
        "category": row.category,
        "language": (*LANGUAGES, None).index(language) + 1,
        "requester": None if row.requester is None else str(row.requester),
        "reopened": int((row.reopens or 0) > 0),
        "rated": int(row.satisfied is not None),
        "dissatisfied": int(row.satisfied is False),
        "replied": int(row.reply_minutes is not None),
        "late": int((row.reply_minutes or 0) > LATE),
    }


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(staged_rows, max_size=14))
@example([ticket(number, requester=7, language=code) for number, code in enumerate(["en", "zh"])])
@example([ticket(1, reopens=1), ticket(1, satisfied=False), ticket(1, reply_minutes=LATE + 1)])
@example([ticket(1, language="en"), ticket(1, language="zh"), ticket(2, requester=7)])
@example([ticket(1, requester=7), ticket(1, requester=8), ticket(2, requester=7)])
def test_the_expression_counts_what_the_local_engine_counts(
    engine: Engine, aggregate: Callable[[Sequence[Row]], Counts], table: list[Row]
) -> None:
    assert aggregate(table) == count_staged(engine, table)


TIMES = [
    "2026-11-20", "2026-11-20T08:05:00Z", "2026-11-20 08:05", "2026/11/20 08:05:09",
    "2026-11-20T23:59:59.25+08:00", "2026-11-20T00:30:00-0730", "2026-11-20 08:05:00 UTC",
    "2024-02-29 12:00:00", "2026-02-29 12:00:00", "2026-13-01", "2026-11-20T25:00:00Z",
    "1969-12-31T23:00:00Z", "2026-11-20T08:05:00 CST", "yesterday", "", "2026-11-20T08:05:00+08",
    "1763625900", "1763625900.5", "1763625900123", "1763625900123456", "17636259001", "12",
]  # fmt: skip


@pytest.mark.parametrize("epoch", [True, False])
def test_texts_are_the_times_that_they_are_in_a_file(engine: Engine, epoch: bool) -> None:
    sql = "coalesce(iso_time(text), epoch_time(text))" if epoch else "iso_time(text)"
    expected = engine.run(
        f"SELECT text, (epoch_us({sql}) // 1000000)::BIGINT, "
        f"(epoch_us({sql}) % 1000000)::BIGINT FROM (SELECT unnest(?::VARCHAR[]) AS text)",
        [TIMES],
    )
    backend, table = loaded(pa.table({"text": TIMES}))
    read = table.mutate(time=readable(table.text, epoch=epoch))
    time = time_of(read.time)
    found = {
        row["text"]: row["seconds"]
        for row in backend.to_pyarrow(read.select("text", seconds=time.seconds)).to_pylist()
    }
    assert found == {text: seconds for text, seconds, _ in expected}
    finer = backend.to_pyarrow(read.select("text", finer=time.finer)).to_pylist()
    assert next(row["finer"] for row in finer if ".25" in row["text"]) == 250_000


def test_numbers_with_a_fraction_become_plain_texts() -> None:
    cells = {"grade": [4.5, 0.0, 10.0, float("nan")], "tags": [["a"], [], None, ["b"]]}
    backend, table = loaded(pa.table(cells))
    [grade] = texts_of(table, Match(0, ("grade",)))
    found = backend.to_pyarrow(table.select(text=grade)).column("text").to_pylist()
    assert [text and float(text) for text in found] == [4.5, 0.0, 10.0, None]
    assert found[1:3] == ["0", "10"]
    assert names_in(table.schema()) == (("grade",), ("tags",), ("tags", "[]"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """20,000 invented tickets as an export and as a table."""
    folder = tmp_path_factory.mktemp("demo")
    export = folder / "tickets.jsonl"
    project = ticket_project(folder / "project")
    options = ("--project", project, "--as-of", DAY, "--count", 20_000, "-o", export)
    assert demo_tickets.main([str(each) for each in options]) == 0
    parquet = folder / "tickets.parquet"
    duckdb.connect().execute(
        f"COPY (SELECT * FROM read_json('{export}', sample_size = -1)) TO '{parquet}'"
    )
    return export, write_database(parquet)


def door(project: Path, *arguments: object, **environment: str) -> Run:
    out, err = io.StringIO(), io.StringIO()
    words = ["--project", project, "--as-of", DAY, *arguments]
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = sync_tickets.main([str(word) for word in words], environment=environment)
        except SystemExit as stop:
            code = int(str(stop.code))
    return Run(code, out.getvalue(), err.getvalue())


def test_both_ways_write_the_same_proposal_of_the_same_tickets(
    demo: tuple[Path, str], tmp_path: Path
) -> None:
    export, address = demo
    project = ticket_project(tmp_path / "project")
    one, other = tmp_path / "one", tmp_path / "other"
    assert door(project, "--proposal", one, export).code == 0
    table = ("--connect", "env:WAREHOUSE", "--table", "support.tickets")
    result = door(project, "--proposal", other, *table, WAREHOUSE=address)
    assert (result.code, result.err) == (0, "")
    assert one.read_bytes() == other.read_bytes()
    assert one.stat().st_size > 100


def test_nothing_but_words_and_counts_comes_out_of_the_warehouse(
    demo: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    fetched: list[pa.Table] = []
    plain = ibis.backends.duckdb.Backend.to_pyarrow

    def seen(*arguments: Any, **options: Any) -> pa.Table:
        fetched.append(plain(*arguments, **options))
        return fetched[-1]

    monkeypatch.setattr(ibis.backends.duckdb.Backend, "to_pyarrow", seen)
    export, address = demo
    from_table(address)
    *words, counts = fetched
    assert len(words) >= 5
    assert {tuple(table.column_names) for table in words} == {("value",)}
    assert counts.column_names[4:] == ["tickets", "units", *SIGNALS, "versions"]
    came = {value for table in words for value in table.column("value").to_pylist()}
    tickets = [json.loads(line) for line in export.read_text(encoding="utf-8").splitlines()]
    for each in tickets:
        person = each["requester"]
        assert not came & {each["subject"], each["description"], person["email"]}
        assert not came & {str(each["id"]), str(each["requester_id"]), person["name"]}


@pytest.mark.parametrize(
    ("address", "table", "code"),
    [
        ("duckdb:///no/such/canary7f.duckdb", "tickets", "E_CONNECT"),
        ("canary7f://somewhere", "tickets", "E_CONNECT"),
        ("snowflake://canary7f:canary7f@account/db/schema", "tickets", "E_NOIBIS"),
        ("{database}", "canary7f", "E_TABLE"),
        ("{database}", "canary7f.tickets", "E_TABLE"),
    ],
)
def test_a_failure_is_a_code_and_shows_no_address(
    address: str, table: str, code: str, demo: tuple[Path, str], tmp_path: Path
) -> None:
    project = ticket_project(tmp_path / "project")
    address = address.format(database=demo[1])
    result = door(project, "--connect", "env:W", "--table", table, W=address)
    assert (result.code, result.out) == (4, "")
    assert result.err.startswith(f"{code} file=0 row=0\n")
    assert "canary7f" not in result.err


def test_what_a_driver_says_hangs_on_no_error() -> None:
    def fail() -> None:
        raise ValueError("canary7f")

    with pytest.raises(SyncError) as caught:
        connection.guarded("E_QUERY", fail)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_without_ibis_the_door_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ibis", None)
    project = ticket_project(tmp_path / "project")
    result = door(project, "--connect", "duckdb://x", "--table", "t")
    assert (result.code, result.err[:9]) == (4, "E_NOIBIS ")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--connect", "duckdb://x"),
        ("--connect", "duckdb://x", "--table", "t", "export.csv"),
        ("--connect", "duckdb://x", "--table", "t", "--unmapped"),
        ("--connect", "trino://me:canary7f@host/db", "--table", "t"),
        ("--connect", "trino://[canary7f", "--table", "t"),
        ("--connect", "env:NOTHING", "--table", "t"),
    ],
)
def test_misuse_is_said_without_showing_a_password(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    result = door(ticket_project(tmp_path / "project"), *arguments)
    assert result.code == 2
    assert "canary7f" not in result.err


def test_an_address_comes_from_the_line_or_from_a_variable() -> None:
    assert address_of("duckdb:///a/b", {}) == "duckdb:///a/b"
    assert address_of("env:W", {"W": "trino://u:p@h/c"}) == "trino://u:p@h/c"


def table_of(folder: Path, select: str) -> str:
    path = folder / "tickets.parquet"
    duckdb.connect().execute(f"COPY ({select}) TO '{path}'")
    return write_database(path)


def test_too_many_labels_and_unreadable_rows_stop_the_sync(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = "'2026-11-10' AS created, 'fees ' || i AS tags FROM range(100) r(i)"
    address = table_of(tmp_path, f"SELECT i AS id, {row}")
    assert from_table(address)[0].categorized == 100
    for limit in ("MOST_MEANT", "MOST_VALUES"):
        with monkeypatch.context() as patch:
            patch.setattr(meanings, limit, 50)
            with pytest.raises(SyncError, match="E_LABELS"):
                from_table(address)
    (tmp_path / "tickets.duckdb").unlink()
    address = table_of(tmp_path, f"SELECT CASE WHEN i > 1 THEN i END AS id, {row}")
    with pytest.raises(SyncError, match="E_ROWS"):
        from_table(address)


SCHEMA = {
    "id": "int64", "created_at": "timestamp", "updated_at": "string", "status": "string",
    "tags": "array<string>", "type": "string", "language": "string", "subject": "string",
    "requester_id": "int64", "reopens": "int64", "satisfaction": "string",
    "first_reply_minutes": "int64",
}  # fmt: skip


@pytest.mark.parametrize("dialect", ["BigQuery", "Snowflake", "Trino"])
def test_the_expression_can_be_written_for_engines_that_are_not_here(
    dialect: str, engine: Engine
) -> None:
    compilers = importlib.import_module(f"ibis.backends.sql.compilers.{dialect.lower()}")
    compiler = getattr(compilers, f"{dialect}Compiler")()
    table = ibis.table(SCHEMA, name="tickets")
    names = names_in(table.schema())
    choice = choose(names, INPUTS.sources, "generic", 0)
    fields, _ = resolve(choice.columns, names)
    rules.install(engine, TAXONOMY, choice.mapping)
    staging.install(engine, TAXONOMY, choice.mapping)
    words = pa.table({"value": ["fees", "zh", "good", "2", "spam"]})
    tickets = rows(
        SimpleNamespace(to_pyarrow=lambda expression: words), table, fields, choice.mapping,
        engine=engine, languages=LANGUAGES, as_of=DAY, target_hours=24,
    )  # fmt: skip
    expression = counted(tickets, categories=4, window_days=30)
    text = compiler.to_sqlglot(expression).sql(dialect=compiler.dialect)
    assert text.count("SELECT") >= 6
    assert "'fees'" in text
