"""The second step: from a proposal to files of the repository. It sees no ticket.

Takes the proposal's text, even where both steps run in a row: what it does not accept cannot be
published. Knows no count and no engine; a test sees to that.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpcenter.atomic import write_if_changed
from helpcenter.faq.ranking import Ranking, load_ranking
from helpcenter.faq.taxonomy import Taxonomy, load_taxonomy
from helpcenter.problems import Problem
from helpcenter.product import load_product
from helpcenter.project import Project
from helpcenter.tickets.changes import drafts, notice_drafts, proposal
from helpcenter.tickets.changes.proposal import MOST_BYTES, Proposal
from helpcenter.tickets.common import publish


@dataclass(frozen=True)
class Change:
    """A file that is to hold `text`, or, where that is None, stays as it is."""

    path: Path
    text: str | None


def read_proposal(path: Path) -> bytes:
    """Return the file's content, cut off where it is too long to be accepted anyway."""
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def changes(
    project: Project, content: bytes, *, day: datetime.date, name: str
) -> tuple[tuple[Change, ...] | None, list[Problem]]:
    """Return the files of a proposal, the ranking last, or None and why it is refused.

    `day` is the caller's; `name` is what problems call the proposal.
    """
    product, problems = load_product(project)
    languages = product.language_codes if product else ()
    taxonomy, in_taxonomy = load_taxonomy(project, languages)
    published, in_ranking = load_ranking(project)
    problems = problems + in_taxonomy + in_ranking
    if taxonomy is None or problems:
        return None, problems
    accepted, problems = proposal.parse(content, taxonomy, languages, day=day, name=name)
    if accepted is None:
        return None, problems
    if problems := list(_misplaced(accepted, taxonomy, published, name)):
        return None, problems
    order = [each.category for each in accepted.order]
    drafted, problems = drafts.draft_answers(
        project, taxonomy, languages, order, as_of=accepted.as_of
    )
    noticed, in_notices = notice_drafts.draft_notices(
        project, taxonomy, languages, accepted.surges, as_of=accepted.as_of
    )
    if problems := problems + in_notices:
        return None, problems
    ranking = accepted.ranking
    text = publish.render(ranking) if publish.is_news(ranking, published) else None
    return (
        *(Change(path, draft) for path, draft in (drafted | noticed).items()),
        Change(project.data / "faq_ranking.yml", text),
    ), []


def write(changes: Sequence[Change], project: Project, *, pretend: bool) -> list[str]:
    """Write the files that change, unless only pretending, and return a line about each."""
    states = []
    for change in changes:
        if change.text is None:
            state = "unchanged"
        elif pretend:
            state = "would change; nothing written"
        else:
            change.path.parent.mkdir(parents=True, exist_ok=True)
            state = "written" if write_if_changed(change.path, change.text) else "unchanged"
        states.append(f"{project.relative(change.path)}: {state}")
    return states


def _misplaced(
    accepted: Proposal, taxonomy: Taxonomy, published: Ranking | None, name: str
) -> Iterator[Problem]:
    """Yield a problem for each category that stands where no sync would have put it."""
    order = [each.category for each in accepted.order]
    pinned = [category.id for category in taxonomy.categories if category.pinned]
    hint = "run scripts/sync_tickets.py --proposal again: the project has changed since"
    if order[: len(pinned)] != pinned:
        message = "the pinned categories are not first, in the order of faq_categories.yml"
        yield Problem(name, _line(0), "proposal-order", message, hint)
        return
    before = list(dict.fromkeys(each.category for each in published.order)) if published else []
    free = [category for category in order if category in before and category not in pinned]
    places = {category: place for place, category in enumerate(_only(before, free))}
    for place, category in enumerate(free):
        if abs(place - places[category]) > publish.MOST_PLACES:
            line = _line(order.index(category))
            message = f"the category moves more than {publish.MOST_PLACES} places at once"
            yield Problem(name, line, "proposal-order", message, hint)


def _only(order: Sequence[str], wanted: Sequence[str]) -> list[str]:
    return [category for category in order if category in wanted]


def _line(place: int) -> int:
    """Return the line of a proposal that the category at `place`, from 0, stands in."""
    return place + 4
