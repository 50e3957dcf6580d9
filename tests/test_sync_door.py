from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import demo_tickets
import sync_tickets
from helpcenter.faq.ranking import load_ranking
from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.project import Project
from helpcenter.tickets import sync as sync_module
from helpcenter.tickets.common.engine import Engine
from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.ranking.counts import Counts, count
from support import ROOT, edit
from tickets_support import AS_OF, ranking, run, ticket_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return ticket_project(tmp_path / "project")


def demo(folder: Path, name: str, *arguments: str) -> Path:
    """An invented export of the tests' project."""
    path = folder / name
    options = ["--project", str(ticket_project(folder / f"for-{name}")), "--as-of", AS_OF]
    assert demo_tickets.main([*options, "-o", str(path), "--count", "1500", *arguments]) == 0
    return path


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo(tmp_path_factory.mktemp("export"), "tickets.jsonl")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo(tmp_path_factory.mktemp("other"), "other.jsonl", "--seed", "2")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo(tmp_path_factory.mktemp("table"), "tickets.csv", "--format", "csv")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def order_line(text: str) -> list[str]:
    return [line["category"] for line in yaml.safe_load(text)["order"]]


def test_a_sync_writes_a_ranking_that_the_site_can_read(project: Path, export: Path) -> None:
    result = run(project, export)
    assert (result.code, result.err) == (0, "")
    loaded, problems = load_ranking(Project(project))
    assert problems == []
    assert loaded is not None
    assert {each.category for each in loaded.order} == {"scam", "deposit", "fees", "login"}
    assert result.out.endswith("docs/_data/faq_ranking.yml: written\n")


def test_a_second_sync_changes_no_byte(project: Path, export: Path) -> None:
    run(project, export)
    before, time = ranking(project).read_bytes(), ranking(project).stat().st_mtime_ns
    result = run(project, export)
    assert result.out.endswith(": unchanged\n")
    assert (ranking(project).read_bytes(), ranking(project).stat().st_mtime_ns) == (before, time)


def test_another_day_with_the_same_order_changes_no_byte(project: Path, tmp_path: Path) -> None:
    rows = [f"{n},2026-11-10,fees" for n in range(30)]
    day = tmp_path / "day.csv"
    day.write_text("\n".join(["id,created,tags", *rows]) + "\n", encoding="utf-8")
    run(project, day)
    before = ranking(project).read_bytes()
    assert run(project, "--as-of", "2026-11-12", day).out.endswith(": unchanged\n")
    assert ranking(project).read_bytes() == before


def test_the_window_of_the_taxonomy_is_published(project: Path, export: Path) -> None:
    run(project, export)
    taxonomy = project / "docs" / "_data" / "faq_categories.yml"
    text = taxonomy.read_text(encoding="utf-8")
    taxonomy.write_text(text.replace("window_days: 30", "window_days: 31"), encoding="utf-8")
    assert run(project, export).out.endswith(": written\n")
    assert "window_days: 31" in ranking(project).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["json-lines", "csv"])
def test_order_splitting_and_repetition_of_rows_change_no_byte(
    kind: str, project: Path, export: Path, table: Path, tmp_path: Path
) -> None:
    whole = export if kind == "json-lines" else table
    run(project, whole)
    expected = ranking(project).read_bytes()
    lines = whole.read_text(encoding="utf-8").splitlines(keepends=True)
    header, rows = ([], lines) if kind == "json-lines" else (lines[:1], lines[1:])
    random.Random(7).shuffle(rows)
    parts = [rows[:100], rows[100:700], rows[600:], rows[:50]]
    paths = [tmp_path / f"part{number}" for number in range(len(parts))]
    for path, part in zip(paths, parts, strict=True):
        path.write_text("".join(header + part), encoding="utf-8")
    for some_order in (paths, paths[::-1]):
        ranking(project).unlink()
        assert run(project, *some_order).code == 0
        assert ranking(project).read_bytes() == expected


def test_dry_run_and_check_write_nothing(project: Path, export: Path) -> None:
    before = files(project)
    assert run(project, "--dry-run", export).code == 0
    assert run(project, "--check", export).code == 1
    assert files(project) == before
    run(project, export)
    assert run(project, "--check", export).code == 0


def test_equal_numbers_of_two_sources_are_two_tickets(
    project: Path, export: Path, table: Path
) -> None:
    both = json.loads(run(project, "--json", "--dry-run", export, table).out)["rows"]
    alone = [
        json.loads(run(project, "--json", "--dry-run", one).out)["rows"] for one in (export, table)
    ]
    for fate in ("read", "repeated", "excluded"):
        assert both[fate] == sum(rows[fate] for rows in alone)


def test_the_summary_shows_ranks_before_and_after(project: Path, export: Path, other: Path) -> None:
    ranking(project).write_text(
        "schema: 1\nas_of: 2026-01-01\nwindow_days: 30\norder:\n"
        "  - {category: login, weight: 16}\n",
        encoding="utf-8",
    )
    found = json.loads(run(project, "--json", export).out)
    assert {each["category"]: each["previous_rank"] for each in found["order"]} == {
        "login": 1,
        "scam": 2,
        "deposit": 3,
        "fees": 4,
    }
    assert [each["rank"] for each in found["order"]] == [1, 2, 3, 4]
    again = json.loads(run(project, "--json", other).out)
    assert {each["category"]: each["previous_rank"] for each in again["order"]} == {
        each["category"]: each["rank"] for each in found["order"]
    }


