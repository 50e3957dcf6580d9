from __future__ import annotations

import dataclasses
import datetime
import html.parser
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

pytest.importorskip("matplotlib")

import demo_tickets
from helpcenter.faq.taxonomy import Taxonomy, load_taxonomy
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.site_context import Site
from helpcenter.strings import load_strings
from helpcenter.tickets.ranking.counts import CategoryCounts, Counts
from helpcenter.tickets.ranking.order import Place
from helpcenter.tickets.ranking.score import Factors, Score
from helpcenter.tickets.ranking.surge import Surge
from helpcenter.tickets.report import figures, page, plots, summary
from helpcenter.tickets.report.figures import Figures, gather, share, shown
from helpcenter.tickets.report.svg import COLORS, embed
from helpcenter.tickets.report.words import Words, words
from support import ROOT
from test_tickets_privacy import traces
from tickets_support import AS_OF, Run, ranking, run

DAY = datetime.timedelta(days=1)
TODAY = datetime.date.fromisoformat(AS_OF)
WINDOW = 90
LANGUAGES = ("en", "zh")


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    loaded, _ = load_taxonomy(Project(ROOT), LANGUAGES)
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def in_words(taxonomy: Taxonomy) -> Mapping[str, Words]:
    product, _ = load_product(Project(ROOT))
    strings, _ = load_strings(Project(ROOT), LANGUAGES)
    assert product is not None
    return {code: words(strings[code], product, taxonomy) for code in LANGUAGES}


def made(
    taxonomy: Taxonomy,
    daily: Mapping[str, list[int]],
    *,
    was: Mapping[str, int] | None = None,
    surges: tuple[Surge, ...] = (),
    published: Mapping[str, datetime.date] | None = None,
    uncategorized: int = 4,
) -> Figures:
    """The figures of a sync; `daily` are English tickets by age, of the others none."""
    ids = [category.id for category in taxonomy.categories]
    nothing = [0] * WINDOW
    counts = Counts(
        read=5000,
        unreadable=3,
        repeated=7,
        excluded=25,
        outside=0,
        same_requester=0,
        uncategorized_daily=(uncategorized,) * WINDOW,
        categories={
            name: CategoryCounts({"en": tuple(daily.get(name, nothing)), "other": tuple(nothing)})
            for name in ids
        },
    )
    factors = Factors(0.5, 0.6667, 0.5, 0.1, 0.2, 0.3, 1.0)
    return gather(
        counts,
        taxonomy,
        scores=[Score(name, sum(daily.get(name, nothing)), factors, 0.5, 0.01) for name in ids],
        places=[Place(name, at, at, at, "") for at, name in enumerate(ids, 1)],
        was=was or {name: at for at, name in enumerate(ids, 1)},
        surges=surges,
        published=published or {},
        as_of=TODAY,
    )


# ---- the gate --------------------------------------------------------------------------------


def test_what_may_not_be_told_is_withheld_and_the_rest_rounded() -> None:
    assert [shown(tickets) for tickets in (0, 1, 19, 20, 24, 25, 1234, 1235)] == [
        *(None, None, None),
        *(20, 20, 30, 1230, 1240),
    ]


def test_a_share_is_told_only_where_both_parts_are() -> None:
    assert [share(None, 100), share(20, None), share(20, 90), share(100, 100)] == [
        *(None, None, 22, 100)
    ]


def test_every_number_of_tickets_in_the_figures_passed_the_gate(taxonomy: Taxonomy) -> None:
    """Whatever the counts, a cell is withheld or a multiple of ten from twenty on."""
    ids = [category.id for category in taxonomy.categories]
    daily = {
        name: [(at * 7 + age * age) % 23 for age in range(WINDOW)] for at, name in enumerate(ids)
    }
    found = made(taxonomy, daily, surges=(Surge(ids[0], "en", TODAY - 9 * DAY),))
    cells = [
        *found.rows.values(),
        *found.total,
        *found.uncategorized,
        *(cell for each in found.categories for cell in (*each.weeks, each.tickets)),
        *(cell for each in found.surges for cell in each.cells),
    ]
    assert len(cells) > 100
    assert all(cell is None or (cell >= 20 and cell % 10 == 0) for cell in cells)


