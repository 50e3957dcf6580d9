"""Readers who still have the service worker of an earlier site get the pages of this one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from support import ROOT, serving, shipped_headers

STALE = (ROOT / "tests/cases/workers/stale.js").read_text(encoding="utf-8")
# A page of the earlier site, which registers its worker wherever a reader opens it.
OLD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Old</title>
<h1>No known problems</h1><script>navigator.serviceWorker.register("{}")</script></html>"""
REMAINS = """async () => ({
  registrations: (await navigator.serviceWorker.getRegistrations()).length,
  caches: await caches.keys(),
  controlled: navigator.serviceWorker.controller !== null,
})"""


def earlier_site(folder: Path, root: str, worker: str) -> Path:
    """Write a site below the path `root` that has a worker of this name."""
    site = folder / root.strip("/")
    (site / "faq").mkdir(parents=True)
    for page in ("index.html", "faq/index.html"):
        (site / page).write_text(OLD.format(root + worker), encoding="utf-8")
    (site / worker).write_text(STALE, encoding="utf-8")
    for path in site.rglob("*.*"):
        # So old that a browser may keep it for months, since nothing was said about that.
        os.utime(path, (0, 0))
    return site


@pytest.mark.parametrize("worker", ["sw.js", "service-worker.js"])
def test_a_page_that_an_old_worker_kept_comes_from_the_network_again(
    worker: str, browser: Browser, built: Path, tmp_path: Path
) -> None:
    folder, sent = earlier_site(tmp_path, "/", worker), dict[str, str]()
    with serving(folder, sent) as home:
        context = browser.new_context()
        page = context.new_page()
        page.goto(home)
        page.wait_for_function("() => navigator.serviceWorker.controller")
        shutil.copytree(built, folder, dirs_exist_ok=True)
        sent |= shipped_headers().of("index.html")

        other = context.new_page()
        loads: list[str] = []
        other.on("load", lambda shown: loads.append(shown.url))
        other.goto(home + "faq/")  # from what the worker kept, while the browser looks for its end
        for visited in (page, other):
            expect(visited.locator(".hc-footer")).to_be_visible()
            left = visited.evaluate(REMAINS)
            assert left == {"registrations": 0, "caches": [], "controlled": False}
        assert loads == [home + "faq/"] * 2
        context.close()


def test_what_another_site_of_the_same_origin_keeps_is_not_touched(
    browser: Browser, built: Path, tmp_path: Path
) -> None:
    folder = earlier_site(tmp_path, "/help/", "sw.js")
    (tmp_path / "shop.html").write_text("<!doctype html><title>Shop</title>", encoding="utf-8")
    with serving(tmp_path, {}) as home:
        context = browser.new_context()
        shop = context.new_page()
        shop.goto(home + "shop.html")
        shop.evaluate("async () => (await caches.open('shop')).add('/shop.html')")
        page = context.new_page()
        page.goto(home + "help/")
        page.wait_for_function("() => navigator.serviceWorker.controller")
        assert sorted(shop.evaluate("() => caches.keys()")) == ["pages-v1", "shop"]
        shutil.copy(built / "sw.js", folder)
        page.evaluate("async () => (await navigator.serviceWorker.ready).update()")
        shop.wait_for_function("async () => (await caches.keys()).length === 1")
        assert shop.evaluate("async () => Boolean(await caches.match('/shop.html'))")
        context.close()
