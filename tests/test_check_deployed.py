"""A live site is looked at as a whole, and each way a host misbehaves is said with its address."""

from __future__ import annotations

import datetime
import json
import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml

import check_deployed
from helpcenter.deployed.finding import RULES
from live_site import COMMIT, Host, files, serving
from support import ROOT, shipped_headers
from support import serving as serving_built

NOW = datetime.datetime.now(datetime.UTC)
FILES = files(NOW)
HEADERS = shipped_headers()
CASES = yaml.safe_load((ROOT / "tests/cases/deployed.yml").read_text(encoding="utf-8"))


def look(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    code = check_deployed.main([str(each) for each in arguments])
    return code, capsys.readouterr().out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small site as a build leaves it."""
    for name, content in FILES.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_bytes(content)
    return tmp_path / "site"


def test_a_site_that_is_as_it_should_be_is_told_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(Host(FILES, HEADERS)) as home:
        options = (home, "--elsewhere", "--site", folder, "--expect-commit", COMMIT[:12])
        code, said = look(capsys, *options)
    assert said == f"{home}: commit {COMMIT} as of {NOW.date()}, 14 answers, 0 findings\n"
    assert code == 0


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_host_that_misbehaves_is_caught(
    case: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    options = [*case.get("options", ()), *(["--elsewhere"] if case.get("elsewhere", True) else [])]
    with serving(Host(FILES, HEADERS, case.get("fault", {}))) as home:
        code, said = look(capsys, home, *options)
    expected = [case["says"]] if isinstance(case["says"], str) else case["says"]
    assert [each for each in expected if each not in said] == [], said
    assert code == case.get("code", 1)


def test_every_rule_is_broken_in_a_test() -> None:
    tests = Path(__file__).read_text(encoding="utf-8") + str(CASES)
    assert [rule for rule in RULES if f"{rule}: " not in tests] == []


def test_another_build_than_the_one_here_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = files(NOW - datetime.timedelta(days=1))
    with serving(Host(other, HEADERS)) as home:
        code, said = look(capsys, home, "--elsewhere", "--site", folder)
    assert f"build-other: another build is live (found {COMMIT[:12]} as of" in said
    assert "security.txt: file-changed" in said
    assert code == 1


def test_an_old_address_may_be_a_page_or_lead_to_one(capsys: pytest.CaptureFixture[str]) -> None:
    fault = {"path": "old/", "status": 301, "headers": {"Location": "/faq/"}}
    with serving(Host(FILES, HEADERS, fault)) as home:
        assert look(capsys, home, "--elsewhere")[0] == 0
    fault["headers"] = {"Location": "https://evil.example/faq/"}
    with serving(Host(FILES, HEADERS, fault)) as home:
        assert "old/: status" in look(capsys, home, "--elsewhere")[1]


def test_a_program_reads_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    with serving(Host(FILES, HEADERS, {"path": "faq/", "status": 503})) as home:
        code, said = look(capsys, home, "--elsewhere", "--json")
    found = json.loads(said)
    assert code == 1
    assert (found["url"], found["build"]["commit"], found["stopped"]) == (home, COMMIT, False)
    (finding,) = found["findings"]
    assert (finding["address"], finding["rule"]) == ("faq/", "status")
    assert (finding["found"], finding["expected"]) == ("status 503", "status 200")
    assert finding["hint"]


class Encrypted:
    """A host with a certificate of our own making."""

    def __init__(self, folder: Path, *, days: int = 90, name: str = "localhost") -> None:
        authority = trustme.CA()
        self.authority = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.authority))
        until = NOW + datetime.timedelta(days=days)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name, not_after=until).configure_cert(self.context)


def look_at_encrypted(
    capsys: pytest.CaptureFixture[str],
    encrypted: Encrypted,
    *options: str | Path,
    plain: dict[str, Any] | None = None,
    fault: dict[str, Any] | None = None,
) -> tuple[int, str]:
    """Look at the site over https, beside a host that answers http with `plain`."""
    with serving(Host(FILES, HEADERS, fault or {}), encrypted.context) as home:
        default = {"status": 308, "headers": {"Location": home}}
        with serving(Host(FILES, HEADERS, default if plain is None else plain)) as http:
            authority = ("--authority", encrypted.authority)
            return look(capsys, home, "--elsewhere", "--http", http, *authority, *options)


def test_a_site_over_https_is_as_it_should_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = look_at_encrypted(capsys, Encrypted(tmp_path))
    assert (code, said.count("\n")) == (0, 1), said


@pytest.mark.parametrize(
    ("encrypted", "options", "says"),
    [
        ({"days": 10}, (), "certificate: the certificate does not hold (found until "),
        ({"days": 40}, ("--certificate-days", "41"), "in 39 days, expected at least 41 days)"),
        ({"days": -1}, (), "certificate has expired, expected one that browsers trust"),
        ({"name": "other.example"}, (), "certificate is not valid for 'localhost'"),
    ],
    ids=["soon over", "over before it is wished", "over", "of another host"],
)
def test_a_certificate_that_does_not_hold_is_said(
    encrypted: dict[str, Any],
    options: Sequence[str],
    says: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, said = look_at_encrypted(capsys, Encrypted(tmp_path, **encrypted), *options)
    assert says in said
    assert code == (4 if "browsers trust" in said else 1)


def test_an_authority_that_nobody_knows_is_not_trusted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(Host(FILES, HEADERS), Encrypted(tmp_path).context) as home:
        code, said = look(capsys, home, "--elsewhere")
    assert "certificate: the certificate does not hold (found certificate verify failed" in said
    assert code == 4


@pytest.mark.parametrize(
    ("plain", "says"),
    [
        ({}, "found status 200, expected status 301 or 308"),
        ({"status": 302, "headers": {"Location": "https://localhost/"}}, "found status 302"),
        ({"status": 301, "headers": {"Location": "https://evil.example/"}}, "https://evil.example"),
        ({"status": 301, "headers": {"Location": "/zh/"}}, "found http://localhost"),
        ({"close": True}, "https-missing"),
    ],
)
def test_http_must_lead_to_https_on_the_same_host(
    plain: dict[str, Any], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = look_at_encrypted(capsys, Encrypted(tmp_path), plain=plain)
    assert "https-missing: http does not lead to https" in said
    assert says in said
    assert code == 1


def test_a_part_that_comes_over_http_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = {"path": "faq/", "append": '<img src="http://help.example.com/a.png" alt="">'}
    _, said = look_at_encrypted(capsys, Encrypted(tmp_path), fault=fault)
    assert "faq/: mixed-content: a part of the page comes over http" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ["help.example.com"],
        ["ftp://help.example.com/"],
        ["https://help.example.com/?a=b"],
        ["https://help.example.com/", "--site", "/nowhere"],
        ["https://help.example.com/", "--authority", "/nowhere"],
    ],
)
def test_what_cannot_be_meant_is_misuse(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        check_deployed.main(arguments)
    assert stop.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_the_site_of_this_repository_is_whole_behind_a_host_that_does_as_told(
    built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving_built(built) as home:
        code, said = look(capsys, home, "--elsewhere", "--site", built)
    assert said.endswith(" 0 findings\n"), said
    assert code == 0
