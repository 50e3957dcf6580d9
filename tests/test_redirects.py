"""Old addresses lead to pages of this site and nowhere else, on every kind of host."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import HttpUrl

import render_headers
from helpcenter.headers import serving
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.redirects import addresses, load_redirects
from helpcenter.release import well_known
from helpcenter.release.names import is_permanent
from helpcenter.site_context import Site
from support import ROOT, shipped_headers

CASES = yaml.safe_load((ROOT / "tests/cases/redirects.yml").read_text(encoding="utf-8"))
TWO = {"/old": "/new/", "/zh/old": "/zh/new/"}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_redirect_that_could_harm_is_refused(case: dict[str, Any], tmp_path: Path) -> None:
    for name in ("docs/en/contact", "docs/en/faq", "docs/en/fees", "docs/_data"):
        (tmp_path / name).mkdir(parents=True)
    for page in ("contact/contact", "faq/index", "fees/index"):
        (tmp_path / f"docs/en/{page}.md").touch()
    shutil.copy(ROOT / "docs/_data/product.yml", tmp_path / "docs/_data")
    (tmp_path / "docs/_data/redirects.yml").write_text(case["file"] + "\n", encoding="utf-8")
    project = Project(tmp_path)
    product, _ = load_product(project)
    assert product is not None
    _, problems = load_redirects(project, product)
    assert case["rule"] in {problem.rule for problem in problems}
    assert {problem.path for problem in problems} == {"docs/_data/redirects.yml"}


def test_a_problem_names_its_line(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    data = tmp_path / "docs/_data/redirects.yml"
    data.write_text("# one\nhelp: contact/contact\nbad: contact/gone\n", encoding="utf-8")
    project = Project(tmp_path)
    product, _ = load_product(project)
    assert product is not None
    redirects, problems = load_redirects(project, product)
    assert redirects["help"] == "contact/contact"
    assert [(problem.line, problem.rule) for problem in problems] == [(3, "redirect-target")]


def test_every_old_address_leads_to_a_page_in_each_language(site: Site, built: Path) -> None:
    assert len(site.moved) == 2 * len(site.redirects) > 0
    for old, new in site.moved.items():
        assert not old.endswith("/")
        assert (built / new.strip("/") / "index.html").is_file()
        assert not (built / old.strip("/")).exists()
    assert site.moved["/zh/official"] == "/zh/security/official-channels/"


def test_a_help_center_below_a_folder_of_its_host_redirects_within_it(site: Site) -> None:
    below = site.product.model_copy(update={"site_url": HttpUrl("https://example.com/help/")})
    assert addresses({"old": "faq/index", "home": "index"}, below) == {
        "/help/old": "/help/faq/",
        "/help/zh/old": "/help/zh/faq/",
        "/help/home": "/help/",
        "/help/zh/home": "/help/zh/",
    }


def test_each_host_is_told_every_redirect_with_and_without_a_slash(built: Path, site: Site) -> None:
    lines = serving.netlify(TWO).splitlines()
    assert lines[1:] == [
        f"{old}{slash} {new} 301" for old, new in TWO.items() for slash in ("", "/")
    ]
    nginx = serving.nginx(shipped_headers(), TWO)
    rules = re.findall(r"^rewrite (\S+) (\S+) permanent;$", nginx, re.MULTILINE)
    caddy = serving.caddy(shipped_headers(), TWO)
    for old, new in TWO.items():
        for asked in (old, f"{old}/"):
            assert [to for pattern, to in rules if re.search(pattern, asked)] == [new]
            assert f"redir {asked} {new} permanent\n" in caddy
    assert (built / serving.FILE).read_text(encoding="utf-8") == serving.netlify(site.moved)


def test_hosts_know_the_type_of_every_published_file(built: Path) -> None:
    types = shipped_headers().types
    suffixes = {path.suffix[1:] for path in built.rglob("*") if path.is_file()}
    assert suffixes - {""} <= types.keys()
    nginx, caddy = serving.nginx(shipped_headers(), {}), serving.caddy(shipped_headers(), {})
    for suffix, value in types.items():
        assert f'"{value}" {suffix};' in nginx
        assert f'@{suffix} path *.{suffix}\nheader @{suffix} Content-Type "{value}"' in caddy


def test_what_is_kept_for_ever_has_a_name_that_says_what_is_in_it(built: Path) -> None:
    headers = shipped_headers()
    for path in built.rglob("*"):
        name = path.relative_to(built).as_posix()
        kept = path.is_file() and "immutable" in headers.of(name)["Cache-Control"]
        assert kept == (path.is_file() and is_permanent(name)), name


def test_a_page_is_asked_for_again_and_shown_from_a_copy_only_while_the_host_fails() -> None:
    for path in ("index.html", "zh/faq/index.html", "404.html", "search.json", "data/fees.json"):
        assert shipped_headers().of(path)["Cache-Control"] == "max-age=0, stale-if-error=86400"


def test_the_door_prints_the_whole_configuration(
    capsys: pytest.CaptureFixture[str], site: Site
) -> None:
    for host, serve in {"nginx": serving.nginx, "caddy": serving.caddy}.items():
        assert render_headers.main([host]) == 0
        assert capsys.readouterr().out.endswith(serve(shipped_headers(), site.moved))


def test_robots_are_told_where_the_sitemap_is(built: Path) -> None:
    lines = (built / well_known.ROBOTS).read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["User-agent: *", "Allow: /"]
    assert lines[-1] == "Sitemap: https://help.example.com/sitemap.xml"
    assert (built / "sitemap.xml").is_file()


def test_who_finds_a_weakness_is_told_where_to_write(built: Path) -> None:
    """RFC 9116: Contact and Expires are needed, each field but Contact stands once."""
    text = (built / well_known.SECURITY).read_text(encoding="utf-8")
    lines = [line.partition(": ") for line in text.splitlines()]
    fields = {name: value for name, _, value in lines}
    assert fields == {
        "Contact": "mailto:security@example.com",
        "Expires": "2027-05-21T00:00:00Z",
        "Preferred-Languages": "en, zh-Hans",
        "Canonical": "https://help.example.com/.well-known/security.txt",
        "Policy": "https://help.example.com/security/official-channels/",
    }
    assert len(lines) == len(fields)
    policy = fields["Policy"].removeprefix("https://help.example.com/")
    assert (built / policy / "index.html").is_file()
