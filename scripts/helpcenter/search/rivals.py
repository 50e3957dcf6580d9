"""Other searches over the same documents, set up as well as their makers allow.

Their scripts are in tests/rivals/; MiniSearch is installed there by `make eval-search`, and
Material's worker comes with the theme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Browser

from helpcenter.search import segment, trial
from helpcenter.search.documents import Document
from helpcenter.search.normalise import HAN

_BOUNDARY = "\u200b"  # what Material's plugin puts between Chinese words
_RUN = re.compile(f"[{HAN}]+")


def answers(
    browser: Browser,
    documents: Sequence[Document],
    questions: Sequence[str],
    *,
    language: str,
    folder: Path,
) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the name of each rival and, for each question, the ids it finds, the best first.

    `folder` holds the rivals' scripts.
    """
    theme = _theme()
    cut = segment.segmenter((), [section.text for each in documents for section in each.sections])
    worker = next((theme / "workers").glob("search.*.js")).name
    given = {
        "minisearch": [_plain(document) for document in documents],
        "material": [_marked(document, cut) for document in documents],
    }
    for name, described in given.items():
        found = trial.ask_rival(
            browser,
            {"scripts": folder, "theme": theme},
            questions,
            script=f"{name}.js",
            given={
                "language": language,
                "documents": described,
                "worker": f"/theme/workers/{worker}",
            },
        )
        ids = [document.page for document in documents]
        yield name, [[ids[number] for number in each] for each in found]


def _theme() -> Path:
    spec = find_spec("material")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("Material for MkDocs is not installed")
    return Path(spec.origin).parent / "templates" / "assets" / "javascripts"


def _plain(document: Document) -> dict[str, object]:
    return {
        "title": document.title,
        "headings": " \n ".join(section.heading for section in document.sections),
        "asked": " \n ".join(document.asked_as),
        "text": " \n ".join(section.text for section in document.sections),
    }


def _marked(document: Document, cut: segment.Segmenter) -> dict[str, object]:
    def mark(text: str) -> str:
        return _RUN.sub(
            lambda match: (
                _BOUNDARY
                + _BOUNDARY.join(word for word, weight in cut(match.group()) if weight == 1)
                + _BOUNDARY
            ),
            text,
        )

    sections = [
        {"heading": mark(each.heading), "text": mark(each.text)} for each in document.sections
    ]
    return {"title": mark(document.title), "sections": sections}
