"""Markers, facts and terms in a page's Markdown: what `<!-- hc:… -->` and `{{ … }}` become.

`expand` is pure: text in, text and problems out. Which markers there are, `fragments` knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from helpcenter.facts import fill, unknown_facts
from helpcenter.fragments import FRAGMENTS, FragmentError
from helpcenter.glossary import GLOSSARY
from helpcenter.pages import outside_code
from helpcenter.problems import Problem, found
from helpcenter.site_context import Site, View, link
from helpcenter.term_links import with_links

_MARKER = re.compile(r"^<!--\s*hc:([\w-]+)((?:\s+[\w-]+=[^\s\"'<>]+)*)\s*-->\s*$")
_LOOSE = re.compile(r"<!--\s*hc:")


@dataclass(frozen=True)
class Expanded:
    """A text with all replaced; `parts` are what its markers became, in their order."""

    text: str
    parts: tuple[str, ...]
    problems: list[Problem]


def expand(text: str, view: View, site: Site, *, first_line: int) -> tuple[str, list[Problem]]:
    """Return `text` with every marker and fact replaced, and a problem for each that cannot be."""
    expanded = expand_all(text, view, site, first_line=first_line)
    return expanded.text, expanded.problems


def expand_all(text: str, view: View, site: Site, *, first_line: int) -> Expanded:
    """Return `text` with every marker and fact replaced, and what was put in for markers.

    Terms of the glossary are linked where they are first used. What cannot be replaced vanishes
    (markers) or stays as written (facts), so that a preview still shows the page. Lines inside
    code blocks are left alone.
    """
    problems: list[Problem] = []
    parts: list[str] = []
    values = site.values(view.page.language)
    name = view.page.path
    text = _with_terms(text, view, site)
    lines = text.split("\n")
    for number, line in outside_code(text, first_line):
        if match := _MARKER.match(line):
            html, problem = _replace(match, view, site, number)
            lines[number - first_line] = f"\n{html}\n"
            parts.append(html)
            problems += problem
            continue
        if _LOOSE.search(line):
            hint = "write it alone on its line: <!-- hc:name key=value -->"
            message = "a marker is not alone on its line, or cannot be read"
            problems.append(Problem(name, number, "marker-syntax", message, hint))
        problems += fact_problems(line, values, name, number)
        lines[number - first_line] = fill(line, values)
    return Expanded("\n".join(lines), tuple(filter(None, parts)), problems)


def fact_problems(text: str, values: Mapping[str, str], name: str, number: int) -> list[Problem]:
    """Return a problem for each `{{ name }}` of a line that is no fact."""
    problems = []
    for fact in unknown_facts(text, values):
        group = fact.partition(".")[0] + "."
        known = sorted(value for value in values if value.startswith(group))
        message = f"no such fact {found(fact, 'a name of facts.yml or product.yml')}"
        hint = f"known: {', '.join(known)}" if known else "docs/_data/facts.yml lists them"
        problems.append(Problem(name, number, "fact-unknown", message, hint))
    return problems


def _with_terms(text: str, view: View, site: Site) -> str:
    page = view.page
    if page.slug == GLOSSARY or not site.languages_of(GLOSSARY):
        return text
    return with_links(
        text,
        site.linked_words[page.language],
        address=lambda term: link(site, view, GLOSSARY, term),
        without=[term.id for term in site.glossary.terms if term.page == page.slug],
        keeps_lead=page.meta.type == "faq",
    )


def _replace(
    match: re.Match[str], view: View, site: Site, number: int
) -> tuple[str, list[Problem]]:
    name, options = match.group(1), dict(pair.split("=", 1) for pair in match.group(2).split())
    path = view.page.path
    fragment = FRAGMENTS.get(name)
    if fragment is None:
        message = f"no such marker {found(name, 'a known marker')}"
        return "", [
            Problem(path, number, "marker-unknown", message, f"known: {', '.join(FRAGMENTS)}")
        ]
    unknown = sorted(set(options) - set(fragment.options))
    if unknown:
        message = f"the marker {name} has no option {', '.join(unknown)}"
        hint = f"its options: {', '.join(fragment.options) or 'none'}"
        return "", [Problem(path, number, "marker-option", message, hint)]
    try:
        return fragment.render(site, view, options), []
    except FragmentError as error:
        return "", [Problem(path, number, "marker-option", str(error), error.hint)]
