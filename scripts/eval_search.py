#!/usr/bin/env python3
"""Measure how well the search answers: our questions about our site, or any other corpus."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from helpcenter.problems import Problem, report
from helpcenter.project import Project
from helpcenter.search import corpus, files, index, lexicon, own, rivals, trial, variants
from helpcenter.search.documents import Document
from helpcenter.search.measure import Asked, figures

_EPILOG = """\
Pages: {"id", "lang", "title", "headings", "text"}, one JSON object a line; headings may be missing.
Queries: {"query", "lang", "split", "type", "rel": {id: grade}}; split and type may be missing.
A page counts as found if its grade is 1 or more; "right@3" counts grade 2 alone.
Grade 2 is a right page, 1 a useful one.

examples:
  mkdocs build && eval_search.py                            our questions, our site
  eval_search.py --pages p.jsonl --queries q.jsonl --json   any corpus
  eval_search.py --lexicon none --rivals                    without the glossary, beside others

exit codes: 0 measured, 1 a file cannot be read, 2 misuse
"""
_HOME = Path(__file__).resolve().parent.parent
_SCRIPTS = _HOME / "overrides" / "assets" / "javascripts"
_RIVALS = _HOME / "tests" / "rivals"
_SEED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; return the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if (options.pages is None) != (options.queries is None):
        parser.error("--pages and --queries go together")
    words, problems = _words(options.lexicon)
    if options.pages:
        found, more = corpus.read(options.pages, options.queries)
    else:
        day = datetime.datetime.now(datetime.UTC).date()
        found, more = own.corpus_of(Project(_HOME), options.site, day)
    if found is None or problems + more:
        print(report(problems + more), file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        path = (
            os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        )
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        _measure(browser, found, words, options)
        browser.close()
    return 0


def _words(given: str) -> tuple[lexicon.Lexicon, list[Problem]]:
    if given == "none":
        return (), []
    project = Project(_HOME)
    return own.words(project, Path(given).resolve() if given else project.data / "glossary.yml")


def _measure(
    browser: Browser, found: corpus.Corpus, words: lexicon.Lexicon, options: argparse.Namespace
) -> None:
    everything: list[Asked] = []
    for language, questions in sorted(found.questions.items()):
        documents = found.documents.get(language, ())
        texts = [question.query for question in questions]
        ask = _asker(browser, documents, words)
        asked = corpus.judged(questions, ask(texts))
        everything += asked
        _show("help center", language, asked, as_json=options.json)
        if options.variants:
            pairs = zip(questions, asked, strict=True)
            known = [question for question, each in pairs if figures([each])["recall@3"]]
            for name, vary in variants.VARIANTS.get(language, {}).items():
                chance = random.Random(_SEED)
                again = ask([vary(question.query, chance) for question in known])
                _line("of the found", language, name, corpus.judged(known, again))
        if options.rivals:
            for name, answers in rivals.answers(
                browser, documents, texts, language=language, folder=_RIVALS
            ):
                _show(name, language, corpus.judged(questions, answers), as_json=False)
    if options.json:
        print(json.dumps({"language": "all", "split": "all"} | figures(everything)))
    elif everything:
        _line("help center", "all", "all", everything)


def _asker(
    browser: Browser, documents: Sequence[Document], words: lexicon.Lexicon
) -> Callable[[Sequence[str]], list[list[str]]]:
    files_ = files.files(index.build(documents, words), landmarks={})
    ids = {document.url: document.page for document in documents}

    def ask(texts: Sequence[str]) -> list[list[str]]:
        found = trial.ask_engine(browser, _SCRIPTS, files_, texts)
        return [[ids[url] for url in urls] for urls in found]

    return ask


def _show(name: str, language: str, asked: Sequence[Asked], *, as_json: bool) -> None:
    for split in sorted({each.split for each in asked}):
        part = [each for each in asked if each.split == split]
        if as_json:
            print(json.dumps({"language": language, "split": split} | figures(part)))
            continue
        _line(name, language, split, part)
        kinds = sorted({each.type for each in part})
        for kind in kinds if len(kinds) > 1 else ():
            _line("", "", f"  {kind}", [each for each in part if each.type == kind])


def _line(name: str, language: str, group: str, asked: Sequence[Asked]) -> None:
    right = figures([each.with_least(2) for each in asked])["recall@3"]
    numbers = " ".join(f"{key} {value:5.3f}" for key, value in figures(asked).items())
    print(f"{name:12} {language:4} {group:16} {len(asked):4}  {numbers}  right@3 {right:5.3f}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=_EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, help="one JSON object a line")
    parser.add_argument("--queries", type=Path, help="one JSON object a line")
    parser.add_argument("--site", type=Path, default=_HOME / "site", help="our built site")
    parser.add_argument("--lexicon", default="", metavar="FILE", help="a glossary.yml, or none")
    parser.add_argument("--json", action="store_true", help="one object a line, and one for all")
    parser.add_argument("--variants", action="store_true", help="also typos, pinyin and the like")
    parser.add_argument("--rivals", action="store_true", help="also others beside ours")
    return parser


if __name__ == "__main__":
    sys.exit(main())