def test_one_ticket_more_in_a_small_cell_changes_nothing_in_the_report(
    taxonomy: Taxonomy, in_words: Mapping[str, Words]
) -> None:
    name = taxonomy.categories[3].id
    few, more = [1] * 18 + [0] * 72, [1] * 17 + [2] + [0] * 72
    assert page.render(made(taxonomy, {name: few}), in_words["en"]) == page.render(
        made(taxonomy, {name: more}), in_words["en"]
    )


def test_a_withheld_category_shows_no_factor_that_tickets_make(
    taxonomy: Taxonomy, in_words: Mapping[str, Words]
) -> None:
    found = made(taxonomy, {taxonomy.categories[0].id: [3] * WINDOW})
    loud, quiet = found.categories[:2]
    assert {"volume", "trend", "severity"} <= set(loud.parts)
    assert not {"volume", "trend", "reopens", "dissatisfaction", "reply_delay"} & set(quiet.parts)


# ---- the figures -----------------------------------------------------------------------------


def test_weeks_are_whole_and_end_with_the_last_day(taxonomy: Taxonomy) -> None:
    name = taxonomy.categories[0].id
    found = made(taxonomy, {name: [10] * 7 + [20] * 7 + [0] * 76})
    assert found.weeks[-1] == TODAY - 6 * DAY
    assert found.weeks[0] == TODAY - 83 * DAY
    assert found.categories[0].weeks == (*(None,) * 10, 140, 70)


def test_a_page_is_judged_by_whole_weeks_on_both_sides_of_its_first_day(
    taxonomy: Taxonomy,
) -> None:
    name = taxonomy.categories[0].id
    published = TODAY - 13 * DAY
    days = [5] * 14 + [10] * 76
    [found] = made(taxonomy, {name: days}, published={name: published}).pages
    assert (found.after, found.weeks_after) == (35, 2)
    assert (found.before, found.weeks_before) == (70, 4)
    for day in (TODAY - 5 * DAY, TODAY - 84 * DAY, TODAY + DAY, TODAY - 400 * DAY):
        assert made(taxonomy, {name: days}, published={name: day}).pages == ()


def test_a_surge_is_drawn_by_day_where_days_can_be_told_and_else_by_week(
    taxonomy: Taxonomy,
) -> None:
    name = taxonomy.categories[0].id
    surge = Surge(name, "en", TODAY - 2 * DAY)
    [busy] = made(taxonomy, {name: [90] * 3 + [30] * 87}, surges=(surge,)).surges
    assert (busy.step, busy.cells[-4:]) == (1, (30, 90, 90, 90))
    assert busy.first == TODAY - 55 * DAY
    [quiet] = made(taxonomy, {name: [18] * 3 + [5] * 87}, surges=(surge,)).surges
    assert (quiet.step, quiet.cells[-2:]) == (7, (40, 70))
    assert quiet.first == TODAY - 83 * DAY


# ---- the page --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def busy(taxonomy: Taxonomy) -> Figures:
    """A sync with something in every part of the report."""
    ids = [category.id for category in taxonomy.categories]
    daily = {name: [20 - 2 * at] * WINDOW for at, name in enumerate(ids)}
    daily[ids[1]] = [60] * 5 + [20] * 85
    return made(
        taxonomy,
        daily,
        was={name: at for at, name in enumerate([ids[2], *ids[:2], *ids[3:-1]], 1)},
        surges=(Surge(ids[1], "en", TODAY - 4 * DAY), Surge(ids[0], "other", TODAY)),
        published={ids[4]: TODAY - 30 * DAY},
    )


