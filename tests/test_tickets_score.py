from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.faq.taxonomy import Taxonomy, load_taxonomy
from helpcenter.project import Project
from helpcenter.tickets import publish
from helpcenter.tickets.score import THRESHOLD, score
from tickets_support import CASES

WINDOW = 30
days = st.lists(st.integers(0, 200), min_size=WINDOW, max_size=WINDOW)
dailies = st.fixed_dictionaries(dict.fromkeys(("scam", "deposit", "fees", "login"), days))


def taxonomy() -> Taxonomy:
    loaded, problems = load_taxonomy(Project(CASES / "project"), ("en", "zh"))
    assert loaded is not None, problems
    return loaded


TAXONOMY = taxonomy()


def flat(**tickets: int) -> dict[str, list[int]]:
    """Counts that all fall on one day in the middle of the window."""
    return {
        category.id: [0] * 14 + [tickets.get(category.id, 0)] + [0] * 15
        for category in TAXONOMY.categories
    }


@pytest.mark.parametrize(
    ("tickets", "weight"),
    [(0, 0), (1, 0), (19, 0), (20, 16), (31, 16), (32, 32), (33, 32), (1023, 512), (1024, 1024)],
)
def test_a_weight_is_a_power_of_two_or_nothing_under_the_threshold(
    tickets: int, weight: int
) -> None:
    assert publish.weight(tickets) == weight


@given(st.integers(THRESHOLD, 10**9))
def test_a_weight_says_the_number_of_tickets_within_a_factor_of_two(tickets: int) -> None:
    weight = publish.weight(tickets)
    assert weight <= tickets < 2 * weight
    assert weight & (weight - 1) == 0


@given(dailies)
def test_every_category_is_ranked_once_and_every_factor_is_a_share(
    daily: dict[str, list[int]],
) -> None:
    scores = score(daily, TAXONOMY)
    assert sorted(each.category for each in scores) == sorted(daily)
    for each in scores:
        assert all(0 <= factor <= 1 for factor in (each.volume, each.severity, each.trend))
    shown = [each.total for each in scores if not each.withheld]
    assert shown == sorted(shown, reverse=True)


@given(dailies, st.lists(st.integers(0, 19), min_size=4, max_size=4))
def test_how_few_tickets_a_withheld_category_has_makes_no_difference(
    daily: dict[str, list[int]], few: list[int]
) -> None:
    withheld = ("fees", "login")
    scores = []
    for number in few[:2]:
        for name in withheld:
            daily[name] = [number] + [0] * (WINDOW - 1)
        scores.append(
            [
                (each.category, publish.weight(each.tickets), each.total)
                for each in score(daily, TAXONOMY)
            ]
        )
    assert scores[0] == scores[1]


@given(dailies, st.integers(0, WINDOW // 2 - 1), st.integers(1, 500))
def test_more_recent_tickets_never_lower_a_category(
    daily: dict[str, list[int]], age: int, more: int
) -> None:
    def place(of: dict[str, list[int]]) -> int:
        return [each.category for each in score(of, TAXONOMY)].index("deposit")

    fuller = {**daily, "deposit": daily["deposit"][:]}
    fuller["deposit"][age] += more
    assert place(fuller) <= place(daily)


def test_the_factors_are_what_the_formula_says() -> None:
    daily = flat(fees=40, login=20)
    daily["fees"] = [40] + [0] * 29
    best = score(daily, TAXONOMY)[0]
    assert best.category == "fees"
    assert best.volume == 1
    assert best.severity == pytest.approx(1 / 3)
    assert best.trend == pytest.approx(0.5 + 0.5 * 40 / (40 + 2 * THRESHOLD))
    assert best.total == pytest.approx(0.6 + 0.25 / 3 + 0.15 * best.trend)
    half_life = [0] * 10 + [40] + [0] * 19
    second = score({**flat(fees=0), "fees": [40] + [0] * 29, "login": half_life}, TAXONOMY)[1]
    assert second.category == "login"
    assert second.volume == pytest.approx(0.5)


def test_equal_scores_keep_the_order_of_the_taxonomy() -> None:
    assert [each.category for each in score(flat(login=50, fees=50), TAXONOMY)][:2] == [
        "fees",
        "login",
    ]


def test_withheld_categories_follow_all_others_by_severity() -> None:
    order = [each.category for each in score(flat(login=20, scam=19, deposit=19), TAXONOMY)]
    assert order == ["login", "scam", "deposit", "fees"]


def test_a_new_date_alone_is_no_news() -> None:
    scores = score(flat(login=50), TAXONOMY)
    first = publish.ranking_of(scores, as_of=datetime.date(2026, 11, 1), window_days=30)
    later = publish.ranking_of(scores, as_of=datetime.date(2026, 11, 9), window_days=30)
    wider = publish.ranking_of(scores, as_of=datetime.date(2026, 11, 1), window_days=60)
    other = publish.ranking_of(
        score(flat(login=20), TAXONOMY), as_of=datetime.date(2026, 11, 1), window_days=30
    )
    assert publish.is_news(first, None)
    assert not publish.is_news(later, first)
    assert publish.is_news(wider, first)
    assert publish.is_news(other, first)
