"""Fetching tickets from helpdesks that misbehave: the file is whole and right, or untouched."""

from __future__ import annotations

import base64
import contextlib
import datetime
import gzip
import io
import json
import logging
import os
import random
import subprocess
import sys
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

import fetch_server as server
import fetch_tickets
from fetch_server import CANARY, NOW, SECRET, Fault, Helpdesk, some_tickets, status
from helpcenter.tickets.fetch import body, collect, providers, reduce
from helpcenter.tickets.fetch.client import Clock
from helpcenter.tickets.fetch.errors import CODES, FetchError
from helpcenter.tickets.fetch.plan import Page, Plan, Record
from support import ROOT
from tickets_support import run as sync
from tickets_support import ticket_project

PROVIDERS = tuple(providers.PROVIDERS)
TICKETS = 250
# How two of the helpdesks want their secret.
PACKED = [
    base64.b64encode(text.encode()).decode()
    for text in (f"{SECRET}:X", f"{CANARY}@example.com/token:{SECRET}")
]
each_provider = pytest.mark.parametrize("provider", PROVIDERS)


@dataclass
class World:
    """A clock that only waiting moves, a folder for the output, and what runs left behind."""

    folder: Path
    elapsed: float = 0.0
    waits: list[float] = field(default_factory=list)
    printed: str = ""

    @property
    def output(self) -> Path:
        return self.folder / "out" / "tickets.jsonl"

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.elapsed += seconds

    def run(self, desk: Helpdesk, *options: str, **environment: str) -> tuple[int, str, str]:
        """Run the door; return its exit code and what it printed on both streams."""
        out, err = io.StringIO(), io.StringIO()
        variables = {server.ADDRESSES[desk.provider]: desk.address, **server.SECRETS[desk.provider]}
        clock = Clock(lambda: self.elapsed, lambda: NOW + datetime.timedelta(seconds=self.elapsed))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = fetch_tickets.main(
                [desk.provider, "-o", str(self.output), *options],
                environment=variables | environment,
                clock=clock,
            )
        self.printed += out.getvalue() + err.getvalue()
        return code, out.getvalue(), err.getvalue()

    def tickets(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.output.read_text(encoding="utf-8").splitlines()]

    def ids(self) -> list[int]:
        return [int(ticket["id"]) for ticket in self.tickets()]

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
def world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> Iterator[World]:
    """No test waits, and after each the canaries are searched for wherever something was said."""
    world = World(tmp_path)
    # The library that waits between tries does so through this name.
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=world.sleep))
    random.seed(1)
    caplog.set_level(logging.DEBUG)
    yield world
    logging.disable(logging.NOTSET)
    assert caplog.get_records("call") == []
    said = [world.printed] + [
        content.decode("utf-8", "replace") for content in world.files().values()
    ]
    for token in (CANARY, SECRET, "提现", *PACKED):
        for trace in (token, token[::-1], token.upper(), token.encode().hex()):
            assert not any(trace in text for text in said), f"{trace} leaked"


@pytest.fixture
def desk(provider: str) -> Iterator[Helpdesk]:
    with server.serving(provider, some_tickets(TICKETS)) as desk:
        yield desk


# ---- what is fetched ----------------------------------------------------------------------------


@each_provider
def test_every_ticket_of_the_window_comes_once(desk: Helpdesk, world: World) -> None:
    code, out, err = world.run(desk)
    assert (code, err) == (0, "")
    assert out.startswith("250 tickets in ")
    assert world.ids() == list(range(1, TICKETS + 1))
    assert world.output.stat().st_mode & 0o777 == 0o600
    assert json.loads((world.output.parent / "tickets.jsonl.state").read_text()) == {
        "provider": desk.provider,
        "days": 92,
        "tickets": TICKETS,
    }


@each_provider
def test_tickets_created_before_the_window_are_left_out(desk: Helpdesk, world: World) -> None:
    edge = NOW - datetime.timedelta(days=32)
    for number, age in ((1, -1), (2, 0), (3, 1)):
        created = edge + datetime.timedelta(seconds=age)
        desk.change(number, created=created)
    assert world.run(desk, "--days", "30")[0] == 0
    # Two days more than asked for are fetched; the millisecond some helpdesks add is inside.
    assert [number for number in world.ids() if number < 5] == [2, 3, 4]


