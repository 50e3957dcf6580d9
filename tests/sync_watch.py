"""Watch a run of the sync: all that it leaves, shows and counts."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import barrier
import sync_tickets
from helpcenter.tickets import sync as sync_module
from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.ranking.counts import Counts
from helpcenter.tickets.sync import Outcome
from support import ROOT
from tickets_support import ranking, run, ticket_project

WINDOW = 90
PROPOSAL = "proposal.txt"
REPORT = "report"


@dataclass(frozen=True)
class Seen:
    """What a run showed and left; `counts` say nothing of languages.

    `failures` are the errors that reached the door, with all that hangs on them.
    """

    code: int
    out: str
    err: str
    files: dict[str, str]
    counts: list[dict[str, Any]]
    failures: tuple[str, ...]

    def outputs(self) -> list[str]:
        """All texts that outlive the run, or could be shown by whoever calls it."""
        return [self.out, self.err, *self.files, *self.files.values(), *self.failures]


@dataclass(frozen=True)
class Watched:
    """A project, the folder of its exports, and the temporary folder of its runs."""

    project: Path
    exports: Path
    temporary: Path

    def run(
        self,
        contents: Sequence[bytes],
        *options: str | Path,
        fresh: bool = True,
        during: AbstractContextManager[object] | None = None,
    ) -> Seen:
        """Sync the exports, from nothing unless not `fresh`, and leave no temporary file.

        `during` is entered for the time of the sync alone; what fails then may leave files for the
        next run to remove.
        """
        if fresh:
            ranking(self.project).unlink(missing_ok=True)
            (self.project / PROPOSAL).unlink(missing_ok=True)
            for folder in (self.project / "docs" / "_drafts", self.project / REPORT):
                shutil.rmtree(folder, ignore_errors=True)
        paths = [self.exports / f"export{number}" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        counted: list[Counts] = []
        failures: list[str] = []
        with pytest.MonkeyPatch.context() as patch:
            sync = sync_module.sync

            def remembering(*arguments: Any, **options: Any) -> Outcome:
                outcome = sync(*arguments, **options)
                counted.append(outcome.counts)
                return outcome

            def printing(*values: object, **options: Any) -> None:
                failures.extend(attached(each) for each in values if isinstance(each, SyncError))
                print(*values, **options)

            patch.setattr(barrier, "print", printing, raising=False)
            patch.setattr(sync_tickets, "sync", remembering)
            patch.setattr(tempfile, "tempdir", str(self.temporary))
            with during or nullcontext():
                result = run(self.project, *options, *paths)
        if during is None:
            assert list(self.temporary.iterdir()) == []
        return Seen(
            result.code,
            result.out,
            result.err,
            files(self.project),
            without_languages(counted),
            tuple(failures),
        )


def watched(folder: Path) -> Watched:
    """A watched copy of the small project, able to draft answers and notices, and to report."""
    project = ticket_project(folder / "project")
    data = project / "docs" / "_data"
    for name in ("templates", "strings"):
        shutil.copytree(ROOT / "docs" / "_data" / name, data / name)
    (data / "notices.yml").write_text("notices: []\n", encoding="utf-8")
    categories = data / "faq_categories.yml"
    text = categories.read_text(encoding="utf-8")
    assert "window_days: 30\n" in text
    text = text.replace("window_days: 30\n", f"window_days: {WINDOW}\n")
    categories.write_text(text, encoding="utf-8")
    for name in ("exports", "temporary"):
        (folder / name).mkdir()
    return Watched(project, folder / "exports", folder / "temporary")


def attached(error: BaseException | None) -> str:
    """All that hangs on an error; what led to one that is shown may only be another such."""
    if error is None:
        return ""
    assert isinstance(error, SyncError)
    own = repr((error.args, vars(error), getattr(error, "__notes__", None)))
    return own + attached(error.__context__) + attached(error.__cause__)


def files(project: Path) -> dict[str, str]:
    """The files that a sync may write, and what a killed one may leave."""
    drafts = sorted((project / "docs" / "_drafts").rglob("*"))
    strays = sorted(project.rglob(".*.tmp"))
    report = sorted((project / REPORT).rglob("*"))
    written = dict.fromkeys([ranking(project), project / PROPOSAL, *drafts, *report, *strays])
    return {
        path.relative_to(project).as_posix(): path.read_text(encoding="utf-8")
        for path in written
        if path.is_file()
    }


def without_languages(counted: Sequence[Counts]) -> list[dict[str, Any]]:
    return [
        {**vars(counts), "categories": {
            name: {**vars(each), "daily": each.days()} for name, each in counts.categories.items()
        }}
        for counts in counted
    ]  # fmt: skip
