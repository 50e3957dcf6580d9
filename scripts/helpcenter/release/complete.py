"""Whether a folder holds a whole site: every file that its own record lists, each as it was built.

What a release holds beside them, copies and the assets of earlier releases, is not looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from helpcenter.problems import Problem
from helpcenter.release import listing, names

_BUILD = "build the site again, and leave its files as they are"


def files_of(folder: Path) -> Mapping[str, str]:
    """Return the hash of each file of a site by its path, as its record lists them.

    Raises OSError or ValueError where there is no record, or none that can be read.
    """
    return listing.read_list((folder / listing.FILES).read_text("utf-8").splitlines())


def identity(site: Path) -> str:
    """Return the name of a site's release: digits of all that is published, and of its commit."""
    found = hashlib.sha256()
    for name in (*listing.NAMES, *listing.HOSTS_OWN):
        found.update((site / name).read_bytes() if (site / name).exists() else b"")
    return found.hexdigest()[:16]


def pages(folder: Path) -> int:
    """Return how many pages a site holds."""
    return sum(path.endswith(".html") for path in files_of(folder))


def check(folder: Path) -> list[Problem]:
    """Return what is missing, changed or wrongly named in the site at `folder`."""
    try:
        files = files_of(folder)
    except (OSError, ValueError):
        return [Problem(listing.FILES, 1, "record-missing", "no list of files is there", _BUILD)]
    return [
        Problem(path, 1, rule, message, _BUILD)
        for path, expected in files.items()
        for rule, message in _wrong(folder, path, expected)
    ]


def _wrong(folder: Path, path: str, expected: str) -> Iterator[tuple[str, str]]:
    file = folder / path
    if file.is_symlink() or not file.is_file():
        yield "file-missing", "the record lists this file, and it is not there"
        return
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != expected:
        yield "file-changed", "this is not the file that was built"
    elif not names.is_true(path, content):
        yield "name-untrue", "the name was given to another content"


def unlisted(folder: Path) -> list[Problem]:
    """Return the files of a built site that its record does not list."""
    files = files_of(folder)
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return [
        Problem(path, 1, "file-unlisted", "the record does not list this file", _BUILD)
        for path in sorted(paths)
        if listing.is_listed(path) and path not in files
    ]
