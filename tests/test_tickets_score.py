from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.faq.ranking import Ranked, Ranking
from helpcenter.faq.taxonomy import Taxonomy, load_taxonomy
from helpcenter.project import Project
from helpcenter.tickets.common import publish
from helpcenter.tickets.common.publish import LEAST_WEIGHT, THRESHOLD
from helpcenter.tickets.ranking import coverage
from helpcenter.tickets.ranking.counts import CategoryCounts
from helpcenter.tickets.ranking.score import STEPS, Score, dispersion, score
from support import ROOT
from tickets_support import CASES

WINDOW = 30
NAMES = ("scam", "deposit", "fees", "login")
DAY = datetime.date(2026, 11, 20)
LANGUAGES = ("en", "zh")

days = st.lists(st.integers(0, 200), min_size=WINDOW, max_size=WINDOW)
dailies = st.fixed_dictionaries(dict.fromkeys(NAMES, days))


def taxonomy(**weights: float) -> Taxonomy:
    loaded, problems = load_taxonomy(Project(CASES / "project"), LANGUAGES)
    assert loaded is not None, problems
    if not weights:
        return loaded
    none = {name: 0.0 for name, _ in loaded.scoring.weights}
    scoring = loaded.scoring.model_dump() | {"weights": none | weights}
    return loaded.model_copy(update={"scoring": type(loaded.scoring).model_validate(scoring)})


TAXONOMY = taxonomy()


def scored(
    daily: Mapping[str, Sequence[int]],
    of: Taxonomy = TAXONOMY,
    gaps: Mapping[str, float] | None = None,
    **shares: Mapping[str, int],
) -> dict[str, Score]:
    """Return the scores by category, best first; `shares` are numbers of CategoryCounts."""
    empty = (0,) * WINDOW
    counts = {
        name: CategoryCounts(
            {"en": tuple(daily.get(name, empty)), "zh": empty},
            **{field: found.get(name, 0) for field, found in shares.items()},
        )
        for name in NAMES
    }
    found = score(counts, dict.fromkeys(NAMES, 0.0) | dict(gaps or {}), of)
    return {each.category: each for each in found}


def on_one_day(**tickets: int) -> dict[str, list[int]]:
    """Counts that all fall on one day in the middle of the window."""
    return {name: [0] * 14 + [tickets.get(name, 0)] + [0] * 15 for name in NAMES}


@pytest.mark.parametrize(
    ("tickets", "weight"),
    [(0, 0), (19, 0), (20, 0), (31, 0), (32, 32), (63, 32), (64, 64), (1023, 512), (1024, 1024)],
)
def test_a_weight_is_a_power_of_two_or_nothing_where_there_are_few(
    tickets: int, weight: int
) -> None:
    assert publish.weight(tickets) == weight


@given(st.integers(0, 10**9), st.sampled_from([None, 0, 32, 64, 1024, 2**20]))
def test_a_weight_never_speaks_of_fewer_tickets_than_the_threshold(
    tickets: int, published: int | None
) -> None:
    weight = publish.weight(tickets, published)
    assert publish.is_weight(weight)
    assert weight == 0 or tickets >= publish.certain_least(weight) >= THRESHOLD


@pytest.mark.parametrize("boundary", [LEAST_WEIGHT, 64, 256, 4096])
def test_a_number_that_hovers_at_a_boundary_keeps_its_weight(boundary: int) -> None:
    around = range(boundary - 3, boundary + 4)
    for first in around:
        weight = publish.weight(first)
        assert {publish.weight(number, weight) for number in around} == {weight}