class Reader(html.parser.HTMLParser):
    """What the tests ask of the page: its elements, ids and addresses, and that all is closed."""

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_but_itself(
    language: str, busy: Figures, in_words: Mapping[str, Words]
) -> None:
    text = page.render(busy, in_words[language])
    reader = Reader(text)
    assert reader.open == []
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in reader.elements}
    for tag, attributes in reader.elements:
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("src", "href", "action", "data"):
            assert (attributes.get(name) or "#").startswith("#"), f"{tag} {name}"
    assert "@import" not in text
    assert not re.search(r"url\((?!#)", text)
    policy = [each["content"] for each in reader.all("meta") if "http-equiv" in each]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_can_be_read_without_seeing_it(
    language: str, busy: Figures, in_words: Mapping[str, Words]
) -> None:
    reader = Reader(page.render(busy, in_words[language]))
    assert reader.all("html") == [{"lang": in_words[language].product.tag(language)}]
    tags = [tag for tag, _ in reader.elements]
    assert tags.count("h1") == 1
    assert tags.count("caption") == tags.count("table") > 4
    assert all("scope" in each for each in reader.all("th"))
    drawings = reader.all("svg")
    assert len(drawings) == len(busy.categories) + len(busy.surges) + 3
    assert all(each["role"] == "img" and each["aria-label"] for each in drawings)
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [(each["href"] or "")[1:] for each in reader.all("a")]
    assert links
    assert set(links) <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_figures_give_the_same_bytes(
    language: str, busy: Figures, in_words: Mapping[str, Words]
) -> None:
    for render in (page.render, summary.render):
        assert render(busy, in_words[language]) == render(busy, in_words[language])
    text = page.render(busy, in_words[language])
    assert plots.version() not in text
    assert not set(COLORS.values()) & set(re.findall(r"#[0-9a-f]{6}", text))


def test_the_page_says_what_moved_what_surges_and_what_an_answer_changed(
    busy: Figures, in_words: Mapping[str, Words]
) -> None:
    text = page.render(busy, in_words["en"])
    assert re.search(r"Categories that move</dt><dd>3<", text)
    assert re.search(r"Surges running</dt><dd>2<", text)
    assert "▲ 1" in text
    assert "▼ 2" in text
    assert ">new<" in text
    assert "since November 16, 2026" in text
    assert "another language" in text
    assert "October 21, 2026" in text
    assert "&lt;20" in text
    chinese = page.render(busy, in_words["zh"])
    assert "自 2026 年 11 月 16 日起" in chinese
    assert "Surges" not in chinese


def test_a_quiet_sync_says_so(taxonomy: Taxonomy, in_words: Mapping[str, Words]) -> None:
    found = made(taxonomy, {}, uncategorized=0)
    text = page.render(found, in_words["en"])
    assert "No category has more tickets than its own past explains." in text
    assert "Fewer than 20 throughout." in text
    assert "No FAQ page went online" in text
    assert "The order of the FAQ does not change." in summary.render(found, in_words["en"])


def test_the_summary_is_markdown_with_the_new_order(
    busy: Figures, in_words: Mapping[str, Words]
) -> None:
    text = summary.render(busy, in_words["zh"])
    assert text.startswith("## 用户在问什么\n")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert len(lines) == len(busy.categories) + 2
    assert {line.count("|") for line in lines} == {5}
    assert "- **" in text


def test_names_are_escaped(busy: Figures, in_words: Mapping[str, Words]) -> None:
    names = dict.fromkeys(in_words["en"].names, '<b>&"')
    text = page.render(busy, dataclasses.replace(in_words["en"], names=names))
    assert "<b>" not in text
    assert Reader(text).open == []


def test_a_drawing_takes_the_page_s_colors_and_keeps_its_names_apart() -> None:
    made_by = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        'width="9pt" viewBox="0 0 9 9"><metadata>maker</metadata><defs><style>*{}</style>'
        '<path id="m"/><path id="unused"/></defs>'
        f'<use xlink:href="#m" style="fill: {COLORS["ink"]}"/>'
        '<path style="clip-path: url(#m)"/></svg>'
    )
    found = embed(made_by, name="first", alt='a "b"')
    assert found.startswith('<svg viewBox="0 0 9 9" role="img" aria-label="a &quot;b&quot;">')
    assert 'href="#first-m"' in found
    assert 'id="first-m"' in found
    assert "url(#first-m)" in found
    assert "fill: var(--ink)" in found
    assert "maker" not in found
    assert "unused" not in found
    assert "*{}" not in found


# ---- through the door ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def help_center(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project's data files and pages, which a sync may write to."""
    root = tmp_path_factory.mktemp("report") / "project"
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return root


