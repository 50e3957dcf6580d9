"""A feed as text: Atom (RFC 4287). Knows no site and no subject; addresses come as they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree as ET


@dataclass(frozen=True)
class Entry:
    """Something that changed; `address` leads to it and is its id for good."""

    address: str
    title: str
    updated: datetime.datetime
    summary: str


@dataclass(frozen=True)
class About:
    """What a feed says of itself.

    `own` is its own address, `page` that of the page that tells the same, `tag` the language tag.
    """

    own: str
    page: str
    title: str
    subtitle: str
    author: str
    tag: str
    updated: datetime.datetime


def feed(about: About, entries: Iterable[Entry]) -> str:
    """Return the feed, its entries in the order given; times are written in UTC."""
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": about.tag})
    _add(root, "id", about.own)
    _add(root, "title", about.title)
    _add(root, "subtitle", about.subtitle)
    _add(root, "updated", _written(about.updated))
    _add(_add(root, "author"), "name", about.author)
    _add(root, "link", rel="self", type="application/atom+xml", href=about.own)
    _add(root, "link", rel="alternate", type="text/html", hreflang=about.tag, href=about.page)
    for entry in entries:
        element = _add(root, "entry")
        _add(element, "id", entry.address)
        _add(element, "title", entry.title)
        _add(element, "updated", _written(entry.updated))
        link = {"rel": "alternate", "type": "text/html", "hreflang": about.tag}
        _add(element, "link", **link, href=entry.address)
        _add(element, "summary", entry.summary)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def midnight(day: datetime.date) -> datetime.datetime:
    """Return the first moment of a day, in UTC."""
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _written(time: datetime.datetime) -> str:
    return time.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text
    return element