@pytest.mark.parametrize("tickets", [100, 1000, 30_000])
def test_a_doubled_number_gets_another_weight(tickets: int) -> None:
    assert publish.weight(4 * tickets, publish.weight(tickets)) > publish.weight(tickets)
    assert publish.weight(tickets // 4, publish.weight(tickets)) < publish.weight(tickets)


@given(dailies)
def test_every_category_is_scored_once_and_every_factor_is_a_share(
    daily: dict[str, list[int]],
) -> None:
    found = scored(daily)
    assert sorted(found) == sorted(NAMES)
    for each in found.values():
        assert all(0 <= factor <= 1 for factor in astuple(each.factors))
        assert 0 <= each.total <= 1
        assert each.error >= 0
    totals = [each.total for each in found.values()]
    assert totals == sorted(totals, reverse=True)


@given(dailies, st.lists(st.integers(0, 19), min_size=2, max_size=2))
def test_how_few_tickets_a_withheld_category_has_makes_no_difference(
    daily: dict[str, list[int]], few: list[int]
) -> None:
    found = []
    for number in few:
        some = {**daily, "fees": [number] + [0] * 29, "login": [0] * 29 + [number]}
        totals = {name: (each.total, each.error) for name, each in scored(some).items()}
        found.append((list(totals), totals))
    assert found[0] == found[1]


@given(dailies, st.integers(0, WINDOW // 2 - 1), st.integers(1, 500))
def test_more_recent_tickets_never_lower_a_category(
    daily: dict[str, list[int]], age: int, more: int
) -> None:
    daily["deposit"][20] += THRESHOLD
    fuller = {**daily, "deposit": daily["deposit"][:]}
    fuller["deposit"][age] += more
    assert list(scored(fuller)).index("deposit") <= list(scored(daily)).index("deposit")


@pytest.mark.parametrize(
    ("factor", "part", "whole"),
    [
        ("reopens", "reopened", None),
        ("dissatisfaction", "dissatisfied", "rated"),
        ("reply_delay", "late", "replied"),
    ],
)
def test_a_greater_share_never_lowers_a_category_and_few_cases_say_nothing(
    factor: str, part: str, whole: str | None
) -> None:
    of = taxonomy(**{factor: 1.0})
    daily = dict.fromkeys(NAMES, [10] * WINDOW)

    def factors(x: int, n: int) -> dict[str, float]:
        cases = {"fees": 60 + 0 * x, "login": n, "scam": 300}
        shares = {part: {"fees": 6, "login": x, "scam": 60}}
        if whole:
            shares[whole] = cases
        found = scored(daily, of, **shares)
        return {name: getattr(each.factors, factor) for name, each in found.items()}

    number = sum(daily["login"]) if whole is None else 200
    by_share = [factors(x, number)["login"] for x in range(0, 201, 10)]
    assert by_share == sorted(by_share)
    assert by_share[-1] > by_share[0] + 0.5
    assert all(round(each * STEPS) == pytest.approx(each * STEPS) for each in by_share)
    if whole:
        assert factors(0, 19) == factors(19, 19)
        assert factors(19, 19)["login"] == factors(0, 0)["login"] > 0


def test_a_missing_answer_counts() -> None:
    of = taxonomy(coverage=1.0)
    daily = dict.fromkeys(NAMES, [10] * WINDOW)
    found = scored(daily, of, {"login": 1.0, "fees": 0.5, "deposit": 0.25})
    assert [(name, each.total) for name, each in found.items()] == [
        ("login", 1.0),
        ("fees", 0.5),
        ("deposit", 0.25),
        ("scam", 0.0),
    ]


def test_the_factors_are_what_the_formula_says() -> None:
    daily = on_one_day(login=20)
    daily["fees"] = [40] + [0] * 29
    best = next(iter(scored(daily).values()))
    assert best.category == "fees"
    assert best.factors.volume == 1
    assert best.factors.severity == pytest.approx(1 / 3)
    assert best.factors.trend == pytest.approx(0.5 + 0.5 * 40 / (40 + 2 * THRESHOLD))
    assert best.total == pytest.approx(0.6 + 0.25 / 3 + 0.15 * best.factors.trend)
    half_life = [0] * 10 + [40] + [0] * 19
    second = scored({"fees": [40] + [0] * 29, "login": half_life})["login"]
    assert second.factors.volume == pytest.approx(0.5**0.5)


def test_equal_scores_keep_the_order_of_the_taxonomy() -> None:
    found = list(scored(on_one_day(login=900, fees=900), taxonomy(volume=1.0)))
    assert found == ["fees", "login", "scam", "deposit"]


def test_the_error_is_what_chance_does_to_the_score() -> None:
    even = scored({"fees": [100] * WINDOW, "login": [25] * WINDOW}, taxonomy(volume=1.0))
    fewer = scored({"fees": [100] * WINDOW, "login": [24] * WINDOW}, taxonomy(volume=1.0))
    # One in 25 fewer is as many standard errors of a sum that decays as of one that does not,
    # had it that many tickets: (Σ decay)² / Σ decay² of them.
    decay = [2 ** (-age / 10) for age in range(WINDOW)]
    counted = 25 * sum(decay) ** 2 / sum(each**2 for each in decay)
    step = even["login"].total - fewer["login"].total
    assert even["login"].error / step == pytest.approx(25 / counted**0.5, rel=0.03)


def test_weekdays_and_one_surge_are_no_dispersion_and_bursts_are() -> None:
    week = [12, 11, 10, 10, 11, 6, 5] * 5
    surge = [30] * 6 + [10] * 29
    bursts = [0, 40, 0, 0, 35, 1, 2, 0, 0, 41, 0, 3, 50, 0] * 3
    assert dispersion([week, week, surge]) == 1
    assert dispersion([bursts, bursts, week]) > 5
    assert dispersion([[], [0] * 30]) == 1


def ranking(*weights: int, window: int = 30, day: int = 1) -> Ranking:
    order = tuple(Ranked(category=name, weight=w) for name, w in zip(NAMES, weights, strict=True))
    date = datetime.date(2026, 11, day)
    return Ranking(schema=1, as_of=date, window_days=window, order=order)


def test_a_new_date_alone_is_no_news() -> None:
    first = ranking(64, 32, 32, 0)
    assert publish.is_news(first, None)
    assert not publish.is_news(ranking(64, 32, 32, 0, day=9), first)
    assert publish.is_news(ranking(64, 32, 32, 0, window=60), first)
    assert publish.is_news(ranking(128, 32, 32, 0), first)


@pytest.fixture
def answers(tmp_path: Path) -> Project:
    """A project with one answer in both languages, one in English and the others missing."""
    project = Project(tmp_path)
    for language, name in (("en", "scam"), ("zh", "scam"), ("en", "fees")):
        path = project.pages_of(language) / "faq" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"---\ntitle: t\ndescription: d\ntype: faq\ncategory: {name}\n"
            f"reviewed: 2026-0{5 if language == 'en' else 6}-01\n---\n\nText.\n",
            encoding="utf-8",
        )
    return project


def gaps(project: Project, as_of: datetime.date, stale_after_days: int = 365) -> dict[str, float]:
    pages, problems = coverage.load_answers(project, TAXONOMY.categories, LANGUAGES)
    assert problems == []
    return {
        each.id: coverage.gap(
            each, pages, LANGUAGES, as_of=as_of, stale_after_days=stale_after_days
        )
        for each in TAXONOMY.categories
    }


def test_an_answer_may_be_missing_untranslated_or_out_of_date(answers: Project) -> None:
    assert gaps(answers, DAY) == {"scam": 0, "fees": 0.5, "deposit": 1, "login": 1}
    assert gaps(answers, datetime.date(2027, 5, 2))["scam"] == 0.25
    assert gaps(answers, datetime.date(2027, 5, 1))["scam"] == 0
    assert gaps(answers, DAY, stale_after_days=30)["scam"] == 0.25


def test_when_an_answer_is_out_of_date_is_what_the_site_says(tmp_path: Path) -> None:
    assert coverage.load_stale_after(Project(tmp_path)) == (coverage.STALE_AFTER_DAYS, [])
    shutil.copy(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    text = (tmp_path / "mkdocs.yml").read_text(encoding="utf-8")
    assert "stale_after_days: 365" in text
    (tmp_path / "mkdocs.yml").write_text(
        text.replace("stale_after_days: 365", "stale_after_days: 90"), encoding="utf-8"
    )
    assert coverage.load_stale_after(Project(tmp_path)) == (90, [])


def test_a_broken_answer_is_a_problem_with_file_and_line(answers: Project) -> None:
    path = answers.pages_of("zh") / "faq" / "scam.md"
    path.write_text("---\ntitle: t\n---\n", encoding="utf-8")
    _, problems = coverage.load_answers(answers, TAXONOMY.categories, LANGUAGES)
    assert {problem.path for problem in problems} == {"docs/zh/faq/scam.md"}
