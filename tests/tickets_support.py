"""What the tests of the ticket sync share: a small project, and a run of the door in it."""

from __future__ import annotations

import contextlib
import io
import shutil
from dataclasses import dataclass
from pathlib import Path

import sync_tickets

CASES = Path(__file__).parent / "cases" / "tickets"
AS_OF = "2026-11-20"


@dataclass(frozen=True)
class Run:
    """What a run of the door left behind."""

    code: int
    out: str
    err: str


def ticket_project(folder: Path) -> Path:
    """Return a copy of the small project of four categories in `folder`."""
    shutil.copytree(CASES / "project", folder)
    return folder


def run(project: Path, *arguments: str | Path) -> Run:
    """Run the sync in this process, as of the tests' day."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = sync_tickets.main(
            ["--project", str(project), "--as-of", AS_OF, *map(str, arguments)]
        )
    return Run(code, out.getvalue(), err.getvalue())


def ranking(project: Path) -> Path:
    """Return where the sync writes."""
    return project / "docs" / "_data" / "faq_ranking.yml"
