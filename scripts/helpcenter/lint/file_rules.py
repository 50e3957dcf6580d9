"""Rules about the files below docs/ that are published: their names and their kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from helpcenter.lint.rules import Finding
from helpcenter.lint.sources import Content

_NAME = re.compile(r"(?:[a-z0-9-]+/)+[a-z0-9-]+\.[a-z0-9]+")
_KINDS = {".md", ".png", ".jpg", ".webp", ".avif"}


def file_kind(content: Content) -> Iterator[Finding]:
    """Report a file that is neither a page nor a photograph.

    Why: the site generator publishes it as it is: a page, script or drawing that nobody checks.
    Bad: `docs/en/help.html`, `docs/en/fees/chart.svg`
    Good: a page in Markdown; a drawing by its marker; scripts below overrides/assets/
    """
    for path in sorted(content.files):
        if (kind := PurePosixPath(path).suffix) not in _KINDS:
            message = f"a file of this kind would be published as it is: {kind or 'no ending'}"
            yield Finding(1, message, f"kinds of files: {', '.join(sorted(_KINDS))}", path)


def file_name(content: Content) -> Iterator[Finding]:
    """Report a file whose name has other signs than a-z, 0-9 and hyphens, or no language above.

    Why: the name is an address; where capitals are not told apart, one page replaces another.
    Bad: `docs/en/FAQ.md`, `docs/en/README.md`, `docs/notes.md`
    Good: `docs/en/faq/account-locked.md`
    """
    for path in sorted(content.files):
        inner = path.removeprefix("docs/")
        known = inner.partition("/")[0] in content.site.product.language_codes
        if not known or not _NAME.fullmatch(inner):
            hint = "write a-z, 0-9 and hyphens, below a language: docs/en/fees/overview.md"
            yield Finding(1, f"the name cannot be an address: {inner}", hint, path)
