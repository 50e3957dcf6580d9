from __future__ import annotations

import csv
import datetime
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.project import Project
from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.exports import pieces
from helpcenter.tickets.ranking.counts import Counts
from helpcenter.tickets.reading.read import Reading
from helpcenter.tickets.sync import load_inputs, sync
from tickets_support import AS_OF, CASES

HEADER = "id,subject,created_at,updated_at,status,tags\r\n"
ROW = '{n},"one, two, ""three""\r\nfour, five, six, seven, eight, nine"'
ROWS = "".join(
    f"{ROW.format(n=n)},2026-11-{1 + n % 20:02},2026-11-20,open,deposit\r\n" for n in range(400)
)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_LARGE", 2_000)
    monkeypatch.setattr(pieces, "_SMALLEST", 3_000)
    monkeypatch.setattr(pieces, "_WINDOW", 1_000)


def counted(text: str, folder: Path) -> Counts:
    export = folder / "export.csv"
    export.write_text(text, encoding="utf-8", newline="")
    inputs, problems = load_inputs(Project(CASES / "project"))
    assert inputs is not None, problems
    scratch = folder / "scratch"
    scratch.mkdir()
    day = datetime.date.fromisoformat(AS_OF)
    counts = sync([export], inputs, as_of=day, scratch=scratch, key="k", reading=Reading()).counts
    assert list(scratch.iterdir()) == []
    return counts


def test_a_piece_ends_where_a_row_ends() -> None:
    table = io.BytesIO((HEADER + ROWS).encode())
    spans = pieces.cut(table, skip=0, delimiter=",", columns=6)
    assert len(spans) > 5
    assert spans[0][0] == len(HEADER)
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
    found: list[list[str]] = []
    for start, end in spans:
        text = table.getvalue()[start:end].decode()
        found += csv.reader(io.StringIO(text, newline=""), strict=True)
    assert found == list(csv.reader(io.StringIO(ROWS, newline="")))


@pytest.mark.parametrize("text", [HEADER + ROWS, "\r\n" + HEADER + ROWS, HEADER + ROWS[:-2]])
def test_a_table_in_pieces_is_read_as_in_one_go(text: str, tmp_path: Path) -> None:
    counts = counted(text, tmp_path)
    assert (counts.read, counts.unreadable, counts.categorized) == (400, 0, 400)


def test_a_piece_may_begin_with_a_text_that_has_other_line_ends(tmp_path: Path) -> None:
    row = '"one,\ntwo",{n},2026-11-10,2026-11-11,open,deposit\r\n'
    rows = "".join(row.format(n=n) for n in range(400))
    counts = counted("subject,id,created_at,updated_at,status,tags\r\n" + rows, tmp_path)
    assert (counts.read, counts.unreadable, counts.categorized) == (400, 0, 400)


def test_a_row_that_is_rejected_in_a_piece_is_counted_once(tmp_path: Path) -> None:
    counts = counted(HEADER + ROWS + "1,too,short\r\n" + ROWS, tmp_path)
    assert (counts.read, counts.unreadable, counts.repeated) == (801, 1, 400)


def test_a_quote_that_is_not_closed_is_found(tmp_path: Path) -> None:
    with pytest.raises(SyncError) as caught:
        counted(HEADER + ROWS + '9,"open,2026-11-20,2026-11-20,open,deposit\r\n' + ROWS, tmp_path)
    assert caught.value.code == "E_QUOTES"


# What parts rows and cells, and whole rows, for a customer to write.
WRITTEN = st.lists(
    st.sampled_from(
        ['"', '""', "\n", "\r\n", ",", "a", "\n9,b,2026-11-02,2026-11-03,open,deposit\n"]
    )
).map("".join)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(texts=st.lists(WRITTEN, min_size=1, max_size=9), quoted=st.booleans())
def test_no_text_makes_a_row(texts: list[str], quoted: bool) -> None:
    table = io.StringIO(newline="")
    writer = csv.writer(table, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL)
    for number in range(300):
        text = texts[number % len(texts)]
        writer.writerow([number, text, "2026-11-02", "2026-11-03", "open", "deposit"])
    with tempfile.TemporaryDirectory() as folder:
        counts = counted(HEADER + table.getvalue(), Path(folder))
    assert (counts.read, counts.unreadable, counts.repeated) == (300, 0, 0)


def test_a_quote_that_moves_the_cuts_does_not_move_the_rows(tmp_path: Path) -> None:
    stray = '9,5" wide,2026-11-20,2026-11-20,open,deposit\r\n'
    try:
        counts = counted(HEADER + stray + ROWS, tmp_path)
    except SyncError as error:
        assert error.code in {"E_QUOTES", "E_UNREADABLE"}  # noqa: PT017 (either is right)
    else:
        assert counts.read == 401
