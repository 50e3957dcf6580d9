"""Exports that other readers lose tickets of in silence: read right, or refused by a code."""

from __future__ import annotations

import bz2
import codecs
import gzip
import json
import lzma
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from backports import zstd

from tickets_support import Run, run, ticket_project

ROWS = 1000
HEADER = ("id", "created_at", "subject", "tags", "status")


def fields(number: int, subject: str = "hello") -> tuple[str, ...]:
    return (str(number), "2026-11-10T08:00:00Z", subject, "deposit", "open")


def table(
    rows: Sequence[str] | None = None,
    *,
    header: Sequence[str] = HEADER,
    delimiter: str = ",",
    end: str = "\n",
    subject: str = "hello",
) -> str:
    lines = [delimiter.join(fields(number, subject)) for number in range(ROWS)]
    return "".join(line + end for line in (delimiter.join(header), *(rows or lines)))


def with_row(at: int, row: str) -> str:
    lines = table().splitlines()
    lines[at] = row
    return "\n".join(lines) + "\n"


SHORT = "11,2026-11-10T08:00:00Z,short"
LONG = "11,2026-11-10T08:00:00Z,a,b,c,deposit,open"
HTML = "<!DOCTYPE html>\n<html><body>\n<p>Sign in, please</p>\n</body></html>\n"