def test_small_numbers_are_not_shown(project: Path, tmp_path: Path) -> None:
    rows = [f"{n},2026-11-10,fees,open" for n in range(40)]
    rows += [f"{n},2026-11-10,login,open" for n in range(100, 119)]
    rows += [f"{n},2026-11-10,what,open" for n in range(200, 203)]
    rows += [f"{n},2026-11-10,login,spam" for n in range(300, 305)]
    small = tmp_path / "small.csv"
    small.write_text("\n".join(["id,created,tags,status", *rows]) + "\n", encoding="utf-8")
    result = run(project, "--dry-run", small)
    lines = [line.split() for line in result.out.splitlines()]
    assert ["of", "these", "uncategorized", "<20"] in lines
    assert ["spam,", "deleted,", "merged,", "test", "<20"] in lines
    [login] = [line for line in lines if "login" in line]
    assert login[:7] == ["4", "4", "login", "<20", "-", "0.33", "-"]
    [fees] = [line for line in lines if "fees" in line]
    assert fees[:7] == ["1", "3", "fees", "32", "1.00", "0.33", "0.75"]
    found = json.loads(run(project, "--dry-run", "--json", small).out)
    assert found["rows"]["uncategorized"] == "<20"
    assert {each["category"]: each["weight"] for each in found["order"]} == {
        "fees": 32,
        "login": 0,
        "scam": 0,
        "deposit": 0,
    }
    assert {each["category"]: each["volume"] for each in found["order"]} == {
        "fees": 1.0,
        "login": None,
        "scam": None,
        "deposit": None,
    }


def published(project: Path, **weights: int) -> None:
    lines = [f"  - {{category: {name}, weight: {weight}}}" for name, weight in weights.items()]
    head = "schema: 1\nas_of: 2026-11-01\nwindow_days: 30\norder:\n"
    ranking(project).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def test_the_summary_says_what_holds_a_category_back(project: Path, tmp_path: Path) -> None:
    rows = [f"{n},2026-11-{n % 19 + 1:02d},{('login', 'fees')[n % 2]}" for n in range(401)]
    export = tmp_path / "tickets.csv"
    export.write_text("\n".join(["id,created,tags", *rows]) + "\n", encoding="utf-8")
    published(project, scam=0, deposit=0, fees=128, login=128)
    result = run(project, "--dry-run", export)
    assert "held back:\n" in result.out
    held = {
        each["category"]: (each["rank_by_score"], each["held_by"])
        for each in json.loads(run(project, "--dry-run", "--json", export).out)["order"]
        if each["held_by"]
    }
    assert held["login"] == (1, "noise")
    assert "  login: stays at place 2, its score asks for 1: within the noise\n" in result.out


def test_far_fewer_tickets_than_published_are_pointed_out(project: Path, tmp_path: Path) -> None:
    rows = [f"{n},2026-11-10,fees" for n in range(700)]
    export = tmp_path / "tickets.csv"
    export.write_text("\n".join(["id,created,tags", *rows]) + "\n", encoding="utf-8")
    for weight, told in ((512, False), (1024, False), (2048, True)):
        published(project, fees=weight, login=0)
        found = json.loads(run(project, "--dry-run", "--json", export).out)
        assert found["incomplete"] is told
    assert "over 30 % of the tickets" in run(project, "--dry-run", export).out


def test_a_broken_faq_page_is_a_problem_with_file_and_line(project: Path, export: Path) -> None:
    page = project / "docs" / "zh" / "faq" / "fees.md"
    page.parent.mkdir(parents=True)
    page.write_text("no front matter\n", encoding="utf-8")
    result = run(project, export)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("docs/zh/faq/fees.md:1: front-matter: ")


def test_what_a_label_says_in_words_counts(project: Path, tmp_path: Path) -> None:
    edit(
        project / "docs" / "_data" / "faq_categories.yml",
        "tags: [fees,",
        "phrases: [手续费, fee]\n    tags: [fees,",
    )
    rows = [f"{n},2026-11-10,{('手续费太高', 'hidden-fee', 'coffee')[n % 3]}" for n in range(90)]
    export = tmp_path / "tickets.csv"
    export.write_text("\n".join(["id,created,tags", *rows]) + "\n", encoding="utf-8")
    found = json.loads(run(project, "--dry-run", "--json", export).out)
    assert found["rows"]["uncategorized"] == 30
    assert {each["category"]: each["weight"] for each in found["order"]}["fees"] == 32


def test_a_wrong_data_file_is_a_problem_with_file_and_line(project: Path, export: Path) -> None:
    taxonomy = project / "docs" / "_data" / "faq_categories.yml"
    text = taxonomy.read_text(encoding="utf-8")
    taxonomy.write_text(text.replace("severity: 4", "severity: 9"), encoding="utf-8")
    result = run(project, export)
    assert result.code == 1
    assert result.err.startswith("docs/_data/faq_categories.yml:10: data-invalid: ")
    assert not ranking(project).exists()


