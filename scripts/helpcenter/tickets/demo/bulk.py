"""Multiply invented tickets inside the engine: millions of them in seconds, to measure with.

A palette of the demo's tickets gives days, labels, languages and statuses, so that their shares
are the demo's; numbers, times, people and texts differ from row to row. Everything follows from
a row's number: the same count gives the same tickets, in no certain order.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.demo.tickets import Ticket
from helpcenter.tickets.reading.values import quoted

PALETTE: Final = 1 << 14

# Of the versions of tickets, how many are later ones of a ticket shortly before.
_LATER_PERCENT = 6
_SHORTLY = 400
_TICKETS_A_REQUESTER = 2
# Texts are pieces of these, from anywhere in them: with line ends, quotes and two scripts.
_TEXTS: Final = {
    "en": 'Hello, I made a transfer yesterday and "pending" is all I see, so I still wait.\n'
    "What I tried: the app, the web page, another phone; then I wrote to you.\n",
    "zh": "你好，昨天的转账到现在还是“处理中”，我一直在等。\n"
    "试过应用、网页和另一部手机，然后联系你们。\n",
}
_LONGEST = 8192

_ROWS = """
SELECT 100000 + ticket AS id, palette.*,
  palette.day + to_seconds((hash(ticket, 2) % 86400)::BIGINT) AS created,
  created + to_minutes((5 + hash(ticket, 3) % 600 + if(later, 600 + hash(row, 4) % 9000, 0))
    ::BIGINT) AS updated,
  900000 + hash(ticket, 5) % getvariable('requesters') AS requester,
  -- Most texts are short, a few are eight times the mean.
  substr(getvariable('texts')[language], 1 + (hash(row, 6) % 96)::BIGINT,
    (getvariable('mean') * [1, 2, 2, 3, 3, 4, 6, 11][1 + (hash(row, 7) % 8)::BIGINT] / 4)::BIGINT)
    AS description,
  if(hash(ticket, 8) % 5 = 0, ['good', 'bad', 'good'][1 + (hash(ticket, 9) % 3)::BIGINT], NULL)
    AS satisfaction,
  if(hash(ticket, 10) % 16 = 0, 1, 0) AS reopens,
  5 + hash(ticket, 11) % 4000 AS reply_minutes
FROM (SELECT range AS row, hash(range, 1) % 100 < {later} AS later,
        if(later, greatest(range - (hash(range, 12) % {shortly})::BIGINT, 0), range) AS ticket
      FROM range({count}))
JOIN palette ON palette.at = hash(ticket, 13) % {palette}
"""
_CSV = """
SELECT id AS "Ticket ID", subject AS "Subject", description AS "Description",
  'Customer ' || requester AS "Requester", requester || '@mail.example.net' AS "Email",
  strftime(created, '%Y-%m-%d %H:%M:%S') AS "Created at",
  strftime(updated, '%Y-%m-%d %H:%M:%S') AS "Updated at", status AS "Status",
  topic AS "Help Topic", array_to_string(tags, ', ') AS "Tags", reopens AS "Reopens",
  satisfaction AS "Satisfaction", reply_minutes AS "First reply time in minutes"
FROM ({rows})
"""
_PARQUET = """
SELECT id, subject, description, requester AS requester_id, created::TIMESTAMPTZ AS created_at,
  updated::TIMESTAMPTZ AS updated_at, status, topic AS help_topic, tags, reopens,
  satisfaction, reply_minutes AS first_reply_minutes
FROM ({rows})
"""
_ZENDESK = """
SELECT 'https://demo.zendesk.example/api/v2/tickets/' || id || '.json' AS url, id,
  strftime(created, '%Y-%m-%dT%H:%M:%SZ') AS created_at,
  strftime(updated, '%Y-%m-%dT%H:%M:%SZ') AS updated_at, 'question' AS type,
  subject, subject AS raw_subject, description, 'normal' AS priority, status,
  requester AS requester_id, tags,
  [{{'id': 360001, 'value': nullif(topic, '')}}, {{'id': 360002, 'value': NULL}}] AS custom_fields,
  {{'score': coalesce(satisfaction, 'unoffered')}} AS satisfaction_rating,
  {{'reopens': reopens, 'reply_time_in_minutes': {{'calendar': reply_minutes}}}} AS metric_set,
  {{'channel': 'web'}} AS via
FROM ({rows})
"""
FORMS: Final = {
    "csv": (_CSV, "FORMAT csv, HEADER"),
    "parquet": (_PARQUET, "FORMAT parquet, COMPRESSION zstd"),
    "zendesk-jsonl": (_ZENDESK, "FORMAT json"),
}


def multiply(
    engine: Engine, palette: Sequence[Ticket], file: Path, *, form: str, count: int, mean: int
) -> None:
    """Write `count` versions of tickets whose texts have `mean` characters, as one of `FORMS`.

    `file` must lie in the engine's scratch folder.
    """
    columns = [
        [ticket.created.date().isoformat() for ticket in palette],
        [ticket.status for ticket in palette],
        ["\n".join(ticket.tags) for ticket in palette],
        [ticket.topic for ticket in palette],
        [ticket.subject for ticket in palette],
    ]
    engine.run(
        "CREATE TEMP TABLE palette AS SELECT row_number() OVER () - 1 AS at, day::DATE AS day, "
        "status, list_filter(string_split(tags, chr(10)), lambda tag: tag <> '') AS tags, topic, "
        "subject, if(strlen(subject) = length(subject), 'en', 'zh') AS language "
        "FROM (SELECT unnest(?) AS day, unnest(?) AS status, unnest(?) AS tags, "
        "unnest(?) AS topic, unnest(?) AS subject)",
        columns,
    )
    texts = [text * (_LONGEST // len(text) + 1) for text in _TEXTS.values()]
    engine.run("SET VARIABLE texts = map(?, ?)", [list(_TEXTS), texts])
    engine.run(f"SET VARIABLE mean = {mean}")
    engine.run(f"SET VARIABLE requesters = {max(count // _TICKETS_A_REQUESTER, 1)}")
    rows = _ROWS.format(count=count, palette=PALETTE, later=_LATER_PERCENT, shortly=_SHORTLY)
    query, options = FORMS[form]
    engine.run(f"COPY ({query.format(rows=rows)}) TO {quoted(str(file))} ({options})")
