#!/usr/bin/env python3
"""Check what is locked: hashes, licenses, and what is known against it. Asks no network."""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import json
import sys
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from helpcenter.atomic import write_if_changed
from helpcenter.packages import advisories, bill, licenses, locks
from helpcenter.packages.policy import load_policy
from helpcenter.problems import Problem, report
from helpcenter.project import Project

_EPILOG = """\
examples:
  check_packages.py                                    check every lock file of the project
  check_packages.py requirements.txt                   only what the site is built with
  check_packages.py --sbom sbom.cdx.json requirements.txt   write its bill of materials
  check_packages.py --renew PyPI.zip npm.zip           take what osv.dev published

Licenses are read from installed packages, or .ci/packages.yml where they do not say. What is known
against a package is .ci/advisories.json: a snapshot, as good as the day it was taken.

exit codes: 0 no problem, 1 problems found, 2 misuse
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, write a bill or renew the snapshot; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    home = Path(__file__).resolve().parents[1]
    parser.add_argument("locks", nargs="*", metavar="LOCK", type=Path, help="default: all")
    parser.add_argument("--sbom", type=Path, metavar="FILE", help="write CycloneDX 1.6 JSON there")
    parser.add_argument("--renew", type=Path, nargs="+", metavar="ZIP", help="OSV's all.zip files")
    parser.add_argument("--project", type=Path, default=home, help="the project's folder")
    options = parser.parse_args(arguments)
    project = Project(options.project.resolve())
    for path in [*options.locks, *(options.renew or ())]:
        if not path.is_file():
            parser.error(f"{path} does not exist")
    locked, problems = _locked(project, [path.resolve() for path in options.locks])
    policy, others = load_policy(project)
    problems += others
    if policy is None or problems:
        print(report(problems))
        return 1
    today = datetime.datetime.now(datetime.UTC).date()
    store = project.root / advisories.SNAPSHOT
    if options.renew:
        records = (record for path in options.renew for record in _published(path))
        text = advisories.render_snapshot(records, locked, taken=today)
        write_if_changed(store, text)
    snapshot = advisories.read_snapshot(store.read_text("utf-8"))
    declared = _declared()
    if options.sbom:
        known = {}
        for each in locked:
            if license := licenses.license_of(each, declared.get(each.name), policy):
                known[each.name] = license
        told = tomllib.loads((project.root / "pyproject.toml").read_text("utf-8"))["project"]
        own = {key: told[key] for key in ("name", "version", "license")}
        options.sbom.parent.mkdir(parents=True, exist_ok=True)
        write_if_changed(options.sbom, bill.render(locked, known, **own))
        print(f"{len(locked)} packages in {options.sbom}")
        return 0
    problems = advisories.check(locked, snapshot, policy, today=today)
    if not options.renew:
        problems += licenses.check(locked, declared, policy, every=not options.locks)
    if problems:
        print(report(problems))
    print(_summary(locked, snapshot, today, len(set(problems))))
    return 1 if problems else 0


def _locked(project: Project, wanted: Sequence[Path]) -> tuple[list[locks.Locked], list[Problem]]:
    locked, problems = [], []
    npm = sorted(project.root.glob("tests/*/package-lock.json"))
    for path in wanted or [*sorted(project.root.glob("requirements*.txt")), *npm]:
        read = locks.read_npm if path.suffix == ".json" else locks.read_requirements
        found, others = read(path.read_text("utf-8"), project.relative(path))
        locked += found
        problems += others
    return locked, problems


def _declared() -> dict[str, licenses.Declared]:
    """Return what the packages of this Python say of their licenses."""
    found: dict[str, licenses.Declared] = {}
    for distribution in importlib.metadata.distributions():
        data = distribution.metadata.json  # every field by its name in snake case
        prefix = "License :: "
        classifiers = [each for each in data.get("classifier", ()) if each.startswith(prefix)]
        found[canonicalize_name(str(data["name"]))] = licenses.Declared(
            _one(data.get("license_expression")),
            _one(data.get("license")),
            tuple(each.removeprefix(prefix) for each in classifiers),
        )
    return found


def _one(value: str | list[str] | None) -> str | None:
    return value[0] if isinstance(value, list) else value


def _published(path: Path) -> Iterator[Any]:
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def _summary(
    locked: Sequence[locks.Locked], snapshot: advisories.Snapshot, today: datetime.date, number: int
) -> str:
    counted = f"{number} problem{'' if number == 1 else 's'}"
    names = {(each.ecosystem, each.name, each.version) for each in locked}
    if snapshot.taken is None:
        known = "advisories were never fetched: `make advisories` where osv.dev can be reached"
    else:
        missing = len(advisories.unasked(locked, snapshot))
        age = (today - snapshot.taken).days
        known = f"advisories as of {snapshot.taken} ({age} days ago; {missing} packages not asked)"
    return f"{len(names)} locked packages, {counted}; {known}"


if __name__ == "__main__":
    sys.exit(main())
