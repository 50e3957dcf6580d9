"""The second step takes a small file of a finite language and nothing else."""

from __future__ import annotations

import contextlib
import datetime
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import apply_ranking
from helpcenter.faq.ranking import load_ranking
from helpcenter.faq.taxonomy import Taxonomy, load_taxonomy
from helpcenter.project import Project
from helpcenter.tickets.changes import apply, proposal
from helpcenter.tickets.changes.proposal import MOST_BYTES
from support import ROOT, edit
from tickets_support import AS_OF, CASES, Run, ranking, run, ticket_project

DATA = yaml.safe_load((CASES / "proposals.yml").read_text(encoding="utf-8"))
GOOD: str = DATA["good"]
DAY = datetime.date.fromisoformat(AS_OF)
LANGUAGES = ("en", "zh")


def taxonomy() -> Taxonomy:
    loaded, problems = load_taxonomy(Project(CASES / "project"), LANGUAGES)
    assert loaded is not None, problems
    return loaded


TAXONOMY = taxonomy()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return ticket_project(tmp_path / "project")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def applied(project: Path, content: str | bytes, *arguments: str) -> Run:
    """Run the door on a file with this content."""
    path = project.parent / "order.txt"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = apply_ranking.main(
            ["--project", str(project), "--as-of", AS_OF, *arguments, str(path)]
        )
    return Run(code, out.getvalue(), err.getvalue())


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["name"])
def test_only_what_matches_the_grammar_is_accepted(case: dict[str, Any], project: Path) -> None:
    text = case.get("text", GOOD)
    if "replace" in case:
        old, new = case["replace"]
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    before = files(project)
    result = applied(project, text)
    if "rule" not in case:
        assert (result.code, result.err) == (0, "")
        assert ranking(project).exists()
        return
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"proposal:{case['line']}: {case['rule']}: ")
    assert files(project) == before
    wrong = text.split("\n")[int(case["line"]) - 1]
    assert not wrong or wrong not in result.err


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_else_a_file_holds_it_is_refused(content: bytes) -> None:
    accepted, problems = proposal.parse(content, TAXONOMY, LANGUAGES, day=DAY, name="p")
    assert accepted is None
    assert [problem.rule for problem in problems] == ["proposal-grammar"]


@settings(max_examples=300)
@given(st.data())
def test_no_change_of_one_character_says_anything_new(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD)))
    new = data.draw(st.text(max_size=3))
    text = GOOD[:at] + new + GOOD[at + data.draw(st.integers(0, 2)) :]
    content = text.encode("utf-8", "replace")
    accepted, _ = proposal.parse(content, TAXONOMY, LANGUAGES, day=DAY, name="p")
    # What is accepted is said in one way only, so nothing can hide in how it is said.
    assert accepted is None or proposal.render(accepted).encode() == content


def test_a_long_file_is_refused_before_it_is_looked_at(project: Path) -> None:
    result = applied(project, b"x" * (MOST_BYTES + 1))
    assert result.err.startswith("proposal:1: proposal-size: ")
    assert len(apply.read_proposal(project.parent / "order.txt")) == MOST_BYTES + 1


def test_an_accepted_proposal_becomes_the_ranking(project: Path) -> None:
    result = applied(project, GOOD)
    assert result.out.endswith("docs/_data/faq_ranking.yml: written\n")
    loaded, problems = load_ranking(Project(project))
    assert problems == []
    assert loaded is not None
    assert [(each.category, each.weight) for each in loaded.order] == [
        ("scam", 1024),
        ("deposit", 64),
        ("fees", 32),
        ("login", 0),
    ]
    before = ranking(project).read_bytes()
    later = GOOD.replace("as_of 2026-11-20", "as_of 2026-11-19")
    assert applied(project, later).out.endswith(": unchanged\n")
    assert ranking(project).read_bytes() == before


def test_dry_run_and_check_write_nothing(project: Path) -> None:
    before = files(project)
    assert applied(project, GOOD, "--dry-run").code == 0
    assert applied(project, GOOD, "--check").code == 1
    assert files(project) == before
    applied(project, GOOD)
    assert applied(project, GOOD, "--check").code == 0


