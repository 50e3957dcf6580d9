"""The index says of each page what a reader could ask for, the same from the same pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpcenter.glossary import Glossary, WordGroup, load_glossary
from helpcenter.project import Project
from helpcenter.search import built, corpus, files, index, lexicon, measure, segment, sounds
from helpcenter.search.documents import Document, Section
from helpcenter.search.lexicon import Matcher, Meaning, key_of
from helpcenter.search.normalise import normalise, units
from helpcenter.search.stem import stem
from helpcenter.site_context import Site
from support import ROOT, build, edit, published_path

documents_of = built.documents
CASES = ROOT / "tests" / "cases" / "search"
VECTORS = yaml.safe_load((CASES / "vectors.yml").read_text(encoding="utf-8"))


def document(name: str, title: str, text: str = "", **more: Any) -> Document:
    return Document(name, title, (Section("", "", text),), url=f"{name}/", **more)


@pytest.mark.parametrize(("text", "expected"), VECTORS["normalise"].items())
def test_text_is_compared_in_one_form(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize(("text", "expected"), VECTORS["units"].items())
def test_a_text_is_cut_into_characters_and_words(text: str, expected: list[str]) -> None:
    assert units(text) == expected


@pytest.mark.parametrize("words", VECTORS["stem"], ids=lambda words: words[0])
def test_the_forms_of_a_word_meet(words: list[str]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize("words", VECTORS["apart"], ids=lambda words: words[0])
def test_different_words_do_not_meet(words: list[str]) -> None:
    assert len({stem(word) for word in words}) == len(words)


@pytest.mark.parametrize(("word", "expected"), VECTORS["key"].items())
def test_a_word_of_the_glossary_is_found_by_its_units(word: str, expected: list[str]) -> None:
    assert list(key_of(normalise(word))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the coins have not yet arrived", {0}),
        ("never mind", set()),
        ("提现还没有到账", {0}),
        ("未到账", {0}),
        ("我到账了", set()),
    ],
)
def test_a_meaning_is_found_whatever_stands_inside(text: str, expected: set[int]) -> None:
    matcher = Matcher((Meaning("problem", ("not arrived", "没到账")),))
    stems = [unit if len(unit) == 1 else stem(unit) for unit in units(normalise(text))]
    assert {meaning for _, _, meaning in matcher.found(stems)} == expected


def test_the_corpus_teaches_words_that_no_dictionary_has() -> None:
    text = "提现到账了。到账时间。没有到账。充值到账。到账通知。"
    assert ("到账", 1.0) in segment.segmenter((), [text])("何时到账")


def test_the_glossary_teaches_words_that_no_dictionary_has() -> None:
    assert ("提币", 1.0) not in segment.segmenter((), [])("我要提币")
    assert ("提币", 1.0) in segment.segmenter(["提币"], [])("我要提币")


def made(*documents: Document, words: lexicon.Lexicon = ()) -> dict[str, Any]:
    found = files.files(index.build(documents, words), landmarks={"secret": "safety"})
    return {name: json.loads(text) for name, text in found.items()}


def test_a_title_tells_more_than_the_text() -> None:
    build = index.build(
        [document("a", "Withdrawal delayed"), document("b", "Fees", "A withdrawal has a fee.")], ()
    )
    title, text = build.postings["withdraw"]
    assert title.impact > text.impact
    assert (title.places, text.places) == (index.IN_TITLE, 0)


def test_a_meaning_is_in_the_index_once_for_all_of_its_words() -> None:
    words = (Meaning("action", ("withdraw", "cash out", "提现")),)
    found = index.build(
        [document("a", "Cash out"), document("b", "提现"), document("c", "Fees")], words
    )
    assert [posting.document for posting in found.postings["#0"]] == [0, 1]


def test_narrower_words_are_not_what_they_are_a_case_of() -> None:
    words = (Meaning("brand", ("exchange",), ("Binance",)),)
    assert "#0" not in index.build([document("a", "Binance")], words).postings


def test_a_short_chinese_word_is_found_only_where_a_word_begins_and_ends() -> None:
    words = (Meaning("action", ("deposit", "入金")),)
    found = index.build([document("a", "如何入金"), document("b", "请输入金额")], words)
    assert [posting.document for posting in found.postings["#0"]] == [0]


def test_a_phrase_may_hold_words_that_say_nothing_alone() -> None:
    words = (Meaning("problem", ("coins gone", "not received")),)
    texts = ("My coins are gone", "I haven't received it", "A coin")
    found = index.build([document(text, text) for text in texts], words)
    assert [posting.document for posting in found.postings["#0"]] == [0, 1]


def test_words_of_the_other_script_are_not_in_the_core() -> None:
    words = (Meaning("action", ("withdraw", "提现")), Meaning("asset", ("usdt", "泰达币")))
    english, chinese = (made(document("a", title), words=words) for title in ("Fee", "费用"))
    assert english["core.json"]["lexicon"] == [["withdraw"], ["usdt"]]
    assert english["words.json"] == [["提现"], ["泰达币"]]
    assert chinese["core.json"]["lexicon"] == [["提现"], ["usdt|泰达币"]]
    assert chinese["words.json"] == [["withdraw"], []]


def test_the_core_holds_everything_in_a_small_index() -> None:
    core = made(document("a", "Send coins", "ledger"), document("safety", "Safety"))["core.json"]
    assert [title[2] for title in core["titles"]] == ["Send coins", "Safety"]
    assert core["landmarks"] == {"secret": 1}
    assert "ledg" in decoded(core["terms"])


def test_a_large_index_keeps_rare_words_and_titles_out_of_the_core() -> None:
    many = [document(f"p{number}", "Fees", f"word{number}") for number in range(files.MANY)]
    found = made(*many)
    core = found["core.json"]
    assert "titles" not in core
    assert "word7" not in decoded(core["terms"])
    in_chunks = [
        term for name, chunk in found.items() if name.startswith("p-") for term in decoded(chunk[0])
    ]
    assert "word7" in in_chunks
    assert in_chunks == sorted(in_chunks)
    assert found["d-1.json"][0][0] == f"p{files.BLOCK}/"


def decoded(text: str) -> list[str]:
    """What vocabulary.js does."""
    terms: list[str] = []
    for line in text.split("\n"):
        terms.append((terms[-1] if terms else "")[: int(line[0], 36)] + line[1:])
    return terms


def test_the_same_pages_give_the_same_bytes(built: Path, site: Site) -> None:
    words = lexicon.from_glossary(site.glossary)
    first, second = (
        files.files(index.build(documents_of(site, built, "zh"), words), landmarks={})
        for _ in range(2)
    )
    assert first == second


def test_a_page_is_found_by_title_question_heading_and_text(built: Path, site: Site) -> None:
    found = {each.id: each for each in documents_of(site, built, "en")}
    page = found["faq/withdrawal-delayed"]
    assert page.title == "Why is my withdrawal still pending?"
    assert page.url == "faq/withdrawal-delayed/"
    assert "cancel a withdrawal" in page.asked_as
    assert page.answer is not None
    assert page.answer.startswith("A withdrawal from your exchange account")
    assert ("steps", "What to do") in [(part.anchor, part.heading) for part in page.sections]
    assert "{{" not in "".join(part.text for part in page.sections)
    assert page.twin_title == site.pages["zh", "faq/withdrawal-delayed"].meta.title


def test_chinese_pages_have_addresses_below_their_own_root(built: Path, site: Site) -> None:
    found = {each.id: each for each in documents_of(site, built, "zh")}
    assert found["faq/withdrawal-delayed"].url == "faq/withdrawal-delayed/"
    assert found["index"].url == ""


def test_every_term_of_the_glossary_is_found_at_its_place(built: Path, site: Site) -> None:
    found = [each for each in documents_of(site, built, "en") if each.type == "glossary"]
    assert [each.anchor for each in found] == [term.id for term in site.glossary.terms]
    assert {each.url for each in found} == {"reference/glossary/"}


def test_the_faq_is_weighed_by_its_ranking(built: Path, site: Site) -> None:
    found = {each.id: each.weight for each in documents_of(site, built, "en")}
    asked = [found[category.slug] for category in site.faq_order]
    assert asked == sorted(asked, reverse=True)
    assert 1 < asked[-1] <= asked[0] < 1.1


def test_hidden_pages_and_fallbacks_are_not_found(project: Path, tmp_path: Path) -> None:
    (project / "docs" / "zh" / "security" / "two-factor.md").unlink()
    assert build(project, tmp_path / "site", "-q").returncode == 0
    index = tmp_path / "site" / published_path(tmp_path / "site", "search/zh/core.json")
    text = index.read_text("utf-8")
    assert "security/two-factor/" not in text
    assert "security/phishing-and-fake-support/" in text


def test_sounds_and_scripts_are_cut_down_to_what_can_matter() -> None:
    assert sounds.traditional("词现") == "現现詞词"
    assert sounds.syllables("词现线") == "ci词 xian现线"
    assert sounds.pinyin("旅行") == "lvxing"


def test_figures_are_those_of_the_books() -> None:
    asked = [
        measure.Asked("all", "", {"a": 2}, ["a"]),
        measure.Asked("all", "", {"a": 2, "b": 1}, ["x", "b", "a"]),
        measure.Asked("all", "", {"a": 2}, ["x"] * 10 + ["a"]),
        measure.Asked("all", "", {"a": 2}, []),
    ]
    found = measure.figures(asked)
    assert found["recall@1"] == 0.25
    assert found["recall@3"] == found["recall@10"] == 0.5
    assert found["mrr"] == (1 + 1 / 2) / 4
    assert found["zero"] == 0.25
    best = 3 + 1 / 1.584962500721156
    second = 1 / 1.584962500721156 + 3 / 2
    assert found["ndcg"] == pytest.approx((1 + second / best) / 4)


def test_any_corpus_can_be_read(tmp_path: Path) -> None:
    pages, queries = tmp_path / "p.jsonl", tmp_path / "q.jsonl"
    lines = [
        {
            "id": 7,
            "lang": "en-US",
            "title": "Send",
            "headings": ["Steps", "Gone"],
            "text": "A Steps B",
        },
        {"id": "en/x", "lang": "en", "title": "Swap", "text": None},
        {"id": "zh/x", "lang": "zh-CN", "title": "兑换", "headings": None, "text": "文"},
    ]
    pages.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    queries.write_text('{"query": "x", "lang": "zh", "rel": {"zh/x": 2}}\n\n', encoding="utf-8")
    found, problems = corpus.read(pages, queries)
    assert problems == []
    assert found is not None
    send, swap = found.documents["en"]
    assert [(part.heading, part.text) for part in send.sections] == [("", "A"), ("Steps Gone", "B")]
    assert swap.twin_title == "兑换"
    assert found.documents["zh"][0].twin_title == "Swap"
    assert found.questions["zh"][0].split == "all"


def test_ids_and_texts_of_any_corpus_stay_whole(tmp_path: Path) -> None:
    pages, queries = tmp_path / "p.jsonl", tmp_path / "q.jsonl"
    page = {"id": "https://x.example/a#b", "lang": "en", "title": "A", "text": "1\u2028\x852"}
    pages.write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
    queries.write_text("", encoding="utf-8")
    found, problems = corpus.read(pages, queries)
    assert problems == []
    assert found is not None
    [document] = found.documents["en"]
    assert document.page == page["id"]
    assert Document("glossary#gas", "Gas", (), anchor="gas").page == "glossary"


def test_a_line_that_is_no_question_is_named(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text("{}", encoding="utf-8")
    (tmp_path / "q.jsonl").write_text('{"query": "x"}\n{"lang": "en"}\n', encoding="utf-8")
    found, problems = corpus.read(tmp_path / "p.jsonl", tmp_path / "q.jsonl")
    assert found is None
    assert [problem.line for problem in problems] == [1, 2]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("search:", "search:\n  - {id: wallet, kind: thing, words: {en: [x]}}", "given twice"),
        ("search:", "search:\n  - {id: new, kind: verb, words: {en: [x]}}", "kind"),
        ("search:", "search:\n  - {id: new, kind: thing, words: {}}", "has no word"),
        ("search:", "search:\n  - {id: new, kind: thing, words: {fr: [x]}}", "not a language"),
        ("search:", "search:\n  - {id: new, kind: thing, words: {en: [X, x]}}", "listed twice"),
        ("search:", "search:\n  - {id: n, kind: thing, opposite: [o], words: {en: [x]}}", "no id"),
    ],
)
def test_a_wrong_group_of_words_is_a_problem(project: Path, old: str, new: str, rule: str) -> None:
    path = project / "docs" / "_data" / "glossary.yml"
    edit(path, f"\n{old}\n", f"\n{new}\n")
    glossary, problems = load_glossary(Project(project), ("en", "zh"))
    assert glossary is None
    assert any(rule in problem.message for problem in problems), problems


def test_words_of_both_languages_and_lists_become_meanings() -> None:
    glossary = Glossary.model_construct(
        terms=(),
        search=(
            WordGroup(
                id="a",
                kind="action",
                words={"en": ("Cash Out",), "zh": ("提現",)},
                narrower={"en": ("x",)},
            ),
        ),
    )
    assert lexicon.from_glossary(glossary) == (Meaning("action", ("cash out", "提现"), ("x",)),)


def test_opposites_are_so_both_ways() -> None:
    groups = (
        WordGroup(id="in", kind="action", words={"en": ("deposit",)}),
        WordGroup(id="out", kind="action", words={"en": ("withdraw",)}, opposite=("in",)),
    )
    meanings = lexicon.from_glossary(Glossary.model_construct(terms=(), search=groups))
    assert [meaning.opposite for meaning in meanings] == [(1,), (0,)]


def test_there_are_enough_questions_and_a_third_only_checks() -> None:
    for language in ("en", "zh"):
        questions = yaml.safe_load((CASES / f"{language}.yml").read_text(encoding="utf-8"))
        checking = [question for question in questions if question["split"] == "check"]
        assert len(questions) >= 150
        assert abs(len(checking) / len(questions) - 1 / 3) < 0.02
