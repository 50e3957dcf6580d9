"""Five helpdesks on this machine that answer as theirs do, and misbehave when they are told to.

Each serves the same invented tickets in its own form, with a canary in every field that a person
fills. A fault is taken from `faults` for one request each; `bend` changes what an answer says,
`meanwhile` what the tickets are; with `exclusive`, "since" leaves its own moment out.
"""

from __future__ import annotations

import base64
import datetime
import functools
import gzip
import http.server
import json
import re
import socket
import struct
import threading
import urllib.parse
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

NOW = datetime.datetime(2026, 11, 20, 12, 0, tzinfo=datetime.UTC)
CANARY = "canary-7f3a91"
SECRET = "secret-d41d8c"
ADDRESSES = {
    "zendesk": "ZENDESK_URL",
    "freshdesk": "FRESHDESK_URL",
    "intercom": "INTERCOM_URL",
    "zammad": "ZAMMAD_URL",
    "rt": "RT_URL",
}
SECRETS = {
    "zendesk": {"ZENDESK_TOKEN": SECRET, "ZENDESK_EMAIL": f"{CANARY}@example.com"},
    "freshdesk": {"FRESHDESK_API_KEY": SECRET},
    "intercom": {"INTERCOM_TOKEN": SECRET},
    "zammad": {"ZAMMAD_TOKEN": SECRET},
    "rt": {"RT_TOKEN": SECRET},
}
PER_PAGE = {"zendesk": 1000, "freshdesk": 100, "intercom": 150, "zammad": 100, "rt": 100}

Query = Mapping[str, str]


@dataclass(frozen=True)
class Ticket:
    """An invented ticket."""

    id: int
    created: datetime.datetime
    updated: datetime.datetime
    tag: str = "fees"
    subject: str = f"提现没有到账 {CANARY}"


def some_tickets(number: int, *, seconds: int = 600) -> list[Ticket]:
    """Return tickets that were created and changed `seconds` apart, the last an hour ago."""
    last = NOW - datetime.timedelta(hours=1)
    moments = [last - datetime.timedelta(seconds=seconds * n) for n in range(number)][::-1]
    return [Ticket(n, moment, moment) for n, moment in enumerate(moments, start=1)]


@dataclass
class Helpdesk:
    """What a server serves, and what was asked of it."""

    provider: str
    tickets: list[Ticket]
    faults: deque[Fault | None] = field(default_factory=deque)
    bend: Callable[[Any, int], Any] = lambda answer, request: answer
    meanwhile: Callable[[Helpdesk, int], None] = lambda helpdesk, request: None
    headers: dict[str, str] = field(default_factory=dict)
    exclusive: bool = False
    address: str = ""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def change(self, number: int, **values: Any) -> None:
        """Change one ticket, as an agent would."""
        self.tickets = [
            replace(ticket, **values) if ticket.id == number else ticket for ticket in self.tickets
        ]

    def answer(self, path: str, query: Query, body: Any) -> Any:
        """Return what the helpdesk says to a request, and let the world go on."""
        found = _ANSWERS[self.provider](self, path, query, body)
        self.meanwhile(self, len(self.asked))
        return self.bend(found, len(self.asked))


# ---- faults: each writes an answer of its own to the connection ----------------------------------

Fault = Callable[["_Handler", bytes], None]


def status(code: int, **fields: str) -> Fault:
    """Answer with a status, whose page holds a canary."""

    headers = {name.replace("_", "-"): value for name, value in fields.items()}

    def fault(handler: _Handler, _: bytes) -> None:
        handler.send(f"<h1>{CANARY}</h1>".encode(), code=code, kind="text/html", headers=headers)

    return fault


def silence(handler: _Handler, _: bytes) -> None:
    """Say nothing until the test is over."""
    handler.helpdesk.closing.wait(30)
    handler.close_connection = True


