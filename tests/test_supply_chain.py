"""What is locked has hashes, licenses that may be used, and no advisory that nobody judged."""

from __future__ import annotations

import datetime
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

import check_packages
from helpcenter.packages import advisories, licenses, locks
from helpcenter.packages.locks import Locked
from helpcenter.packages.policy import Policy, load_policy
from helpcenter.problems import report
from helpcenter.project import Project
from support import ROOT, edit

CASES = ROOT / "tests" / "cases" / "packages"
DIGEST = "sha256:" + "0" * 64
JINJA = Locked("PyPI", "jinja2", "3.1.6", "requirements.txt", 7, (DIGEST,))
TODAY = datetime.date(2026, 11, 22)


def cases(name: str) -> list[Any]:
    found = yaml.safe_load((CASES / name).read_text("utf-8"))
    return [pytest.param(case, id=case["name"]) for case in found]


@pytest.fixture(scope="module")
def policy() -> Policy:
    found, problems = load_policy(Project(ROOT))
    assert found is not None, report(problems)
    return found


@pytest.fixture
def locked_project(tmp_path: Path) -> Path:
    """A project of one locked package, with the policy of this one and an empty snapshot."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "packages.yml", tmp_path / ".ci")
    (tmp_path / advisories.SNAPSHOT).write_text('{"taken": null, "packages": [], "advisories": []}')
    (tmp_path / "requirements.txt").write_text(
        f"jinja2==3.1.6 \\\n    --hash={DIGEST}\n    # via x\n"
    )
    return tmp_path


def record(
    name: str = "INVENTED-2026-1", package: str = "Jinja2", **more: object
) -> dict[str, Any]:
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "3.0"}, {"fixed": "3.1.7"}]}]
    affected = {"package": {"ecosystem": "PyPI", "name": package}, "ranges": ranges}
    summary = {"summary": "An invented weakness", "details": "long", "aliases": ["CVE-0000-1"]}
    return {"id": name, "affected": [affected]} | summary | more


def renew(project: Path, *records: dict[str, Any]) -> int:
    archive = project / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for each in records:
            file.writestr(f"{each['id']}.json", json.dumps(each))
    lock = project / "requirements.txt"
    return check_packages.main(
        ["--project", str(project), "--renew", str(archive), "--", str(lock)]
    )


def check(project: Path) -> int:
    return check_packages.main(["--project", str(project), str(project / "requirements.txt")])


def test_whatever_is_locked_here_may_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_packages.main([]) == 0, capsys.readouterr().out


def test_every_lock_file_is_checked_and_installed_by_its_hashes() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "--require-hashes --only-binary :all: --no-deps" in makefile
    for path in ROOT.glob("requirements*.txt"):
        found, problems = locks.read_requirements(path.read_text("utf-8"), path.name)
        assert found
        assert problems == []
        assert f"$(PIP_INSTALL) -r {path.name}" in makefile.replace(
            "--no-binary pyspark --no-build-isolation ", ""
        )
    for path in ROOT.glob("tests/*/package-lock.json"):
        found, problems = locks.read_npm(path.read_text("utf-8"), path.name)
        assert found
        assert problems == []
        assert f"cd {path.parent.relative_to(ROOT)} && npm ci --silent --ignore-scripts" in makefile


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("--index-url https://pypi.example/simple", "lock-line"),
        ("--extra-index-url https://pypi.example/simple", "lock-line"),
        ("--trusted-host pypi.example", "lock-line"),
        ("jinja2 @ https://files.example/jinja2.whl", "lock-line"),
        ("-e git+https://code.example/jinja2", "lock-line"),
        ("jinja2>=3.1.6 \\", "lock-line"),
        ("jinja2==3.1.6", "lock-hash"),
        ("    --hash=md5:d41d8cd98f00b204e9800998ecf8427e", "lock-line"),
    ],
)
def test_a_line_that_could_install_anything_else_is_a_problem(line: str, rule: str) -> None:
    text = f"babel==2.18.0 \\\n    --hash={DIGEST}\n{line}\n"
    _, problems = locks.read_requirements(text, "requirements.txt")
    assert [(each.line, each.rule) for each in problems] == [(3, rule)]


def test_a_package_of_npm_from_an_address_or_without_a_hash_is_a_problem() -> None:
    far = {"version": "1.0.0", "resolved": "https://files.example/a.tgz"}
    text = json.dumps({"packages": {"": {}, "node_modules/@a/b": far}}, indent=2)
    (package,), problems = locks.read_npm(text, "package-lock.json")
    assert package.name == "@a/b"
    assert {each.rule for each in problems} == {"lock-line", "lock-hash"}
    assert {each.line for each in problems} == {4}


@pytest.mark.parametrize("case", cases("licenses.yml"))
def test_a_license_is_what_the_package_says_in_words_that_mean_one_thing(
    case: dict[str, Any], policy: Policy
) -> None:
    told: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in case["declared"].items()
    }
    package = Locked("PyPI", "some-package", "1.0", "requirements.txt", 3, (DIGEST,))
    declared = licenses.Declared(**told)
    assert licenses.license_of(package, declared, policy) == case["license"]
    problems = licenses.check([package], {"some-package": declared}, policy, every=False)
    expected = {None: ["license-unknown"], True: [], False: ["license-not-allowed"]}
    assert [each.rule for each in problems] == expected[case.get("allowed")]


def test_an_entry_for_a_package_that_is_no_longer_locked_is_a_problem(policy: Policy) -> None:
    problems = licenses.check([JINJA], {}, policy, every=True)
    assert {each.rule for each in problems} == {"license-entry"}
    assert not [each for each in problems if "jinja2" in each.message]


@pytest.mark.parametrize("case", cases("advisories.yml"))
def test_a_version_is_affected_where_the_events_of_a_range_say_so(
    case: dict[str, Any], policy: Policy
) -> None:
    found = record()
    found["affected"][0]["ranges"][0]["events"] = [
        {kind: str(at) for kind, at in event.items()} for event in case["events"]
    ]
    snapshot = advisories.Snapshot(TODAY, frozenset(), [found])
    for version in map(str, case["within"] + case["without"]):
        package = Locked("PyPI", "jinja2", version, "requirements.txt", 7, (DIGEST,))
        problems = advisories.check([package], snapshot, policy, today=TODAY)
        assert bool(problems) == (version in map(str, case["within"])), version


def test_an_invented_advisory_is_found_without_a_network_until_somebody_judges_it(
    locked_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(locked_project) == 0
    assert "advisories were never fetched" in capsys.readouterr().out
    other = record("INVENTED-2026-2", package="not-locked-here")
    taken_back = record("INVENTED-2026-3", withdrawn="2026-11-01T00:00:00Z")
    assert renew(locked_project, record(), other, taken_back) == 1
    kept = json.loads((locked_project / advisories.SNAPSHOT).read_text("utf-8"))
    assert [each["id"] for each in kept["advisories"]] == ["INVENTED-2026-1"]
    assert "details" not in kept["advisories"][0]
    capsys.readouterr()
    assert check(locked_project) == 1
    said = capsys.readouterr().out
    assert "requirements.txt:1: advisory: jinja2 3.1.6 has INVENTED-2026-1: An invented" in said
    for until, code in (("2999-01-01", 0), ("2020-01-01", 1)):
        judged = f"{{id: CVE-0000-1, package: jinja2, why: not used, until: {until}}}"
        shutil.copy(ROOT / ".ci" / "packages.yml", locked_project / ".ci")
        edit(locked_project / ".ci" / "packages.yml", "accepted: []", f"accepted: [{judged}]")
        assert check(locked_project) == code


def test_a_version_named_in_a_record_is_affected_whatever_its_ranges_say(policy: Policy) -> None:
    found = record()
    found["affected"][0] |= {"ranges": [{"type": "GIT", "events": []}], "versions": ["3.1.6"]}
    snapshot = advisories.Snapshot(TODAY, frozenset(), [found])
    assert advisories.check([JINJA], snapshot, policy, today=TODAY)


def test_a_package_that_the_snapshot_was_not_asked_about_is_counted(
    locked_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert renew(locked_project) == 0
    assert "0 packages not asked" in capsys.readouterr().out
    added = f"\nbabel==2.18.0 \\\n    --hash={DIGEST}\n"
    with (locked_project / "requirements.txt").open("a") as file:
        file.write(added)
    assert check(locked_project) == 0
    assert "1 packages not asked" in capsys.readouterr().out


def test_the_bill_of_materials_names_every_package_with_its_hashes_and_license(
    tmp_path: Path,
) -> None:
    lock, here, there = ROOT / "requirements.txt", tmp_path / "here.json", tmp_path / "there.json"
    assert check_packages.main(["--sbom", str(here), str(lock)]) == 0
    environment = os.environ | {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4711"}
    door = ROOT / "scripts" / "check_packages.py"
    command: list[str | Path] = [sys.executable, door, "--sbom", there, lock]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert here.read_bytes() == there.read_bytes()
    bill = json.loads(here.read_text("utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    found, _ = locks.read_requirements(lock.read_text("utf-8"), lock.name)
    components = {part["purl"]: part for part in bill["components"]}
    assert set(components) == {f"pkg:pypi/{each.name}@{each.version}" for each in found}
    for each in found:
        part = components[f"pkg:pypi/{each.name}@{each.version}"]
        (source,) = part["externalReferences"]
        assert {f"sha256:{hash['content']}" for hash in source["hashes"]} == set(each.hashes)
        assert part["licenses"][0]["expression"]
    needs = {entry["ref"]: entry.get("dependsOn", []) for entry in bill["dependencies"]}
    assert any("/mkdocs@" in address for address in needs["project"])
