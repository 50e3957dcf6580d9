"""Phrases are words of a label, in scripts with spaces and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.faq.taxonomy import Taxonomy, learn
from helpcenter.tickets.common import engine as engines
from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.exports.source import load_sources
from helpcenter.tickets.reading import rules
from tickets_support import CASES

DATA = yaml.safe_load((CASES / "phrases.yml").read_text(encoding="utf-8"))
NAMES = [category["id"] for category in DATA["categories"]]


def taxonomy_of(categories: list[dict[str, object]], words: list[str]) -> Taxonomy:
    shared = {"name": {"en": "x"}, "theme": "support", "severity": 1}
    weights = {"volume": 1, "severity": 0, "trend": 0}
    return Taxonomy.model_validate(
        {
            "schema": 1,
            "scoring": {"window_days": 30, "half_life_days": 10, "weights": weights},
            "words": words,
            "categories": [shared | category for category in categories],
        },
        context={"languages": ["en"]},
    )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    sources, problems = load_sources()
    assert problems == []
    with engines.start(tmp_path_factory.mktemp("engine"), [], progress=False) as engine:
        engine.run(rules.RULES)
        taxonomy = taxonomy_of(DATA["categories"], DATA["words"])
        rules.install(engine, taxonomy, next(iter(sources.values())))
        yield engine


def categories(engine: Engine, labels: list[str], kind: str = "tag") -> list[str | None]:
    """The category of each label; one query for all, because each is long to prepare."""
    exact = "in_tags(label)" if kind == "tag" else "in_topics(topic_terms(label))"
    found = engine.run(
        f"SELECT least({exact}, in_{kind}_phrases(label)) FROM "
        "(SELECT unnest(?::VARCHAR[]) AS label, unnest(range(?)) AS place) ORDER BY place",
        [labels, len(labels)],
    )
    return [None if number is None else NAMES[int(number)] for (number,) in found]


@pytest.fixture(scope="module")
def found(engine: Engine) -> dict[str, str | None]:
    labels = [case["label"] for case in DATA["cases"]]
    return dict(zip(labels, categories(engine, labels), strict=True))


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["label"] or "nothing")
def test_a_phrase_is_found_where_it_is_a_word(
    case: dict[str, str], found: dict[str, str | None]
) -> None:
    assert found[case["label"]] == case.get("in"), case.get("why")


def test_there_are_cases() -> None:
    assert len(DATA["cases"]) >= 60


def test_field_values_are_looked_into_like_tags(engine: Engine) -> None:
    labels = ["提现失败", "seed phrase lost", "提现手续费", "coffee", "前提现在"]
    assert categories(engine, labels, "topic") == categories(engine, labels)


def test_a_value_is_not_taken_apart_into_words(engine: Engine) -> None:
    label = "ios 提现费用问题"
    assert categories(engine, [label]) == ["fees"]
    assert categories(engine, [label, "Scam report"], "topic") == ["withdrawal", "scam"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=40))
def test_any_label_is_in_one_category_or_in_none(engine: Engine, labels: list[str]) -> None:
    texts = [label.encode("utf-8", "replace").decode().replace("\x00", "") for label in labels]
    together = categories(engine, texts)
    assert {*together} <= {*NAMES, None}
    assert categories(engine, texts[::-1]) == together[::-1]


def test_a_chinese_phrase_is_found_between_any_unknown_characters(engine: Engine) -> None:
    phrases = {"提现": "withdrawal", "助记词": "phrase", "手续费": "fees"}
    around = ["甲", "甲乙", "、", " ", "-", "（", "a", "1", "。", "\U0001f600"]
    labels = [one + phrase + other for phrase in phrases for one in around for other in around]
    expected = [name for name in phrases.values() for _ in range(len(around) ** 2)]
    assert categories(engine, labels) == expected


def test_without_phrases_nothing_is_looked_into(tmp_path: Path) -> None:
    sources, _ = load_sources()
    with engines.start(tmp_path, [], progress=False) as plain:
        plain.run(rules.RULES)
        taxonomy = taxonomy_of([{"id": "one", "tags": ["提现"]}], [])
        rules.install(plain, taxonomy, next(iter(sources.values())))
        found = plain.run("SELECT in_tags('提现'), in_tag_phrases('提现'), in_topic_phrases('x')")
        assert found == [(0, None, None)]


def test_a_chinese_compound_belongs_to_what_its_end_names() -> None:
    taxonomy = taxonomy_of(
        [
            {"id": "withdrawal", "phrases": ["提现"]},
            {"id": "fees", "phrases": ["手续费", "费"]},
            {"id": "code", "phrases": ["2FA", "验证码"]},
        ],
        ["会员费"],
    )
    compounds = ["提现手续费", "提现地址", "会员费", "手续费", "短信验证码", "网络"]
    learned = learn(taxonomy, compounds)
    assert [category.phrases for category in learned.categories] == [
        ("提现",),
        ("手续费", "费", "提现手续费"),
        ("2FA", "验证码", "短信验证码"),
    ]
    assert learned.words == ("会员费", "提现地址", "网络")
