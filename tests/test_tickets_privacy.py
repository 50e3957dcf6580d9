"""Nothing of a file that cannot be read is shown, and nothing of the planted data comes out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import demo_tickets
from helpcenter.tickets.demo.canaries import canaries
from tickets_support import AS_OF, Run, ranking, run, ticket_project

TICKETS = 60
SECRETS = [canary.text for canary in canaries(5)]
TOKENS = [canary.token for canary in canaries(5)]

few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def traces(token: str) -> list[str]:
    """Every form in which a leaked token would be searched for."""
    forms = [token, token[::-1], token.lower(), token.upper(), token.encode().hex()]
    return [*forms, token.encode("utf-16-le").hex()]


def check_clean(*texts: str, tokens: list[str] = TOKENS) -> None:
    for token in tokens:
        for trace in traces(token):
            assert not any(trace in text for text in texts), f"{trace} leaked"


def everything(project: Path, result: Run) -> tuple[str, str, str, dict[str, bytes]]:
    files = {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in sorted(project.rglob("*"))
        if path.is_file()
    }
    return str(result.code), result.out, result.err, files


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ticket_project(tmp_path_factory.mktemp("privacy") / "project")


@few
@given(st.binary(max_size=400))
def test_whatever_bytes_a_file_holds_the_answer_is_a_summary_or_a_code(
    project: Path, content: bytes
) -> None:
    export = project.parent / "bytes"
    export.write_bytes(content)
    ranking(project).unlink(missing_ok=True)
    result = run(project, export)
    assert result.code == 4
    assert result.err.startswith("E_")
    assert not result.err.startswith("E_INTERNAL")
    assert result.out == ""


UNREADABLE = {
    "as a time": "1,{},fees,open",
    "as an id": "{},2026-11-10,fees,open",
    "as a tag and status": "1,2026-11-10,{},{}",
    "as more columns": "1,2026-11-10,fees,open,{},{}",
    "in an open quote": '1,2026-11-10,"{}',
    "in broken json": '{{"id": 1, "tags": {}',
}


@pytest.mark.parametrize("place", UNREADABLE)
def test_a_secret_where_it_cannot_be_read_is_not_shown(place: str, project: Path) -> None:
    good = [f"{number},2026-11-10,fees,open" for number in range(TICKETS)]
    bad = [UNREADABLE[place].format(secret, secret) for secret in SECRETS]
    export = project.parent / f"{TOKENS[0]}.csv"
    for body in ([*bad, *good], [*good, *bad], bad, [*good, bad[-1]]):
        export.write_text("\n".join(["id,created,tags,status", *body]), encoding="utf-8")
        ranking(project).unlink(missing_ok=True)
        _, out, err, files = everything(project, run(project, export))
        check_clean(out, err, *(content.decode() for content in files.values()))


def test_a_secret_in_a_header_is_not_shown(project: Path) -> None:
    export = project.parent / "header.csv"
    for secret in SECRETS:
        export.write_text(f"{secret},created,tags\n1,2026-11-10,fees\n", encoding="utf-8")
        result = run(project, export)
        assert result.code == 4
        check_clean(result.out, result.err)


@pytest.mark.parametrize("form", ["zendesk-jsonl", "csv"])
def test_every_canary_is_in_the_invented_export_and_nowhere_else(
    form: str, project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = tmp_path / "export"
    arguments = ["--project", str(project), "--as-of", AS_OF, "--format", form, "--seed", "9"]
    demo_tickets.main([*arguments, "--count", "2000", "-o", str(export)])
    demo_tickets.main([*arguments, "--list-canaries"])
    tokens = [line.split("\t")[1] for line in capsys.readouterr().out.splitlines()]
    planted = export.read_text(encoding="utf-8")
    assert len(set(tokens)) == 16
    assert all(token in planted for token in tokens)
    ranking(project).unlink(missing_ok=True)
    code, out, err, files = everything(project, run(project, export))
    assert (code, err) == ("0", "")
    check_clean(out, *(content.decode() for content in files.values()), tokens=tokens)


def test_the_same_seed_gives_the_same_export_and_another_another(
    project: Path, tmp_path: Path
) -> None:
    made = []
    for seed in ("1", "1", "2"):
        path = tmp_path / "export"
        arguments = ["--project", str(project), "--as-of", AS_OF, "--seed", seed]
        demo_tickets.main([*arguments, "--count", "300", "-o", str(path)])
        made.append(path.read_bytes())
    assert made[0] == made[1]
    assert made[0] != made[2]
