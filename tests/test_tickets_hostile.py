"""Exports that other readers lose tickets of in silence: read right, or refused by a code."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

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
    "utf-16 without a mark": (table().encode("utf-16-le"), ("E_BINARY", 0)),
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
    "renamed column": (table(header=("nr", "created_at", "subject", "tags", "status")),
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
    "mixed line ends": (table() + table(end="\r\n"), ("E_PARSE", 0)),
    "zip": (b"PK\x03\x04" + bytes(500), ("E_BINARY", 0)),
    "gzip": (b"\x1f\x8b" + bytes(500), ("E_BINARY", 0)),
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
    "an array": ("[" + ",".join(ticket(n) for n in range(3)) + "]", ("E_FORMAT", 0)),
    "pretty-printed": (json.dumps(json.loads(ticket(1)), indent=2), ("E_FORMAT", 0)),
    "another object": ('{"error": "RecordNotFound"}\n', ("E_UNREADABLE", 1)),
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


def test_a_table_that_may_have_been_cut_in_its_last_column_is_remarked(tmp_path: Path) -> None:
    project = ticket_project(tmp_path / "project")
    export = tmp_path / "cut.csv"
    export.write_text(table()[:-3], encoding="utf-8")
    result = run(project, export)
    assert result.code == 0
    assert "note: export 1 does not end with a line end" in result.out
