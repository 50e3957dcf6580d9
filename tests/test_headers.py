"""The headers of the site: one source, the same values for every host, nothing let in by a typo."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import render_headers
from helpcenter.finish import THEME_FILES
from helpcenter.headers import preview, render
from helpcenter.headers.policy import Headers, load_headers
from helpcenter.problems import report
from helpcenter.project import Project
from helpcenter.release.names import plain
from support import ROOT, shipped_headers

HEADERS = shipped_headers()
LANGUAGES = ("en", "zh")
SHARED = ("help-widget.js", "search.json", "search.schema.json", "search/en/core.json")
OWN = ("index.html", "404.html", "search/index.html", "zh/search/index.html", "assets/a.js")
DATA = yaml.safe_load((ROOT / "docs/_data/headers.yml").read_text(encoding="utf-8"))
CASES = yaml.safe_load((ROOT / "tests/cases/headers.yml").read_text(encoding="utf-8"))


def load(tmp_path: Path, change: Mapping[str, str]) -> tuple[Headers | None, list[Any]]:
    """Read the shipped file with texts of it replaced."""
    data = tmp_path / "docs" / "_data"
    data.mkdir(parents=True)
    text = (ROOT / "docs/_data/headers.yml").read_text(encoding="utf-8")
    for old, new in change.items():
        assert old in text, f"headers.yml no longer holds {old!r}"
        text = text.replace(old, new)
    (data / "headers.yml").write_text(text, encoding="utf-8")
    return load_headers(Project(tmp_path), LANGUAGES)


def test_every_file_is_sent_with_a_policy_that_runs_own_scripts_alone() -> None:
    for path in (*SHARED, *OWN):
        policy = dict(part.split(" ", 1) for part in policy_of(path).split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert policy["require-trusted-types-for"] == "'script'"
        assert policy["trusted-types"] == "default"


def policy_of(path: str) -> str:
    return HEADERS.of(path)["Content-Security-Policy"]


def test_only_what_apps_load_may_be_loaded_from_elsewhere() -> None:
    for path in (*SHARED, *OWN):
        shared = path in SHARED
        sent = HEADERS.of(path)
        origin = "cross-origin" if shared else "same-origin"
        assert sent["Cross-Origin-Resource-Policy"] == origin
        assert sent.get("Access-Control-Allow-Origin") == ("*" if shared else None)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_file_that_lets_somebody_in_is_refused(case: dict[str, Any], tmp_path: Path) -> None:
    headers, problems = load(tmp_path, case["replace"])
    assert headers is None
    assert case["says"] in report(problems)
    assert [problem.path for problem in problems] == ["docs/_data/headers.yml"] * len(problems)


def test_a_file_may_be_stricter_and_tell_more(tmp_path: Path) -> None:
    headers, problems = load(
        tmp_path,
        {
            'img-src: ["\'self\'", "data:"]': "img-src: [\"'self'\"]",
            "includeSubDomains\n": "includeSubDomains; preload\n",
            "X-Frame-Options: DENY": "X-Frame-Options: DENY\n  X-Robots-Tag: noindex",
        },
    )
    assert headers is not None, report(problems)
    sent = headers.of("index.html")
    assert sent["X-Robots-Tag"] == "noindex"
    assert sent["Strict-Transport-Security"].endswith("; preload")
    assert "data:" not in sent["Content-Security-Policy"]


# What each host makes of its file, by the rules it documents; path → headers.


def as_netlify(text: str, address: str) -> Iterator[tuple[str, str]]:
    """Yield every header of every rule that matches, since hosts differ where two meet."""
    matches = False
    for line in text.splitlines():
        if line.startswith("/"):
            matches = fnmatchcase(address, line)
        elif matches and not line.startswith("#"):
            name, value = line.strip().split(": ", 1)
            yield name, value


def as_nginx(text: str, path: str) -> Iterator[tuple[str, str]]:
    variables: dict[str, str] = {}
    for line in text.splitlines():
        if setting := re.fullmatch(r'set (\$\w+) "(.*)";', line):
            variables[setting[1]] = setting[2]
        elif condition := re.fullmatch(r'if \(\$uri ~ "(.*)"\) \{ set (\$\w+) "(.*)"; \}', line):
            if re.search(condition[1], f"/{path}"):
                variables[condition[2]] = condition[3]
        elif header := re.fullmatch(r'add_header ([\w-]+) "(.*)" always;', line):
            if value := variables.get(header[2], header[2]):
                yield header[1], value
        else:
            assert line.startswith("#"), line


def as_caddy(text: str, path: str) -> Iterator[tuple[str, str]]:
    matchers: dict[str, bool] = {}
    for line in text.splitlines():
        if common := re.fullmatch(r'\t([\w-]+) "(.*)"', line):
            yield common[1], common[2]
        elif matcher := re.fullmatch(r"(@\S+) (not )?path (.*)", line):
            named = any(fnmatchcase(f"/{path}", pattern) for pattern in matcher[3].split())
            matchers[matcher[1]] = named != bool(matcher[2])
        elif header := re.fullmatch(r'header (@\S+) ([\w-]+) "(.*)"', line):
            if matchers[header[1]]:
                yield header[2], header[3]
        else:
            assert line in ("header {", "}") or line.startswith("#"), line


def agree(headers: Headers, files: tuple[str, ...]) -> None:
    """Assert that every host sends each file's headers, each once, and no other."""
    netlify, nginx, caddy = (
        render.netlify(headers, files),
        render.nginx(headers),
        render.caddy(headers),
    )
    for path in files:
        expected = sorted(headers.of(path).items())
        for address in {f"/{path}", "/" + path.removesuffix("index.html")}:
            assert sorted(as_netlify(netlify, address)) == expected
        assert sorted(as_nginx(nginx, path)) == expected
        assert sorted(as_caddy(caddy, path)) == expected


