"""What the checks of a built site look at: its files, its pages, and where addresses lead.

Reads; judges nothing. The wrapper gives a rule the pages one by one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from helpcenter.lint.html import Document, parse
from helpcenter.lint.rules import Finding
from helpcenter.pages import slug_of
from helpcenter.product import Product
from helpcenter.project import Project

NOT_FOUND = "404.html"
SITEMAP = "sitemap.xml"

_TEXT = {".html", ".xml", ".css"}
_SCHEME = re.compile(r"^\s*[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True)
class Place:
    """Where an address leads: a file of the site, or an address outside it."""

    file: str | None
    url: str
    fragment: str


@dataclass(frozen=True)
class Output:
    """A built site; paths are relative to its folder. `sources` are (language, slug) pairs."""

    product: Product
    sources: frozenset[tuple[str, str]]
    files: frozenset[str]
    texts: Mapping[str, str]
    documents: Mapping[str, Document]

    @cached_property
    def root(self) -> str:
        """Return the site's own address, with a slash at the end."""
        return str(self.product.site_url).rstrip("/") + "/"

    @cached_property
    def anchors(self) -> Mapping[str, frozenset[str]]:
        """Return the ids of each page, by its path."""
        return {path: document.anchors() for path, document in self.documents.items()}

    def address(self, path: str) -> str:
        """Return the absolute address of a file: folders stand for their index.html."""
        folder = path.removesuffix("index.html") if path.split("/")[-1] == "index.html" else path
        return self.root + folder

    def place(self, path: str, address: str) -> Place | None:
        """Return where an address on the page or style sheet `path` leads.

        None stands for an address that no browser would load, such as `mailto:`.
        """
        if not _SCHEME.match(address) and "/" not in address and address.startswith("#"):
            return Place(path, self.address(path), unquote(address[1:]))
        try:
            url, _, fragment = urljoin(self.address(path), address.strip()).partition("#")
            parts = urlsplit(url)
        except ValueError:
            return Place(None, address, "")
        if parts.scheme not in ("http", "https"):
            return None
        url = url.partition("?")[0]
        if f"{url}/" == self.root:
            url = self.root
        if not url.startswith(self.root):
            return Place(None, url, unquote(fragment))
        file = unquote(url.removeprefix(self.root))
        file += "index.html" if file == "" or file.endswith("/") else ""
        return Place(file, url, unquote(fragment))

    def is_own(self, place: Place) -> bool:
        """Return whether an address is of the site's own origin."""
        return place.file is not None or place.url.startswith(urljoin(self.root, "/"))

    def language(self, path: str) -> str:
        """Return the language code of the folder a page lies in."""
        folder, slash, _ = path.partition("/")
        others = self.product.language_codes[1:]
        return folder if slash and folder in others else self.product.source_language

    def path(self, language: str, slug: str) -> str:
        """Return the path that a slug is built to."""
        folder = "" if language == self.product.source_language else f"{language}/"
        is_index = slug == "index" or slug.endswith("/index")
        return f"{folder}{slug}.html" if is_index else f"{folder}{slug}/index.html"

    @cached_property
    def twins(self) -> Mapping[str, Mapping[str, str]]:
        """Return, by path, the paths of a page in every language in which it was written."""
        languages = self.product.language_codes
        found: dict[str, Mapping[str, str]] = {}
        for slug in {slug for _, slug in self.sources}:
            written = [code for code in languages if (code, slug) in self.sources]
            twins = {code: self.path(code, slug) for code in written}
            found |= {self.path(code, slug): twins for code in languages}
        return found

    def source_of(self, path: str) -> str | None:
        """Return the path of the page whose text a fallback page shows; None for any other."""
        twins = self.twins.get(path, {})
        return None if not twins or self.language(path) in twins else next(iter(twins.values()))

    @cached_property
    def indexable(self) -> frozenset[str]:
        """Return the pages that search engines may list: no errors, no fallback pages."""
        return frozenset(
            path
            for path, document in self.documents.items()
            if path != NOT_FOUND and not document.is_noindex and self.source_of(path) is None
        )


Check = Callable[[Output], Iterator[Finding]]


def read(folder: Path, *, project: Project, product: Product) -> Output:
    """Read the site built to `folder` from `project`."""
    paths = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    texts = {
        name: path.read_text(encoding="utf-8", errors="replace")
        for name, path in paths.items()
        if path.suffix in _TEXT
    }
    sources = {
        (code, slug_of(path, project.pages_of(code)))
        for code in product.language_codes
        for path in project.pages_of(code).rglob("*.md")
    }
    documents = {name: parse(text) for name, text in texts.items() if name.endswith(".html")}
    return Output(product, frozenset(sources), frozenset(paths), texts, documents)


def each_document(rule: Callable[[str, Document, Output], Iterator[Finding]]) -> Check:
    """Apply a rule to every page of the site, given its path and what it says."""

    @functools.wraps(rule)
    def check(output: Output) -> Iterator[Finding]:
        for path, document in output.documents.items():
            for finding in rule(path, document, output):
                yield replace(finding, path=path)

    return check
