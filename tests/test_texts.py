"""Strings, facts and product texts: the same in every language, shown in each one's own way."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.facts import fill, format_amount, format_day, format_fact, unknown_facts
from helpcenter.project import Project
from helpcenter.site_context import Site, load_site
from helpcenter.strings import load_strings
from support import ROOT, edit

DAY = datetime.date(2026, 11, 22)


def write_strings(folder: Path, **files: str) -> Project:
    data = folder / "docs" / "_data" / "strings"
    data.mkdir(parents=True)
    for language, text in files.items():
        (data / f"{language}.yml").write_text(text, encoding="utf-8")
    return Project(folder)


def test_a_text_missing_in_one_language_is_a_problem_of_that_file(tmp_path: Path) -> None:
    project = write_strings(tmp_path, en="a: A\nb: {c: C}\n", zh="a: 甲\n")
    _, problems = load_strings(project, ("en", "zh"))
    assert [(p.path, p.rule) for p in problems] == [("docs/_data/strings/zh.yml", "string-missing")]
    assert "'b.c'" in problems[0].message


def test_a_language_needs_only_its_own_plural_forms(tmp_path: Path) -> None:
    project = write_strings(
        tmp_path, en='day: {one: "{n} day", other: "{n} days"}\n', zh='day: {other: "{n} 天"}\n'
    )
    strings, problems = load_strings(project, ("en", "zh"))
    assert problems == []
    assert [strings["en"].count("day", n) for n in (1, 2)] == ["1 day", "2 days"]
    assert [strings["zh"].count("day", n) for n in (1, 2)] == ["1 天", "2 天"]


def test_parameters_that_differ_between_languages_are_a_problem(tmp_path: Path) -> None:
    project = write_strings(tmp_path, en='a: "{site}"\n', zh='a: "{host}"\n')
    _, problems = load_strings(project, ("en", "zh"))
    assert {p.rule for p in problems} == {"string-parameters"}


def test_every_text_is_shown_somewhere(site: Site) -> None:
    """A text counts as used where its key stands, or a key made from its group."""
    folders = (ROOT / "scripts", ROOT / "overrides")
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".html")
    )
    made = set(re.findall(r"""["']([a-z_.]+\.)(?:["'] ~|\{)""", code))
    for key in site.strings["en"].texts:
        base = re.sub(r"\.(one|other)$", "", key)
        groups = {base[: place + 1] for place, mark in enumerate(base) if mark == "."}
        assert base in code or groups & made, f"{base} is shown nowhere"


def test_an_unknown_text_is_an_error_of_the_code(site: Site) -> None:
    with pytest.raises(KeyError):
        site.strings["en"].text("no.such.text")


@pytest.mark.parametrize(
    ("name", "en", "zh"),
    [
        ("support.acknowledgement", "1 business day", "1 个工作日"),
        ("support.first_reply", "24 hours", "24 小时"),
        ("account.phrase_words", "12 words", "12 个单词"),
        ("swap.default_slippage", "0.5%", "0.5%"),
        ("support.hours", "every day, around the clock", "每天 24 小时"),
    ],
)
def test_a_fact_reads_naturally_in_each_language(site: Site, name: str, en: str, zh: str) -> None:
    fact = site.facts[name]
    assert [format_fact(fact, site.strings[code]) for code in ("en", "zh")] == [en, zh]


def test_days_and_amounts_are_written_as_people_write_them() -> None:
    assert format_day(DAY, "en") == "November 22, 2026"
    assert format_day(DAY, "zh") == "2026 年 11 月 22 日"
    assert format_amount(Decimal("12345.00015"), "en") == "12,345.00015"


@given(st.decimals(min_value=0, max_value=10**12, places=18))
def test_an_amount_keeps_every_digit(amount: Decimal) -> None:
    assert Decimal(format_amount(amount, "en").replace(",", "")) == amount


def test_placeholders_are_a_look_up_and_never_an_expression() -> None:
    values = {"a.b": "{{ a.b }}", "c.d": "1"}
    assert fill("{{ a.b }} {{c.d}} {{ c.d + 1 }}", values) == "{{ a.b }} 1 {{ c.d + 1 }}"
    assert unknown_facts("{{ a.b }} {{ c.d + 1 }}", values) == ["c.d + 1"]


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "says"),
    [
        ("product.yml", "tag: zh-Hans,", "", "data-invalid", "languages.1.tag"),
        ("product.yml", "zh: Acme 钱包}", "fr: Acme}", "data-invalid", "missing in zh"),
        ("product.yml", "reply: support.chat_reply", "reply: no.fact", "fact-unknown", "no.fact"),
        ("facts.yml", 'value: "0.5"', "value: 0.5", "data-invalid", "must be in quotes"),
        ("facts.yml", "unit: word", "unit: fortnight", "data-invalid", "account.phrase_words"),
        ("fees.yml", 'amount: "0.00015"', "amount: 0.00015", "data-invalid", "must be in quotes"),
        ("fees.yml", "asset: BTC\n", "asset: DOGE\n", "data-invalid", "'DOGE' is not in assets"),
        ("fees.yml", "network: solana\n", "network: sol\n", "data-invalid", "is not in networks"),
        ("faq_categories.yml", "volume: 0.5", "volume: 0.4", "data-invalid", "not to 1"),
        ("faq_categories.yml", "severity: 4\n", "severity: 9\n", "data-invalid", "severity"),
        ("notices.yml", "ends: 2027", "ends: 2026-01-01T00:00:00Z #", "data-invalid", "before it"),
        ("strings/zh.yml", "  home: 首页\n", "", "string-missing", "'nav.home'"),
    ],
)
def test_a_wrong_value_in_a_data_file_is_a_problem_of_that_file(
    project: Path, file: str, old: str, new: str, rule: str, says: str
) -> None:
    edit(project / "docs/_data" / file, old, new)
    site, problems = load_site(Project(project), DAY)
    assert site is None
    assert {(p.path, p.rule) for p in problems} == {(f"docs/_data/{file}", rule)}
    assert any(says in p.message for p in problems), "\n".join(map(str, problems))
    assert all(p.line >= 1 and p.hint for p in problems)
