"""The data of reference pages: what is refused, and that readers are shown all of it."""

from __future__ import annotations

import dataclasses
import datetime
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpcenter import lettering, markers
from helpcenter.facts import fill
from helpcenter.notices import Notice, Notices
from helpcenter.plot import LETTER, WIDTH
from helpcenter.project import Project
from helpcenter.reference.complaint_times import ComplaintTimes
from helpcenter.reference.limits import Limits
from helpcenter.reference.networks import Networks, holdings, network_name
from helpcenter.reference.transparency import Transparency
from helpcenter.site_context import Site, View, load_site
from support import ROOT, edit

DAY = datetime.date(2026, 11, 22)
LANGUAGES = ("en", "zh")
CASES = Path(__file__).parent / "cases" / "reference"

in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


def shown(site: Site, marker: str, language: str = "en") -> str:
    view = View(site.pages[language, "reference/index"], language)
    html, problems = markers.expand(f"<!-- hc:{marker} -->", view, site, first_line=1)
    assert problems == [], "\n".join(map(str, problems))
    return html


def with_reference(site: Site, **changed: Any) -> Site:
    return dataclasses.replace(site, reference=dataclasses.replace(site.reference, **changed))


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.name}: {case['name']}")
        for path in sorted(CASES.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize("case", cases())
def test_a_mistake_is_a_problem_with_its_file_and_line(case: dict[str, str], project: Path) -> None:
    path = project / "docs" / "_data" / case["file"]
    edit(path, case["old"], case["new"])
    lines = path.read_text(encoding="utf-8").split("\n")
    expected = next(number for number, line in enumerate(lines, 1) if case["at"] in line)
    loaded, problems = load_site(Project(project), DAY)
    assert loaded is None
    places = {(each.path, each.line) for each in problems}
    assert places == {(f"docs/_data/{case['file']}", expected)}
    assert any(case["says"] in each.message for each in problems), problems


def test_a_project_may_leave_the_files_out(project: Path) -> None:
    names = (
        "networks",
        "transaction_states",
        "limits",
        "transparency",
        "complaint_times",
        "coverage",
    )
    for name in names:
        (project / "docs" / "_data" / f"{name}.yml").unlink()
    loaded, problems = load_site(Project(project), DAY)
    assert loaded is not None, "\n".join(map(str, problems))
    assert loaded.reference.networks == Networks()


@pytest.mark.parametrize(
    ("marker", "empty"),
    [
        ("supported-assets", {"networks": Networks()}),
        ("limits", {"limits": Limits()}),
        ("transparency", {"transparency": Transparency()}),
        ("complaint-times", {"complaint_times": ComplaintTimes()}),
    ],
)
def test_a_marker_without_data_is_a_problem(
    site: Site, marker: str, empty: dict[str, object]
) -> None:
    view = View(site.pages["en", "reference/index"], "en")
    line = f"<!-- hc:{marker} -->"
    _, problems = markers.expand(line, view, with_reference(site, **empty), first_line=7)
    assert [(each.line, each.rule) for each in problems] == [(7, "marker-option")]


def test_every_network_and_coin_of_the_fee_schedule_is_told_about(site: Site) -> None:
    networks = site.reference.networks
    here = {(each.code, each.network.id) for each in holdings(networks, site.schedule)}
    charged = {(fee.asset, fee.network) for fee in site.schedule.fees if fee.network}
    assert charged <= here
    assert set(site.schedule.networks) <= {network.id for network in networks.networks}


@in_both_languages
def test_every_asset_on_every_network_has_its_row(site: Site, language: str) -> None:
    html = shown(site, "supported-assets", language)
    rows = re.findall(r'<tr data-words.*?<th scope="row">(\w+) .*?<span>(.*?)</span>', html, re.S)
    expected = [
        (each.code, network_name(each.network, site.schedule)[language])
        for each in holdings(site.reference.networks, site.schedule)
    ]
    assert [(code, network.partition(" <span")[0]) for code, network in rows] == expected


def test_a_deposit_without_a_withdrawal_is_said_to_be_one(site: Site) -> None:
    fees = tuple(fee for fee in site.schedule.fees if fee.id != "withdrawal-xrp")
    schedule = site.schedule.model_copy(update={"fees": fees})
    texts = site.strings["en"].texts
    before, after = (
        re.search(r"XRP <span.*?</tr>", shown(each, "supported-assets"), re.S)
        for each in (site, dataclasses.replace(site, schedule=schedule))
    )
    assert before is not None
    assert after is not None
    assert texts["networks.account.both"] in before.group()
    assert texts["networks.account.deposit"] in after.group()


def test_no_address_that_somebody_could_send_to_is_published(site: Site) -> None:
    text = (ROOT / "docs" / "_data" / "networks.yml").read_text(encoding="utf-8")
    shortest = min(
        form.least for each in site.reference.networks.networks for form in each.addresses
    )
    assert not re.search(rf"[A-Za-z0-9]{{{shortest},}}", text)


@in_both_languages
def test_every_limit_is_shown_with_each_of_its_values(site: Site, language: str) -> None:
    html = shown(site, "limits", language)
    for limit in site.reference.limits.limits:
        row = re.search(rf"<th scope=\"row\">{re.escape(limit.name[language])}.*?</tr>", html, re.S)
        assert row, limit.id
        assert row.group().count("<td") == len(limit.values)
    assert site.strings[language].text("limits.unlimited") in html


@in_both_languages
def test_every_figure_is_shown_for_each_quarter_with_its_definition(
    site: Site, language: str
) -> None:
    html = shown(site, "transparency", language)
    data = site.reference.transparency
    for figure in data.figures:
        name = re.escape(figure.name[language])
        row = re.search(rf"<th scope=\"row\">{name}</th>.*?</tr>", html, re.S)
        assert row, figure.id
        assert row.group().count("<td") == len(data.quarters)
        assert figure.definition[language] in html.replace("&#34;", '"')
    assert site.strings[language].text("transparency.demonstration") in html


def test_real_figures_are_not_called_a_demonstration(site: Site) -> None:
    real = site.reference.transparency.model_copy(update={"demonstration": False})
    html = shown(with_reference(site, transparency=real), "transparency")
    assert site.strings["en"].text("transparency.demonstration") not in html


@in_both_languages
def test_the_chart_says_what_it_shows_and_its_labels_touch_neither_edge_nor_each_other(
    site: Site, language: str
) -> None:
    html = shown(site, "transparency", language)
    data = site.reference.transparency
    described = re.search(r"<desc[^>]*>(.*?)</desc>", html)
    assert described
    drawn = [figure for figure in data.figures if figure.drawn]
    for figure in drawn:
        assert figure.name[language] in described.group(1)
        for quarter in data.quarters:
            assert f"{quarter.figures[figure.id]:f}" in described.group(1)
    labels = re.findall(r'text-anchor="(\w+)" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', html)
    assert len(labels) == len(drawn) + (len(drawn) + 1) * len(data.quarters)
    ends: dict[str, float] = {}
    for anchor, x, y, text in sorted(labels, key=lambda label: float(label[1])):
        width = lettering.width(text, LETTER)
        start = float(x) - (width / 2 if anchor == "middle" else 0)
        assert start >= ends.get(y, 0.0), text
        ends[y] = start + width
    assert max(ends.values()) <= WIDTH


def notice(name: str, start: int, end: int, **more: object) -> Notice:
    first = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
    day = datetime.timedelta(days=1)
    texts = {"en": f"<{name}>", "zh": f"<{name}>"}
    return Notice.model_validate(
        {
            "id": name,
            "level": "incident",
            "title": texts,
            "text": texts,
            "owner": "Operations",
            "starts": first + start * day,
            "ends": first + end * day,
            **more,
        },
        context={"languages": LANGUAGES},
    )


@in_both_languages
def test_issues_stand_under_now_planned_or_past_and_drafts_nowhere(
    site: Site, language: str
) -> None:
    outcome = {"en": "A full disk.", "zh": "磁盘已满。"}
    notices = (
        notice("old", -9, -8, outcome=outcome, next_update="2026-11-14T00:00:00Z"),
        notice("older", -12, -11),
        notice("now", -1, 1, next_update="2026-11-22T23:00:00Z"),
        notice("soon", 2, 3),
        notice("draft", -1, 1, active=False),
    )
    html = shown(
        dataclasses.replace(site, notices=Notices(notices=notices)), "known-issues", language
    )
    assert re.findall(r'id="(issues?-\w+)"', html) == [
        *("issues-current", "issue-now", "issues-planned", "issue-soon"),
        *("issues-past", "issue-old", "issue-older"),
    ]
    assert outcome[language] in html
    assert html.count(site.strings[language].text("notices.next_update")) == 1
    assert "<old>" not in html


def test_a_day_without_issues_says_so(site: Site) -> None:
    html = shown(dataclasses.replace(site, notices=Notices()), "known-issues")
    for state in ("current", "planned", "past"):
        assert site.strings["en"].text(f"issues.none_{state}") in html


@in_both_languages
def test_every_channel_that_answers_says_when_and_how_fast(site: Site, language: str) -> None:
    html = shown(site, "service-times", language)
    answering = [channel for channel in site.product.channels if channel.reply]
    assert html.count("<tr>") == len(answering) + 1
    assert all(channel.name[language] in html for channel in answering)
    assert "30 minutes" in html or "30 分钟" in html


@in_both_languages
def test_every_place_has_its_times_and_its_rule(site: Site, language: str) -> None:
    html = shown(site, "complaint-times", language)
    for place in site.reference.complaint_times.jurisdictions:
        for text in (place.name, place.applies, place.escalation, place.law):
            assert fill(text[language], site.values(language)) in html
    assert "{{" not in html
    assert {"en": "2 months", "zh": "2 个月"}[language] in html
    assert {"en": "8 weeks", "zh": "8 周"}[language] in html


def test_every_requirement_is_met_by_pages_or_parts_that_exist(site: Site) -> None:
    coverage = site.reference.coverage.root
    not_given = {37, 45, 46}
    assert set(coverage) == {f"R{number}" for number in range(1, 48) if number not in not_given}
    for requirement in coverage.values():
        assert all(("en", slug) in site.pages for slug in requirement.pages)
        assert all((ROOT / part).is_file() for part in requirement.parts), requirement.parts
