"""Positions move for a real change alone, and never far at once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

import measure_order
from helpcenter.tickets.common.publish import MOST_PLACES
from helpcenter.tickets.ranking.order import DEAD_BAND, arrange, certainty
from helpcenter.tickets.ranking.score import Factors, Score
from measure_order import Scene, World, arrangement

NO_FACTORS = Factors(0, 0, 0, 0, 0, 0, 0)


def scores(totals: dict[str, float], error: float = 0.0) -> tuple[Score, ...]:
    found = [Score(name, 100, NO_FACTORS, total, error) for name, total in totals.items()]
    return tuple(sorted(found, key=lambda each: -each.total))


def order(
    totals: dict[str, float], before: Sequence[str], *, error: float = 0.0, pinned: str = ""
) -> str:
    places = arrange(scores(totals, error), before, pinned=list(pinned))
    assert [each.place for each in places] == list(range(1, len(places) + 1))
    return "".join(each.category for each in places)


def falling(names: str) -> dict[str, float]:
    return {name: 0.9 - place * 0.1 for place, name in enumerate(names)}


def test_the_first_run_is_by_score() -> None:
    assert order({"a": 0.1, "b": 0.3, "c": 0.2}, "") == "bca"


def test_a_difference_within_the_noise_moves_nothing() -> None:
    error = 0.02
    noise = certainty(1) * error * 2**0.5
    assert order({"a": 0.5, "b": 0.5 + noise - 0.001}, "ab", error=error) == "ab"
    assert order({"a": 0.5, "b": 0.5 + noise + 0.001}, "ab", error=error) == "ba"


def test_a_tiny_difference_moves_nothing_however_sure_it_is() -> None:
    assert order({"a": 0.5, "b": 0.5 + DEAD_BAND * 0.99}, "ab") == "ab"
    assert order({"a": 0.5, "b": 0.5 + DEAD_BAND * 1.01}, "ab") == "ba"


def test_a_category_whose_weight_changes_goes_where_its_score_asks() -> None:
    totals = scores({"a": 0.5, "b": 0.52}, error=0.01)
    for changed in ("a", "b"):
        assert [each.category for each in arrange(totals, "ab", changed=changed)] == ["b", "a"]
    assert [each.category for each in arrange(totals, "ab", changed="c")] == ["a", "b"]


def test_more_neighbors_need_more_certainty() -> None:
    assert 2 < certainty(1) < certainty(9) < certainty(29) < 3.5


def test_a_flood_moves_a_category_three_places_a_run() -> None:
    flood = falling("hgfedcba") | {"a": 0.99}
    first = order(flood, "hgfedcba")
    assert first == "hgfeadcb"
    second = order(flood, first)
    assert second == "hagfedcb"
    assert order(flood, second) == "ahgfedcb"


def test_a_category_falls_at_most_three_places_a_run() -> None:
    fallen = falling("abcdefgh") | {"a": 0.01}
    assert order(fallen, "abcdefgh") == "bcdaefgh"


def test_a_new_category_enters_where_its_score_belongs() -> None:
    assert order(falling("abxcd"), "abcd") == "abxcd"
    assert order(falling("xabcd"), "abcd") == "xabcd"


def test_a_category_that_was_published_twice_has_its_first_place() -> None:
    assert order(falling("abc"), "abca") == "abc"


def test_a_category_that_is_gone_leaves_no_hole() -> None:
    assert order(falling("abd"), "abcd") == "abd"


def test_pinned_categories_come_first_in_their_own_order() -> None:
    assert order(falling("abcdef"), "abcdef", pinned="fd") == "fdabce"
    assert order(falling("abcdef"), "", pinned="fd") == "fdabce"
    assert order(falling("abcdef"), "fdabce", pinned="d") == "dabcfe"


def test_every_place_says_what_kept_it_from_another() -> None:
    flood = falling("hgfedcba") | {"a": 0.99}
    places = {each.category: each for each in arrange(scores(flood), "hgfedcba", pinned=["h"])}
    assert (places["a"].place, places["a"].wanted, places["a"].reason) == (5, 2, "limit")
    assert (places["h"].place, places["h"].reason) == (1, "pinned")
    held = arrange(scores({"a": 0.5, "b": 0.505}), "ab")
    assert [(each.category, each.by_score, each.reason) for each in held] == [
        ("a", 2, "noise"),
        ("b", 1, "noise"),
    ]


worlds = st.tuples(
    st.dictionaries(st.sampled_from("abcdefghijkl"), st.integers(0, 40), min_size=1),
    st.permutations("abcdefghijkl"),
    st.sets(st.sampled_from("abcdefghijkl"), max_size=3),
)


@given(worlds, st.floats(0, 0.1))
def test_whatever_happens_all_are_ranked_none_moves_far_and_the_order_settles(
    world: tuple[dict[str, int], list[str], set[str]], error: float
) -> None:
    found, before, pins = world
    totals = {name: total / 40 for name, total in found.items()}
    pinned = "".join(sorted(pins & set(totals)))
    now = order(totals, before, error=error, pinned=pinned)
    assert sorted(now) == sorted(totals)
    free = [name for name in before if name in totals and name not in pinned]
    kept = [name for name in now if name not in pinned]
    assert all(abs(free.index(name) - place) <= MOST_PLACES for place, name in enumerate(kept))
    for _ in range(len(before)):
        now = order(totals, now, error=error, pinned=pinned)
    assert order(totals, now, error=error, pinned=pinned) == now


SCENES = [Scene(10, 2_000), Scene(10, 20_000, equal=True), Scene(30, 20_000)]


@pytest.mark.parametrize("scene", SCENES, ids=str)
def test_thirty_days_of_noise_make_at_most_two_moves(scene: Scene) -> None:
    found = [measure_order.noise(scene, seed) for seed in range(12)]
    assert max(moves for moves, _ in found) <= 2
    # Without hysteresis the same tickets move the order about: the test could fail.
    assert sum(plain for _, plain in found) > 3 * len(found)


@pytest.mark.parametrize("scene", [Scene(10, 20_000), Scene(30, 20_000, equal=True)], ids=str)
def test_a_real_doubling_of_a_middle_category_moves_it_within_two_runs(scene: Scene) -> None:
    found = [measure_order.doubling(scene, seed) for seed in range(15)]
    rises = [kept > 0 for kept, by_score in found if by_score > 0]
    assert len(rises) >= 13
    assert all(rises)


def test_a_flood_of_tickets_moves_no_category_more_than_three_places_a_run() -> None:
    world = World(Scene(30, 20_000), 5)
    published = arrangement(world.scores(), {})
    before = [*published]
    world.days[int(before[-1].removeprefix("c"))][-1] += 1_000_000
    after = [*arrangement(world.scores(), published)]
    moves = {name: before.index(name) - after.index(name) for name in before}
    assert max(map(abs, moves.values())) == MOST_PLACES == moves[before[-1]]
