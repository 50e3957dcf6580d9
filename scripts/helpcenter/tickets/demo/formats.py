"""Write invented tickets the way helpdesks export them, one line at a time."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Iterator

from helpcenter.tickets.demo.tickets import Ticket

_ENGLISH = (
    "Ticket ID", "Subject", "Description", "Requester", "Email", "Created at", "Updated at",
    "Status", "Help Topic", "Tags", "Note", "Requester ID", "Language", "Reopens", "Satisfaction",
    "First reply time in minutes",
)  # fmt: skip
_CHINESE = (
    "工单编号", "标题", "描述", "客户", "邮箱", "创建时间", "更新时间", "状态",
    "帮助主题", "标签", "备注", "客户编号", "语言", "重开次数", "满意度", "首次回复时长（分钟）",
)  # fmt: skip


def as_zendesk(tickets: Iterable[Ticket]) -> Iterator[str]:
    """Yield one ticket object a line, as Zendesk's JSON export has it."""
    for ticket in tickets:
        record = {
            "url": f"https://demo.zendesk.example/api/v2/tickets/{ticket.id}.json",
            "id": ticket.id,
            "created_at": _iso(ticket.created),
            "updated_at": _iso(ticket.updated),
            "type": "question",
            "subject": ticket.subject,
            "raw_subject": ticket.subject,
            "description": ticket.description,
            "priority": "normal",
            "status": ticket.status,
            "requester_id": ticket.person,
            "requester": {
                "name": ticket.requester,
                "email": ticket.email,
                "locale": ticket.language or None,
            },
            "tags": ticket.tags,
            "custom_fields": [
                {"id": 360001, "value": ticket.topic or None},
                {"id": 360002, "value": ticket.note},
                {"id": 360003, "value": None},
            ],
            "satisfaction_rating": {"score": ticket.rating or "unoffered"},
            "metric_set": {
                "reopens": ticket.reopens,
                "reply_time_in_minutes": {"calendar": ticket.reply_minutes, "business": None},
            },
            "via": {"channel": "web"},
        }
        yield json.dumps(record, ensure_ascii=False) + "\n"


def as_csv(tickets: Iterable[Ticket], *, chinese_header: bool) -> Iterator[str]:
    """Yield a header and one row a ticket, as a helpdesk's CSV export has them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(_CHINESE if chinese_header else _ENGLISH)
    for ticket in tickets:
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(
            (
                ticket.id,
                ticket.subject,
                ticket.description,
                ticket.requester,
                ticket.email,
                f"{ticket.created:%Y-%m-%d %H:%M:%S}",
                f"{ticket.updated:%Y-%m-%d %H:%M:%S}",
                ticket.status,
                ticket.topic,
                ", ".join(ticket.tags),
                ticket.note,
                ticket.person,
                ticket.language,
                ticket.reopens,
                ticket.rating,
                "" if ticket.reply_minutes is None else ticket.reply_minutes,
            )
        )
    yield buffer.getvalue()


def _iso(time: datetime.datetime) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"
