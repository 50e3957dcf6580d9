"""The files of a report: what a sync found, in one language, as a page and as a summary.

Writes nothing. Drawing is optional: only who wants a report needs Matplotlib, which is slow to
load, so it is imported where it is used.
"""

from __future__ import annotations

import importlib.util

from helpcenter.problems import Problem
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.strings import load_strings
from helpcenter.tickets.common.errors import SyncError
from helpcenter.tickets.report import figures, summary
from helpcenter.tickets.report.words import Words, words
from helpcenter.tickets.sync import Inputs, Outcome

PAGE = "report.html"
SUMMARY = "summary.md"


def load_words(
    project: Project, inputs: Inputs, language: str
) -> tuple[Words | None, list[Problem]]:
    """Return what puts a report into `language`, or the problems of strings and product.

    Raises SyncError if reports cannot be drawn here: better before tickets are read than after.
    """
    if importlib.util.find_spec("matplotlib") is None:
        raise SyncError("E_NOPLOTS")
    product, problems = load_product(project)
    strings, in_strings = load_strings(project, (language,))
    if product is None or problems or in_strings:
        return None, problems + in_strings
    return words(strings[language], product, inputs.taxonomy), []


def render(outcome: Outcome, inputs: Inputs, words: Words) -> dict[str, str]:
    """Return the text of each file by its name: the same text for the same sync."""
    from helpcenter.tickets.report import page

    source = inputs.languages[0]
    found = figures.gather(
        outcome.counts,
        inputs.taxonomy,
        scores=outcome.scores,
        places=outcome.places,
        was=outcome.was,
        surges=outcome.proposal.surges,
        published={
            category.id: answer.meta.published
            for category in inputs.taxonomy.categories
            if (answer := inputs.answers.get((source, category.slug)))
            and answer.meta.published is not None
        },
        as_of=outcome.proposal.as_of,
    )
    return {PAGE: page.render(found, words), SUMMARY: summary.render(found, words)}
