"""Illustrations: every drawing has its words in every language, and only plain SVG."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter import lettering
from helpcenter.facts import unknown_facts
from helpcenter.fragments import FRAGMENTS, FragmentError
from helpcenter.illustrations import draw, load_illustrations
from helpcenter.project import Project
from helpcenter.site_context import Site, View, load_site
from support import BUILD_DAY, ROOT, edit

LANGUAGES = ("en", "zh")
NAMES = sorted(path.stem for path in (ROOT / "docs/_data/illustrations").glob("*.yml"))

# What a strict policy and a sanitizer let through, and what needs no other file.
ELEMENTS = {"g", "path", "rect", "circle", "line", "polyline", "polygon", "text", "tspan"}
ATTRIBUTES = {
    *("class", "d", "x", "y", "width", "height", "rx", "cx", "cy", "r", "transform", "points"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity"),
    *("x1", "y1", "x2", "y2", "font-size", "font-weight", "text-anchor", "data-room"),
}
SMALLEST_TYPE = 12

every_illustration = pytest.mark.parametrize("name", NAMES)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def panels(site: Site, name: str, language: str) -> list[ET.Element]:
    words = site.illustrations[name]
    return [
        ET.fromstring(
            f"<svg>{draw(site.drawings, name, panel.id, words.words(panel, language))}</svg>"
        )
        for panel in words.panels
    ]


def shown(site: Site, language: str, marker: str, **options: str) -> str:
    view = View(site.pages[language, "index"], language)
    return FRAGMENTS[marker].render(site, view, options)


def test_every_drawing_has_words() -> None:
    drawings = {path.stem for path in (ROOT / "overrides/illustrations").glob("[a-z]*.svg")}
    assert drawings == set(NAMES)


@every_language
@every_illustration
def test_a_drawing_is_plain_svg_in_legible_type(site: Site, name: str, language: str) -> None:
    for panel in panels(site, name, language):
        for element in panel.iter():
            assert element is panel or element.tag in ELEMENTS
            assert set(element.attrib) <= ATTRIBUTES
            assert float(element.get("font-size", SMALLEST_TYPE)) >= SMALLEST_TYPE


@every_illustration
def test_a_drawing_uses_every_word_it_is_given(site: Site, name: str) -> None:
    source = (ROOT / f"overrides/illustrations/{name}.svg").read_text(encoding="utf-8")
    used = set(re.findall(r"\bwords\.(\w+)", source))
    words = site.illustrations[name]
    given = set(words.labels).union(*(panel.labels for panel in words.panels))
    assert used == given
    assert {panel.id for panel in words.panels} == set(re.findall(r"macro (\w+)", source))


@every_language
@every_illustration
def test_words_refer_to_facts_that_exist(site: Site, name: str, language: str) -> None:
    words = site.illustrations[name]
    texts = [words.title, *words.labels.values()]
    for panel in words.panels:
        texts += [panel.caption, panel.shows, *panel.labels.values()]
    values = site.values(language)
    assert [unknown_facts(text[language], values) for text in texts] == [[] for _ in texts]


@every_language
def test_a_page_may_show_the_same_panels_still_and_in_turn(site: Site, language: str) -> None:
    html = shown(site, language, "illustration", name="send")
    html += shown(site, language, "walkthrough", name="send")
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 4 * len(site.illustrations["send"].panels)
    named = [name for names in re.findall(r'labelledby="([^"]+)"', html) for name in names.split()]
    assert named == ids


@every_language
def test_the_fragment_stands_in_markdown_as_one_block(site: Site, language: str) -> None:
    for marker in ("illustration", "walkthrough"):
        html = shown(site, language, marker, name="back-up")
        assert "\n\n" not in html
        assert "style=" not in html
        assert "**" not in html
        assert "{{" not in html


def test_a_choice_of_panels_has_neither_numbers_nor_the_title_of_all(site: Site) -> None:
    chosen = shown(site, "en", "illustration", name="send", panels="network,address")
    assert re.findall(r'svg class="hc-picture".*?labelledby="picture-(\S+)-title', chosen) == [
        "send-network",
        "send-address",
    ]
    assert "hc-number-badge" not in chosen
    assert "figcaption" not in chosen
    assert "Picture 2 of 2" in chosen


@pytest.mark.parametrize(
    ("options", "says", "known"),
    [
        ({}, "''", "back-up"),
        ({"name": "sned"}, "'sned'", "send"),
        ({"name": "send", "panels": "adress"}, "adress", "address, network"),
    ],
)
def test_a_marker_that_names_nothing_says_what_there_is(
    site: Site, options: dict[str, str], says: str, known: str
) -> None:
    with pytest.raises(FragmentError, match=says) as error:
        shown(site, "en", "illustration", **options)
    assert known in error.value.hint


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (", zh: 你}", "}", "panels.0.labels.you: the text is missing in zh"),
        ("- id: copy", "- id: network", "the panel network is given twice"),
        ("- id: copy", "- id: Copy", "panels.1.id"),
        ("    caption:\n      en: Ask the sender for", "    words:\n      en: Ask", "caption"),
    ],
)
def test_wrong_words_are_a_problem_with_a_place(
    project: Path, old: str, new: str, says: str
) -> None:
    edit(project / "docs/_data/illustrations/receive.yml", old, new)
    site, problems = load_site(Project(project), datetime.date.fromisoformat(BUILD_DAY))
    assert site is None
    assert {problem.path for problem in problems} == {"docs/_data/illustrations/receive.yml"}
    assert any(says in problem.message and problem.line >= 1 for problem in problems)


def test_words_without_a_drawing_are_a_problem(project: Path) -> None:
    folder = project / "docs/_data/illustrations"
    (folder / "send.yml").rename(folder / "snd.yml")
    _, problems = load_illustrations(Project(project), LANGUAGES)
    assert [(problem.path, problem.rule) for problem in problems] == [
        ("docs/_data/illustrations/snd.yml", "drawing-missing")
    ]


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("Link in a message", 70, ["Link in a", "message"]),
        ("self-custody wallet", 100, ["self-custody", "wallet"]),
        ("把地址发给你。", 84, ["把地址发给", "你。"]),
        ("波场 TRON", 200, ["波场 TRON"]),
        ("（可选）的备注", 42, ["（可", "选）的", "备注"]),
    ],
)
def test_lines_break_where_a_reader_expects_it(text: str, room: int, lines: list[str]) -> None:
    assert lettering.wrap(text, room, 14) == lines


@given(st.text(alphabet="aW -你（）。 ", max_size=40), st.integers(10, 200))
def test_wrapping_loses_no_sign(text: str, room: int) -> None:
    lines = lettering.wrap(text, room, 14)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(alphabet="aW 你", max_size=40), st.integers(10, 200))
def test_a_line_is_too_wide_only_where_it_cannot_be_broken(text: str, room: int) -> None:
    for line in lettering.wrap(text, room, 14):
        assert lettering.width(line, 14) <= room or re.fullmatch("[aW]+|你", line)
