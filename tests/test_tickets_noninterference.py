"""What customers write moves nothing and reaches nothing, whatever helpdesk it comes from.

Every run has another key for its requesters, so that each comparison here is also one of keys.
`make test-privacy` tries many more examples.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpcenter.tickets.common.errors import CODES
from hostile_exports import EXPORTS, TIMES, WORDS, hostile, plain, poisoned, tickets
from hostile_texts import FIXED_TEXTS, RULE_WORDS, leaks, secrets
from sync_watch import PROPOSAL, REPORT, Seen, Watched, watched

EXAMPLES = int(os.environ.get("SYNC_EXAMPLES", "1"))
# Most runs are short ones; a report has plots.
MODES = (*("write", "--json", "--check", "--proposal") * 6, "--unmapped", "--report")
# What shows names of columns as well: these are secrets in no example of it.
SHOWING_NAMES = ("--explain-mapping",)

ALL = tickets()
# Each ticket once: the counts tell every difference, however small.
FEW = [ticket for ticket in ALL if ticket.id < 1100]

some = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES < 10,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
seeds = st.integers(0, 1 << 32)
written = st.lists(st.text(min_size=1, max_size=30), max_size=8)


@pytest.fixture(scope="module")
def sync(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    return watched(tmp_path_factory.mktemp("noninterference"))


@pytest.fixture(scope="module")
def expected(sync: Watched) -> Expected:
    return Expected(sync)


class Expected:
    """What the tickets as the systems write them give, by what was asked."""

    def __init__(self, sync: Watched) -> None:
        self.sync = sync
        self.of = cache(self._of)

    def _of(self, name: str, mode: str, many: bool) -> Seen:
        rows = ALL if many else FEW
        seen = self.sync.run(
            [plain(part, rows) for part in EXPORTS[name]], *options(mode, self.sync)
        )
        assert seen.err == ""
        return seen


def options(mode: str, sync: Watched) -> Sequence[str | Path]:
    if mode in ("--proposal", "--report"):
        return (mode, sync.project / (PROPOSAL if mode == "--proposal" else REPORT))
    return (mode,) if mode != "write" else ()


@pytest.mark.parametrize("name", EXPORTS)
@some
@given(seed=seeds, texts=written)
def test_nothing_a_customer_wrote_changes_a_byte(
    name: str, sync: Watched, expected: Expected, seed: int, texts: list[str]
) -> None:
    chance = Random(seed)
    many = chance.random() < 0.1
    mode = chance.choice(MODES)
    rows = ALL if many else FEW
    texts = [*secrets(seed), *texts]
    as_parquet = chance.random() < 0.25
    found = sync.run(
        [hostile(part, rows, texts, chance, as_parquet=as_parquet) for part in EXPORTS[name]],
        *options(mode, sync),
    )
    assert found == expected.of(name, mode, many)


@pytest.mark.parametrize("name", EXPORTS)
@some
@given(seed=seeds, texts=written)
def test_a_secret_in_a_field_that_is_read_is_in_no_output(
    name: str, sync: Watched, expected: Expected, seed: int, texts: list[str]
) -> None:
    chance = Random(seed)
    planted = secrets(seed)
    fields = chance.choice([TIMES, WORDS])
    mode = chance.choice([*MODES, *SHOWING_NAMES])
    names = mode not in SHOWING_NAMES
    found = sync.run(
        [
            poisoned(part, ALL, [*planted, *texts], chance, fields, names=names)
            for part in EXPORTS[name]
        ],
        *options(mode, sync),
    )
    printed = [expected.of(name, each, True) for each in ("write", mode)]
    innocent = "\n".join([*(text for seen in printed for text in seen.outputs()), FIXED_TEXTS])
    innocent = innocent.lower()
    assert leaks(planted, found.outputs(), innocent) == []
    assert found.code in (0, 1, 4)
    assert (found.code == 4) == bool(found.err)
    assert found.err == "" or found.err.split()[0] in CODES.keys() - {"E_INTERNAL"}


@pytest.mark.parametrize("name", EXPORTS)
def test_order_repetition_and_splitting_of_tickets_change_no_byte(
    name: str, sync: Watched, expected: Expected
) -> None:
    chance = Random(name)
    rows = [*ALL, *chance.sample(ALL, 40)]
    chance.shuffle(rows)
    cut = chance.randrange(1, len(rows))
    parts = [rows[:cut], rows[cut:]]
    contents = [plain(part, each) for each in parts for part in EXPORTS[name]]
    chance.shuffle(contents)
    found, whole = sync.run(contents), expected.of(name, "write", True)
    assert (found.code, found.err) == (0, "")
    assert found.files == whole.files


@pytest.mark.parametrize("name", EXPORTS)
def test_the_script_of_a_subject_moves_only_languages(
    name: str, sync: Watched, expected: Expected
) -> None:
    turned = {"en": "zh", "zh": "other", "other": "en"}
    words = {"en": "subject", "zh": "主题", "other": "かな"}
    rows = [
        replace(ticket, subject=words[turned[ticket.language]], language=turned[ticket.language])
        for ticket in ALL
    ]
    found = sync.run([plain(part, rows) for part in EXPORTS[name]])
    whole = expected.of(name, "write", True)
    assert found.counts == whole.counts
    assert without_notices(found) == without_notices(whole)


def without_notices(seen: Seen) -> tuple[dict[str, str], list[str]]:
    """What a run left and showed but for surges, which are found by language."""
    kept = {name: text for name, text in seen.files.items() if "/notices/" not in name}
    shown = [line for line in seen.out.splitlines() if "/notices/" not in line]
    return kept, [line for line in shown if "since 2026-" not in line and line != "surges:"]


def test_one_ticket_moves_one_weight_by_one_step_and_no_place(sync: Watched) -> None:
    name = "zendesk/view"
    whole = sync.run([plain(name, ALL)])
    before = weights(whole)
    assert sum(weight > 0 for weight in before.values()) >= 1
    for number in Random(1).sample(range(len(ALL)), 6 if EXAMPLES < 10 else len(ALL)):
        one_less = ALL[:number] + ALL[number + 1 :]
        found = weights(sync.run([plain(name, one_less)]))
        moved = [(before[key], found[key]) for key in before if before[key] != found[key]]
        assert len(moved) <= 1
        assert all(was == 2 * now or (was, now) == (32, 0) for was, now in moved)
        sync.run([plain(name, ALL)])
        # Where an order is published, one ticket moves nothing in it.
        after = sync.run([plain(name, one_less)], fresh=False)
        assert list(weights(after)) == list(before)


def weights(seen: Seen) -> dict[str, int]:
    """The published weights, in the published order."""
    lines = seen.files["docs/_data/faq_ranking.yml"].splitlines()
    pairs = [line.strip(" -{}").split(", ") for line in lines if "category:" in line]
    return {one.split(": ")[1]: int(other.split(": ")[1]) for one, other in pairs}


def test_rule_words_are_words_that_count(sync: Watched) -> None:
    """Else the examples above would prove nothing."""
    base = "id,created_at,note,tags\n1,2026-11-10,x,other\n"
    plainly = sync.run([base.encode()])
    moved = 0
    for word in RULE_WORDS:
        escaped = word.replace('"', '""')
        found = sync.run([base.replace("other", f'"{escaped}"').encode()])
        moved += found.counts != plainly.counts
    assert moved >= len(RULE_WORDS) - 4
