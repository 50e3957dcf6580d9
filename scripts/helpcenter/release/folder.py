"""Publish to a folder that a web server reads: a new release takes over in one rename.

The server's root is the link `current`, which leads to one of `releases/`. The order in which they
came is kept in releases.txt, the latest last. Whenever the process is killed, the link leads to a
whole release; what was begun is swept away by the next run. Needs a POSIX file system.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpcenter.atomic import write_if_changed
from helpcenter.problems import report
from helpcenter.release import complete
from helpcenter.release.order import (
    BusyError,
    ReleaseError,
    before,
    refuse_shrinking,
    with_release,
)
from helpcenter.release.staging import Say, carry, stage

CURRENT = "current"
RELEASES = "releases"
ORDER = "releases.txt"
# What a half-made release, or one that is being deleted, is called.
_PART = ".part"


def publish(site: Path, target: Path, *, keep: int, force: bool, say: Say) -> str:
    """Make `site` the current release of `target`; return the release's name.

    The assets of `keep` releases stay reachable, this one counted. Raises ReleaseError or OSError,
    with the release before still in place.
    """
    name = complete.identity(site)
    with _locked(target) as order:
        current = current_of(target)
        if current is not None and not force:
            refuse_shrinking(complete.pages(target / CURRENT), complete.pages(site))
        order = with_release(order, current, name)
        earlier = [target / RELEASES / each for each in reversed(order[-keep:-1])]
        release = target / RELEASES / name
        if not release.exists():
            part = release.with_name(f".{name}{_PART}")
            stage(site, part, earlier, say=say)
            part.rename(release)
        _switch(target, name, earlier, say=say)
        write_if_changed(target / ORDER, "".join(f"{each}\n" for each in order[-keep:]))
        _sweep(target, order[-keep:])
    return name


def rollback(target: Path, *, say: Say) -> str:
    """Make the release before the current one current again; return its name."""
    with _locked(target) as order:
        name = before(order, current_of(target))
        others = [target / RELEASES / each for each in order if each != name]
        _switch(target, name, others, say=say)
    return name


def current_of(target: Path) -> str | None:
    """Return the name of the release that readers are served, None before the first."""
    link = target / CURRENT
    return link.readlink().name if link.is_symlink() else None


def _switch(target: Path, name: str, others: list[Path], *, say: Say) -> None:
    release = target / RELEASES / name
    if problems := complete.check(release):
        raise ReleaseError(f"release {name} is damaged:\n{report(problems)}")
    carry(release, others)
    new = target / f".{CURRENT}{_PART}"
    new.symlink_to(Path(RELEASES) / name)
    new.rename(target / CURRENT)
    say(f"{name} is current")


@contextmanager
def _locked(target: Path) -> Iterator[list[str]]:
    """Hold the folder, which the system frees even if the process is killed; yield the order."""
    (target / RELEASES).mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target / RELEASES, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise BusyError(f"another run publishes to {target}") from None
    try:
        path = target / ORDER
        order = path.read_text("utf-8").split() if path.exists() else []
        current = current_of(target)
        if current and current not in order:  # killed right after the switch
            order.append(current)
        _sweep(target, order)
        yield order
    finally:
        os.close(descriptor)


def _sweep(target: Path, order: list[str]) -> None:
    """Delete what killed runs left, and releases that are kept no longer."""
    (target / f".{CURRENT}{_PART}").unlink(missing_ok=True)
    for path in sorted((target / RELEASES).iterdir()):
        if path.name not in (*order, current_of(target)):
            # First out of sight: a release is whole or has this name.
            part = path.with_name(f".{path.name.strip('.').removesuffix(_PART)}{_PART}")
            shutil.rmtree(path.rename(part))
