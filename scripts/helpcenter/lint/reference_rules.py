"""Rules about addresses in the built site: what is linked exists, what is loaded is ours."""

from __future__ import annotations

from collections.abc import Iterator

from helpcenter.lint.html import Document, Reference, css_references
from helpcenter.lint.output import Output, Place
from helpcenter.lint.rules import Finding
from helpcenter.problems import found

MOST_CLICKS = 3
# The page of search results, which readers reach by searching.
NEEDS_NO_LINK = {"search"}


def link_broken(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report links to pages that the site does not have.

    Why: the reader meets an error where the answer was promised.
    Bad: `<a href="../fee/">`
    Good: `<a href="../fees/">`
    """
    for link in document.links:
        place = output.place(path, link.address)
        if place is not None and output.is_own(place) and place.file not in output.files:
            yield _missing(link, place)


def link_anchor(path: str, document: Document, output: Output) -> Iterator[Finding]:
    """Report links to an id that the target page does not have.

    Why: the reader lands at the top of a long page and has to search again.
    Bad: `<a href="../send/#step">`
    Good: `<a href="../send/#steps">`
    """
    for link in document.links:
        place = output.place(path, link.address)
        if place is not None and place.fragment and place.file is not None:
            anchors = output.anchors.get(place.file)
            if anchors is not None and place.fragment not in anchors:
                message = f"{place.file} has no id {place.fragment!r}"
                hint = "correct the anchor in the page's source, or in the template that links"
                yield Finding(link.line, message, hint)


def page_too_far(output: Output) -> Iterator[Finding]:
    """Report a page that takes more than three clicks from the home page, by the texts' links.

    Why: the menu and the list of all pages hold it, but a reader follows what a text offers.
    Bad: a page that no other page names, or one at the end of a chain of related pages
    Good: `<!-- hc:section-pages -->` on the section's first page, and a link where it is needed
    """
    for code in output.product.language_codes:
        clicks = _clicks(output, output.path(code, "index"))
        for slug in sorted({slug for _, slug in output.sources} - NEEDS_NO_LINK):
            path = output.path(code, slug)
            if path in output.documents and clicks.get(path, MOST_CLICKS + 1) > MOST_CLICKS:
                number = f"{clicks[path]} clicks" if path in clicks else "no link"
                message = f"from the home page, {number} (expected at most {MOST_CLICKS} clicks)"
                hint = "link it from its section's first page, or from a page that readers reach"
                yield Finding(1, message, hint, path)


def _clicks(output: Output, home: str) -> dict[str, int]:
    """Return how many links of texts lead from `home` to each page, at least."""
    clicks = {home: 0}
    waiting = [home]
    for path in waiting:
        document = output.documents.get(path)
        for address in document.text_links if document else ():
            place = output.place(path, address)
            if place is not None and place.file is not None and place.file not in clicks:
                clicks[place.file] = clicks[path] + 1
                waiting.append(place.file)
    return clicks


def resource_missing(output: Output) -> Iterator[Finding]:
    """Report scripts, style sheets, images and fonts that the site names and does not have.

    Why: the page loses its looks or its function, and readers wait for an error.
    Bad: `<script src="/assets/app.js">` after the file was renamed
    Good: the name of a file that is built
    """
    for path, reference in _requests(output):
        place = output.place(path, reference.address)
        if place is not None and output.is_own(place) and place.file not in output.files:
            yield _missing(reference, place, path)


def request_foreign(output: Output) -> Iterator[Finding]:
    """Report anything that a page would load from, or send to, another place than this site.

    Why: it tells strangers who reads about a stolen wallet, and lets them change the page.
    Bad: `<script src="https://cdn.example.net/app.js">`, `@import "https://fonts.example.net"`
    Good: a copy of the file in overrides/assets/
    """
    for path, reference in _requests(output):
        place = output.place(path, reference.address)
        if place is None or not output.is_own(place):
            address = reference.address if place is None else place.url
            message = (
                f"<{reference.element}> names no file of this site {found(address, output.root)}"
            )
            hint = "serve a copy from this site, or remove it"
            yield Finding(reference.line, message, hint, path)


def _requests(output: Output) -> Iterator[tuple[str, Reference]]:
    for path, document in output.documents.items():
        for reference in document.requests:
            yield path, reference
    for path, text in output.texts.items():
        if path.endswith(".css"):
            for reference in css_references(text):
                yield path, reference


def _missing(reference: Reference, place: Place, path: str = "") -> Finding:
    target = place.url if place.file is None else place.file
    message = f"<{reference.element}> names {target}, which the site does not have"
    hint = f"the address is written {reference.address!r}; correct it, or build the file"
    return Finding(reference.line, message, hint, path)
