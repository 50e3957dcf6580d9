"""Ask a search in a real browser: its scripts and an index go in, addresses of results come out.

Needs Playwright, which is installed to test and to measure, never to build. Answers the browser's
requests itself, so that no server and no network is needed.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

_ORIGIN = "https://search.test/"

_ENGINE = """
async ({questions, settings}) => {
  const { openSearch } = await import("/scripts/search/engine.js");
  const load = async (name) => (await fetch(`/index/${name}`)).text();
  const search = await openSearch({ load, settings });
  const found = [];
  for (const question of questions) {
    found.push((await search.find(question, { limit: 30 })).results.map(({ url }) => url));
  }
  return found;
}
"""
_RIVAL = """
async ({questions, script, given}) => {
  const { openSearch } = await import(`/scripts/${script}`);
  const search = await openSearch(given);
  const found = [];
  for (const question of questions) found.push(await search.find(question));
  return found;
}
"""


def ask_engine(
    browser: Browser,
    scripts: Path,
    index: Mapping[str, str],
    questions: Sequence[str],
    *,
    settings: Mapping[str, object] | None = None,
) -> list[list[str]]:
    """Return, for each question, the addresses that the engine finds, the best first."""
    page = open_page(browser, {"scripts": scripts}, index)
    given = {"questions": list(questions), "settings": dict(settings or {})}
    try:
        return [[str(url) for url in found] for found in page.evaluate(_ENGINE, given)]
    finally:
        page.close()


def ask_rival(
    browser: Browser,
    folders: Mapping[str, Path],
    questions: Sequence[str],
    *,
    script: str,
    given: Mapping[str, object],
) -> list[list[int]]:
    """Return, for each question, the numbers of the documents that another search finds."""
    page = open_page(browser, folders, {})
    arguments = {"questions": list(questions), "script": script, "given": dict(given)}
    try:
        return [[int(number) for number in found] for found in page.evaluate(_RIVAL, arguments)]
    finally:
        page.close()


def open_page(
    browser: Browser,
    folders: Mapping[str, Path],
    index: Mapping[str, str],
    *,
    served: Callable[[str, bytes], None] = lambda path, content: None,
) -> Page:
    """Return a page of its own that may load what is in `folders`, and `index/…`.

    A file's address is its folder's name and its path in it. `served` is told every answer.
    """

    def text_of(path: str) -> str | None:
        folder, _, name = path.partition("/")
        if folder == "index":
            return index.get(name)
        file = folders[folder] / name if folder in folders else None
        return file.read_text(encoding="utf-8") if file and file.is_file() else None

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(_ORIGIN)
        text = "<!doctype html><title>search</title>" if path == "" else text_of(path)
        if text is None:
            route.fulfill(status=404)
            return
        served(path, text.encode("utf-8"))
        kind = mimetypes.guess_type(path)[0] or ("text/html" if path == "" else "text/plain")
        route.fulfill(body=text, content_type=f"{kind}; charset=utf-8")

    page = browser.new_page()
    page.route("**/*", answer)
    page.goto(_ORIGIN)
    return page
