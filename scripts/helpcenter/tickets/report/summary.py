"""Say in Markdown what a sync changes, for the pull request that carries it.

Sees `Figures` alone, which hold nothing that must not be told.
"""

from __future__ import annotations

from helpcenter.tickets.report.figures import CategoryFigures, Figures, share
from helpcenter.tickets.report.words import Words


def render(figures: Figures, words: Words) -> str:
    """Return the summary as Markdown."""
    t = words.strings.text
    rows = figures.rows
    blocks = [
        f"## {t('report.title')}",
        t("report.lead", date=words.day(figures.as_of), days=figures.window_days),
        t(
            "report.summary.counted",
            counted=words.cell(rows["counted"]),
            excluded=words.cell(rows["excluded"]),
            share=words.percent(share(rows["uncategorized"], rows["counted"])),
        ),
        f"### {t('report.surges.title')}",
        "\n".join(_surges(figures, words)) or t("report.surges.none"),
        f"### {t('report.ranks.title')}",
    ]
    if all(each.was == each.place for each in figures.categories):
        blocks.append(t("report.summary.unchanged"))
    else:
        table = [t("report.summary.order"), "|--:|---|---|--:|"]
        blocks.append("\n".join([*table, *(_row(each, words) for each in figures.categories)]))
    privacy = t("report.privacy", **words.limits)
    blocks += [t("report.summary.more"), f"<sub>{privacy}</sub>"]
    return "\n\n".join(blocks) + "\n"


def _surges(figures: Figures, words: Words) -> list[str]:
    return [
        "- "
        + words.strings.text(
            "report.summary.surge",
            category=words.names[found.surge.category],
            language=words.language(found.surge.language),
            date=words.day(found.surge.start),
        )
        for found in figures.surges
    ]


def _row(category: CategoryFigures, words: Words) -> str:
    before = "" if category.was is None else f"{category.was} "
    return (
        f"| {category.place} | {words.names[category.id]} | {before}{words.move(category)} | "
        f"{words.cell(category.tickets)} |"
    )
