"""The history of the fees: which changes there are, in which words, and as a feed."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from fee_schedules import schedule
from helpcenter import publication
from helpcenter.facts import format_day
from helpcenter.fees import feed as fee_feed
from helpcenter.fees.changes import changes, past, sentence, upcoming
from helpcenter.fees.feed import MOST_ENTRIES, atom
from helpcenter.fees.schedule import Schedule
from helpcenter.site_context import Site

FOLDER = Path(__file__).parent / "cases" / "fees-changes"
CASES = [
    (f"{path.name}: {case['name']}", case)
    for path in sorted(FOLDER.glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_a_schedule_has_the_changes_that_its_case_tells(case: dict[str, Any], site: Site) -> None:
    fees = schedule(case["fees"])
    told = [
        {"id": change.id}
        | {
            code: sentence(change, fees, strings, day=format_day(change.day, code))
            for code, strings in site.strings.items()
        }
        for change in changes(fees)
    ]
    assert told == case["changes"]


def test_every_change_is_either_past_or_upcoming_on_every_day(site: Site) -> None:
    every = changes(site.schedule)
    names = {change.id for change in every}
    assert len(names) == len(every)
    for day in {change.day for change in every}:
        eve = day - datetime.timedelta(days=1)
        assert {change.id for change in (*past(every, day), *upcoming(every, day))} == names
        assert day in {change.day for change in past(every, day)}
        assert upcoming(every, eve)[0].day == day


def feed(fees: Schedule, site: Site, language: str = "en") -> ET.Element:
    text = atom(
        fees,
        site.strings[language],
        tag="en",
        author="Acme",
        product="Acme",
        page="https://example.com/fees/",
        own="https://example.com/feed.xml",
    )
    return ET.fromstring(text)


def text_of(element: ET.Element, name: str) -> str:
    found = element.findall(ATOM + name)
    assert len(found) == 1, f"{name} stands {len(found)} times"
    return found[0].text or ""


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-Hans")])
def test_a_published_feed_has_all_that_rfc_4287_asks_for(
    language: str, tag: str, site: Site
) -> None:
    path = fee_feed.path(language)
    text = publication.files(site, {})[path]
    assert text.startswith('<?xml version="1.0" encoding="utf-8"?>\n')
    root = ET.fromstring(text)
    page = site.url("fees/fee-changes", language)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == tag
    assert text_of(root, "id").endswith(path)
    assert text_of(root, "title")
    author = root.find(f"{ATOM}author/{ATOM}name")
    assert author is not None
    assert author.text == site.product.company[language]
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"self": text_of(root, "id"), "alternate": page}
    entries = root.findall(f"{ATOM}entry")
    every = changes(site.schedule)
    assert [text_of(entry, "id") for entry in entries] == [f"{page}#{each.id}" for each in every]
    for entry, change in zip(entries, every, strict=True):
        assert text_of(entry, "updated") == f"{change.day}T00:00:00Z"
        assert text_of(entry, "title")
        assert format_day(change.day, language) in text_of(entry, "summary")
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href") == text_of(entry, "id")
    for element in root.iter(f"{ATOM}updated"):
        assert datetime.datetime.fromisoformat(element.text or "").tzinfo == datetime.UTC


def test_a_name_with_signs_of_xml_arrives_as_it_was_written(site: Site) -> None:
    versions = [
        {
            "valid_from": "2026-01-01",
            "valid_to": "2026-06-30",
            "formula": {"kind": "percentage", "rate": "1"},
        }
    ]
    name = {"en": "Buy & sell <b>", "zh": "买卖"}
    root = feed(schedule([{"id": "a", "name": name, "versions": versions}]), site)
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert text_of(entry, "title").startswith("Buy & sell <b>: ")


def test_a_feed_holds_the_newest_changes_only(site: Site) -> None:
    first = {"valid_from": "2026-01-01", "formula": {"kind": "percentage", "rate": "1"}}
    fees = [{"id": "first", "versions": [first]}]
    start = datetime.date(2026, 2, 1)
    for number in range(MOST_ENTRIES + 5):
        day = start + datetime.timedelta(days=number)
        fees.append({"id": f"f{number}", "versions": [first | {"valid_from": day}]})
    entries = feed(schedule(fees), site).findall(f"{ATOM}entry")
    newest = start + datetime.timedelta(days=MOST_ENTRIES + 4)
    assert len(entries) == MOST_ENTRIES
    assert text_of(entries[0], "updated").startswith(str(newest))