def test_every_host_sends_the_same_headers_with_every_file(built: Path) -> None:
    files = {path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()}
    agree(HEADERS, tuple(sorted(files - {render.FILE})))


names = st.sampled_from(["a", "b.js", "index.html", "c.json"])
paths = st.lists(names, min_size=1, max_size=3).map("/".join)


@settings(deadline=None)
@given(
    files=st.frozensets(paths, min_size=1, max_size=12),
    varied=st.frozensets(st.sampled_from(["a/*", "b.js", "c.json/a", "a/b.js/*"]), max_size=3),
)
def test_hosts_agree_whatever_files_differ(files: frozenset[str], varied: frozenset[str]) -> None:
    alone = [path for path in varied if path != "a/b.js/*" or "a/*" not in varied]
    parts = [
        {"files": [path], "headers": {"X-One": str(number), "Referrer-Policy": "origin"}}
        for number, path in enumerate(sorted(alone))
    ]
    agree(Headers.model_validate(DATA | {"except": parts}), tuple(sorted(files)))


def test_the_published_file_stays_within_what_its_hosts_read(built: Path) -> None:
    lines = (built / render.FILE).read_text(encoding="utf-8").splitlines()
    assert sum(line.startswith("/") for line in lines) <= render.MOST_RULES
    assert max(map(len, lines)) <= render.LONGEST_LINE


def test_every_page_states_the_policy_before_it_names_a_file(built: Path) -> None:
    pages = list(built.rglob("*.html"))
    assert len(pages) > 100
    for page in pages:
        head = page.read_text(encoding="utf-8")
        assert render.meta(HEADERS) in head
        before = head.partition(render.meta(HEADERS))[0]
        assert not re.search(r"<(?:link|script|style|img)\b", before), page


def test_only_listed_files_of_the_theme_are_published(built: Path) -> None:
    own = {
        path.relative_to(ROOT / "overrides").as_posix()
        for path in (ROOT / "overrides" / "assets").rglob("*")
    }
    published = {
        plain(path.relative_to(built).as_posix())
        for path in (built / "assets").rglob("*")
        if path.is_file()
    }
    assert own & published == {name for name in own if (ROOT / "overrides" / name).is_file()}
    for pattern in THEME_FILES:
        assert len([name for name in published - own if fnmatchcase(name, pattern)]) == 1
    assert len(published - own) == len(THEME_FILES)
    assert not [path for path in built.rglob("*") if path.is_dir() and not any(path.iterdir())]
    assert not (built / "illustrations").exists()


PAGE = b"<html><head>%s</head><body><p>x</p>%s</body></html>"
RELOAD = b"<script>reload();</script>"


def in_preview(page: bytes) -> tuple[dict[str, str], bytes]:
    said: list[Any] = []

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        length = str(len(page))
        start("200 OK", [("Content-Type", "text/html"), ("Content-Length", length)])
        return [page[:20], page[20:]]

    answer = preview.with_headers(application, HEADERS)
    body = b"".join(answer({"PATH_INFO": "/"}, lambda *start: said.append(start)))
    return dict(said[0][1]), body


def test_the_preview_lets_its_own_script_through_and_no_other() -> None:
    stranger = b"<script>stranger()</script>"
    policy = render.meta(HEADERS).encode()
    headers, body = in_preview(PAGE % (policy, stranger + RELOAD))
    alone, _ = in_preview(PAGE % (policy, RELOAD))
    assert headers["Content-Security-Policy"] == alone["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].count("'sha256-") == 1
    assert b"Content-Security-Policy" not in body
    assert headers["Content-Length"] == str(len(body))
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"


def test_a_page_without_that_script_is_previewed_as_it_is_published() -> None:
    headers, _ = in_preview(PAGE % (b"", b"<script src='a.js'></script>"))
    assert headers["Content-Security-Policy"] == policy_of("index.html")


def test_the_door_prints_each_host_s_file(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert render_headers.main(["netlify", "--site", str(built)]) == 0
    assert capsys.readouterr().out == (built / render.FILE).read_text(encoding="utf-8")
    for host, text in {
        "nginx": render.nginx(HEADERS),
        "caddy": render.caddy(HEADERS),
        "meta": render.meta(HEADERS),
    }.items():
        assert render_headers.main([host]) == 0
        assert capsys.readouterr().out.startswith(text)


def test_the_door_prints_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "docs" / "_data"
    data.mkdir(parents=True)
    shutil.copy(ROOT / "docs/_data/product.yml", data)
    (data / "headers.yml").write_text("policy: {}\n", encoding="utf-8")
    assert render_headers.main(["nginx", "--project", str(tmp_path)]) == 1
    assert "docs/_data/headers.yml:1: " in capsys.readouterr().out


def test_netlify_s_file_needs_a_built_site(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        render_headers.main(["netlify"])
    assert ended.value.code == 2
    assert "--site" in capsys.readouterr().err