@each_provider
def test_only_codes_labels_and_the_language_are_kept_of_a_ticket(
    desk: Helpdesk, world: World
) -> None:
    desk.change(2, subject=f"My withdrawal {CANARY} is missing")
    desk.change(3, subject=f"出金が {CANARY} 届きません")
    desk.change(4, subject="")
    world.run(desk)
    assert [ticket.get("language") for ticket in world.tickets()[:4]] == ["zh", "en", None, None]
    text = world.output.read_text(encoding="utf-8")
    assert "topic-fees" not in text
    assert ("fees" in text) == (desk.provider != "zammad")


# Request Tracker sends these lists empty where others send null.
_LISTS_OF_RT = ("Requestors", "CustomFields")


@each_provider
def test_a_ticket_whose_fields_were_erased_still_counts(desk: Helpdesk, world: World) -> None:
    needed = ("id", "created", "updated", "status", "state", "queue", "last")

    def erase(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: each if name.lower().startswith(needed) else None
                for name, each in value.items()
            }
        return value

    def bend(answer: Any, request: int) -> Any:
        tickets = answer if isinstance(answer, list) else next(
            each for each in answer.values() if isinstance(each, list)
        )  # fmt: skip
        for ticket in tickets:
            erased = erase(ticket)
            ticket.update({name: erased[name] for name in ticket if name not in _LISTS_OF_RT})
        return answer

    desk.bend = bend
    assert world.run(desk)[0] == 0
    assert world.ids() == list(range(1, TICKETS + 1))
    assert "topic" not in world.output.read_text(encoding="utf-8")


@each_provider
def test_a_category_field_is_kept_when_it_is_named(desk: Helpdesk, world: World) -> None:
    name = {"zendesk": "6", "freshdesk": "cf_topic", "rt": "Topic"}.get(desk.provider, "topic")
    world.run(desk, "--field", name)
    assert world.output.read_text(encoding="utf-8").count("topic-fees") == TICKETS


@each_provider
def test_a_requester_is_the_same_code_within_a_run_and_another_in_the_next(
    desk: Helpdesk, world: World
) -> None:
    def requesters() -> list[str]:
        lines = world.output.read_text(encoding="utf-8").splitlines()
        return [
            str(
                ticket.get("requester_id")
                or ticket.get("customer_id")
                or ticket.get("contacts")
                or ticket.get("Requestors")
            )
            for ticket in map(json.loads, lines)
        ]

    world.run(desk)
    first = requesters()
    world.run(desk)
    second = requesters()
    assert len(set(first)) == len(set(second)) == 7
    assert first[0] == first[7] != first[1]
    assert not set(first) & set(second)


@each_provider
def test_the_sync_reads_what_was_fetched_as_that_helpdesks_export(
    desk: Helpdesk, world: World
) -> None:
    desk.tickets = some_tickets(TICKETS, seconds=3600)
    world.run(desk, "--tags")
    result = sync(ticket_project(world.folder / "project"), "--source", desk.provider,
                  "--json", world.output)  # fmt: skip
    assert (result.code, result.err) == (0, "")
    found = json.loads(result.out)
    assert (found["rows"]["read"], found["rows"]["unreadable"]) == (TICKETS, 0)
    weights = {each["category"]: each["weight"] for each in found["order"]}
    # Seven requesters count once a day each, on eleven days: 77 of the 250.
    assert weights == {"fees": 64, "scam": 0, "deposit": 0, "login": 0}


def test_tags_of_zammad_are_fetched_when_asked_for(world: World) -> None:
    with server.serving("zammad", some_tickets(3)) as desk:
        world.run(desk, "--tags")
        assert [ticket["tags"] for ticket in world.tickets()] == [["fees"]] * 3
        assert len(desk.asked) == 4


@each_provider
def test_a_ticket_of_the_last_minute_waits_for_the_next_run(desk: Helpdesk, world: World) -> None:
    desk.change(TICKETS, created=NOW - datetime.timedelta(seconds=59))
    world.run(desk)
    assert (TICKETS in world.ids()) == (desk.provider != "zendesk")


