"""What is counted, against a plain model of it, and what must make no difference."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpcenter.faq.taxonomy import Taxonomy, load_taxonomy
from helpcenter.project import Project
from helpcenter.tickets.common import engine as engines
from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.ranking.counts import OTHER, Counts, count
from helpcenter.tickets.reading import staging
from helpcenter.tickets.reading.rules import EXCLUDED
from tickets_support import CASES

LANGUAGES = ("en", "zh")


def taxonomy() -> Taxonomy:
    loaded, problems = load_taxonomy(Project(CASES / "project"), LANGUAGES)
    assert loaded is not None, problems
    return loaded


TAXONOMY = taxonomy()
NONE = len(TAXONOMY.categories)
LATE = TAXONOMY.scoring.reply_target_hours * 60


@dataclass(frozen=True)
class Row:
    """One version of a ticket, as it is staged."""

    file: int
    source: str
    id: str | None
    updated: int
    age: int
    category: int
    language: str | None = None
    requester: int | None = None
    reopens: int | None = None
    satisfied: bool | None = None
    reply_minutes: int | None = None


rows = st.builds(
    Row,
    file=st.just(1),
    source=st.sampled_from(["a", "b"]),
    id=st.sampled_from([None, *"123456789"]),
    updated=st.integers(0, 2),
    age=st.sampled_from([-1, 0, 0, 1, 29, 30]),
    category=st.sampled_from([EXCLUDED, 0, 0, 1, NONE]),
    language=st.sampled_from([None, "en", "zh", "fr"]),
    requester=st.sampled_from([None, 7, 8, 2**63 + 1]),
    reopens=st.sampled_from([None, 0, 1, 3]),
    satisfied=st.sampled_from([None, True, False]),
    reply_minutes=st.sampled_from([None, 0, LATE, LATE + 1]),
)
tables = st.lists(rows, max_size=14)
some = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engines.start(tmp_path_factory.mktemp("engine"), [], progress=False) as engine:
        staging.prepare(engine, TAXONOMY, as_of=datetime.date(2026, 11, 20), key="k")
        yield engine


def counted(engine: Engine, table: Sequence[Row]) -> Counts:
    engine.run("DELETE FROM staged")
    columns = list(zip(*map(astuple, table), strict=True)) if table else [()] * 11
    types = ["INTEGER", "VARCHAR", "VARCHAR", "BIGINT", "INTEGER", "INTEGER", "VARCHAR", "UBIGINT"]
    types += ["INTEGER", "BOOLEAN", "INTEGER"]
    names = [f"unnest(?::{kind}[]) AS c{at}" for at, kind in enumerate(types)]
    engine.run(
        "INSERT INTO staged SELECT c0, c1, c2, to_timestamp(c3), * EXCLUDE (c0, c1, c2, c3) "
        f"FROM (SELECT {', '.join(names)})",
        [list(column) for column in columns],
    )
    return count(engine, TAXONOMY, 0, languages=LANGUAGES)


def numbers(counts: Counts) -> dict[str, tuple[int, ...]]:
    return {name: each.days() for name, each in counts.categories.items()}


def model(table: Sequence[Row]) -> dict[tuple[int, int], int]:
    """The count of each category and age, worked out the slow way."""
    latest: dict[tuple[str, str], Row] = {}
    people: dict[tuple[str, str], set[int]] = {}
    for row in table:
        if row.id is not None:
            key = (row.source, row.id)
            best = latest.get(key)
            rank = (row.updated, -row.category, row.age)
            if best is None or rank > (best.updated, -best.category, best.age):
                latest[key] = row
            people.setdefault(key, set()).update({row.requester} - {None})  # type: ignore[arg-type]
    units = {
        (row.category, row.age, tuple(people[key]) if len(people[key]) == 1 else key)
        for key, row in latest.items()
        if row.category != EXCLUDED and 0 <= row.age < TAXONOMY.scoring.window_days
    }
    found: dict[tuple[int, int], int] = {}
    for category, age, _ in units:
        found[category, age] = found.get((category, age), 0) + 1
    return found


@some
@given(tables)
def test_the_latest_version_counts_and_a_requester_once_a_day_and_category(
    engine: Engine, table: list[Row]
) -> None:
    counts = counted(engine, table)
    days = [*(each.days() for each in counts.categories.values()), counts.uncategorized_daily]
    expected = model(table)
    assert {
        (category, age): number
        for category, by_age in enumerate(days)
        for age, number in enumerate(by_age)
        if number
    } == expected
    assert counts.read == sum(
        (counts.repeated, counts.excluded, counts.outside, counts.same_requester)
    ) + sum(expected.values())


@some
@given(tables, st.randoms(use_true_random=False), st.integers(1, 2**64 - 9))
def test_order_repetition_files_and_the_runs_key_make_no_difference(
    engine: Engine, table: list[Row], chance: object, key: int
) -> None:
    expected = counted(engine, table)
    again = [
        replace(
            row,
            file=chance.randint(1, 3),  # type: ignore[attr-defined]
            requester=None if row.requester is None else (row.requester ^ key) % 2**64,
        )
        for row in [*table, *table]
    ]
    chance.shuffle(again)  # type: ignore[attr-defined]
    found = counted(engine, again)
    assert found.categories == expected.categories
    assert found.uncategorized_daily == expected.uncategorized_daily


@some
@given(tables, rows)
def test_one_ticket_more_changes_at_most_one_count_by_at_most_one(
    engine: Engine, table: list[Row], row: Row
) -> None:
    before = numbers(counted(engine, table))
    after = numbers(counted(engine, [*table, replace(row, id="new")]))
    changes = [
        new - old for name in before for old, new in zip(before[name], after[name], strict=True)
    ]
    assert sum(map(abs, changes)) <= 1
    assert min(changes) == 0


def ticket(number: int, **values: object) -> Row:
    return replace(Row(1, "a", str(number), 0, 0, 0), **values)  # type: ignore[arg-type]


def test_a_flood_by_one_requester_is_one_ticket_a_day(engine: Engine) -> None:
    flood = [ticket(number, requester=5, age=number % 3) for number in range(999)]
    counts = counted(engine, flood)
    assert counts.categories["scam"].days()[:4] == (1, 1, 1, 0)
    assert counts.same_requester == 996
    bad = [ticket(number, requester=5, satisfied=False, reopens=1) for number in range(99)]
    scam = counted(engine, bad).categories["scam"]
    assert (scam.rated, scam.dissatisfied, scam.reopened) == (1, 1, 1)


def test_a_requester_counts_in_every_category(engine: Engine) -> None:
    both = [ticket(1, requester=5), ticket(2, requester=5, category=1)]
    assert sum(map(sum, numbers(counted(engine, both)).values())) == 2


def test_languages_split_the_counts_and_do_not_change_them(engine: Engine) -> None:
    table = [ticket(n, language=code) for n, code in enumerate(["en", "zh", "zh", "fr", None])]
    scam = counted(engine, table).categories["scam"]
    assert {code: days[0] for code, days in scam.daily.items()} == {"en": 1, "zh": 2, OTHER: 2}
    assert scam.days()[0] == 5
    same = [ticket(n, language=code, requester=3) for n, code in enumerate(["zh", "en"])]
    assert counted(engine, same).categories["scam"].days()[0] == 1


def test_reopened_rated_and_late_tickets_are_counted(engine: Engine) -> None:
    table = [
        ticket(1, reopens=2, satisfied=False, reply_minutes=LATE + 1),
        ticket(2, reopens=0, satisfied=True, reply_minutes=LATE),
        ticket(3),
    ]
    scam = counted(engine, table).categories["scam"]
    assert (scam.reopened, scam.rated, scam.dissatisfied, scam.replied, scam.late) == (
        1,
        2,
        1,
        2,
        1,
    )
