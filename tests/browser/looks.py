"""Which pages the tests of accessibility look at, in which language and at which size.

A page of every kind is looked at on each run; ACCESSIBILITY=full looks at every page in every way.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, ViewportSize

from helpcenter.site_context import Site

FULL = os.environ.get("ACCESSIBILITY") == "full"
# Pages with a fragment, a tool or a layout of their own, besides one of each type.
OF_THEIR_OWN = [
    "",
    "search/",
    "contact/known-issues/",
    "contact/transparency-report/",
    "fees/calculator/",
    "fees/service-and-trading-fees/",
    "receive-and-send/address-formats-and-networks/",
    "receive-and-send/check-transaction-status/",
    "receive-and-send/send/",
    "reference/glossary/",
    "reference/supported-assets-and-networks/",
    "no-such-page/",
]
PREFIXES = {"en": "", "zh": "zh/"}
# The last is what 400 % leaves of a wide screen: WCAG 2.2, success criterion 1.4.10.
SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 800},
    "phone": {"width": 390, "height": 844},
    "enlarged": {"width": 320, "height": 256},
}
# What scripts that a page loads for itself show.
TOOLS = "main form, [data-hc-table-tools]"


@dataclass(frozen=True)
class Look:
    """A page as a reader sees it; `address` is below the home page, in `language`."""

    address: str
    language: str
    size: str


def addresses(site: Site) -> list[str]:
    """Addresses below a language's home: all, or one of every type and what is special."""
    slugs: dict[str, str] = {}
    for (language, slug), page in site.pages.items():
        if language == site.product.languages[0].code:
            slugs.setdefault(slug if FULL else page.meta.type, slug)
    pages = [f"{slug}/".removesuffix("index/") for slug in slugs.values()]
    return sorted({*pages, *OF_THEIR_OWN})


def looks(site: Site) -> Iterator[Look]:
    """Yield every page in every language and size, or every page in one of the ways by turns."""
    ways = itertools.cycle(itertools.product(SIZES, PREFIXES))
    for address in addresses(site):
        for size, language in itertools.islice(ways, len(SIZES) * len(PREFIXES) if FULL else 1):
            yield Look(PREFIXES[language] + address, language, size)


@contextmanager
def looking(browser: Browser, *, scripts: bool = True, still: bool = True) -> Iterator[Page]:
    """Yield a page to be sized and sent around, without motion unless it may move.

    The site's policy is set aside, so that a test may bring scripts and styles of its own.
    """
    context = browser.new_context(
        java_script_enabled=scripts,
        reduced_motion="reduce" if still else "no-preference",
        bypass_csp=True,
    )
    yield context.new_page()
    context.close()


def look_at(page: Page, home: str, look: Look) -> None:
    """Open a page at its size, with its tools ready and all that is folded unfolded."""
    page.set_viewport_size(SIZES[look.size])
    page.goto(home + look.address)
    if page.locator(TOOLS).count():
        page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