# ---- paging -------------------------------------------------------------------------------------


@each_provider
def test_a_full_last_page_is_not_taken_for_the_end_nor_for_more(
    provider: str, world: World
) -> None:
    size = server.PER_PAGE[provider]
    for tickets in (size - 1, size, size + 1, 2 * size):
        with server.serving(provider, some_tickets(tickets)) as desk:
            assert world.run(desk, "--accept-change")[0] == 0
            assert len(world.ids()) == tickets


@each_provider
def test_tickets_of_one_second_on_several_pages_neither_loop_nor_get_lost(
    provider: str, world: World
) -> None:
    size = server.PER_PAGE[provider]
    with server.serving(provider, some_tickets(2 * size + 50, seconds=0)) as desk:
        assert world.run(desk)[0] == 0
        assert world.ids() == list(range(1, 2 * size + 51))
        assert len(desk.asked) <= 5


@pytest.mark.parametrize("exclusive", [True, False])
def test_tickets_of_one_second_on_both_sides_of_a_page_come_all(
    exclusive: bool, world: World
) -> None:
    tickets = some_tickets(95) + [
        replace(ticket, id=ticket.id + 95) for ticket in some_tickets(10, seconds=0)
    ]
    with server.serving("freshdesk", tickets) as desk:
        desk.exclusive = exclusive
        world.run(desk)
        assert world.ids() == list(range(1, 106))


@each_provider
def test_tickets_that_change_while_pages_are_read_come_in_their_latest_version(
    provider: str, world: World
) -> None:
    size = server.PER_PAGE[provider]

    def meanwhile(desk: Helpdesk, request: int) -> None:
        if request < 3:
            # One that was read, the first of the next page, and one far behind.
            for number in (request, request * size + 1, 3 * size - request):
                desk.change(number, updated=NOW - datetime.timedelta(minutes=2), tag="changed")

    with server.serving(provider, some_tickets(3 * size)) as desk:
        desk.meanwhile = meanwhile
        assert world.run(desk)[0] == 0
        assert world.ids() == list(range(1, 3 * size + 1))
        changed = [t["id"] for t in world.tickets() if "changed" in json.dumps(t)]
        if provider in ("zendesk", "freshdesk"):
            # Paged by the time of change, so that what changed is met again.
            assert {1, 2, size + 1, 2 * size + 1, 3 * size - 1, 3 * size - 2} == set(changed)


@each_provider
def test_tickets_deleted_while_pages_are_read_lose_no_other(provider: str, world: World) -> None:
    size = server.PER_PAGE[provider]

    def meanwhile(desk: Helpdesk, request: int) -> None:
        if request == 1:
            desk.tickets = desk.tickets[3:]

    with server.serving(provider, some_tickets(2 * size + 10)) as desk:
        desk.meanwhile = meanwhile
        code, _, err = world.run(desk)
        if provider == "intercom":
            assert (code, err.split()[0]) == (4, "E_COUNT")
        else:
            assert set(world.ids()) >= set(range(4, 2 * size + 11))


def test_of_two_versions_of_a_ticket_the_latest_counts_whatever_their_order() -> None:
    plan = Plan(NOW - datetime.timedelta(days=1), NOW, (), False, reduce.hasher(b"key"))

    def record(minute: int, word: str) -> Record:
        created = NOW - datetime.timedelta(hours=1)
        return Record("1", created, created + datetime.timedelta(minutes=minute), {"word": word})

    versions = [record(1, "a"), record(3, "b"), record(3, "c"), record(2, "z")]
    found = set()
    for _ in range(30):
        random.shuffle(versions)
        pages = [Page(versions[:2], 0.5), Page(versions[2:], 1.0)]
        found.add(tuple(collect.collect(pages, plan, lambda done, tickets: None)))
    assert found == {(b'{"word":"c"}',)}


# ---- answers that are late, broken or something else --------------------------------------------

