"""Kill, crowd and starve the sync for real, and count what is corrupt or lost afterwards.

    sync_stress.py kills 200       whole commands killed by signal 9, each at a random moment
    sync_stress.py writers 20      eight commands at once, so many times
    sync_stress.py disk            a disk of 1 MiB that is full; needs the right to mount one

Exits with 1 if anything is corrupt or lost. Each command is a forked process with a session of its
own, because starting Python anew takes longer than a sync.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import sync_tickets
from helpcenter.faq.ranking import load_ranking
from helpcenter.project import Project
from helpcenter.tickets.common.publish import is_weight
from hostile_exports import plain, tickets
from sync_watch import PROPOSAL, Watched, files, watched
from tickets_support import AS_OF, ranking

ALL = tickets()
FORMS = ("zendesk/lines", "zendesk/view", "osticket/english", "generic/nested")


def forked(sync: Watched, export: Path, *options: str) -> int:
    """Start a sync in a process of its own and return its number."""
    process = os.fork()
    if process:
        return process
    os.setsid()
    code = 99
    try:
        tempfile.tempdir = str(sync.temporary)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = sync_tickets.main(
                ["--project", str(sync.project), "--as-of", AS_OF, *options, str(export)]
            )
    finally:
        os._exit(code)


def finished(process: int) -> int:
    """Wait for a process and return its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def exports(sync: Watched) -> list[Path]:
    """An export of each of some systems, of other tickets each."""
    paths = []
    for number in range(8):
        some = ALL if number < 2 else ALL[number * 5 :] + ALL[-30:] * (number % 3)
        path = sync.exports / f"export{number}"
        path.write_bytes(plain(FORMS[number % len(FORMS)], some))
        paths.append(path)
    return paths


def kills(sync: Watched, number: int) -> bool:
    """Kill `number` syncs; every file must be as before or as after, and the next run as ever."""
    chance = Random(number)
    first, second = exports(sync)[:1] + exports(sync)[4:5]
    assert finished(forked(sync, second)) == 0
    shutil.rmtree(sync.project / "docs" / "_drafts")
    old = files(sync.project)
    began = time.monotonic()
    assert finished(forked(sync, first)) == 0
    length = time.monotonic() - began
    new = files(sync.project)
    assert new != old
    found: Counter[str] = Counter()
    for at in range(number):
        restore(sync.project, old)
        process = forked(sync, first)
        if at % 2:
            # Files are written in the last moments, which few random moments meet.
            while not strays_or_drafts(sync) and not os.waitid(
                os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT
            ):
                time.sleep(0.0005)
            time.sleep(chance.random() * length / 20)
        else:
            time.sleep(chance.random() * length * 1.1)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process, signal.SIGKILL)
        found["killed" if finished(process) < 0 else "finished before"] += 1
        left = files(sync.project)
        good = all(text in (old.get(name), new.get(name)) for name, text in kept(left).items())
        found["corrupt"] += not good
        found["lost"] += not set(old) <= set(left)
        found["with strays"] += len(left) > len(kept(left))
        found["in between"] += kept(left) not in (old, new)
    restore(sync.project, old)
    found["wrong afterwards"] = (finished(forked(sync, first)) != 0) + (files(sync.project) != new)
    found["left in the temporary folder"] = len(list(sync.temporary.iterdir()))
    return report(f"{number} kills", found, "corrupt", "lost", "wrong afterwards",
                  "left in the temporary folder")  # fmt: skip


def restore(project: Path, old: dict[str, str]) -> None:
    """Put the files back, but leave strays where they are."""
    for name in kept(files(project)):
        if name not in old:
            (project / name).unlink()
    for name, text in old.items():
        (project / name).write_text(text, encoding="utf-8")


def kept(left: dict[str, str]) -> dict[str, str]:
    """All files but the temporary ones that the next writer removes."""
    return {name: text for name, text in left.items() if not name.endswith(".tmp")}


