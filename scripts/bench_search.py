#!/usr/bin/env python3
"""Measure what the search costs a reader: bytes, time and memory, in headless Chromium.

The pages are invented: sentences of our own pages, mixed anew, with a rare word of its own in
each. Each question is typed letter by letter; every letter is one search, measured five times of
which the middle one counts, so that other work of the machine does not.
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import os
import random
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from helpcenter.project import Project
from helpcenter.search import files, index, lexicon, trial
from helpcenter.search.documents import Document, Section
from helpcenter.site_context import Site, load_site

_HOME = Path(__file__).resolve().parent.parent
_SCRIPTS = _HOME / "overrides" / "assets" / "javascripts"
_QUESTIONS = {
    "en": [
        "withdrawal still pending after two days",
        "lost my seed phrse",
        "why is the fee so high",
    ],
    "zh": ["提现两天了还没到账", "zhujici diule", "矿工费为什么这么高"],
}
_SLOWER = 4  # times; about what a cheap phone is slower than this
_OPEN = """
async (question) => {
  const before = performance.now();
  const { openSearch } = await import("/scripts/search/engine.js");
  const load = async (name) => (await fetch(`/index/${name}`)).text();
  globalThis.search = await openSearch({ load });
  await search.find(question);
  return performance.now() - before;
}
"""
_TYPE = """
async (questions) => {
  const times = new Map();
  for (const round of [0, 1, 2, 3, 4, 5]) {
    for (const question of questions) {
      for (let end = 1; end <= question.length; end += 1) {
        const typed = question.slice(0, end);
        const before = performance.now();
        await search.find(typed);
        if (round) times.set(typed, [...(times.get(typed) ?? []), performance.now() - before]);
      }
    }
  }
  return [...times.values()];
}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a table, a line per size and language; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, nargs="+", default=[300, 3000], metavar="N")
    options = parser.parse_args(arguments)
    day = datetime.datetime.now(datetime.UTC).date()
    site, problems = load_site(Project(_HOME), day)
    if site is None:
        print(*problems, sep="\n", file=sys.stderr)
        return 1
    words = lexicon.from_glossary(site.glossary)
    print("pages language  build s  first KB  of index  first ms  median ms  p95 ms  heap MB")
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        arguments_ = ["--no-sandbox", "--enable-precise-memory-info"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments_)
        for count in options.pages:
            for language in _QUESTIONS:
                documents = _invented(site, language, count)
                before = time.perf_counter()
                made = files.files(index.build(documents, words), landmarks={})
                seconds = time.perf_counter() - before
                _line(browser, made, f"{count:5} {language:8} {seconds:8.1f}", language)
        browser.close()
    return 0


def _line(browser: Browser, made: dict[str, str], start: str, language: str) -> None:
    sent: dict[str, int] = {}
    page = trial.open_page(
        browser,
        {"scripts": _SCRIPTS},
        made,
        served=lambda path, content: sent.update({path: len(gzip.compress(content, 9, mtime=0))}),
    )
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    sent.clear()
    first = page.evaluate(_OPEN, _QUESTIONS[language][0])
    total = sum(sent.values()) / 1000
    of_index = sum(size for path, size in sent.items() if path.startswith("index/")) / 1000
    rounds = page.evaluate(_TYPE, _QUESTIONS[language])
    times = [statistics.median(each) for each in rounds]
    heap = page.evaluate("() => performance.memory.usedJSHeapSize") / 1e6
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{start} {total:9.1f} {of_index:9.1f} {first:9.0f} "
        f"{statistics.median(times):10.1f} {p95:7.1f} {heap:8.1f}"
    )
    page.close()


def _invented(site: Site, language: str, count: int) -> list[Document]:
    chance = random.Random(1)
    pages = [page for (code, _), page in sorted(site.pages.items()) if code == language]
    lines = [line for page in pages for _, line in page.lines() if len(line) > 30]
    headings = [heading.text for page in pages for heading in page.headings]
    documents = []
    for number in range(count):
        sections = tuple(
            Section(f"s{part}", chance.choice(headings), " ".join(chance.sample(lines, 5)))
            for part in range(4)
        )
        own = Section("own", "", f"{number:x}rare {chance.choice(lines)}")
        title = chance.choice(pages).meta.title
        documents.append(Document(str(number), title, (*sections, own), url=f"{number}/"))
    return documents


if __name__ == "__main__":
    sys.exit(main())
