"""The search's files of a built site, one folder per language."""

from __future__ import annotations

from pathlib import Path

from helpcenter.search import built, files, index, lexicon
from helpcenter.site_context import Site

FOLDER = "search"


def files_of(site: Site, folder: Path) -> dict[str, str]:
    """Return the text of each file by its path below the root of the site built to `folder`."""
    words = lexicon.from_glossary(site.glossary)
    return {
        f"{FOLDER}/{language}/{name}": text
        for language in site.product.language_codes
        for name, text in files.files(
            index.build(built.documents(site, folder, language), words), landmarks=built.LANDMARKS
        ).items()
    }
