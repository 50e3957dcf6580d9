"""The proofs of privacy in short: what must fail if the sync leaks, forgets or is wrong.

Run as a command on any copy of the scripts, with the names of proofs, it exits with 1 and the
name of the first that fails.
"""

from __future__ import annotations

import contextlib
import datetime
import gzip
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, NoReturn

import duckdb
import pytest

from helpcenter.atomic import write_if_changed
from helpcenter.faq.taxonomy import load_taxonomy
from helpcenter.project import Project
from helpcenter.tickets import sync as sync_module
from helpcenter.tickets.changes import proposal
from helpcenter.tickets.common import engine
from helpcenter.tickets.reading import staging
from hostile_exports import TIMES, WORDS, hostile, plain, poisoned, tickets
from hostile_texts import FIXED_TEXTS, leaks, secrets
from sync_watch import PROPOSAL, Seen, Watched, watched

ALL = tickets()
FEW = [ticket for ticket in ALL if ticket.id < 1100]
SHOWN = ("zendesk/lines", "generic/nested", "osticket/english", "zendesk/view")


def table(rows: Sequence[str]) -> bytes:
    return ("id,created_at,updated_at,tags,status,requester_id\n" + "\n".join(rows) + "\n").encode()


def proves_every_golden_ticket_is_where_it_belongs(sync: Watched) -> None:
    last = {ticket.id: ticket.category for ticket in FEW if ticket.category != "outside"}
    fates = Counter(last.values())
    recent = [ticket for ticket in FEW if ticket.category != "outside"]
    for name in SHOWN:
        [counts] = sync.run([plain(name, recent)]).counts
        assert counts["excluded"] == fates["excluded"]
        for category, counted in counts["categories"].items():
            assert sum(counted["daily"]) == fates[category]


def proves_unlisted_values_change_nothing(sync: Watched) -> None:
    for name in SHOWN:
        expected = sync.run([plain(name, FEW)])
        assert sync.run([hostile(name, FEW, secrets(1), Random(1))]) == expected


def proves_listed_values_reach_nothing(sync: Watched) -> None:
    innocent = "\n".join([*sync.run([plain(SHOWN[0], ALL)]).outputs(), FIXED_TEXTS]).lower()
    for name in SHOWN:
        for seed, fields in enumerate((TIMES, WORDS)):
            texts = secrets(seed)
            found = sync.run([poisoned(name, ALL, texts, Random(seed), fields)])
            assert leaks(texts, found.outputs(), innocent) == []
    for text in secrets(3)[::5]:
        header = text.replace('"', '""')
        found = sync.run([f'"{header}",tags\n1,fees\n'.encode()])
        assert found.code == 4
        assert leaks([text], found.outputs(), innocent) == []


def proves_order_and_repetition_change_nothing(sync: Watched) -> None:
    rows = [f"{n},2026-11-10,2026-11-11,{tag},open,{n}{at}" for n in range(40)
            for at, tag in enumerate(("fees", "deposit", "login"))]  # fmt: skip
    expected = sync.run([table(rows)])
    for seed in range(3):
        Random(seed).shuffle(rows)
        for contents in ([table(rows)], [table(rows[:50]), table(rows[40:])]):
            assert sync.run(contents).files == expected.files


def proves_small_numbers_are_withheld(sync: Watched) -> None:
    rows = [f"{n},2026-11-{n % 9 + 10},2026-11-19,fees,open,{n}" for n in range(19)]
    rows += [f"{n},2026-11-{n % 9 + 10},2026-11-19,deposit,open,{n}" for n in range(100, 137)]
    rows += [f"{n},2026-11-10,2026-11-19,deposit,spam,{n}" for n in range(200, 219)]
    found = sync.run([table(rows)])
    assert "category: fees, weight: 0" in found.files["docs/_data/faq_ranking.yml"]
    assert "category: deposit, weight: 32" in found.files["docs/_data/faq_ranking.yml"]
    assert " 19" not in found.out
    assert "37" not in found.out.replace("0.37", "")