@pytest.mark.parametrize(
    "arguments",
    [[], ["--as-of", "today", "x"], ["--encoding", "klingon", "x"], ["--source", "post", "x"]],
)
def test_misuse_is_exit_code_2(project: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        run(project, *arguments)
    assert stop.value.code == 2


def test_the_file_to_blame_is_named_by_its_number(
    project: Path, export: Path, tmp_path: Path
) -> None:
    result = run(project, export, tmp_path / "Jane Roe.csv")
    assert (result.code, result.err.splitlines()[0]) == (4, "E_NOFILE file=2 row=0")
    assert "Jane" not in result.out + result.err
    assert run(project, export, tmp_path).err.startswith("E_FOLDER file=2 ")
    assert run(project, "--source", "osticket", export).err.startswith("E_SOURCE file=1 ")


def test_whatever_fails_shows_a_code_and_no_value(
    project: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = (
        (ValueError("secret"), "E_INTERNAL"),
        (KeyError("secret"), "E_INTERNAL"),
        (MemoryError("secret"), "E_INTERNAL"),
        (OSError(28, "secret"), "E_DISK"),
    )
    for name in ("read", "count", "score", "ordered"):
        for failure, code in failures:

            def fail(*_: object, error: Exception = failure, **__: object) -> None:
                raise error

            with monkeypatch.context() as patch:
                patch.setattr(sync_module, name, fail)
                result = run(project, export)
            assert (result.code, result.out) == (4, "")
            assert result.err.startswith(f"{code} file=0 row=0\n")
            assert "secret" not in result.err
    assert not ranking(project).exists()


def test_a_sync_that_is_told_to_stop_says_so(
    project: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for failure in (KeyboardInterrupt(), SyncError("E_STOPPED")):

        def stop(*_: object, error: BaseException = failure) -> None:
            raise error

        monkeypatch.setattr(sync_module, "score", stop)
        result = run(project, export)
        assert (result.code, result.out) == (130, "")
        assert result.err.startswith("E_STOPPED file=0 row=0\n")


def test_a_file_that_changes_while_it_is_read_is_refused(
    project: Path, export: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = tmp_path / "growing.jsonl"
    growing.write_bytes(export.read_bytes())

    def count_and_append(
        engine: Engine, taxonomy: Taxonomy, unreadable: int, *, languages: tuple[str, ...]
    ) -> Counts:
        with growing.open("a", encoding="utf-8") as file:
            file.write("{}\n")
        return count(engine, taxonomy, unreadable, languages=languages)

    monkeypatch.setattr(sync_module, "count", count_and_append)
    assert run(project, growing).err.startswith("E_CHANGED file=1 row=0\n")
    assert not ranking(project).exists()


def test_nothing_is_left_in_the_temporary_folder(
    project: Path, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    utf16 = tmp_path / "utf16.csv"
    utf16.write_text(table.read_text(encoding="utf-8"), encoding="utf-16")
    assert run(project, utf16).code == 0
    assert run(project, "--encoding", "gb18030", ROOT / "tests" / "support.py").code == 4
    assert list(scratch.iterdir()) == []


def test_the_command_works_by_its_path_from_any_folder(
    project: Path, export: Path, tmp_path: Path
) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "sync_tickets.py"), export.name]
    result = subprocess.run(
        [*command, "--project", str(project), "--as-of", AS_OF],
        cwd=export.parent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    assert ranking(project).exists()


def test_the_help_is_the_manual(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        sync_tickets.main(["--help"])
    manual = capsys.readouterr().out
    for promised in ("examples:", "exit codes:", "--dry-run", "--check", "--as-of", "gb18030"):
        assert promised in manual


def test_two_mixes_give_two_orders_and_neither_is_the_taxonomys(tmp_path: Path) -> None:
    data = tmp_path / "project" / "docs" / "_data"
    data.mkdir(parents=True)
    for name in ("product.yml", "faq_categories.yml"):
        (data / name).write_bytes((ROOT / "docs" / "_data" / name).read_bytes())
    orders = []
    for mix in ("transfers", "accounts", "fees"):
        path = tmp_path / f"{mix}.jsonl"
        arguments = ["--project", str(tmp_path / "project"), "--as-of", AS_OF, "--mix", mix]
        demo_tickets.main([*arguments, "--count", "3000", "-o", str(path)])
        assert run(tmp_path / "project", path).code == 0
        orders.append(order_line(ranking(tmp_path / "project").read_text(encoding="utf-8")))
    categories = yaml.safe_load((data / "faq_categories.yml").read_text(encoding="utf-8"))
    orders.append([category["id"] for category in categories["categories"]])
    assert len({tuple(order) for order in orders}) == 4
    assert orders[0][:4] == [
        "deposit-not-credited",
        "withdrawal-delayed",
        "suspicious-message",
        "fee-higher-than-expected",
    ]
