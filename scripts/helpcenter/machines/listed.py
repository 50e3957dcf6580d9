"""Which pages are for search engines and other programs to list, and where their files lie."""

from __future__ import annotations

from helpcenter.site_context import Site

# A page of results holds nothing of its own.
UNLISTED = frozenset({"search"})


def listed(site: Site, slug: str, language: str) -> bool:
    """Return whether the page is written in the language and has something to find."""
    return (language, slug) in site.pages and slug not in UNLISTED


def listed_pages(site: Site) -> list[tuple[str, str]]:
    """Return the slug and language of every such page, in the order of the menu."""
    return [
        (slug, language)
        for slug in site.navigation.slugs
        for language in site.languages_of(slug)
        if slug not in UNLISTED
    ]


def twin_path(site: Site, slug: str, language: str) -> str:
    """Return the path of a page's Markdown twin, as llmstxt.org names it for folders."""
    return f"{site.path(slug, language)}index.html.md"


def llms_path(site: Site, language: str) -> str:
    """Return the path of a language's llms.txt."""
    return f"{site.path('index', language)}llms.txt"


def notices_path(language: str) -> str:
    """Return the path of a language's feed of notices."""
    return f"data/notices.{language}.xml"


def picture_path(language: str) -> str:
    """Return the path of the picture that stands for the site where a page is shared."""
    return f"social/{language}.png"


LOGO = "social/logo.png"
