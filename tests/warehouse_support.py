"""What the tests of a warehouse share: the golden tickets as the table of one."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import duckdb

from helpcenter.project import Project
from helpcenter.tickets.sync import Inputs, load_inputs
from ticket_forms import filled, forms, golden, write
from tickets_support import AS_OF, CASES

DAY = datetime.date.fromisoformat(AS_OF)
# A warehouse has no second files, and times that only their mapping knows are no column's.
FORMS = {name: form for name, form in forms().items() if not form.get("side")}
UNCLEAR = ("chinese", "us", "ctime", "jira-csv")
UNREADABLE = sorted(
    name for name, form in FORMS.items() if any(f"=created {how}" in str(form) for how in UNCLEAR)
)
READABLE = sorted(set(FORMS) - set(UNREADABLE))


def inputs() -> Inputs:
    loaded, problems = load_inputs(Project(CASES / "project"))
    assert loaded is not None, problems
    return loaded


def write_export(form: dict[str, Any], folder: Path) -> Path:
    """The golden tickets as the system's export, for the file path."""
    path: Path = folder / form["file"]
    path.write_bytes(write(form, golden()).encode(form.get("encoding", "utf-8")))
    return path


def write_parquet(form: dict[str, Any], folder: Path) -> Path:
    """The golden tickets as they lie in a warehouse: a row a ticket, typed where JSON is."""
    source = folder / "records"
    if "columns" in form:
        source.write_text(write(form, golden()), encoding="utf-8")
        read = f"read_csv('{source}', all_varchar = true)"
    else:
        records = [_typed(filled(form["record"], each, form.get("words", {}))) for each in golden()]
        lines = (json.dumps(record, ensure_ascii=False) for record in records)
        source.write_text("\n".join(lines), encoding="utf-8")
        read = f"read_json('{source}', format = 'newline_delimited', sample_size = -1)"
    path = folder / "tickets.parquet"
    duckdb.connect().execute(f"COPY (SELECT * FROM {read}) TO '{path}' (FORMAT parquet)")
    return path


def write_database(parquet: Path) -> str:
    """The address of a DuckDB file that holds the table `support.tickets`."""
    path = parquet.with_suffix(".duckdb")
    with duckdb.connect(path) as connection:
        connection.execute("CREATE SCHEMA support")
        connection.execute(
            f"CREATE TABLE support.tickets AS SELECT * FROM read_parquet('{parquet}')"
        )
    return f"duckdb://{path}"


def _typed(value: Any, key: str = "") -> Any:
    """A record in which a field that holds anything holds texts, as a column of a table must."""
    if isinstance(value, dict):
        return {name: _typed(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_typed(inner, key) for inner in value]
    return str(value) if key == "value" and value is not None else value