# Name: content, and what must come of it: rows read and rows unreadable, or a code and a row.
CSV: dict[str, tuple[str | bytes, tuple[int, int] | tuple[str, int]]] = {
    "plain": (table(), (ROWS, 0)),
    "utf8-bom": ("\ufeff" + table(), (ROWS, 0)),
    "utf-16le-bom": (codecs.BOM_UTF16_LE + table().encode("utf-16-le"), (ROWS, 0)),
    "utf-16be-bom": (codecs.BOM_UTF16_BE + table().encode("utf-16-be"), (ROWS, 0)),
    "gb18030 text": (table(subject="充值没有到账").encode("gb18030"), (ROWS, 0)),
    "gb18030 header": (
        table(header=("工单编号", "创建时间", "主题", "标签", "状态")).encode("gb18030"),
        ("E_ENCODING", 1),
    ),
    "gb18030 tags": (
        table().replace(",deposit,", ",充值未到账,").encode("gb18030"),
        ("E_ENCODING", 2),
    ),
    "latin1 byte in one row": (with_row(11, fields(10)[0] + ",2026-11-10,caf\xe9,deposit,open")
                               .encode("latin-1"), (ROWS, 0)),
    "crlf": (table(end="\r\n"), (ROWS, 0)),
    "cr only": (table(end="\r"), (ROWS, 0)),
    "semicolon": (table(delimiter=";"), (ROWS, 0)),
    "tab": (table(delimiter="\t"), (ROWS, 0)),
    "pipe": (table(delimiter="|"), (ROWS, 0)),
    "embedded newlines": (table(subject='"a\n99,2026-11-10,x,phishing,open\nb"'), (ROWS, 0)),
    "embedded quotes": (table(subject='"say ""hi"", then go"'), (ROWS, 0)),
    "backslash quotes": (table(subject='"say \\"hi\\", then go"'), (ROWS, 0)),
    "truncated row": (table()[:-20], ("E_CUTOFF", ROWS + 1)),
    "truncated quote": (table() + '1000,2026-11-10,"cut', ("E_QUOTES", ROWS + 2)),
    "unclosed quote": (with_row(11, '10,2026-11-10,"open,deposit,open'), ("E_QUOTES", 12)),
    "utf-16le without a mark": (table().encode("utf-16-le"), (ROWS, 0)),
    "utf-16be without a mark": (table().encode("utf-16-be"), (ROWS, 0)),
    "utf-32": (table().encode("utf-32"), ("E_BINARY", 0)),
    "nul byte": (table(subject="a\0b"), (ROWS, 0)),
    "10 MB field": (with_row(11, f"10,2026-11-10,{'x' * 10_000_000},deposit,open"), (ROWS, 0)),
    "one short row": (with_row(11, SHORT), (ROWS, 1)),
    "short rows": (table([SHORT] * 20 + [",".join(fields(n)) for n in range(ROWS)]),
                   ("E_UNREADABLE", 2)),
    "one long row": (with_row(11, LONG), (ROWS, 1)),
    "long rows": (table([LONG] * 20 + [",".join(fields(n)) for n in range(ROWS)]),
                  ("E_UNREADABLE", 2)),
    "unmapped column twice": (
        table(header=("id", "created_at", "note", "tags", "note")), (ROWS, 0)),
    "id twice": (table(header=("id", "created_at", "id", "tags", "status")), ("E_TWICE", 1)),
    "renamed column": (table(header=("zahl", "created_at", "subject", "tags", "status")),
                       ("E_NOID", 1)),
    "no time": (table(header=("id", "when", "subject", "tags", "status")), ("E_NOCREATED", 1)),
    "no topic": (table(header=("id", "created_at", "subject", "words", "status")),
                 ("E_NOTOPIC", 1)),
    "reordered columns": (
        table([f"open,deposit,hello,2026-11-10,{n}" for n in range(ROWS)],
              header=tuple(reversed(HEADER))), (ROWS, 0)),
    "empty": ("", ("E_EMPTY", 0)),
    "blank": ("\n \n", ("E_EMPTY", 0)),
    "header only": (",".join(HEADER) + "\n", ("E_NOTICKETS", 0)),
    "blank lines": (table().replace("\n", "\n\n"), (ROWS, 0)),
    "blank lines first": ("\r\n\r\n" + table(end="\r\n"), (ROWS, 0)),
    "repeated ids": (table([",".join(fields(n % 500)) for n in range(ROWS)]), (ROWS, 0)),
    "html error page": (HTML, ("E_HTML", 0)),
    "formulas": (table(subject="=HYPERLINK(1)"), (ROWS, 0)),
    "sep= line": ("sep=;\r\n" + table(delimiter=";", end="\r\n"), (ROWS, 0)),
    "sep= line that ends otherwise": (
        "\ufeffsep=;\n" + table(delimiter=";", end="\r\n"), (ROWS, 0)),
    "a heading with another line end": (
        table(header=(*HEADER[:2], '"a\n\rb"', *HEADER[3:]), end="\r\n"), (ROWS, 0)),
    "a row too short behind such a heading": (
        table(header=(*HEADER[:2], '"a\n\rb"', *HEADER[3:]), end="\r\n")
        + "7,2026-11-10\r\n", (ROWS + 1, 1)),
    "texts with another line end": (table(subject='"a\nb\rc"', end="\r\n"), (ROWS, 0)),
    "mixed line ends": (table() + table(end="\r\n"), ("E_PARSE", 0)),
    "zip": (b"PK\x03\x04" + bytes(500), ("E_BINARY", 0)),
    "gzip": (b"\x1f\x8b" + bytes(500), ("E_PACKED", 0)),
    "bad times": (table().replace("2026-11-10T08:00:00Z", "soon"), ("E_UNREADABLE", 2)),
    "ambiguous times": (table().replace("2026-11-10T08:00:00Z", "03/04/2026"),
                        ("E_UNREADABLE", 2)),
    "zone names": (table().replace("T08:00:00Z", " 08:00:00 CST"), ("E_UNREADABLE", 2)),
    "the future": (table().replace("2026-11-10", "2027-11-10"), ("E_UNREADABLE", 2)),
    "the past": (table().replace("2026-11-10", "2020-11-10"), ("E_WINDOW", 0)),
}  # fmt: skip


def ticket(number: int, **more: object) -> str:
    record = {"id": number, "created_at": "2026-11-10T08:00:00Z", "tags": ["deposit"], **more}
    return json.dumps(record, ensure_ascii=False) + "\n"


def lines(at: int | None = None, line: str = "") -> str:
    return "".join(line if number == at else ticket(number) for number in range(ROWS))


