"""The files a site publishes beside its pages, made from the same data; writes nothing itself."""

from __future__ import annotations

from collections.abc import Mapping

from helpcenter.fees import feed, publish
from helpcenter.search import manifest, opensearch, widget
from helpcenter.site_context import Site

FEES = "data/fees"
CHANGES = "fees/fee-changes"


def files(site: Site, index: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each file by its path below the site's root.

    `index` holds the files of the search index, by the same kind of path.
    """
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
    return {
        **feeds,
        **_search(site, index),
        f"{FEES}.json": publish.fees_json(schedule, site.as_of),
        f"{FEES}.csv": publish.fees_csv(schedule, site.as_of),
        f"{FEES}.schema.json": publish.fees_schema(),
    }


def _search(site: Site, index: Mapping[str, str]) -> dict[str, str]:
    product = site.product
    descriptions = {
        (path := opensearch_path(language.code)): opensearch.description(
            tag=language.tag,
            short=product.name[language.code],
            long=product.site_name[language.code],
            text=site.strings[language.code].text("search.label"),
            results=site.url(manifest.RESULTS, language.code),
            own=f"{str(product.site_url).rstrip('/')}/{path}",
        )
        for language in product.languages
    }
    return {
        **index,
        **manifest.file_lists(site, index),
        **descriptions,
        "search.json": manifest.manifest(site, index),
        "search.schema.json": manifest.schema(),
        "help-widget.js": widget.bundle(site.project.modules),
    }


def opensearch_path(language: str) -> str:
    """Return the path of a language's OpenSearch description, below the site's root."""
    return f"opensearch.{language}.xml"


def feed_path(language: str) -> str:
    """Return the path of a language's feed of fee changes, below the site's root."""
    return f"data/fee-changes.{language}.xml"
