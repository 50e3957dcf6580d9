"""llms.txt: what the site is and where its pages lie as Markdown, for language models.

The form is that of https://llmstxt.org/: a title, a summary, and lists of links with notes.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpcenter.facts import fill
from helpcenter.machines.listed import listed, llms_path, twin_path
from helpcenter.machines.questions import FILE
from helpcenter.site_context import Site


def llms_txt(site: Site, language: str) -> str:
    """Return the file of one language; its pages stand in the order of the menu."""
    product, strings = site.product, site.strings[language]
    lines = [
        f"# {product.site_name[language]}",
        "",
        f"> {product.tagline[language]}",
        "",
        strings.text(
            "machines.llms.official", site=product.site_url.host, product=product.name[language]
        ),
        "",
        strings.text("machines.llms.quote"),
    ]
    for section, slugs in site.navigation.sections:
        links = [_link(site, slug, language) for slug in slugs if listed(site, slug, language)]
        if section and links:
            lines += ["", f"## {_title(site, f'{section}/index', language)}", "", *links]
    lines += ["", f"## {strings.text('machines.llms.data')}", "", *_data(site, language)]
    return "\n".join(lines) + "\n"


def _link(site: Site, slug: str, language: str) -> str:
    page = site.pages[language, slug]
    note = fill(page.meta.description, site.values(language))
    address = site.address(twin_path(site, slug, language))
    return f"- [{_title(site, slug, language)}]({address}): {note}"


def _title(site: Site, slug: str, language: str) -> str:
    page = site.page(slug, language)
    title = fill(page.meta.title, site.values(page.language)) if page else slug
    return title.replace("[", "(").replace("]", ")")


def _data(site: Site, language: str) -> Iterator[str]:
    strings = site.strings[language]
    for name, path in (("faq", FILE), ("fees", "data/fees.json"), ("search", "search.json")):
        yield f"- [{path}]({site.address(path)}): {strings.text(f'machines.llms.{name}')}"
    for other in site.product.languages:
        if other.code != language:
            path = llms_path(site, other.code)
            yield f"- [{other.name}]({site.address(path)})"
