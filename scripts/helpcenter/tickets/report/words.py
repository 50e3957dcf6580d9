"""Put figures into a reader's language: numbers, days, names, moves."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from babel.dates import format_skeleton
from babel.numbers import format_decimal

from helpcenter.facts import format_day
from helpcenter.faq.taxonomy import Taxonomy
from helpcenter.product import Product
from helpcenter.strings import Strings
from helpcenter.tickets.common.publish import THRESHOLD
from helpcenter.tickets.report.figures import ROUNDING, CategoryFigures, Cell


@dataclass(frozen=True)
class Words:
    """One language's way to say figures; `names` are those of the categories."""

    strings: Strings
    product: Product
    names: Mapping[str, str]

    @property
    def limits(self) -> Mapping[str, int]:
        """Return the numbers that texts about what is withheld name."""
        return {"threshold": THRESHOLD, "rounding": ROUNDING}

    def cell(self, cell: Cell) -> str:
        """Return tickets as a table shows them: "1,230", or "<20" where they are withheld."""
        return f"<{THRESHOLD}" if cell is None else self.number(cell)

    def number(self, number: int) -> str:
        """Return a number with the separators of the language."""
        return str(format_decimal(number, locale=self.strings.language))

    def percent(self, percent: Cell) -> str:
        """Return a share, or a dash where it is withheld."""
        return "–" if percent is None else f"{percent}%"

    def move(self, category: CategoryFigures) -> str:
        """Return how a category moves: "▲ 2", "▼ 1", "new", "–"."""
        if category.was is None:
            return self.strings.text("report.ranks.new")
        places = category.was - category.place
        return f"{'▲' if places > 0 else '▼'} {abs(places)}" if places else "–"

    def day(self, day: datetime.date) -> str:
        """Return a day with its year."""
        return format_day(day, self.strings.language)

    def short(self, day: datetime.date) -> str:
        """Return a day as an axis has room for it: "Nov 20", "11月20日"."""
        return str(format_skeleton("MMMd", day, locale=self.strings.language))

    def language(self, code: str) -> str:
        """Return a language's name in itself, or that it is none of the help center's."""
        names = {each.code: each.name for each in self.product.languages}
        return names.get(code) or self.strings.text("report.other_language")


def words(strings: Strings, product: Product, taxonomy: Taxonomy) -> Words:
    """Return what puts figures into the language of `strings`."""
    names = {category.id: category.name[strings.language] for category in taxonomy.categories}
    return Words(strings, product, names)
