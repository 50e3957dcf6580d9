"""The rule about amounts and percentages typed in prose, where they grow old unseen."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from babel.numbers import get_currency_symbol

from helpcenter.lint.inline import prose_lines
from helpcenter.lint.rules import Finding
from helpcenter.lint.sources import Content
from helpcenter.pages import Page

# The number in a name is no amount ("TRC-20 USDT"); the end of a range is ("5-10 USDT").
_NUMBER = r"(?<![A-Za-z0-9_.,])(?<![A-Za-z]-)(?:\d(?:[\d,.']*\d)?|\.\d+)"
_SCALE = r"\s*(?:thousand\s|million\s|billion\s|[十百千万亿]+)?\s*"
_SHARE = rf"{_NUMBER}\s*(?:[%‰]|per\s?cent\b)|百分之\s*[\d一二三四五六七八九十百零点两]+"
_EMPHASIS = re.compile(r"[*_]+")


def amount_typed(page: Page, content: Content) -> Iterator[Finding]:
    """Report an amount of an asset of fees.yml, or a percentage, that is typed in a page.

    Why: what is typed stays when the fees change, and the page then promises what nobody charges.
    Bad: `A withdrawal costs 1 USDT.` or `手续费为 0.3％。`
    Good: `A withdrawal costs {{ fees.withdrawal-usdt-tron }}.`, or a marker such as
    `<!-- hc:fee-table product=withdrawal -->`
    """
    site = content.site
    pattern = _pattern(tuple(site.schedule.assets), site.product.language_codes)
    places: list[tuple[int | str, str]] = list(prose_lines(page))
    for field, text in (("title:", page.meta.title), ("description:", page.meta.description)):
        places.append((field, re.sub(r"\{\{.*?\}\}", " ", text)))
    for place, text in places:
        plain = _EMPHASIS.sub("", unicodedata.normalize("NFKC", html.unescape(text)))
        for match in pattern.finditer(plain):
            typed = " ".join(match.group().split())
            hint = _hint(typed, site.values(page.language))
            yield Finding(place, f"the amount {typed!r} is typed in the text", hint)


@cache
def _pattern(assets: tuple[str, ...], languages: tuple[str, ...]) -> re.Pattern[str]:
    """Return what an amount looks like: a code or symbol behind or before a number, or a share."""
    signs = {get_currency_symbol(code, locale) for code in assets for locale in languages}
    codes = sorted({*assets, *signs}, key=lambda code: (-len(code), code))
    if not codes:
        return re.compile(_SHARE, re.IGNORECASE)
    code = "|".join(map(re.escape, codes))
    behind = rf"{_NUMBER}{_SCALE}(?:{code})(?![A-Za-z0-9])"
    before = rf"(?<![A-Za-z0-9])(?:{code})\s*\d(?:[\d,.']*\d)?(?![A-Za-z0-9])"
    return re.compile(f"{behind}|{before}|{_SHARE}", re.IGNORECASE)


def _hint(typed: str, values: Mapping[str, str]) -> str:
    """Name the values that say the same today; where none does, say where such values come from."""
    same = re.compile(rf"(?<![\d.,]){re.escape(typed)}(?![A-Za-z0-9])")
    named = [f"{{{{ {name} }}}}" for name, value in values.items() if same.search(value)][:3]
    named = named or ["{{ fees.… }}", "a fact of docs/_data/facts.yml"]
    return f"write {', '.join(named)} or a marker such as <!-- hc:fee-table product=withdrawal -->"
