from __future__ import annotations

import datetime
import random
from dataclasses import replace
from pathlib import Path
from statistics import NormalDist

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import measure_surges
from helpcenter import markers, yamlfile
from helpcenter.faq.taxonomy import Taxonomy, load_taxonomy
from helpcenter.notices import Notice, Notices
from helpcenter.project import Project
from helpcenter.site_context import Site, View
from helpcenter.tickets.changes import notice_drafts
from helpcenter.tickets.changes.notice_drafts import Drafting, covers, drafts, load_drafting
from helpcenter.tickets.ranking.surge import (
    GUARD,
    HISTORY,
    LONGEST,
    Baseline,
    Surge,
    deviate,
    find,
    running,
)
from support import ROOT, edit

AS_OF = datetime.date(2026, 11, 20)
DAY = datetime.timedelta(days=1)
WEEKDAYS = (28, 24, 22, 22, 24, 12, 8)
CALM = [WEEKDAYS[day % 7] for day in range(90)]


def surging(days: int, factor: int = 3) -> list[int]:
    """The calm series, its last `days` raised."""
    start = len(CALM) - days
    return [count * (factor if day >= start else 1) for day, count in enumerate(CALM)]


def by_age(days: list[int]) -> tuple[int, ...]:
    return tuple(reversed(days))


def found(days: list[int], *, whole: bool = True) -> list[datetime.date]:
    daily = {("deposit", "en"): by_age(days)}
    return [surge.start for surge in find(daily, as_of=AS_OF, whole=whole)]


# ---- what a surge is -------------------------------------------------------------------------


@pytest.mark.parametrize("days", range(1, LONGEST + 1))
def test_a_surge_keeps_its_first_day_as_long_as_it_is_news(days: int) -> None:
    assert found(surging(days)) == [AS_OF - (days - 1) * DAY]


def test_a_surge_is_forgotten_when_it_has_become_the_usual() -> None:
    assert found(surging(LONGEST + 1)) == []


def test_the_usual_weekday_pattern_is_no_surge() -> None:
    assert found(CALM) == []


def test_a_rise_that_chance_does_not_explain_but_nobody_would_notice_is_no_surge() -> None:
    assert found([100 * count for count in CALM]) == []
    assert (
        found([100 * count * (14 if day > 80 else 10) // 10 for day, count in enumerate(CALM)])
        == []
    )


@pytest.mark.parametrize(("ended", "runs"), [(1, True), (9, False)])
def test_a_surge_that_is_over_is_soon_not_found(ended: int, runs: bool) -> None:
    days = surging(ended + 6)
    days[-ended:] = CALM[-ended:]
    assert found(days) == ([AS_OF - (ended + 5) * DAY] if runs else [])


def test_fewer_tickets_than_may_be_told_are_no_surge() -> None:
    quiet = [0] * 80
    assert found([1, *quiet[1:], *[0] * 9, 19]) == []
    assert found([1, *quiet[1:], *[0] * 9, 20]) == [AS_OF]


def test_the_last_day_counts_only_when_it_is_over() -> None:
    days = surging(1)
    assert found(days) == [AS_OF]
    assert found(days, whole=False) == []
    assert found(surging(3), whole=False) == [AS_OF - 2 * DAY]


def test_days_before_the_oldest_ticket_are_not_held_to_be_days_without_tickets() -> None:
    told = HISTORY + GUARD - 1
    assert found([0] * (90 - told) + surging(3)[90 - told :]) == []
    assert found([0] * (89 - told) + surging(3)[89 - told :]) == [AS_OF - 2 * DAY]


def test_a_past_surge_does_not_hide_the_next() -> None:
    days = surging(2)
    days[30:35] = [5 * count for count in days[30:35]]
    assert found(days) == [AS_OF - DAY]


def test_a_category_with_no_past_can_surge() -> None:
    daily = {("deposit", "en"): by_age(CALM), ("new", "zh"): by_age([0] * 87 + [12, 15, 18])}
    assert find(daily, as_of=AS_OF) == (Surge("new", "zh", AS_OF - 2 * DAY),)


def test_series_are_judged_one_by_one_and_named_in_order() -> None:
    daily = {
        ("b", "zh"): by_age(surging(2)),
        ("b", "en"): by_age(surging(4)),
        ("a", "en"): by_age(CALM),
    }
    assert find(daily, as_of=AS_OF) == (
        Surge("b", "en", AS_OF - 3 * DAY),
        Surge("b", "zh", AS_OF - DAY),
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.3, 3.0, 40.0]), st.integers(0, 20))
@example(0, 3.0, 2)  # the next alarm comes as late as it may
def test_the_next_days_do_not_move_the_first_day_of_a_surge(
    seed: int, mean: float, later: int
) -> None:
    chance = random.Random(seed)
    days = measure_surges.series(140, mean, dispersion=2, chance=chance, surge=110)

    def on(day: int, window: int = 90) -> int | None:
        start = day + 1 - window
        found = running(days[start : day + 1])
        return None if found is None else start + found

    today = 112 + later
    assert on(today, 110) == on(today), "the same in a longer window"
    starts = {on(day) for day in range(112, today + 1)}
    assert None in starts or len(starts) == 1, "the same every day until the surge is over"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 10**7), min_size=71, max_size=90))
