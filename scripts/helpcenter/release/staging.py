"""Put a release together in a folder that nobody is served from yet.

A file that an earlier release has too is linked, not copied: it keeps its time, so that browsers
may keep their copy, and its compressed copies. A changed file is always younger than the one it
follows: hosts tell versions apart by size and second. Assets of earlier releases come along,
because pages that readers have open still ask for them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from helpcenter.release import compressed, listing, names
from helpcenter.release.complete import files_of

# Tells whoever waits what is being done, in words.
Say = Callable[[str], None]


def stage(site: Path, folder: Path, earlier: Sequence[Path], *, say: Say) -> None:
    """Write the site, its compressed copies and the assets of `earlier` releases to `folder`.

    Everything is on the disk when it returns.
    """
    files = files_of(site)
    known = {(path, digest): each for each in earlier for path, digest in files_of(each).items()}
    fresh = [path for path in (*files, *listing.NAMES) if (path, files.get(path)) not in known]
    say(f"{len(files)} files: {len(fresh)} are new or changed")
    for path, digest in files.items():
        if old := known.get((path, digest)):
            _link(old, folder, path)
    with ThreadPoolExecutor() as workers:
        list(workers.map(lambda path: _write(site, folder, path, earlier), fresh))
    carry(folder, earlier)
    for each in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        _flush(each)


def carry(folder: Path, releases: Iterable[Path]) -> None:
    """Add to a release the assets of others that it lacks. It may be in use meanwhile."""
    for release in releases:
        for path in files_of(release):
            if names.is_permanent(path) and not (folder / path).exists():
                _link(release, folder, path)


def _link(source: Path, folder: Path, path: str) -> None:
    for name in (*(path + suffix for suffix in compressed.SUFFIXES), path):
        if (source / name).exists() and not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).hardlink_to(source / name)


def _write(site: Path, folder: Path, path: str, earlier: Sequence[Path]) -> None:
    content = (site / path).read_bytes()
    copies: Mapping[str, bytes] = {path: content, **dict(compressed.copies(path, content))}
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    for name, data in copies.items():
        with (folder / name).open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        before = [(each / name).stat().st_mtime for each in earlier if (each / name).exists()]
        if before and (folder / name).stat().st_mtime < max(before) + 1:
            os.utime(folder / name, times=(max(before) + 1, max(before) + 1))


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