JSON: dict[str, tuple[str | bytes, tuple[int, int] | tuple[str, int]]] = {
    "plain": (lines(), (ROWS, 0)),
    "utf8-bom": ("\ufeff" + lines(), (ROWS, 0)),
    "utf-16": (lines().encode("utf-16"), (ROWS, 0)),
    "crlf": (lines().replace("\n", "\r\n"), (ROWS, 0)),
    "no last line end": (lines().rstrip(), (ROWS, 0)),
    "one broken line": (lines(10, '{"id": 10, oops\n'), (ROWS, 1)),
    "cut off": (lines()[:-20], ("E_CUTOFF", ROWS)),
    "cut off after a brace": (
        lines().rstrip() + '\n{"id": 5000, "via": {"a": 1}', ("E_CUTOFF", ROWS + 1)),
    "many broken lines": (lines() + '{"id": oops\n' * 20, ("E_UNREADABLE", ROWS + 1)),
    "null, list and number lines": (lines() + "null\n[1]\n7\n", (ROWS + 3, 3)),
    "a key twice": (lines(10, ticket(10)[:-2] + ', "subject": 1, "subject": 2}\n'), (ROWS, 0)),
    "not a number": (lines(10, ticket(10, x=float("nan"))), (ROWS, 0)),
    "a lone surrogate": (lines(10, '{"id":10,"tags":["\\ud800"]}\n'), (ROWS, 1)),
    "deep nesting": (lines(10, f'{{"id":10,"x":{"[" * 50_000}{"]" * 50_000}}}\n'), (ROWS, 1)),
    "10 MB field": (lines(10, ticket(10, subject="x" * 10_000_000)), (ROWS, 0)),
    "a number as a tag": (lines(10, ticket(10, tags=[1, None])), (ROWS, 0)),
    "an object as tags": (lines(10, ticket(10, tags={"a": 1})), (ROWS, 0)),
    "an id of a megabyte": (lines(10, ticket(10).replace("10,", f'"{"9" * 10**6}",', 1)),
                            (ROWS, 1)),
    "another object": ('{"error": "RecordNotFound"}\n', ("E_NOID", 1)),
}  # fmt: skip


@pytest.fixture(scope="module")
def attempt(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str | bytes], Run]:
    folder = tmp_path_factory.mktemp("hostile")
    project = ticket_project(folder / "project")

    def attempt(content: str | bytes) -> Run:
        export = folder / "tickets [2026]*.csv"
        export.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return run(project, "--dry-run", "--json", export)

    return attempt


def check(result: Run, expected: tuple[int | str, int]) -> None:
    first, second = expected
    if isinstance(first, str):
        assert result.err.splitlines()[0] == f"{first} file=1 row={second}" or (
            first == "E_WINDOW" and result.err.startswith("E_WINDOW file=0 row=0")
        )
        assert (result.code, result.out) == (4, "")
        return
    assert (result.code, result.err) == (0, "")
    rows = json.loads(result.out)["rows"]
    assert (rows["read"], rows["unreadable"]) == expected


@pytest.mark.parametrize("name", CSV)
def test_a_hostile_table_is_read_right_or_refused(
    name: str, attempt: Callable[[str | bytes], Run]
) -> None:
    content, expected = CSV[name]
    check(attempt(content), expected)


@pytest.mark.parametrize("name", JSON)
def test_hostile_json_lines_are_read_right_or_refused(
    name: str, attempt: Callable[[str | bytes], Run]
) -> None:
    content, expected = JSON[name]
    check(attempt(content), expected)


def in_json(records: Sequence[object]) -> str:
    return json.dumps({"tickets": records, "count": len(records), "end_of_stream": True})


def tickets(count: int = ROWS) -> list[dict[str, object]]:
    return [json.loads(ticket(number)) for number in range(count)]


def deep(depth: int) -> str:
    return "[" * depth + "]" * depth