def test_any_counts_give_an_answer(days: list[int]) -> None:
    start = running(days)
    assert start is None or 0 <= start < len(days)


def test_the_deviate_is_that_of_the_exact_tail() -> None:
    """Held against the negative binomial of the same mean and variance, term by term."""
    for mean in (0.5, 2.0, 8.0, 60.0):
        for dispersion in (1.0, 1.8, 4.0):
            usual = Baseline((mean,) * 7, dispersion, 56 * mean)
            variance = dispersion * mean * (1 + 1 / 56)
            size, chance = mean**2 / (variance - mean), mean / variance
            term, below = chance**size, 0.0
            for tickets in range(1, 400):
                below += term
                term *= (size + tickets - 1) / tickets * (1 - chance)
                exact = NormalDist().inv_cdf(min(below, 1 - 1e-12))
                if 2 < exact < 5:
                    # Where it errs, it errs toward silence.
                    assert -0.4 < deviate(tickets, mean, usual) - exact < 0.1


# ---- how well it works: figures of scripts/measure_surges.py, with room ------------------------


@pytest.mark.parametrize(("mean", "dispersion", "most"), [(1, 1, 0.4), (10, 1, 0.4), (10, 2, 0.8)])
def test_false_alarms_are_rare(mean: float, dispersion: float, most: float) -> None:
    assert measure_surges.false_alarms(mean, dispersion=dispersion, years=6, seed=3) <= most


@pytest.mark.parametrize(
    ("mean", "dispersion", "days"), [(1, 1, 12), (2, 1, 7), (5, 1, 4), (10, 2, 3), (50, 4, 2)]
)
def test_a_threefold_surge_is_found_within_days(mean: float, dispersion: float, days: int) -> None:
    delay = measure_surges.delay(mean, dispersion=dispersion, runs=25, seed=3)
    assert delay.median <= days
    assert delay.start_error <= 2