IN_90_SECONDS = (NOW + datetime.timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")


def flipped(content: bytes) -> bytes:
    """A byte of the checksum at the end of a gzip file, changed."""
    return content[:-8] + bytes([content[-8] ^ 1]) + content[-7:]


# Name: the fault, the code if it does not end, the wait if it does (None: with jitter).
TRANSIENT: dict[str, tuple[Fault, str, float | None]] = {
    "too many requests, in seconds": (status(429, Retry_After="7"), "E_BUSY", 7),
    "too many requests, by date": (status(429, Retry_After=IN_90_SECONDS), "E_BUSY", 90),
    "too many requests, for a day": (status(429, Retry_After="86400"), "E_BUDGET", 600),
    "too many requests, date past": (
        status(429, Retry_After="Thu, 01 Jan 2026 00:00:00 GMT"), "E_BUSY", 0),
    "too many requests, no word": (status(429), "E_BUSY", None),
    "too many requests, nonsense": (status(429, Retry_After=CANARY), "E_BUSY", None),
    "error 500": (status(500), "E_SERVER", None),
    "error 503 with a wait": (status(503, Retry_After="11"), "E_SERVER", 11),
    "silence": (server.silence, "E_TIMEOUT", None),
    "reset": (server.reset, "E_CONNECTION", None),
    "shorter than promised": (server.cut, "E_CONNECTION", None),
    "closed without a length": (server.cut_without_length, "E_DAMAGED", None),
    "no last chunk": (server.open_chunks, "E_CONNECTION", None),
    "gzip cut off": (server.packed(lambda content: content[:-20]), "E_DAMAGED", None),
    "gzip without trailer": (server.packed(lambda content: content[:-8]), "E_DAMAGED", None),
    "gzip with a bad checksum": (server.packed(flipped), "E_DAMAGED", None),
    "gzip with more behind": (server.packed(lambda content: content * 2), "E_DAMAGED", None),
    "gzip that is none": (server.packed(lambda content: b"{}"), "E_DAMAGED", None),
    "web page called json": (server.page(f"<p>{CANARY}".encode()), "E_DAMAGED", None),
}  # fmt: skip
each_transient = pytest.mark.parametrize("name", TRANSIENT)

PERMANENT: dict[str, tuple[Fault, str]] = {
    "maintenance page": (server.page(f"<h1>{CANARY}".encode(), "text/html"), "E_CONTENT"),
    "json called text": (server.page(b"[]", "text/plain"), "E_CONTENT"),
    "json of another shape": (server.page(f'{{"{CANARY}": 1}}'.encode()), "E_SHAPE"),
    "json too deep": (server.page(b'{"a":' * 100_000 + b"1" + b"}" * 100_000), "E_SHAPE"),
    "gzip bomb": (server.bomb, "E_TOOBIG"),
    "other packing": (server.packed(lambda content: content, "br"), "E_PACKED"),
    "bad request": (status(400), "E_REFUSED"),
    "credentials expired": (status(401), "E_TOKEN"),
    "credentials too weak": (status(403), "E_TOKEN"),
    "not found": (status(404), "E_NOTFOUND"),
    "redirect": (status(302, Location="/elsewhere"), "E_REDIRECT"),
}


@each_transient
@each_provider
def test_what_may_pass_is_tried_again(desk: Helpdesk, world: World, name: str) -> None:
    fault, _, wait = TRANSIENT[name]
    # On the second page, where there is one.
    desk.faults.extend([fault] if desk.provider == "zendesk" else [None, fault])
    code, _, err = world.run(desk, "--timeout", "0.5" if fault is server.silence else "60")
    assert (code, err) == (0, "")
    assert world.ids() == list(range(1, TICKETS + 1))
    if fault is not server.silence:  # on a slow machine, good answers may be late as well
        assert len(world.waits) == 1
    assert world.waits[0] == wait if wait is not None else 1 <= world.waits[0] <= 6


@each_transient
@each_provider
def test_what_does_not_pass_is_an_error_after_five_tries_and_nothing_is_written(
    desk: Helpdesk, world: World, name: str
) -> None:
    fault, expected, _ = TRANSIENT[name]
    if name == "silence" and desk.provider != "rt":
        return  # five real timeouts of one door are enough
    desk.faults.extend([fault] * 5)
    code, out, err = world.run(desk, "--timeout", "0.05" if name == "silence" else "60")
    assert (code, out, err.split()[0]) == (4, "", expected)
    assert len(world.waits) == (1 if expected == "E_BUDGET" else 4)
    assert len(desk.asked) == len(world.waits) + 1
    assert world.files() == {}


@pytest.mark.parametrize("name", PERMANENT)
@each_provider
def test_what_will_not_pass_is_an_error_at_once_and_keeps_the_last_good_file(
    desk: Helpdesk, world: World, name: str
) -> None:
    world.run(desk)
    before, asked = world.files(), len(desk.asked)
    fault, expected = PERMANENT[name]
    desk.faults.append(fault)
    code, out, err = world.run(desk)
    assert (code, out) == (4, "")
    number = {"E_CONTENT": 200, "E_TOOBIG": 0}.get(expected)
    assert err.startswith(f"{expected} request=1 status={'' if number is None else number}")
    assert err.count("\n") == 3
    assert (len(desk.asked), world.waits) == (asked + 1, [])
    assert world.files() == before


@each_provider
def test_secrets_do_not_follow_a_redirect(desk: Helpdesk, world: World) -> None:
    with server.serving("rt", []) as other:
        desk.faults.append(status(307, Location=other.address))
        assert world.run(desk)[2].startswith("E_REDIRECT request=1 status=307\n")
        assert other.asked == []


@each_provider
def test_secrets_are_in_the_headers_of_every_request_and_nowhere_else(
    desk: Helpdesk, world: World
) -> None:
    world.run(desk)
    for path, headers in desk.asked:
        basic = desk.provider in ("zendesk", "freshdesk")
        assert (SECRET in headers["Authorization"]) != basic
        assert headers["Accept-Encoding"] == "identity"
        shown = urllib.parse.unquote_plus(path)
        assert not any(word in shown for word in (SECRET, CANARY, *PACKED))


# ---- helpdesks that say what cannot be true ------------------------------------------------------

Bend = Callable[[Any, int], Any]


def with_values(**values: Any) -> Bend:
    return lambda answer, request: answer | values


def without(name: str) -> Bend:
    return lambda answer, request: {key: answer[key] for key in answer if key != name}


def turned(name: str = "") -> Bend:
    def bend(answer: Any, request: int) -> Any:
        return answer | {name: answer[name][::-1]} if name else answer[::-1]

    return bend


def first_again(answer: Any, request: int, first: list[Any] = []) -> Any:  # noqa: B006
    if request == 1:
        first[:] = [answer]
    return first[0]


def new_cursors(answer: Any, request: int) -> Any:
    """The first page for ever, each time with another cursor."""
    cursor = base64.b64encode(f"2026-01-01T00:00:00Z|{request}".encode()).decode()
    return first_again(answer, request) | {"after_cursor": cursor, "end_of_stream": False}


IMPOSSIBLE: dict[str, tuple[str, Bend, str]] = {
    "no cursor before the end": (
        "zendesk", with_values(after_cursor=None, end_of_stream=False), "E_END"),
    "no end marker": ("zendesk", without("end_of_stream"), "E_SHAPE"),
    "the same cursor again": ("zendesk", with_values(
        after_cursor="MjAyNi0wMS0wMVQwMDowMDowMFp8MQ==", end_of_stream=False), "E_LOOP"),
    "other cursors, the same page": ("zendesk", new_cursors, "E_LOOP"),
    "newest first": ("freshdesk", turned(), "E_ORDER"),
    "the same page again": ("freshdesk", first_again, "E_LOOP"),
    "more than came": (
        "intercom", lambda answer, request: answer | {"total_count": 251}, "E_COUNT"),
    "fewer than came": (
        "intercom", lambda answer, request: answer | {"total_count": 249}, "E_COUNT"),
    "no pages": ("intercom", without("pages"), "E_SHAPE"),
    "the same place again": (
        "intercom", with_values(pages={"next": {"starting_after": "0"}}), "E_LOOP"),
    "no total": ("zammad", without("total_count"), "E_SHAPE"),
    "more remain than come": (
        "zammad", lambda answer, request: answer | {"total_count": 251}, "E_COUNT"),
    "fewer remain than come": ("zammad", with_values(total_count=3), "E_COUNT"),
    "latest first": ("zammad", turned("records"), "E_ORDER"),
    "the same search again": ("zammad", first_again, "E_COUNT"),
    "an old version's list": ("zammad", lambda answer, request: answer["records"], "E_SHAPE"),
    "total withheld": ("rt", with_values(total=None), "E_END"),
    "tickets withheld": (
        "rt", lambda answer, request: answer | {"items": answer["items"][1:]}, "E_COUNT"),
    "descending numbers": ("rt", turned("items"), "E_ORDER"),
    "the first numbers again": ("rt", first_again, "E_ORDER"),
}  # fmt: skip


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_helpdesk_that_contradicts_itself_is_not_believed(name: str, world: World) -> None:
    provider, bend, expected = IMPOSSIBLE[name]
    with server.serving(provider, some_tickets(TICKETS)) as desk:
        desk.bend = bend
        code, out, err = world.run(desk)
        assert (code, out, err.split()[0]) == (4, "", expected)
        assert len(desk.asked) < 20
        assert world.files() == {}


def test_a_short_page_that_names_a_next_one_is_not_the_end(world: World) -> None:
    with server.serving("freshdesk", some_tickets(TICKETS)) as desk:
        desk.headers["Link"] = f'<http://{CANARY}.example.com/>; rel="next"'
        assert world.run(desk)[2].startswith("E_END request=3 ")


@pytest.mark.parametrize("provider", ["freshdesk", "zammad"])
def test_more_tickets_in_a_second_than_are_given_out_is_an_error(
    desk: Helpdesk, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"helpcenter.tickets.fetch.{desk.provider}._MOST_PAGES", 2)
    desk.tickets = some_tickets(TICKETS, seconds=0)
    assert world.run(desk)[2].startswith("E_CAP ")
    desk.tickets = some_tickets(200, seconds=0) + some_tickets(1)
    assert world.run(desk)[2] != ""


# ---- time, change, and the files ----------------------------------------------------------------


@each_provider
def test_the_whole_run_has_a_time_limit(desk: Helpdesk, world: World) -> None:
    desk.faults.extend([status(429, Retry_After="50")] * 2)
    assert world.run(desk, "--budget", "1")[2].startswith("E_BUDGET request=1 status=429\n")
    assert world.waits == [50]
    desk.faults.clear()

    def meanwhile(desk: Helpdesk, request: int) -> None:
        world.elapsed += 61

    desk.meanwhile = meanwhile
    assert world.run(desk, "--budget", "1")[2].startswith("E_BUDGET request=1 status=0\n")
    assert world.files() == {}


@each_provider
def test_far_fewer_or_more_tickets_keep_the_last_good_file(desk: Helpdesk, world: World) -> None:
    def run(tickets: int, *options: str) -> str:
        desk.tickets = some_tickets(tickets)
        code, _, err = world.run(desk, *options)
        assert code == (4 if err else 0)
        return err.split()[0] if err else ""

    assert run(0) == "E_NOTICKETS"
    assert world.files() == {}
    assert run(100) == ""
    before = world.files()
    for tickets, expected in ((69, "E_SHRUNK"), (401, "E_GREW"), (0, "E_NOTICKETS")):
        assert run(tickets) == expected
        assert world.files() == before
    assert run(70) == ""
    assert run(280) == ""
    assert run(10, "--accept-change") == ""
    assert len(world.ids()) == 10
    assert run(0, "--accept-change") == ""
    assert world.ids() == []
    assert run(5) == ""
    assert run(2, "--days", "30") == ""


def test_runs_of_different_helpdesks_are_not_compared(world: World) -> None:
    with server.serving("rt", some_tickets(100)) as desk:
        world.run(desk)
    with server.serving("zammad", some_tickets(5)) as desk:
        assert world.run(desk)[0] == 0


@pytest.mark.parametrize(
    "note",
    ["", "{", '{"provider":"rt","days":92}', '{"provider":"rt","days":92,"tickets":-1}', "\udcff"],
)
def test_a_damaged_note_of_the_last_run_stops_the_next(note: str, world: World) -> None:
    with server.serving("rt", some_tickets(5)) as desk:
        world.run(desk)
        path = world.output.with_name("tickets.jsonl.state")
        path.write_text(note, encoding="utf-8", errors="surrogateescape")
        asked = len(desk.asked)
        assert world.run(desk)[2].startswith("E_STATE ")
        assert len(desk.asked) == asked
        assert world.run(desk, "--accept-change")[0] == 0


def test_json_and_the_progress_bar_are_for_those_who_can_read_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        io, "StringIO", type("Terminal", (io.StringIO,), {"isatty": lambda _: True})
    )
    with server.serving("rt", some_tickets(TICKETS)) as desk:
        _, out, err = world.run(desk)
        assert err.split("\r")[1] == f"[{'#' * 16:<40}]  40%         100 tickets"
        assert err.endswith(f"[{'#' * 40}] 100%         250 tickets\n")
        desk.faults.append(status(401))
        assert "\nE_TOKEN " in world.run(desk)[2]
        _, out, err = world.run(desk, "--json")
        assert err == ""
        assert json.loads(out) == {
            "provider": "rt",
            "days": 92,
            "tickets": 250,
            "last_tickets": 250,
            "requests": 3,
        }


