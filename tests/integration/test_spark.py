"""The same tickets counted by a real Spark, on this machine.

`make test-spark` installs it and runs this; `make test` leaves it out.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

import demo_tickets
from helpcenter.tickets.changes import proposal
from helpcenter.tickets.ranking.counts import Counts
from helpcenter.tickets.reading.read import Reading
from helpcenter.tickets.sync import Outcome, sync
from helpcenter.tickets.table import sync_table
from tickets_support import run, ticket_project
from warehouse_support import DAY, FORMS, READABLE, inputs, write_export, write_parquet

pytestmark = [
    pytest.mark.skipif(not os.environ.get("SPARK"), reason="run by make test-spark"),
    # What PySpark and Ibis call of each other's and of pandas' older names.
    pytest.mark.filterwarnings("default"),
]
INPUTS = inputs()


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("spark")))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def from_files(export: Path) -> Outcome:
    with tempfile.TemporaryDirectory() as scratch:
        return sync(
            [export], INPUTS, as_of=DAY, scratch=Path(scratch), key="key", reading=Reading()
        )


def from_spark(spark: Any, parquet: Path) -> Outcome:
    spark.read.parquet(str(parquet)).createOrReplaceTempView("tickets")
    with tempfile.TemporaryDirectory() as scratch:
        # The session is found, because there is one in a process.
        return sync_table(
            "pyspark://", "tickets", INPUTS, source=None, most_unreadable=0.01, as_of=DAY,
            scratch=Path(scratch), key="key",
        )  # fmt: skip


def told(outcome: Outcome) -> tuple[Counts, str]:
    return outcome.counts, proposal.render(outcome.proposal)


@pytest.mark.parametrize("name", READABLE)
def test_spark_counts_the_golden_tickets_as_files_are_counted(
    name: str, spark: Any, tmp_path: Path
) -> None:
    export = write_export(FORMS[name], tmp_path)
    found = from_spark(spark, write_parquet(FORMS[name], tmp_path))
    assert told(found) == told(from_files(export))


def test_spark_gives_the_same_proposal_of_invented_tickets(spark: Any, tmp_path: Path) -> None:
    export, parquet = tmp_path / "tickets.jsonl", tmp_path / "tickets.parquet"
    project = ticket_project(tmp_path / "project")
    options = ("--project", project, "--as-of", DAY, "--count", 20_000, "-o", export)
    assert demo_tickets.main([str(each) for each in options]) == 0
    duckdb.connect().execute(
        f"COPY (SELECT * FROM read_json('{export}', sample_size = -1)) TO '{parquet}'"
    )
    spark.read.parquet(str(parquet)).createOrReplaceTempView("tickets")
    one, other = tmp_path / "one", tmp_path / "other"
    assert run(project, "--proposal", one, export).code == 0
    result = run(project, "--proposal", other, "--connect", "pyspark://", "--table", "tickets")
    assert (result.code, result.err) == (0, "")
    assert one.read_bytes() == other.read_bytes()
