"""The form of Chinese text: spaces between Han and Latin, full-width punctuation, “” quotes.

AutoCorrect, a linter of its own for this, knows the spaces and most of the punctuation; the
marks of the house come before it. What readers type, as the search knows it, is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import autocorrect_py

from helpcenter import yamlfile
from helpcenter.lint.rules import Finding
from helpcenter.lint.shown import HAN, Edit, apply, edits, show
from helpcenter.lint.sources import Content, Source
from helpcenter.pages import outside_code
from helpcenter.problems import found

_READERS_WORDS = {"asked_as", "synonyms", "avoid", "words", "narrower", "phrases", "tags", "values"}

_HAN = re.compile(f"[{HAN}]")
_NEAR = f"{HAN}，。；：！？、“”（）…"
_HOUSE = [
    (re.compile("「([^「」]*)」"), r"“\1”"),
    (re.compile("『([^『』]*)』"), r"‘\1’"),
    (re.compile(rf'(?<=[{_NEAR}])"([^"]*)"|"([^"]*)"(?=[{_NEAR}])'), r"“\1\2”"),
    (re.compile(rf" ?\(([^()]*[{HAN}][^()]*)\) ?"), r"（\1）"),
    (re.compile(rf"(?<=[{HAN}]) ?\(([^()]*)\) ?"), r"（\1）"),
    (re.compile(rf"\(([^()]*)\)(?=[{HAN}])"), r"（\1）"),
    (re.compile(rf"(?<=[{HAN}])(?:\.{{3,}}|。{{2,}})"), "……"),
]
_SHOWN, _SHOWN_BEFORE = 40, 8


@dataclass(frozen=True)
class Passage:
    """A piece of Chinese text: where it stands in its file, as written there.

    `line` counts from 1, `column` from 0.
    """

    path: str
    line: int
    column: int
    text: str


def chinese_form(content: Content) -> Iterator[Finding]:
    """Report Chinese text whose spaces or punctuation are not those of the house.

    Why: text without the usual spaces and marks is harder to read, and looks like a machine's.
    Bad: `转账USDT时,选择「波场」网络`
    Good: `转账 USDT 时，选择“波场”网络`
    """
    for passage, changes in _corrections(content):
        was, expected = _around(passage.text, changes)
        message = f"the form of the Chinese text {found(was, repr(expected))}"
        hint = "correct it, or run scripts/check_content.py --fix"
        yield Finding(passage.line, message, hint, passage.path)


def _around(text: str, changes: list[Edit]) -> tuple[str, str]:
    """Return the first part of `text` that is to be corrected, and the same corrected."""
    start = max(0, changes[0].start - _SHOWN_BEFORE)
    end = start + _SHOWN
    near = [change for change in changes if change.end <= end]
    return text[start:end], apply(text[:end], near)[start:]


def corrected(content: Content) -> Mapping[str, str]:
    """Return the corrected text of every file, by path, in which something is to be corrected."""
    lines: dict[str, list[str]] = {}
    for passage, changes in reversed(list(_corrections(content))):
        of_file = lines.setdefault(passage.path, content.sources[passage.path].lines)
        line, end = of_file[passage.line - 1], passage.column + len(passage.text)
        of_file[passage.line - 1] = (
            line[: passage.column] + apply(passage.text, changes) + line[end:]
        )
    return {path: "\n".join(of_file) for path, of_file in lines.items()}


def in_form(text: str) -> str:
    """Return Chinese text without markup in the form of the house."""
    for pattern, instead in _HOUSE:
        text = pattern.sub(instead, text)
    return autocorrect_py.format(text)


def _corrections(content: Content) -> Iterator[tuple[Passage, list[Edit]]]:
    for code in _chinese(content):
        facts = content.site.values(code)
        for passage in _passages(content, code):
            shown = show(passage.text, facts)
            if _HAN.search(shown.text) and (wanted := in_form(shown.text)) != shown.text:
                changes = list(edits(shown, wanted))
                if changes:
                    yield passage, changes


def _chinese(content: Content) -> list[str]:
    """Return the codes of the languages that are Chinese."""
    languages = content.site.product.languages
    return [each.code for each in languages if each.tag.partition("-")[0] == "zh"]


def _passages(content: Content, code: str) -> Iterator[Passage]:
    pages = {page.path: page for page in content.site.pages.values() if page.language == code}
    for path, source in content.sources.items():
        if page := pages.get(path):
            head = "\n".join(source.lines[: page.body_line - 2])
            yield from _values(path, head.removeprefix("---"), "")
            for number, line in page.lines():
                yield Passage(path, number, 0, line)
        elif path.startswith("docs/_data/"):
            yield from _in_data(source, code)


def _in_data(source: Source, code: str) -> Iterator[Passage]:
    is_its_own = f"/{code}." in source.path or f".{code}." in source.path
    if source.path.endswith(".yml"):
        yield from _values(source.path, source.text, "" if is_its_own else code)
    elif is_its_own:
        for number, line in outside_code(source.text):
            yield Passage(source.path, number, 0, line)


def _values(path: str, text: str, code: str) -> Iterator[Passage]:
    """Yield each line of the values that writers write, of those below the key `code` if any."""
    for scalar in yamlfile.scalars(text):
        if not _READERS_WORDS.intersection(scalar.keys) and (not code or code in scalar.keys):
            column = scalar.column
            for number, line in enumerate(scalar.written.split("\n"), scalar.line + 1):
                yield Passage(path, number, column, line)
                column = 0
