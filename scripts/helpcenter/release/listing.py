"""The list of a built site's files and their hashes, as `sha256sum` writes and checks it.

Needs the standard library alone: what publishes a site may have nothing installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

RECORD = ".well-known/build.json"
FILES = ".well-known/build.sha256"
NAMES = (RECORD, FILES)
# What hosts read and keep to themselves.
HOSTS_OWN = ("_headers", "_redirects", ".nojekyll", "CNAME")
_COMPRESSED = (".br", ".gz")


def is_listed(path: str) -> bool:
    """Return whether the list of files holds a published file, by its path.

    Not on it are the record itself, what hosts keep to themselves, and compressed copies.
    """
    return path not in NAMES and path not in HOSTS_OWN and not path.endswith(_COMPRESSED)


def listed(files: Mapping[str, str]) -> str:
    """Return the list of published files, given their hashes by path."""
    return "".join(
        f"{files[path]}  {path}\n" for path in sorted(files, key=str.encode) if is_listed(path)
    )


def read_list(lines: Iterable[str]) -> dict[str, str]:
    """Return the hash of each file of a list, by its path; ValueError where a line is none."""
    files = {}
    for line in lines:
        digits, space, path = line.partition("  ")
        if len(digits) != 64 or not space or not path:
            raise ValueError("a line is not a hash, two spaces and a path")
        files[path] = digits
    return files
