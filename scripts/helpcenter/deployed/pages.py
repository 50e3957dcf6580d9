"""What a live page names: parts from elsewhere, and its twins in the other languages.

Knows what a browser asks for by itself; whether the file is the one that was built is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from helpcenter.deployed.finding import Finding
from helpcenter.lint.html import Document, Reference, css_references, parse

_NAMES = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "html": "http://www.w3.org/1999/xhtml",
}


def sitemap(text: bytes, *, site: str) -> tuple[dict[str, dict[str, str]], list[Finding]]:
    """Return the pages that a sitemap lists: by path, the paths of their languages by tag."""
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        return {}, [Finding("sitemap.xml", "sitemap", f"no XML: {error}", "a sitemap")]
    listed: dict[str, dict[str, str]] = {}
    findings = []
    for entry in root.iterfind("map:url", _NAMES):
        url = entry.findtext("map:loc", "", _NAMES)
        if not url.startswith(site):
            findings.append(Finding("sitemap.xml", "sitemap", url, f"addresses below {site}"))
            continue
        listed[url.removeprefix(site)] = {
            each.get("hreflang", ""): each.get("href", "").removeprefix(site)
            for each in entry.iterfind("html:link[@rel='alternate']", _NAMES)
        }
    if not listed and not findings:
        findings.append(Finding("sitemap.xml", "sitemap", "no page", "every page"))
    return listed, findings


def requests(path: str, text: str) -> tuple[Document | None, list[Reference]]:
    """Return a page, or None for a style sheet, and what a browser asks for by itself there."""
    if path.endswith(".css"):
        return None, css_references(text)
    document = parse(text)
    return document, document.requests


def foreign(path: str, named: list[Reference], *, live: str, site: str) -> Iterator[Finding]:
    """Yield what is asked of other hosts, or over http on an https site."""
    own = {urlsplit(live).netloc, urlsplit(site).netloc}
    secure = urlsplit(live).scheme == "https"
    for each in named:
        parts = urlsplit(urljoin(live + path, each.address.strip()))
        if parts.scheme not in ("http", "https"):
            continue
        found = f"{parts.scheme}://{parts.netloc} in <{each.element}>, line {each.line}"
        if parts.netloc not in own:
            yield Finding(path, "third-party", found, "this site alone")
        elif secure and parts.scheme == "http":
            yield Finding(path, "mixed-content", found, "https")


def alternates(
    documents: Mapping[str, Document], listed: Mapping[str, Mapping[str, str]], *, site: str
) -> Iterator[Finding]:
    """Yield where the languages a page names are not those of the sitemap, or do not answer it.

    `documents` and `listed` are by path; both name languages by tag, `x-default` among them.
    """
    for path, expected in listed.items():
        if path not in documents:
            continue
        named = {tag: each.address.removeprefix(site) for tag, each in documents[path].alternates}
        if named != dict(expected):
            yield Finding(path, "alternates", _shown(named), _shown(expected))
        for tag, other in sorted(expected.items()):
            if path not in listed.get(other, {}).values():
                found = f"{tag} leads to /{other}, which does not lead back"
                yield Finding(path, "alternates", found, "twins that name each other")


def _shown(languages: Mapping[str, str]) -> str:
    return ", ".join(f"{tag} /{path}" for tag, path in sorted(languages.items())) or "none"
