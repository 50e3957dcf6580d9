"""Twenty releases under load on a real nginx, a real Caddy and a bare repository, and runs killed.

Needs nginx and Caddy, which `make test-deploy` installs.
"""

from __future__ import annotations

import contextlib
import gzip
import http.client
import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import brotli
import pytest

import publish
import render_headers
from helpcenter.release import complete, folder, names
from releases import Reader, changed, reading, web_servers
from support import ROOT, shipped_headers

pytestmark = pytest.mark.skipif(not os.environ.get("DEPLOY"), reason="run by make test-deploy")

RELEASES = 20
READERS = 4  # of each server
DOOR = ROOT / "scripts" / "publish.py"


def printed(*arguments: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        assert render_headers.main([*arguments]) == 0
    return said.getvalue()


@pytest.fixture(scope="module")
def served(
    built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, dict[str, int]]]:
    """A folder that the built site was published to, and the ports of the servers that read it."""
    place = tmp_path_factory.mktemp("deploy")
    target = place / "srv"
    assert publish.main([str(built), "--to", str(target), "--checked"]) == 0
    said = {host: printed(host) for host in ("nginx", "caddy")}
    with web_servers(place, target / folder.CURRENT, said) as ports:
        yield target, ports


def killed(site: Path, where: list[str], longest: float, chance: Random) -> bool:
    """Start to publish and kill the run at a random moment; return whether it was still at work."""
    run = subprocess.Popen(
        [sys.executable, str(DOOR), str(site), *where, "--checked"], stdout=subprocess.DEVNULL
    )
    try:
        run.wait(timeout=chance.uniform(0.1, longest))
    except subprocess.TimeoutExpired:
        run.kill()
        run.wait()
        return True
    return False


def told(readers: list[Reader], name: str) -> None:
    failed = [each for reader in readers for each in reader.failed]
    missing = [each for reader in readers for each in reader.missing]
    loads, assets = sum(each.loads for each in readers), sum(each.assets for each in readers)
    print(f"{name}: {loads} pages, {len(failed)} failed; {assets} assets, {len(missing)} missing")
    assert (failed, missing) == ([], [])
    assert loads > 100


def test_twenty_releases_and_killed_runs_cost_no_reader_a_page_or_an_asset(
    served: tuple[Path, dict[str, int]], built: Path, tmp_path: Path
) -> None:
    target, ports = served
    chance = Random(7)
    pages = [
        path.removesuffix("index.html")
        for path in complete.files_of(built)
        if path.endswith("index.html")
    ]
    took: list[float] = []
    kills = 0
    with reading([*ports.values()], pages, READERS) as readers:
        for number in range(RELEASES):
            site = changed(built, tmp_path / str(number), number)
            longest = max(took, default=8.0)
            kills += killed(site, ["--to", str(target)], longest, chance)
            assert complete.check(target / folder.CURRENT) == []
            start = time.monotonic()
            assert publish.main([str(site), "--to", str(target), "--checked"]) == 0
            took.append(time.monotonic() - start)
            shutil.rmtree(site)
        start = time.monotonic()
        assert publish.main(["--to", str(target), "--rollback"]) == 0
        back = time.monotonic() - start
    print(f"{RELEASES} releases, {kills} runs killed; a release took {max(took):.1f} s at most")
    print(f"rollback: {back:.2f} s")
    for name, port in ports.items():
        told([each for each in readers if each.port == port], name)
    assert kills > RELEASES // 4
    assert back < 60


def test_replacing_the_files_in_place_is_what_readers_notice(
    served: tuple[Path, dict[str, int]], built: Path, tmp_path: Path
) -> None:
    """Without releases: the folder is emptied and filled again. The readers above can fail."""
    with web_servers(
        tmp_path, tmp_path / "srv", {h: printed(h) for h in ("nginx", "caddy")}
    ) as ports:
        shutil.copytree(built, tmp_path / "srv")
        with reading([*ports.values()], ["", "faq/", "zh/fees/"], READERS) as readers:
            for number in range(3):
                site = changed(built, tmp_path / str(number), number)
                shutil.rmtree(tmp_path / "srv")
                shutil.copytree(site, tmp_path / "srv")
    failed = sum(len(each.failed) for each in readers)
    missing = sum(len(each.missing) for each in readers)
    print(
        f"in place: {sum(each.loads for each in readers)} pages, {failed} failed, {missing} assets"
    )
    assert failed + missing > 0


