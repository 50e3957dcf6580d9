"""The files a site publishes beside its pages, made from the same data; writes nothing itself."""

from __future__ import annotations

from collections.abc import Mapping

from helpcenter.fees import feed, publish
from helpcenter.headers import serving
from helpcenter.machines import questions
from helpcenter.machines.listed import llms_path, notices_path
from helpcenter.machines.llms import llms_txt
from helpcenter.machines.notices_feed import notices_feed
from helpcenter.release import record, well_known
from helpcenter.search import manifest, opensearch, widget
from helpcenter.site_context import Site

FEES = "data/fees"
CHANGES = "fees/fee-changes"
# Where sites commonly keep the worker that overrides/sw.js removes, beside /sw.js itself.
OLD_WORKER = "service-worker.js"


def files(site: Site, index: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each file by its path below the site's root.

    `index` holds the files of the search index, by the same kind of path.
    """
    schedule, product = site.schedule, site.product
    feeds = {
        (path := feed.path(language.code)): feed.atom(
            schedule,
            site.strings[language.code],
            tag=language.tag,
            author=product.company[language.code],
            product=product.name[language.code],
            page=site.url(CHANGES, language.code),
            own=site.address(path),
        )
        for language in product.languages
    }
    return {
        **feeds,
        **_search(site, index),
        **{llms_path(site, code): llms_txt(site, code) for code in product.language_codes},
        **{notices_path(code): notices_feed(site, code) for code in product.language_codes},
        questions.FILE: questions.faq_json(site),
        questions.SCHEMA_FILE: questions.faq_schema(),
        f"{FEES}.json": publish.fees_json(schedule, site.as_of),
        f"{FEES}.csv": publish.fees_csv(schedule, site.as_of),
        f"{FEES}.schema.json": publish.fees_schema(),
        record.SCHEMA: record.schema(),
        well_known.ROBOTS: well_known.robots_txt(site),
        well_known.SECURITY: well_known.security_txt(site),
        serving.FILE: serving.netlify(site.moved),
        OLD_WORKER: site.project.old_worker.read_text(encoding="utf-8"),
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
            own=site.address(path),
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