# ---- misuse and failures inside -----------------------------------------------------------------


def misuse(capsys: pytest.CaptureFixture[str], *arguments: str, **environment: str) -> str:
    with pytest.raises(SystemExit) as stop:
        fetch_tickets.main(list(arguments), environment=environment)
    assert stop.value.code == 2
    message = capsys.readouterr().err
    assert SECRET not in message
    return message.splitlines()[-1]


@each_provider
def test_a_missing_variable_is_named_and_no_value_is(
    provider: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = (provider, "-o", str(world.output))
    address = {server.ADDRESSES[provider]: "https://example.com"}
    secrets = server.SECRETS[provider]
    [needed] = [name for name in secrets if name in misuse(capsys, *arguments, **address)]
    for value in ("", f"{SECRET}\n", f"{SECRET} x", f"{SECRET}é"):
        assert needed in misuse(capsys, *arguments, **address, **{needed: value})
    if provider != "intercom":
        assert server.ADDRESSES[provider] in misuse(capsys, *arguments, **secrets)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        f"https://{SECRET}@example.com",
        f"https://user:{SECRET}@127.0.0.1",
        f"https://example.com/?token={SECRET}",
        "https://example.com/#top",
        "https://",
        "https://[::1",
        "https://example.com:99999",
        "https://exa mple.com",
        "ftp://example.com",
        "file:///etc/passwd",
        "example.com",
    ],
)
def test_secrets_go_to_no_address_that_is_not_safe(
    address: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    message = misuse(capsys, "rt", "-o", str(world.output), "--address", address, RT_TOKEN=SECRET)
    assert "must be https" in message
    assert address not in message


@pytest.mark.parametrize(
    "address",
    ["https://example.com", "https://example.com:8443/rt/", "http://127.0.0.1:80",
     "http://localhost/rt", "http://[::1]:8080"],
)  # fmt: skip
def test_https_and_this_machine_are_safe(address: str) -> None:
    assert providers.is_allowed(address)


@pytest.mark.parametrize("option", ["--days=0", "--days=x", "--budget=0", "--timeout=nan", "--no"])
def test_a_wrong_option_is_misuse(
    option: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    misuse(capsys, "rt", "-o", str(world.output), option, RT_TOKEN=SECRET, RT_URL="https://a.b")


@pytest.mark.parametrize("place", ["connect", "collect"])
@pytest.mark.parametrize(
    ("failure", "code", "exit_code"),
    [
        (ValueError(SECRET), "E_INTERNAL", 4),
        (MemoryError(SECRET), "E_INTERNAL", 4),
        (OSError(28, SECRET), "E_DISK", 4),
        (KeyboardInterrupt(), "E_STOPPED", 130),
    ],
)
def test_whatever_fails_inside_shows_a_code_and_no_value(
    place: str,
    failure: BaseException,
    code: str,
    exit_code: int,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(f"helpcenter.tickets.fetch.run.{place}", fail)
    with server.serving("rt", some_tickets(3)) as desk:
        result, _, err = world.run(desk)
    assert (result, err) == (exit_code, f"{FetchError(code)}\n")
    assert world.files() == {}


def test_an_output_that_cannot_be_written_is_an_error(world: World) -> None:
    (world.folder / "out").write_text("", encoding="utf-8")
    with server.serving("rt", some_tickets(3)) as desk:
        assert world.run(desk)[2].startswith("E_DISK ")


def test_without_its_packages_the_door_says_what_to_install() -> None:
    blocked = "import sys, runpy; sys.modules['httpx'] = None; sys.argv = ['x', '--help'];"
    script = f"{blocked} runpy.run_path({str(ROOT / 'scripts/fetch_tickets.py')!r})"
    result = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert result.stderr.splitlines()[0] == "fetch_tickets.py: httpx is not installed"


def test_a_failure_holds_no_other_exception_that_could_be_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[FetchError] = []
    original = FetchError.__init__

    def note(self: FetchError, *arguments: Any, **values: Any) -> None:
        original(self, *arguments, **values)
        seen.append(self)

    monkeypatch.setattr(FetchError, "__init__", note)
    faults = [each[0] for each in TRANSIENT.values()] + [each[0] for each in PERMANENT.values()]
    with server.serving("rt", some_tickets(3)) as desk:
        for fault in faults:
            if fault is server.silence or fault is server.bomb:
                continue
            desk.faults.extend([fault] * 5)
            assert world.run(desk)[0] == 4
            desk.faults.clear()
    assert len(seen) > 50
    for error in seen:
        chain = error.__cause__ or error.__context__
        assert chain is None or isinstance(chain, FetchError)


def test_every_code_is_explained_and_met_in_a_test() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in CODES if f'"{code}' not in text] == []
    for happened, hint in CODES.values():
        assert happened.endswith(".")
        assert not hint.endswith(".")


# ---- what is reduced ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("提现 USDT", "zh"),
        ("<p>提现</p>", "zh"),
        ("Where is my deposit?", "en"),
        ("où est mon dépôt", "en"),
        ("出金できません", None),
        ("출금", None),
        ("вывод USDT", None),
        ("<p>вывод</p>", None),
        ("12345 !?", None),
        ("", None),
    ],
)
def test_the_script_of_a_text_tells_its_language(text: str, expected: str | None) -> None:
    escaped, plain = (
        msgspec.Raw(json.dumps(text, ensure_ascii=ascii_only).encode())
        for ascii_only in (True, False)
    )
    assert reduce.language(escaped) == reduce.language(plain) == expected
    assert reduce.language(msgspec.Raw(), msgspec.Raw(b"null"), plain) == expected


@pytest.mark.parametrize(
    ("value", "kept"),
    [("a", True), (5, True), (True, True), (["a", "b"], True), ("x" * 100, True),
     ("x" * 101, False), ("a\nb", False), ({"a": "b"}, False), ([["a"]], False), ("", False),
     ([], False), (None, False)],
)  # fmt: skip
def test_only_labels_are_kept_of_a_named_field(value: object, kept: bool) -> None:
    fields = {"topic": msgspec.Raw(json.dumps(value).encode()), "other": msgspec.Raw(b'"b"')}
    assert reduce.labels(fields, ("topic", "none")) == ({"topic": value} if kept else {})


def test_a_body_is_accepted_to_its_last_allowed_byte() -> None:
    packed = gzip.compress(b"x" * 1000)
    assert body.unpacked(packed, "GZIP", most=1000) == b"x" * 1000
    with pytest.raises(FetchError, match="E_TOOBIG"):
        body.unpacked(packed, "gzip", most=999)
    assert body.is_json("application/JSON; charset=utf-8")
    assert body.is_json("application/vnd.api+json")
    assert not body.is_json("text/json+html")