# Documents that hold tickets: arrays, envelopes, pretty-printed.
DOCUMENT: dict[str, tuple[str | bytes, tuple[int, int] | tuple[str, int]]] = {
    "an array": (json.dumps(tickets()), (ROWS, 0)),
    "an envelope": (in_json(tickets()), (ROWS, 0)),
    "pretty-printed": (json.dumps(tickets(), indent=2), (ROWS, 0)),
    "pretty tickets in a row": (
        "\n".join(json.dumps(each, indent=2) for each in tickets()), (ROWS, 0)),
    "envelope first seen late": (
        json.dumps({"users": [{"id": 1, "name": "x"}] * 90, "tickets": tickets()}), (ROWS, 0)),
    "empty array": ("[]", ("E_NOTICKETS", 0)),
    "empty envelope": (in_json([]), ("E_NOTICKETS", 0)),
    "an error": ('{"error": {"title": "Forbidden"}}', ("E_NOID", 1)),
    "no tickets in it": ('{"users": [{"id": 1, "name": "a"}]}', ("E_NOCREATED", 1)),
    "cut array": (json.dumps(tickets())[:-1], ("E_CUTOFF", ROWS + 1)),
    "cut in a ticket": (json.dumps(tickets())[:-20], ("E_CUTOFF", ROWS)),
    "cut envelope": (in_json(tickets())[:-10], ("E_CUTOFF", ROWS + 1)),
    "cut in the middle": (
        in_json(tickets())[:40_000], ("E_CUTOFF", in_json(tickets())[:40_000].count('"id"'))),
    "a string that never ends": (
        json.dumps(tickets()).replace('"id": 10,', '"id: 10,'), ("E_CUTOFF", 11)),
    "one broken ticket": (json.dumps(tickets()).replace('"id": 10,', '"id": oops,'), (ROWS, 1)),
    "many broken tickets": (
        json.dumps(tickets()).replace('"id": 1', '"id": x1'), ("E_UNREADABLE", 2)),
    "numbers, nulls and texts among them": (
        "[1, " + json.dumps(tickets())[1:-1] + ', null, "x, y"]', (ROWS + 2, 2)),
    "lists among them": ("[[1], " + json.dumps(tickets())[1:], (ROWS + 1, 1)),
    "a bracket too many": (json.dumps(tickets()) + "]", ("E_PARSE", ROWS + 1)),
    "text after the end": (json.dumps(tickets()) + " end", ("E_CUTOFF", ROWS + 1)),
    "two arrays": (json.dumps(tickets()) + json.dumps(tickets()), (2 * ROWS, 0)),
    "a key twice, of which the first counts": (
        json.dumps(tickets()).replace('"id": 10,', '"id": 10, "id": null,'), (ROWS, 0)),
    "an unlisted key twice": (
        json.dumps(tickets()).replace('"id": 10,', '"id": 10, "x": 1, "x": 2,'), (ROWS, 0)),
    "keys in two cases": (
        json.dumps([{**each, "Type": "a", "type": "b"} for each in tickets()]), ("E_TWICE", 1)),
    "not a number": (json.dumps([{**each, "x": float("nan")} for each in tickets()]), (ROWS, 0)),
    "a lone surrogate": (
        json.dumps(tickets()).replace('["deposit"]', '["\\ud800"]', 1), (ROWS, 1)),
    "an unlisted lone surrogate": (
        json.dumps(tickets()).replace('"id": 10,', '"x": "\\ud800", "id": 10,'), (ROWS, 1)),
    "100,000 levels": (
        json.dumps(tickets()).replace('"id": 10,', f'"x": {deep(100_000)}, "id": 10,'), (ROWS, 0)),
    "100,000 levels around": (deep(100_000), ("E_NOTICKETS", 0)),
    "10 MB text": (json.dumps([*tickets(), {**tickets(1)[0], "x": "y" * 10**7}]), (ROWS + 1, 0)),
    "30 MB text": (json.dumps([*tickets(), {"x": "y" * 3 * 10**7}]), ("E_LONG", ROWS + 1)),
    "a mark in the middle": (
        "\ufeff" + ticket(1) + "\ufeff" + "".join(map(ticket, range(2, ROWS + 1))), (ROWS, 1)),
    "brackets in texts": (
        json.dumps([{**each, "x": "]}{[\\\"'"} for each in tickets()]), (ROWS, 0)),
    "utf-16": (in_json(tickets()).encode("utf-16"), (ROWS, 0)),
    "gb18030": (
        json.dumps([{**each, "x": "充值"} for each in tickets()], ensure_ascii=False)
        .encode("gb18030"), ("E_UNREADABLE", 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENT)
def test_a_hostile_document_is_read_right_or_refused(
    name: str, attempt: Callable[[str | bytes], Run]
) -> None:
    content, expected = DOCUMENT[name]
    check(attempt(content), expected)


def parquet(query: str = "", options: str = "") -> bytes:
    """A Parquet file of the result of a query, by default of readable tickets."""
    query = query or (
        f"SELECT range AS id, TIMESTAMP '2026-11-10 08:00:00' AS created_at, ['deposit'] AS tags "
        f"FROM range({ROWS})"
    )
    with tempfile.TemporaryDirectory() as folder:
        duckdb.connect().execute(f"COPY ({query}) TO '{folder}/out' (FORMAT parquet{options})")
        return (Path(folder) / "out").read_bytes()


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


PACKED: dict[str, tuple[bytes, tuple[int, int] | tuple[str, int]]] = {
    "gzip": (gzip.compress(table().encode()), (ROWS, 0)),
    "gzip cut": (gzip.compress(table().encode())[:-20], ("E_CUTOFF", 0)),
    "gzip cut in its length": (gzip.compress(table().encode())[:-2], ("E_CUTOFF", 0)),
    "gzip of a cut table": (gzip.compress(table()[:-20].encode()), ("E_CUTOFF", ROWS + 1)),
    "gzip with another checksum": (
        gzip.compress(table().encode())[:-8] + bytes(8), ("E_PACKED", 0)),
    "gzip with garbage": (gzip.compress(table().encode()) + b"garbage", ("E_PACKED", 0)),
    "gzip, second member cut": (
        gzip.compress(b"id") + gzip.compress(table().encode())[:-9], ("E_CUTOFF", 0)),
    "gzip three times": (
        gzip.compress(gzip.compress(gzip.compress(table().encode()))), ("E_BINARY", 0)),
    "gzip of nothing": (gzip.compress(b""), ("E_EMPTY", 0)),
    "zstd": (zstd.compress(table().encode()), (ROWS, 0)),
    "zstd cut": (zstd.compress(table().encode())[:-20], ("E_CUTOFF", 0)),
    "zstd with garbage": (zstd.compress(table().encode()) + b"garbage", ("E_PACKED", 0)),
    "bzip2": (bz2.compress(table().encode()), ("E_BINARY", 0)),
    "xz": (lzma.compress(table().encode()), ("E_BINARY", 0)),
    "parquet": (parquet(), (ROWS, 0)),
    "parquet cut": (parquet()[:-200], ("E_CUTOFF", 0)),
    "parquet of four bytes": (b"PAR1", ("E_PARSE", 0)),
    "parquet of zeros": (b"PAR1" + bytes(5000) + b"PAR1", ("E_PARSE", 0)),
    "parquet without tickets": (parquet("SELECT 1 AS a"), ("E_NOID", 1)),
    "parquet without rows": (
        parquet("SELECT 1 AS id, DATE '2026-11-10' AS created, '' AS tags WHERE false"),
        ("E_NOTICKETS", 0)),
    "parquet with texts for everything": (
        parquet("SELECT range::VARCHAR AS id, '2026-11-10' AS created, 'deposit' AS tags "
                f"FROM range({ROWS})"), (ROWS, 0)),
    "parquet with numbers for tags": (
        parquet(f"SELECT range AS id, now()::DATE - 1 AS created, 5 AS tags FROM range({ROWS})"
                .replace("now()::DATE - 1", "DATE '2026-11-10'")), (ROWS, 0)),
    "parquet with times of three kinds": (
        parquet("SELECT range AS id, TIMESTAMPTZ '2026-11-10 08:00+08' AS created, "
                "TIMESTAMP_NS '2026-11-10 09:00:00.123456789' AS updated, 'fees' AS tags "
                f"FROM range({ROWS})"), (ROWS, 0)),
    "parquet with times beyond all bounds": (
        parquet("SELECT range AS id, CASE range WHEN 3 THEN TIMESTAMP 'infinity' "
                "WHEN 5 THEN TIMESTAMP '290000-01-01' ELSE TIMESTAMP_S '2026-11-10 08:00' END "
                "AS created, TIMESTAMPTZ '2026-11-11 08:00+08' AS updated, 'fees' AS tags "
                f"FROM range({ROWS})"), (ROWS, 2)),
    "parquet with a last update beyond all bounds": (
        parquet("SELECT range AS id, TIMESTAMP_MS '2026-11-10 08:00' AS created, "
                "if(range = 3, TIMESTAMPTZ 'infinity', NULL) AS updated, 'fees' AS tags "
                f"FROM range({ROWS})"), (ROWS, 1)),
    "parquet with numbers as fractions": (
        parquet("SELECT range::DOUBLE AS id, 1762761600.0::DOUBLE + 31536000 AS created, "
                f"'fees' AS tags FROM range({ROWS})"), (ROWS, 0)),
    "parquet with binary for texts": (
        parquet("SELECT range AS id, '2026-11-10' AS created, 'fees'::BLOB AS tags "
                f"FROM range({ROWS})"), (ROWS, 0)),
    "parquet with no times": (
        parquet("SELECT range AS id, NULL::TIMESTAMP AS created, 'fees' AS tags "
                f"FROM range({ROWS})"),
        ("E_UNREADABLE", 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", PACKED)
def test_hostile_compression_and_parquet_are_read_right_or_refused(
    name: str, attempt: Callable[[str | bytes], Run]
) -> None:
    content, expected = PACKED[name]
    check(attempt(content), expected)


def test_a_damaged_parquet_file_is_refused_or_read_as_what_it_says(
    attempt: Callable[[str | bytes], Run],
) -> None:
    # Parquet as the engines write it has no checksums: a flipped bit in a number is a number.
    whole = parquet(options=", COMPRESSION zstd")
    results = [
        attempt(flipped(whole, at)) for at in range(4, len(whole) - 4, max(1, len(whole) // 40))
    ]
    assert {result.code for result in results} == {0, 4}
    assert not any(result.err.startswith("E_INTERNAL") for result in results)


def test_a_bomb_is_refused_before_it_fills_the_disk(
    attempt: Callable[[str | bytes], Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    free = 64 << 20
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))
    row = b"1,2026-11-10,deposit\n" * (1 << 20)
    for pack in (gzip.compress, zstd.compress):
        check(attempt(pack(b"id,created,tags\n" + row * 3)), ("E_BIG", 0))


def test_a_parquet_bomb_is_counted_within_the_memory(
    attempt: Callable[[str | bytes], Run],
) -> None:
    query = (
        "SELECT 1 AS id, DATE '2026-11-10' AS created, repeat('x', 100000) AS subject, "
        "repeat('deposit,', 10000) AS tags FROM range(20000)"
    )
    content = parquet(query, ", COMPRESSION zstd")
    assert len(content) < 2_000_000
    result = attempt(content)
    assert result.code == 0 or result.err.startswith("E_MEMORY")


def test_a_table_that_was_cut_in_its_last_column_is_refused_or_remarked(tmp_path: Path) -> None:
    project = ticket_project(tmp_path / "project")
    export = tmp_path / "cut.csv"
    export.write_text(table()[:-3], encoding="utf-8")
    assert run(project, export).err.startswith(f"E_CUTOFF file=1 row={ROWS + 1}\n")
    # Nothing tells whether a text is whole.
    texts = [f"{number},2026-11-10,fees,text {number * 7919}" for number in range(ROWS)]
    export.write_text("\n".join(["id,created,tags,note", *texts])[:-2], encoding="utf-8")
    result = run(project, export)
    assert result.code == 0
    assert "note: N_OPEN file=1" in result.out


def test_rows_that_cannot_be_read_are_named_up_to_five_and_limited(tmp_path: Path) -> None:
    project = ticket_project(tmp_path / "project")
    export = tmp_path / "tickets.csv"
    rows = [",".join(fields(number)) for number in range(ROWS)]
    for at in (3, 50, 51, 400, 600, 900, 950):
        rows[at] = [SHORT, "8,soon,x,fees,open", ",2026-11-10,x,fees,open"][at % 3]
    export.write_text("\n".join([",".join(HEADER), *rows]) + "\n", encoding="utf-8")
    result = run(project, "--json", "--dry-run", export)
    assert json.loads(result.out)["notes"] == [
        "N_UNREADABLE file=1 row=5 field=columns",
        "N_UNREADABLE file=1 row=52 field=id",
        "N_UNREADABLE file=1 row=53 field=columns",
        "N_UNREADABLE file=1 row=402 field=created",
        "N_UNREADABLE file=1 row=602 field=columns",
    ]
    refused = run(project, "--max-unreadable", "0.5", export)
    assert refused.code == 4
    assert refused.err.startswith("E_UNREADABLE file=1 row=5\n  row=5 field=columns\n")
    assert run(project, "--dry-run", "--max-unreadable", "0.7", export).code == 0


def test_a_column_that_only_the_first_file_has_is_remarked(tmp_path: Path) -> None:
    project = ticket_project(tmp_path / "project")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("id,created,tags,type\n1,2026-11-10,fees,x\n", encoding="utf-8")
    second.write_text("id,created,type\n2,2026-11-10,fees\n", encoding="utf-8")
    result = run(project, "--json", "--dry-run", first, second)
    assert json.loads(result.out)["notes"] == ["N_COLUMN file=2 field=tags"]


def test_a_number_that_numbers_no_tickets_is_remarked(tmp_path: Path) -> None:
    project = ticket_project(tmp_path / "project")
    export = tmp_path / "tickets.csv"
    rows = [f"7,2026-11-10,fees,{number}" for number in range(50)]
    export.write_text("\n".join(["id,created,tags,ref", *rows]) + "\n", encoding="utf-8")
    result = run(project, "--json", "--dry-run", export)
    assert json.loads(result.out)["notes"] == ["N_REPEATS file=1"]