def test_the_figures_are_printed_as_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure_surges.main(["--years", "1", "--runs", "2", "--means", "5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split()[:2] == ["variance/mean", "tickets/day"]
    assert [line.split()[:2] for line in lines[1:]] == [["1", "5"], ["2", "5"], ["4", "5"]]


# ---- notices ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    loaded, _ = load_taxonomy(Project(ROOT), ("en", "zh"))
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def drafting() -> Drafting:
    loaded, problems = load_drafting(Project(ROOT), ("en", "zh"))
    assert loaded is not None, problems
    return Drafting(loaded.templates, ())


def drafted(
    surges: list[Surge], taxonomy: Taxonomy, drafting: Drafting, *notices: Notice
) -> dict[str, str]:
    existing = Drafting(drafting.templates, notices)
    answered = {"withdrawal-delayed"}
    return drafts(surges, taxonomy.categories, existing, answered=answered, as_of=AS_OF)


def notice_in(text: str) -> Notice:
    loaded, problems = yamlfile.parse(
        text, Notices, name="draft", first_line=1, context={"languages": ("en", "zh")}
    )
    assert loaded is not None, problems
    [notice] = loaded.notices
    return notice


START = datetime.date(2026, 11, 17)
WITHDRAWALS = Surge("withdrawal-delayed", "en", START)


def test_a_draft_is_a_complete_notice_that_nobody_is_shown(
    taxonomy: Taxonomy, drafting: Drafting
) -> None:
    [(name, text)] = drafted([WITHDRAWALS], taxonomy, drafting).items()
    notice = notice_in(text)
    assert name == "withdrawal-delayed-2026-11-17.yml"
    assert (notice.id, notice.level) == ("withdrawal-delayed-2026-11-17", "incident")
    assert (notice.category, notice.page) == ("withdrawal-delayed", "faq/withdrawal-delayed")
    assert notice.starts.date() == START
    assert notice.next_update is not None
    assert AS_OF < notice.next_update.date() < notice.ends.date()
    for localized in (notice.title, notice.text, notice.known, notice.action, notice.owner):
        assert isinstance(localized, dict)
        assert set(localized) == {"en", "zh"}
    assert "Withdrawal delayed" in notice.title["en"]
    assert "提现延迟" in notice.title["zh"]
    assert Notices(notices=(notice,)).current(AS_OF) == ()
    activated = notice_in(text.replace("    active: false\n", ""))
    assert Notices(notices=(activated,)).current(AS_OF) == (activated,)


def test_a_category_without_a_page_is_drafted_without_a_link(
    taxonomy: Taxonomy, drafting: Drafting
) -> None:
    [text] = drafted([Surge("account-locked", "zh", START)], taxonomy, drafting).values()
    assert notice_in(text).page is None


def test_surges_of_one_category_in_two_languages_are_one_notice(
    taxonomy: Taxonomy, drafting: Drafting
) -> None:
    chinese = Surge("withdrawal-delayed", "zh", START - DAY)
    [(name, text)] = drafted([WITHDRAWALS, chinese], taxonomy, drafting).items()
    assert name == "withdrawal-delayed-2026-11-16.yml"
    assert "(in: en, zh) since 2026-11-16" in text


def test_a_surge_is_drafted_once(taxonomy: Taxonomy, drafting: Drafting) -> None:
    [text] = drafted([WITHDRAWALS], taxonomy, drafting).values()
    notice = notice_in(text)
    for same in (
        WITHDRAWALS,
        Surge("withdrawal-delayed", "zh", START + DAY),
        Surge("withdrawal-delayed", "en", START - 2 * DAY),
        Surge("withdrawal-delayed", "en", notice.ends.date()),
    ):
        assert covers(notice, same)
        assert drafted([same], taxonomy, drafting, notice) == {}


def test_another_surge_is_drafted_again(taxonomy: Taxonomy, drafting: Drafting) -> None:
    [text] = drafted([WITHDRAWALS], taxonomy, drafting).values()
    notice = notice_in(text)
    for other in (
        Surge("account-locked", "en", START),
        Surge("withdrawal-delayed", "en", START + 60 * DAY),
        Surge("withdrawal-delayed", "en", START - 60 * DAY),
    ):
        assert not covers(notice, other)
        assert len(drafted([other], taxonomy, drafting, notice)) == 1


def test_published_notices_and_drafts_that_lie_there_are_both_known(project: Path) -> None:
    folder = notice_drafts.folder(Project(project))
    folder.mkdir(parents=True, exist_ok=True)
    before, _ = load_drafting(Project(project), ("en", "zh"))
    assert before is not None
    taxonomy, _ = load_taxonomy(Project(project), ("en", "zh"))
    assert taxonomy is not None
    [(name, text)] = drafted([WITHDRAWALS], taxonomy, before).items()
    (folder / name).write_text(text, encoding="utf-8")
    after, problems = load_drafting(Project(project), ("en", "zh"))
    assert problems == []
    assert after is not None
    assert len(after.existing) == len(before.existing) + 1
    assert any(notice.id == "fake-support-accounts" for notice in after.existing)


@pytest.mark.parametrize("text", ["{subject}", "{", "{category!r:>{subject}}"])
def test_a_template_may_name_the_category_and_nothing_else(project: Path, text: str) -> None:
    path = project / "docs" / "_data" / "templates" / "notice.en.yml"
    edit(path, 'title: "Known issue: {category}"', f'title: "{text}"')
    _, problems = load_drafting(Project(project), ("en", "zh"))
    assert [(problem.path, problem.rule) for problem in problems] == [
        ("docs/_data/templates/notice.en.yml", "data-invalid")
    ]


def test_a_known_issue_shows_what_is_known_and_what_to_do(
    taxonomy: Taxonomy, drafting: Drafting, site: Site
) -> None:
    [text] = drafted([WITHDRAWALS], taxonomy, drafting).values()
    notice = notice_in(text.replace("    active: false\n", ""))
    shown = replace(site, notices=Notices(notices=(notice,)))
    for language, expected in (
        ("en", ("What we know", "November 21, 2026, 12:00 UTC", "Support team")),
        ("zh", ("目前了解到的情况", "2026 年 11 月 21 日 12:00（UTC）", "客服团队")),
    ):
        html, problems = markers.expand(
            "<!-- hc:notices -->",
            View(shown.pages[language, "index"], language),
            shown,
            first_line=1,
        )
        assert problems == []
        assert notice.action is not None
        for each in (*expected, notice.action[language], notice.title[language]):
            assert each in html
