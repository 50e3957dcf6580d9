"""Lock files as data: which package, which version, which bytes, and who needs it.

Reads what uv and npm write. Knows nothing of licenses or advisories, and installs nothing.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import Literal

from packaging.utils import canonicalize_name

from helpcenter.problems import Problem, found

Ecosystem = Literal["PyPI", "npm"]

_LOCKED = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^\]]+\])?==([^\s;]+)(?: ; [^\\]+)?(?: \\)?")
_HASH = re.compile(r"    --hash=(sha256:[0-9a-f]{64})(?: \\)?")
_NEEDED_BY = re.compile(r"    # (?:via|  )\s*(.*)")
_MODULES = "node_modules/"


@dataclass(frozen=True)
class Locked:
    """One line of a lock file: a package at a version; `license` is what the lock says of it.

    `needed_by` names other packages; "" is this project.
    """

    ecosystem: Ecosystem
    name: str
    version: str
    path: str
    line: int
    hashes: tuple[str, ...]
    needed_by: tuple[str, ...] = ()
    license: str | None = None


def read_requirements(text: str, name: str) -> tuple[list[Locked], list[Problem]]:
    """Read a requirements file of uv's; any line that is no version, hash or comment is wrong."""
    entries: list[tuple[int, re.Match[str], list[str], list[str]]] = []
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        if match := _LOCKED.fullmatch(line):
            entries.append((number, match, [], []))
        elif entries and (match := _HASH.fullmatch(line)):
            entries[-1][2].append(match[1])
        elif entries and (match := _NEEDED_BY.fullmatch(line)):
            entries[-1][3].append(match[1])
        elif line.strip():
            message = f"this is no locked package {found(line, 'name==version and its hashes')}"
            hint = "write the file with `make lock`; an index or an address is no part of it"
            problems.append(Problem(name, number, "lock-line", message, hint))
    locked = []
    for number, match, hashes, above in entries:
        parents = tuple(_parent(each) for each in above if each and not each.startswith("-c "))
        package = canonicalize_name(match[1])
        locked.append(Locked("PyPI", package, match[2], name, number, tuple(hashes), parents))
    return locked, [*problems, *_unhashed(locked)]


def _parent(written: str) -> str:
    of_project = "(pyproject.toml" in written or written.startswith("pyproject.toml")
    return "" if of_project else canonicalize_name(written)


def read_npm(text: str, name: str) -> tuple[list[Locked], list[Problem]]:
    """Read a package-lock.json; what comes from an address instead of the registry is wrong."""
    lines = {line.strip(): number for number, line in enumerate(text.splitlines(), 1)}
    locked, problems = [], []
    for place, entry in json.loads(text)["packages"].items():
        if not place:
            continue
        number = lines.get(f'"{place}": {{', 1)
        package = place.rpartition(_MODULES)[2]
        hashes = tuple(map(_digest, entry.get("integrity", "").split()))
        version, license = entry.get("version", ""), entry.get("license")
        locked.append(Locked("npm", package, version, name, number, hashes, (), license))
        if "resolved" in entry:
            message = f"{package} comes from an address {found(entry['resolved'], 'none')}"
            hint = "lock with npm's --omit-lockfile-registry-resolved; take nothing from elsewhere"
            problems.append(Problem(name, number, "lock-line", message, hint))
    return locked, [*problems, *_unhashed(locked)]


def _digest(integrity: str) -> str:
    """Return a hash of npm's, in base64, as Python's lock files write theirs."""
    kind, _, value = integrity.partition("-")
    return f"{kind}:{base64.b64decode(value).hex()}"


def _unhashed(locked: list[Locked]) -> list[Problem]:
    hint = "write the file with `make lock`: without a hash anything may be installed"
    return [
        Problem(each.path, each.line, "lock-hash", f"{each.name} is locked without a hash", hint)
        for each in locked
        if not each.hashes
    ]