def test_a_branch_moves_from_one_whole_release_to_the_next(built: Path, tmp_path: Path) -> None:
    remote = tmp_path / "pages.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(remote)], check=True)
    where = ["--to-branch", str(remote), "published"]
    chance = Random(11)
    took: list[float] = []
    kills = 0
    for number in range(RELEASES):
        site = changed(built, tmp_path / str(number), number)
        if number:
            kills += killed(site, where, max(took), chance)
            whole(remote, tmp_path / "checkout")
        start = time.monotonic()
        assert publish.main([str(site), *where, "--checked"]) == 0
        took.append(time.monotonic() - start)
        shutil.rmtree(site)
    start = time.monotonic()
    assert publish.main([*where, "--rollback"]) == 0
    back = time.monotonic() - start
    whole(remote, tmp_path / "checkout")
    print(f"branch: {RELEASES} releases, {kills} runs killed, 0 halves; rollback {back:.2f} s")


def whole(remote: Path, checkout: Path) -> None:
    """Assert that the branch holds a whole site."""
    command = ["git", "clone", "--quiet", "--depth=1", "--branch=published", f"file://{remote}"]
    subprocess.run([*command, str(checkout)], check=True)
    assert complete.check(checkout) == []
    shutil.rmtree(checkout)


def answer(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(
        "GET", path, headers={name.replace("_", "-"): v for name, v in headers.items()}
    )
    found = connection.getresponse()
    body = found.read()
    connection.close()
    return found.status, {name.lower(): value for name, value in found.getheaders()}, body


@pytest.mark.parametrize("host", ["nginx", "caddy"])
def test_a_host_serves_types_copies_redirects_and_the_page_of_both_languages(
    served: tuple[Path, dict[str, int]], host: str
) -> None:
    target, ports = served
    current = target / folder.CURRENT
    shipped = shipped_headers()
    files = complete.files_of(current)
    script = next(path for path in files if names.plain(path) == "assets/javascripts/helpcenter.js")
    core = next(path for path in files if names.plain(path) == "search/zh/core.json")
    paths = {
        "": "index.html",
        "zh/faq/": "zh/faq/index.html",
        script: script,
        core: core,
        **{each: each for each in ("robots.txt", "data/fees.csv", "search.json", "sitemap.xml")},
        "assets/images/logo.svg": "assets/images/logo.svg",
        "assets/javascripts/gone.0123456789ab.js": "404.html",
        "zh/none": "404.html",
    }
    for address, path in paths.items():
        status, sent, body = answer(ports[host], f"/{address}")
        assert status == (404 if path == "404.html" else 200), address
        assert body == (current / path).read_bytes()
        assert sent["content-type"] == shipped.types[path.rpartition(".")[2]], address
        assert sent["cache-control"] == shipped.of(path)["Cache-Control"], address
        assert sent["content-security-policy"] == shipped.of(path)["Content-Security-Policy"]
    for encoding, unpack in {"gzip": gzip.decompress, "br": brotli.decompress}.items():
        status, sent, body = answer(ports[host], "/zh/", Accept_Encoding=encoding)
        if (host, encoding) == ("nginx", "br"):
            assert "content-encoding" not in sent  # Debian's nginx has no such module by itself
            continue
        assert sent["content-encoding"] == encoding
        assert "accept-encoding" in sent["vary"].lower()
        assert unpack(body) == (current / "zh/index.html").read_bytes()
        suffix = {"gzip": ".gz", "br": ".br"}[encoding]
        assert body == (current / f"zh/index.html{suffix}").read_bytes()
    tag = answer(ports[host], "/")[1]["etag"]
    assert answer(ports[host], "/", If_None_Match=tag)[0] == 304
    for old in ("/official", "/official/"):
        status, sent, _ = answer(ports[host], old)
        assert (status, sent["location"]) == (301, "/security/official-channels/")
    assert answer(ports[host], "/zh/hacked?from=app")[1]["location"].startswith("/zh/security/")