@pytest.fixture(scope="module")
def export(help_center: Path) -> Path:
    path = help_center.parent / "tickets.jsonl"
    arguments = ["--project", str(help_center), "--as-of", AS_OF, "--seed", "9"]
    assert demo_tickets.main([*arguments, "--count", "4000", "-o", str(path)]) == 0
    return path


def reported(help_center: Path, export: Path, folder: Path, *arguments: str) -> Run:
    return run(help_center, "--report", folder, "--dry-run", *arguments, export)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_written_twice_the_same_and_holds_no_canary(
    language: str,
    help_center: Path,
    export: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    demo_tickets.main(["--project", str(help_center), "--seed", "9", "--list-canaries"])
    tokens = [line.split("\t")[1] for line in capsys.readouterr().out.splitlines()]
    texts, published = [], ranking(help_center).read_bytes()
    for name in ("first", "second"):
        ranking(help_center).write_bytes(published)
        folder = tmp_path / name
        result = run(help_center, "--report", folder, "--language", language, export)
        assert (result.code, result.err) == (0, "")
        assert {path.name for path in folder.iterdir()} == {"report.html", "summary.md"}
        texts.append([(folder / file).read_text("utf-8") for file in ("report.html", "summary.md")])
    drafts = sorted((help_center / "docs" / "_drafts" / "notices").glob("*.yml"))
    assert len(drafts) == 1
    assert texts[0] == texts[1]
    assert len(tokens) == 16
    for token in tokens:
        for trace in traces(token):
            assert not any(trace in text for text in (*texts[0], drafts[0].read_text("utf-8")))


def test_a_surge_is_drafted_as_a_notice_that_a_person_can_activate(
    help_center: Path, export: Path
) -> None:
    run(help_center, export)
    [draft] = (help_center / "docs" / "_drafts" / "notices").glob("*.yml")
    [notice] = yaml.safe_load(draft.read_text("utf-8"))["notices"]
    assert notice["active"] is False
    assert notice["category"] == "withdrawal-delayed"
    # The invented surge is of ten days; chance may move what is found by a day or two.
    assert abs(notice["starts"].date() - (TODAY - 9 * DAY)) <= 2 * DAY
    edited = draft.read_text("utf-8").replace("Support team", "Payments team")
    draft.write_text(edited, encoding="utf-8")
    assert run(help_center, export).code == 0
    assert (
        [draft.read_text("utf-8")]
        == [path.read_text("utf-8") for path in draft.parent.glob("*.yml")]
        == [edited]
    )


def test_a_dry_run_writes_no_report(help_center: Path, export: Path, tmp_path: Path) -> None:
    assert reported(help_center, export, tmp_path / "report").code == 0
    assert not (tmp_path / "report").exists()


def test_a_report_changes_nothing_about_the_check(
    help_center: Path, export: Path, tmp_path: Path
) -> None:
    for _ in range(4):  # a category moves three places a run
        run(help_center, export)
    assert run(help_center, "--check", "--report", tmp_path / "report", export).code == 0


def test_without_the_library_the_door_says_how_to_get_it(
    help_center: Path, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = reported(help_center, export, tmp_path / "report")
    assert (result.code, result.out) == (4, "")
    assert result.err.startswith("E_NOPLOTS file=0 row=0\n")
    assert "make report" in result.err


def test_a_failure_while_drawing_shows_a_code_and_no_value(
    help_center: Path, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise ValueError("secret")

    for place, name in ((figures, "gather"), (page, "render"), (summary, "render")):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, fail)
            result = run(help_center, "--report", tmp_path / "report", export)
        assert (result.code, result.out) == (4, "")
        assert result.err.startswith("E_INTERNAL file=0 row=0\n")
        assert "secret" not in result.err
    assert not (tmp_path / "report").exists()


def test_the_day_a_page_went_online_is_a_key_of_its_front_matter(site: Site) -> None:
    found = site.pages["en", "faq/swap-failed"].meta.published
    assert isinstance(found, datetime.date)
    assert site.pages["zh", "faq/swap-failed"].meta.published == found