def rank(*names: str) -> str:
    head = GOOD[: GOOD.index("rank scam")]
    return head + "".join(f"rank {name} 32\n" for name in names)


def more_categories(project: Path, number: int) -> list[str]:
    path = project / "docs" / "_data" / "faq_categories.yml"
    names = [f"more-{place}" for place in range(number)]
    lines = (
        f"  - {{id: {name}, name: {{en: x, zh: x}}, theme: support, severity: 1}}\n"
        for name in names
    )
    path.write_text(path.read_text(encoding="utf-8") + "".join(lines), encoding="utf-8")
    return ["scam", "deposit", "fees", "login", *names]


def test_no_category_moves_more_than_three_places(project: Path) -> None:
    names = more_categories(project, 4)
    assert applied(project, rank(*names)).code == 0
    moved = [*names[:1], names[5], *names[1:5], *names[6:]]
    result = applied(project, rank(*moved))
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("proposal:5: proposal-order: the category moves more than 3 ")
    moved = [*names[:2], names[5], *names[2:5], *names[6:]]
    assert applied(project, rank(*moved)).code == 0


def test_pinned_categories_are_first(project: Path) -> None:
    edit(
        project / "docs" / "_data" / "faq_categories.yml",
        "tags: [fees,",
        "pinned: true\n    tags: [fees,",
    )
    result = applied(project, rank("scam", "fees", "deposit", "login"))
    assert result.err.startswith("proposal:4: proposal-order: the pinned categories ")
    assert applied(project, rank("fees", "scam", "deposit", "login")).code == 0


def test_the_two_steps_apart_do_what_both_in_a_row_do(project: Path, tmp_path: Path) -> None:
    rows = [
        f"{n},2026-11-{n % 19 + 1:02d},{('fees', 'deposit', 'login')[n % 3]}" for n in range(400)
    ]
    export = tmp_path / "tickets.csv"
    export.write_text("\n".join(["id,created,tags", *rows]) + "\n", encoding="utf-8")
    before = files(project)
    small = tmp_path / "small.txt"
    result = run(project, "--proposal", small, export)
    assert result.out.endswith("small.txt: written\n")
    assert files(project) == before
    assert small.stat().st_size < 200
    assert applied(project, small.read_bytes()).code == 0
    apart = files(project)
    ranking(project).unlink()
    assert run(project, export).code == 0
    assert files(project) == apart


def test_the_second_step_never_loads_the_engine(project: Path) -> None:
    (project.parent / "order.txt").write_text(GOOD, encoding="utf-8")
    code = (
        "import sys; import apply_ranking; "
        "assert apply_ranking.main(sys.argv[1:]) == 0; "
        "print(sorted(name for name in sys.modules if 'duckdb' in name "
        "or name in ('helpcenter.tickets.common.engine', 'helpcenter.tickets.ranking.counts')))"
    )
    arguments = ["--project", project, "--as-of", AS_OF, project.parent / "order.txt"]
    result = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT / "scripts", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1] == "[]"


def test_a_missing_file_is_misuse(project: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stop:
        apply_ranking.main(["--project", str(project), str(tmp_path / "none")])
    assert stop.value.code == 2


@pytest.mark.parametrize(
    ("failure", "code", "exit_code"),
    [
        (OSError(28, "secret"), "E_DISK", 4),
        (ValueError("secret"), "E_INTERNAL", 4),
        (KeyboardInterrupt(), "E_STOPPED", 130),
    ],
)
def test_whatever_fails_shows_a_code_and_no_value(
    failure: BaseException,
    code: str,
    exit_code: int,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    for name in ("read_proposal", "changes", "write"):
        with monkeypatch.context() as patch:
            patch.setattr(apply, name, fail)
            result = applied(project, GOOD)
        assert (result.code, result.out) == (exit_code, "")
        assert result.err.startswith(f"{code} file=0 ")
        assert "secret" not in result.err
