"""The last step of a build: what the theme brought along goes, what the site publishes comes.

Works on a built site's folder and knows nothing of the host that built it. The one place that
says which of the theme's own files are published.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from pathlib import Path

from helpcenter import publication
from helpcenter.headers import render
from helpcenter.machines.social import pictures
from helpcenter.machines.twins import twins
from helpcenter.release import assets, listing, record
from helpcenter.release.record import Source
from helpcenter.search.publish import files_of
from helpcenter.site_context import Site

# All that pages load of Material for MkDocs 9.8.1. What it brings beside these, its search worker,
# word lists of thirty languages and source maps, nobody would ask for but an attacker.
THEME_FILES = (
    "assets/javascripts/bundle.*.min.js",
    "assets/stylesheets/main.*.min.css",
    "assets/stylesheets/palette.*.min.css",
)
# Folders of the theme's whose files are no pages; `illustrations` are templates.
_FOLDERS = ("assets", "illustrations")
# Written into every page by Material for MkDocs 9.8.1, and no valid HTML: an attribute that check
# boxes do not have.
INVALID = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"(?=>)')
# MkDocs 1.6.1 writes the time of the build into it.
_TIMED = "sitemap.xml.gz"


def finish(site: Site, folder: Path, source: Source, *, preview: bool) -> None:
    """Complete the site built from `source` to `folder`, once every language is there.

    A `preview` has no record of the build, and keeps the names of scripts and style sheets as
    their writers know them.
    """
    (folder / _TIMED).unlink(missing_ok=True)
    _remove_unused(site, folder)
    _write_publication(site, folder)
    if not preview:
        _correct_theme(folder)
        _write_twins_and_pictures(site, folder)
        assets.rename(folder, root=f"{str(site.product.site_url).rstrip('/')}/")
    _write_headers(site, folder)
    if not preview:
        record.write(site, folder, source)


def _remove_unused(site: Site, folder: Path) -> None:
    for path in _unused(site, folder):
        path.unlink()
        for above in list(path.relative_to(folder).parents)[:-1]:
            if not any((folder / above).iterdir()):
                (folder / above).rmdir()


def _correct_theme(folder: Path) -> None:
    for path in folder.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        if (valid := INVALID.sub(r"\1", html)) != html:
            path.write_text(valid, encoding="utf-8")


def _write_publication(site: Site, folder: Path) -> None:
    for name, text in publication.files(site, files_of(site, folder)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="")  # CSV has its own line ends


def _write_twins_and_pictures(site: Site, folder: Path) -> None:
    for name, text in twins(site, folder).items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, picture in pictures(site).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(picture)


def _write_headers(site: Site, folder: Path) -> None:
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    text = render.netlify(site.headers, [*names, *listing.NAMES])
    (folder / render.FILE).write_text(text, "utf-8")


def _unused(site: Site, folder: Path) -> list[Path]:
    """Return files that neither the project nor the list above publishes."""
    own = (site.project.docs, site.project.root / "overrides")
    found = []
    for path in [path for name in _FOLDERS for path in sorted((folder / name).rglob("*"))]:
        name = path.relative_to(folder).as_posix()
        listed = any(fnmatchcase(name, pattern) for pattern in THEME_FILES)
        written = name.startswith("assets/") and any((root / name).is_file() for root in own)
        if path.is_file() and not listed and not written:
            found.append(path)
    return found
