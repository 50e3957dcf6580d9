"""What is known against locked packages, from a snapshot of OSV's records kept in the repository.

A snapshot knows what was published before it was taken, about packages that were locked then;
it says nothing of others. The records: https://ossf.github.io/osv-schema/. Asks no network.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from helpcenter.packages.locks import Locked
from helpcenter.packages.policy import FILE, Policy
from helpcenter.problems import Problem

Record = Mapping[str, Any]
SNAPSHOT = ".ci/advisories.json"
_KEPT = ("id", "aliases", "summary", "modified")


@dataclass(frozen=True)
class Snapshot:
    """Records as of a day; None where none was ever taken. `packages` are those asked about."""

    taken: datetime.date | None = None
    packages: frozenset[str] = frozenset()
    records: Sequence[Record] = field(default=(), repr=False)


def read_snapshot(text: str) -> Snapshot:
    """Read what `render_snapshot` writes; raises ValueError or KeyError if it is not that."""
    data = json.loads(text)
    taken = datetime.date.fromisoformat(data["taken"]) if data["taken"] else None
    return Snapshot(taken, frozenset(data["packages"]), tuple(data["advisories"]))


def render_snapshot(
    records: Iterable[Record], locked: Iterable[Locked], *, taken: datetime.date
) -> str:
    """Return a snapshot of what concerns locked packages, sorted, so that its changes read well."""
    names = {_key(package.ecosystem, package.name) for package in locked}
    kept = {}
    for record in records:
        affected = [each for each in record.get("affected", ()) if _of(each) in names]
        if affected and not record.get("withdrawn"):
            short = {key: record[key] for key in _KEPT if key in record}
            short["affected"] = [
                {key: each[key] for key in ("package", "ranges", "versions") if key in each}
                for each in affected
            ]
            kept[str(record["id"])] = short
    data = {
        "taken": taken.isoformat(),
        "packages": sorted(names),
        "advisories": [kept[name] for name in sorted(kept)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def check(
    locked: Iterable[Locked], snapshot: Snapshot, policy: Policy, *, today: datetime.date
) -> list[Problem]:
    """Return the locked packages that an advisory concerns and nobody has judged."""
    judged = {(each.id, each.package) for each in policy.accepted if each.until >= today}
    problems = []
    for package in locked:
        for record in snapshot.records:
            names = {record["id"], *record.get("aliases", ())}
            if {(name, package.name) for name in names} & judged:
                continue
            if any(_affects(each, package) for each in record["affected"]):
                said = record.get("summary") or "see osv.dev"
                message = f"{package.name} {package.version} has {record['id']}: {said}"
                hint = f"`make lock`; or judge it under `accepted` in {FILE}, with a last day"
                problems.append(Problem(package.path, package.line, "advisory", message, hint))
    return problems


def unasked(locked: Iterable[Locked], snapshot: Snapshot) -> list[str]:
    """Return the locked packages of which the snapshot knows nothing, good or bad."""
    return sorted({_key(each.ecosystem, each.name) for each in locked} - snapshot.packages)


def _key(ecosystem: str, name: str) -> str:
    return f"{ecosystem}/{canonicalize_name(name) if ecosystem == 'PyPI' else name}"


def _of(affected: Record) -> str:
    package = affected.get("package", {})
    return _key(package.get("ecosystem", ""), package.get("name", ""))


def _affects(affected: Record, package: Locked) -> bool:
    if _of(affected) != _key(package.ecosystem, package.name):
        return False
    if package.version in affected.get("versions", ()):
        return True
    ranges = [each for each in affected.get("ranges", ()) if each["type"] != "GIT"]
    return any(_within(each["events"], package.version) for each in ranges)


def _within(events: Sequence[Mapping[str, str]], version: str) -> bool:
    """Return whether a version lies in a range, as OSV's schema evaluates its events."""
    try:
        own = Version(version)
        points = [(Version(at), kind) for event in events for kind, at in event.items()]
    except InvalidVersion:
        return True  # what cannot be compared is for a person to judge
    inside = False
    for at, kind in sorted(points, key=lambda point: point[0]):
        if kind == "introduced" and own >= at:
            inside = True
        elif (kind == "fixed" and own >= at) or (kind == "last_affected" and own > at):
            inside = False
    return inside
