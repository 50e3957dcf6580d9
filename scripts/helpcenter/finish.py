"""The last step of a build: what the theme brought along goes, what the site publishes comes.

Works on a built site's folder and knows nothing of the host that built it. The one place that
says which of the theme's own files are published.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

from helpcenter import publication
from helpcenter.headers import render
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


def finish(site: Site, folder: Path) -> None:
    """Complete the site built to `folder`, once every language is there."""
    for path in _unused(site, folder):
        path.unlink()
        for above in list(path.relative_to(folder).parents)[:-1]:
            if not any((folder / above).iterdir()):
                (folder / above).rmdir()
    for name, text in publication.files(site, files_of(site, folder)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="")  # CSV has its own line ends
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    (folder / render.FILE).write_text(render.netlify(site.headers, names), "utf-8")


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
