"""Old and short addresses of the site, and the page each leads to.

Source: docs/_data/redirects.yml. A redirect leads to a page of this site and nowhere else, in one
step: whoever can edit the file cannot send readers away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pydantic import RootModel

from helpcenter import yamlfile
from helpcenter.pages import slug_of
from helpcenter.problems import Problem, found
from helpcenter.product import Product
from helpcenter.project import Project

# By old address, without a slash at either end: the slug of the page it leads to.
Redirects = Mapping[str, str]

_ADDRESS = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
_ABROAD = re.compile(r"^\W*(?:[a-z][a-z0-9+.-]*:|//|\\)", re.IGNORECASE)
# Folders of files that are no pages, where an old address would hide one.
_TAKEN = ("assets", "data", "search")


class _File(RootModel[dict[str, str]]):
    """Everything of redirects.yml."""


def load_redirects(project: Project, product: Product) -> tuple[Redirects, list[Problem]]:
    """Read redirects.yml; return what it holds, and every redirect that cannot be."""
    path = project.data / "redirects.yml"
    name = project.relative(path)
    text, problems = yamlfile.read_text(path, project=project)
    if text is None:
        return {}, problems
    file, problems = yamlfile.parse(text, _File, name=name, first_line=1)
    if file is None:
        return {}, problems
    folder = project.pages_of(product.source_language)
    pages = {slug_of(page, folder) for page in folder.rglob("*.md")}
    lines = {scalar.keys[0]: scalar.line + 1 for scalar in yamlfile.scalars(text) if scalar.keys}
    problems = [
        Problem(name, lines.get(old, 1), *wrong)
        for old, slug in file.root.items()
        for wrong in _wrong(old, slug, file.root, pages, product)
    ]
    return file.root, problems


def addresses(redirects: Redirects, product: Product) -> dict[str, str]:
    """Return where each old address leads, in each language, as paths from the host's root."""
    root = product.site_url.path or "/"
    folders = {code: f"{root}{code}/" for code in product.language_codes}
    folders[product.source_language] = root
    return {
        f"{folder}{old}": f"{folder}{slug.removesuffix('index').rstrip('/')}/".replace("//", "/")
        for old, slug in redirects.items()
        for folder in folders.values()
    }


def _wrong(
    old: str, slug: str, redirects: Redirects, pages: set[str], product: Product
) -> Iterator[tuple[str, str, str]]:
    """Yield rule, message and hint of all that is wrong with one redirect."""
    if not _ADDRESS.fullmatch(old):
        message = f"this is no address {found(old, 'small letters, digits, - and /')}"
        yield "redirect-address", message, "write it without a language and without / at its ends"
    elif old.split("/")[0] in (*_TAKEN, *product.language_codes):
        message = f"{old} lies in a folder that is taken"
        yield "redirect-taken", message, "leave the language out: each redirect is for all of them"
    elif {old, f"{old}/index"} & pages:
        message = f"{old} is a page: nobody could open it"
        yield "redirect-taken", message, "remove the redirect, or the page"
    if _ABROAD.match(slug):
        message = f"{old} leads out of this site {found(slug, 'the slug of a page')}"
        yield "redirect-foreign", message, "link to other places on a page, where readers see it"
    elif slug in redirects:
        message = f"{old} leads to {slug}, which is an old address itself"
        yield "redirect-chain", message, "name the page at the end: a circle would never load"
    elif slug not in pages:
        message = f"{old} leads to no page {found(slug, 'a slug such as faq/account-locked')}"
        yield "redirect-target", message, "name a page as its file is named, without .md"
