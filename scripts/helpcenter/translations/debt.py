"""What translators owe: pages that a language lacks, and pages whose source has moved on.

Reads pages and a history that it is given; knows neither the version control nor a clock.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from helpcenter.pages import Page, Pages
from helpcenter.product import Product
from helpcenter.translations.parity import compare_headings, compare_slugs


@dataclass(frozen=True)
class Commit:
    """One change of the repository: its day and the files it touched."""

    day: datetime.date
    paths: frozenset[str]


@dataclass(frozen=True, order=True)
class Debt:
    """One page to translate or to look at again; `since` is when it fell behind, if known."""

    language: str
    path: str
    reason: str
    since: datetime.date | None = None


def owed(product: Product, pages: Pages, history: Sequence[Commit]) -> list[Debt]:
    """Return what each language owes, the longest owed first; `history` is newest first."""
    source = product.source_language
    slugs = {
        code: [slug for language, slug in pages if language == code]
        for code in product.language_codes
    }
    found: list[Debt] = []
    for code in product.language_codes:
        if code == source:
            continue
        for slug in compare_slugs(slugs[source], slugs[code]).missing:
            page = pages[source, slug]
            days = [commit.day for commit in history if page.path in commit.paths]
            found.append(Debt(code, page.path, "is not translated", min(days, default=None)))
        for slug in slugs[code]:
            if original := pages.get((source, slug)):
                found += _behind(original, pages[code, slug], history)
    return sorted(found, key=lambda debt: (debt.since or datetime.date.min, debt))


def _behind(source: Page, translation: Page, history: Sequence[Commit]) -> Iterable[Debt]:
    newer: list[datetime.date] = []
    for commit in history:
        if translation.path in commit.paths:
            break
        if source.path in commit.paths:
            newer.append(commit.day)
    reasons = []
    if newer:
        times = "once" if len(newer) == 1 else f"{len(newer)} times"
        reasons.append(f"{source.path} has changed {times} since")
    if source.meta.reviewed > translation.meta.reviewed:
        reasons.append(f"reviewed {translation.meta.reviewed}, its source {source.meta.reviewed}")
        newer = newer or [source.meta.reviewed]
    if compare_headings(source, translation):
        reasons.append("its headings differ")
    if reasons:
        since = min(newer, default=None)
        yield Debt(translation.language, translation.path, "; ".join(reasons), since)


def markdown(product: Product, debts: Sequence[Debt]) -> str:
    """Return the report for people, a table for each language; empty where nothing is owed."""
    parts = []
    for language in product.languages:
        rows = [debt for debt in debts if debt.language == language.code]
        if rows:
            parts += [f"## {language.name}: {len(rows)}", "| page | what | since |\n|---|---|---|"]
            parts[-1] += "".join(
                f"\n| `{debt.path}` | {debt.reason} | {debt.since or 'unknown'} |" for debt in rows
            )
    return "\n\n".join(parts) + "\n" if parts else ""
