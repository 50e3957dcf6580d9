"""The files a site publishes beside its pages, made from the same data; writes nothing itself."""

from __future__ import annotations

from helpcenter.fees import feed, publish
from helpcenter.site_context import Site

FEES = "data/fees"
CHANGES = "fees/fee-changes"


def files(site: Site) -> dict[str, str]:
    """Return the text of each file by its path below the site's root."""
    schedule, product = site.schedule, site.product
    feeds = {
        (path := feed_path(language.code)): feed.atom(
            schedule,
            site.strings[language.code],
            tag=language.tag,
            author=product.company[language.code],
            product=product.name[language.code],
            page=site.url(CHANGES, language.code),
            own=f"{str(product.site_url).rstrip('/')}/{path}",
        )
        for language in product.languages
    }
    return feeds | {
        f"{FEES}.json": publish.fees_json(schedule, site.as_of),
        f"{FEES}.csv": publish.fees_csv(schedule, site.as_of),
        f"{FEES}.schema.json": publish.fees_schema(),
    }


def feed_path(language: str) -> str:
    """Return the path of a language's feed of fee changes, below the site's root."""
    return f"data/fee-changes.{language}.xml"