def proves_a_flood_of_one_person_is_one_ticket_a_day(sync: Watched) -> None:
    rows = [f"{n},2026-11-10,2026-11-19,fees,open,7" for n in range(200)]
    [counts] = sync.run([table(rows)]).counts
    assert sum(counts["categories"]["fees"]["daily"]) == 1


def proves_failures_show_no_value(sync: Watched) -> None:
    secret = secrets(4)[0]
    export = [plain(SHOWN[0], FEW)]
    for name in ("score", "count", "arrange"):
        for failure in (ValueError(secret), OSError(5, secret), KeyError(secret)):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(sync_module, name, raising(failure))
                check_failed(sync.run(export), secret)
    for error in (duckdb.Error, duckdb.IOException, RuntimeError):
        connection = SimpleNamespace(execute=raising(error(secret)))
        real = engine.Engine
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                engine, "Engine", lambda _, *rest, there=connection, real=real: real(there, *rest)
            )
            check_failed(sync.run(export), secret)


def raising(failure: Exception) -> Any:
    def fail(*_: object, **__: object) -> NoReturn:
        raise failure

    return fail


def check_failed(found: Seen, secret: str) -> None:
    assert found.code in (4, 130)
    assert found.err.startswith("E_")
    assert (found.out, found.files) == ("", {})
    assert leaks([secret], found.outputs(), FIXED_TEXTS) == []


def proves_a_proposal_is_accepted_as_a_whole_or_not(sync: Watched) -> None:
    text = sync.run([plain(SHOWN[0], ALL)], "--proposal", sync.project / PROPOSAL).files[PROPOSAL]
    taxonomy, _ = load_taxonomy(Project(sync.project), ("en", "zh"))
    assert taxonomy is not None
    day = datetime.date(2026, 11, 20)

    def accepts(content: str) -> bool:
        return (
            proposal.parse(content.encode(), taxonomy, ("en", "zh"), day=day, name="x")[0]
            is not None
        )

    assert accepts(text)
    for word in secrets(5):
        for at in (0, text.index("rank"), len(text)):
            assert not accepts(text[:at] + word + text[at:])
    assert not accepts(text.replace("rank deposit 64", "rank deposit 65"))
    assert not accepts(text + "surge deposit fr 2026-11-19\n")


def proves_a_failed_write_leaves_the_old_file(sync: Watched) -> None:
    path = sync.exports / "old.txt"
    for name in ("fsync", "fchmod", "fdopen"):
        path.write_text("old", encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(OSError):
            patch.setattr(os, name, raising(OSError(28, "full")))
            write_if_changed(path, "new")
        assert path.read_text(encoding="utf-8") == "old"


def proves_what_is_cut_off_or_changes_is_refused(sync: Watched) -> None:
    # Lines of such a length that whatever is read in one piece ends with one of them.
    lines = (f'{{"id": {n}, "created_at": "2026-11-10", "tags": ["fees"]' for n in range(1500))
    packed = gzip.compress("".join(f"{line}}}".ljust(1023) + "\n" for line in lines).encode())
    for length in (20, len(packed) // 2, len(packed) - 8, len(packed) - 1):
        assert sync.run([packed[:length]]).code == 4
    whole = plain("zendesk/array", FEW)
    for length in range(1, len(whole), len(whole) // 4):
        assert sync.run([whole[:length]]).code == 4
    finish = staging.finish

    def appending(*arguments: Any) -> None:
        finish(*arguments)
        with (sync.exports / "export0").open("ab") as file:
            file.write(b"{}\n")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staging, "finish", appending)
        assert sync.run([plain("zendesk/lines", FEW)]).err.startswith("E_CHANGED file=1")


PROOFS = {
    name.removeprefix("proves_").replace("_", " "): proof
    for name, proof in globals().items()
    if name.startswith("proves_")
}


def main(wanted: Sequence[str]) -> int:
    """Run the wanted proofs, each on a project of its own."""
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            try:
                PROOFS[name](watched(Path(folder)))
            except Exception as error:
                print(f"{name}: {type(error).__name__}: {str(error)[:200]}")
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(PROOFS)))
