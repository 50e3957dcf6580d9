"""The changes of the fees as a feed: Atom (RFC 4287), one per language.

Knows addresses only as they are given. Nothing in a feed depends on the day of the build: an
entry keeps its id for good, and its date is the day of the change.
"""

from __future__ import annotations

import datetime
from xml.etree import ElementTree as ET

from helpcenter.facts import format_day
from helpcenter.fees.changes import changes, sentence, title
from helpcenter.fees.schedule import Schedule
from helpcenter.strings import Strings

# Readers poll a feed for what is new; the page holds all there ever was.
MOST_ENTRIES = 200


def atom(
    schedule: Schedule,
    strings: Strings,
    *,
    tag: str,
    author: str,
    product: str,
    page: str,
    own: str,
) -> str:
    """Return the feed of one language, the newest change first, upcoming ones included.

    `tag` is the language tag, `page` the address of the page that tells the changes, each at its
    anchor, and `own` the feed's own address.
    """
    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": tag})
    _add(feed, "id", own)
    _add(feed, "title", strings.text("fees.feed.title", product=product))
    _add(feed, "subtitle", strings.text("fees.feed.subtitle"))
    _add(feed, "updated", _midnight(datetime.date.fromisoformat(schedule.version[:10])))
    _add(_add(feed, "author"), "name", author)
    _add(feed, "link", rel="self", type="application/atom+xml", href=own)
    _add(feed, "link", rel="alternate", type="text/html", hreflang=tag, href=page)
    for change in changes(schedule)[:MOST_ENTRIES]:
        entry = _add(feed, "entry")
        address = f"{page}#{change.id}"
        day = format_day(change.day, strings.language)
        _add(entry, "id", address)
        _add(entry, "title", title(change, schedule, strings))
        _add(entry, "updated", _midnight(change.day))
        _add(entry, "link", rel="alternate", type="text/html", hreflang=tag, href=address)
        _add(entry, "summary", sentence(change, schedule, strings, day=day))
    ET.indent(feed)
    text = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _midnight(day: datetime.date) -> str:
    return f"{day}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element