def strays_or_drafts(sync: Watched) -> bool:
    return any((sync.project / "docs" / "_drafts").rglob("*.*"))


def writers(sync: Watched, rounds: int) -> bool:
    """Let eight syncs write the same files at once; what is left must be one of their results."""
    paths, published = exports(sync), files(sync.project)
    proposals = []
    for path in paths:
        assert finished(forked(sync, path, "--proposal", str(sync.project / PROPOSAL))) == 0
        proposals.append((sync.project / PROPOSAL).read_text(encoding="utf-8"))
    found: Counter[str] = Counter()
    for at in range(rounds):
        restore(sync.project, published)  # what is proposed depends on the order that is published
        options = ["--proposal", str(sync.project / PROPOSAL)] if at % 2 else []
        codes = [finished(process) for process in [forked(sync, path, *options) for path in paths]]
        found["writes"] += len(codes)
        found["lost"] += sum(code != 0 for code in codes)
        left = files(sync.project)
        found["corrupt"] += at % 2 and left[PROPOSAL] not in proposals
        found["corrupt"] += len(left) > len(kept(left))
        loaded, problems = load_ranking(Project(sync.project))
        found["corrupt"] += bool(problems) or (
            loaded is not None and not all(is_weight(each.weight) for each in loaded.order)
        )
        found["left in the temporary folder"] += len(list(sync.temporary.iterdir()))
    found["different results"] = len(set(proposals))
    return report(f"8 writers, {rounds} times", found, "corrupt", "lost",
                  "left in the temporary folder")  # fmt: skip


def disk(sync: Watched, _: int) -> bool:
    """Sync into a full disk of 1 MiB, and unpack into one that is too small."""
    place = sync.exports.parent / "disk"
    place.mkdir()
    inside = f"mount -t tmpfs -o size=1m none {place} && {sys.executable} {__file__} inside {place}"
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", inside]
    return subprocess.run(command, check=False).returncode == 0


def inside(place: Path) -> bool:
    sync = watched(place)
    first, _ = exports(sync)[:2]
    ranking(sync.project).write_text("schema: 1\nas_of: 2026-01-01\nwindow_days: 90\norder: []\n",
                                     encoding="utf-8")  # fmt: skip
    old = files(sync.project)
    fill(place)
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as roomy:
        there = Watched(sync.project, sync.exports, Path(roomy))
        found["refused"] += finished(forked(there, first)) == 4
        found["lost"] += files(sync.project) != old
        (place / "ballast").unlink()
        found["done once there is room"] += finished(forked(there, first)) == 0
    fill(place)
    old = files(sync.project)
    with tempfile.TemporaryDirectory() as roomy:
        packed = Path(roomy) / "export.gz"
        packed.write_bytes(gzip.compress(plain("zendesk/lines", ALL * 10)))
        found["refused"] += finished(forked(sync, packed)) == 4
    found["lost"] += files(sync.project) != old
    found["left in the temporary folder"] = len(list(sync.temporary.iterdir()))
    good = found["refused"] == 2 and found["done once there is room"] == 1
    return report("full disk of 1 MiB", found, "lost", "left in the temporary folder") and good


def fill(place: Path) -> None:
    """Leave no byte free."""
    with (place / "ballast").open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(512))


def report(what: str, found: Counter[str], *bad: str) -> bool:
    names = dict.fromkeys([*found, *bad])
    print(f"{what}: {', '.join(f'{found[name]} {name}' for name in names)}", flush=True)
    return not any(found[name] for name in bad)


WAYS: dict[str, Callable[[Watched, int], bool]] = {"kills": kills, "writers": writers, "disk": disk}


def main(way: str, number: str = "0") -> int:
    """Do it to a project in a temporary folder."""
    if way == "inside":
        return not inside(Path(number))
    with tempfile.TemporaryDirectory() as folder:
        return not WAYS[way](watched(Path(folder)), int(number))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