def reset(handler: _Handler, _: bytes) -> None:
    """Drop the connection without a farewell."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def cut(handler: _Handler, body: bytes) -> None:
    """Promise more bytes than are sent."""
    handler.send(body[: len(body) // 2], length=len(body))


def cut_without_length(handler: _Handler, body: bytes) -> None:
    """Send half of the answer and close, without having said how long it is."""
    handler.send(body[: len(body) // 2], length=None)


def open_chunks(handler: _Handler, body: bytes) -> None:
    """Send a chunk and never the last one."""
    chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n"
    handler.send(chunk, length=None, headers={"Transfer-Encoding": "chunked"})


def packed(change: Callable[[bytes], bytes], name: str = "gzip") -> Fault:
    """Send the answer packed although it was not asked for, changed on the way."""

    def fault(handler: _Handler, body: bytes) -> None:
        handler.send(change(gzip.compress(body)), headers={"Content-Encoding": name})

    return fault


def bomb(handler: _Handler, _: bytes) -> None:
    """Send little that unpacks to more than any page holds."""
    handler.send(_bomb(), headers={"Content-Encoding": "gzip"})


def page(content: bytes, kind: str = "application/json") -> Fault:
    """Answer with other content."""
    return lambda handler, _: handler.send(content, kind=kind)


@functools.cache
def _bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    return b"".join([packer.compress(b"0" * (16 << 20)) for _ in range(10)]) + packer.flush()


# ---- the helpdesks ------------------------------------------------------------------------------


def _text(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)


def _zendesk(desk: Helpdesk, path: str, query: Query, _: Any) -> Any:
    assert path == "/api/v2/incremental/tickets/cursor.json"
    if "cursor" in query:
        time, number = base64.b64decode(query["cursor"]).decode().split("|")
        place = _moment(time), int(number)
    else:
        place = datetime.datetime.fromtimestamp(int(query["start_time"]), datetime.UTC), 0
    rest = sorted((each.updated, each.id, each) for each in desk.tickets)
    rest = [each for each in rest if (each[0], each[1]) > place]
    size = int(query["per_page"])
    shown = rest[:size]
    last = f"{_text(shown[-1][0])}|{shown[-1][1]}" if shown else ""
    return {
        "tickets": [
            {
                "id": each.id,
                "created_at": _text(each.created),
                "updated_at": _text(each.updated),
                "status": "open",
                "type": "question",
                "priority": None,
                "tags": [each.tag],
                "subject": each.subject,
                "raw_subject": each.subject,
                "description": CANARY,
                "requester_id": each.id % 7 + 100,
                "recipient": f"{CANARY}@example.com",
                "via": {"source": {"from": {"name": CANARY, "address": CANARY}}},
                "custom_fields": [{"id": 5, "value": CANARY}, {"id": 6, "value": "topic-fees"}],
                "satisfaction_rating": {"score": "bad", "comment": CANARY},
                "metric_set": {"reopens": 1, "reply_time_in_minutes": {"calendar": 90}},
            }
            for _, _, each in shown
        ],
        "after_cursor": base64.b64encode(last.encode()).decode() if shown else None,
        "after_url": f"http://{CANARY}.example.com/",
        "end_of_stream": len(rest) <= size,
    }


def _freshdesk(desk: Helpdesk, path: str, query: Query, _: Any) -> Any:
    assert path == "/api/v2/tickets"
    since = _moment(query["updated_since"])
    found = sorted(
        (
            each
            for each in desk.tickets
            if each.updated > since or (each.updated == since and not desk.exclusive)
        ),
        key=lambda each: (each.updated, each.id),
    )
    size = int(query["per_page"])
    first = (int(query["page"]) - 1) * size
    return [
        {
            "id": each.id,
            "created_at": _text(each.created),
            "updated_at": _text(each.updated),
            "status": 2,
            "type": None,
            "tags": [each.tag],
            "subject": each.subject,
            "requester_id": each.id % 7 + 100,
            "to_emails": [f"{CANARY}@example.com"],
            "custom_fields": {"cf_free": CANARY, "cf_topic": "topic-fees"},
            "stats": {"first_responded_at": _text(each.created), "note": CANARY},
        }
        for each in found[first : first + size]
    ]


def _intercom(desk: Helpdesk, path: str, _: Query, body: Any) -> Any:
    assert path == "/conversations/search"
    low, high = (each["value"] for each in body["query"]["value"])
    found = sorted(
        (each for each in desk.tickets if low < each.created.timestamp() < high),
        key=lambda each: (each.created, each.id),
    )
    size = body["pagination"]["per_page"]
    first = int(body["pagination"].get("starting_after", 0))
    more = first + size < len(found)
    return {
        "type": "conversation.list",
        "conversations": [
            {
                "id": str(each.id),
                "created_at": int(each.created.timestamp()),
                "updated_at": int(each.updated.timestamp()),
                "state": "open",
                "priority": "not_priority",
                "title": None,
                "source": {"type": "conversation", "subject": "", "body": f"<p>{each.subject}</p>",
                           "author": {"name": CANARY, "email": CANARY}},
                "contacts": {"contacts": [{"id": f"{CANARY}-{each.id % 7}", "name": CANARY}]},
                "tags": {"tags": [{"id": "1", "name": each.tag, "applied_by": {"name": CANARY}}]},
                "custom_attributes": {"free": CANARY, "topic": "topic-fees"},
                "conversation_rating": {"rating": 2, "remark": CANARY},
                "statistics": {"time_to_admin_reply": 5400, "count_reopens": 1},
            }
            for each in found[first : first + size]
        ],
        "total_count": len(found),
        "pages": {"next": {"page": 2, "starting_after": str(first + size)} if more else None},
    }  # fmt: skip


def _zammad(desk: Helpdesk, path: str, query: Query, _: Any) -> Any:
    if path == "/api/v1/tags":
        return {"tags": [each.tag for each in desk.tickets if str(each.id) == query["o_id"]]}
    assert path == "/api/v1/tickets/search"
    bounds = re.fullmatch(r"created_at:\[(\S+) TO (\S+)\]", query["query"])
    assert bounds is not None
    low, high = map(_moment, bounds.groups())
    found = sorted(
        (each for each in desk.tickets if low <= each.created <= high),
        key=lambda each: (each.created, each.id),
    )
    size = int(query["per_page"])
    first = (int(query["page"]) - 1) * size
    return {
        "records": [
            {
                "id": each.id,
                "created_at": each.created.isoformat().replace("+00:00", ".123Z"),
                "updated_at": _text(each.updated),
                "state": "open",
                "group": "Users",
                "title": each.subject,
                "customer": f"{CANARY}@example.com",
                "customer_id": each.id % 7 + 100,
                "note": CANARY,
                "first_response_in_min": 90,
                "topic": "topic-fees",
            }
            for each in found[first : first + size]
        ],
        "total_count": len(found),
    }


def _rt(desk: Helpdesk, path: str, query: Query, _: Any) -> Any:
    assert path == "/REST/2.0/tickets"
    asked = re.fullmatch(r"id > (\d+) AND Created >= '(\S+)'", query["query"])
    assert asked is not None
    found = sorted(
        (
            each
            for each in desk.tickets
            if each.id > int(asked[1]) and each.created.date().isoformat() >= asked[2]
        ),
        key=lambda each: each.id,
    )
    size = int(query["per_page"])
    return {
        "items": [
            {
                "type": "ticket",
                "id": str(each.id),
                "_url": f"http://{CANARY}.example.com/",
                "Created": _text(each.created),
                "LastUpdated": _text(each.updated),
                "Started": "1970-01-01T00:00:00Z",
                "Status": "open",
                "Queue": {"id": "1", "Name": each.tag},
                "Subject": each.subject,
                "Requestors": [{"type": "user", "id": f"{CANARY}{each.id % 7}@example.com"}],
                "CustomFields": [
                    {"id": "1", "name": "Free", "values": [CANARY]},
                    {"id": "2", "name": "Topic", "values": ["topic-fees"]},
                ],
            }
            for each in found[:size]
        ],
        "total": len(found),
        "pages": -(-len(found) // size),
        "next_page": f"http://{CANARY}.example.com/",
    }


_ANSWERS: dict[str, Callable[[Helpdesk, str, Query, Any], Any]] = {
    "zendesk": _zendesk,
    "freshdesk": _freshdesk,
    "intercom": _intercom,
    "zammad": _zammad,
    "rt": _rt,
}


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    helpdesk: Helpdesk

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep the tests' output quiet."""

    def do_GET(self) -> None:
        """Answer one request, or misbehave."""
        desk = self.helpdesk
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length)) if length else None
        url = urllib.parse.urlsplit(self.path)
        desk.asked.append((self.path, dict(self.headers)))
        fault = desk.faults.popleft() if desk.faults else None
        query = dict(urllib.parse.parse_qsl(url.query))
        answer = b"" if fault in _UNANSWERED else json.dumps(
            desk.answer(url.path, query, body), ensure_ascii=False
        ).encode()  # fmt: skip
        if fault is not None:
            fault(self, answer)
            return
        self.send(answer, headers=desk.headers)

    do_POST = do_GET  # noqa: N815

    def send(
        self,
        body: bytes,
        *,
        code: int = 200,
        kind: str = "application/json; charset=utf-8",
        length: int | None = -1,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Send an answer; `length` is what its header claims, None to send none."""
        # What is not whole ends with the connection, or the client would wait for the rest.
        self.close_connection = length != -1
        self.send_response(code)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(len(body) if length < 0 else length))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


_UNANSWERED: tuple[Fault, ...] = (silence, reset, bomb)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Raise no alarm: clients leave early here."""


@contextmanager
def serving(provider: str, tickets: list[Ticket]) -> Iterator[Helpdesk]:
    """Serve `tickets` as `provider` does; yield what to look at and to change."""
    desk = Helpdesk(provider, tickets)
    handler = type("Handler", (_Handler,), {"helpdesk": desk})
    with _Server(("127.0.0.1", 0), handler) as server:
        desk.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield desk
        desk.closing.set()
        server.shutdown()
        thread.join()
