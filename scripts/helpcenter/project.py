"""Where things lie in a help-center project; knows names of folders and nothing of contents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Project:
    """A checkout of the help center, or a test's copy of one, at `root`."""

    root: Path

    @property
    def docs(self) -> Path:
        """Return the folder that writers work in."""
        return self.root / "docs"

    @property
    def data(self) -> Path:
        """Return the folder of data files, which are never published as pages."""
        return self.docs / "_data"

    @property
    def fragments(self) -> Path:
        """Return the folder of the HTML fragments that markers are replaced with."""
        return self.root / "overrides" / "helpcenter"

    @property
    def illustrations(self) -> Path:
        """Return the folder of the drawings, whose words are data files."""
        return self.root / "overrides" / "illustrations"

    @property
    def modules(self) -> Path:
        """Return the folder of the scripts that pages load."""
        return self.root / "overrides" / "assets" / "javascripts"

    @property
    def old_worker(self) -> Path:
        """Return the script that removes a service worker; the host publishes it as /sw.js."""
        return self.root / "overrides" / "sw.js"

    @property
    def images(self) -> Path:
        """Return the folder of the logo and the icon."""
        return self.root / "overrides" / "assets" / "images"

    def pages_of(self, language: str) -> Path:
        """Return the folder of one language's pages."""
        return self.docs / language

    def relative(self, path: Path) -> str:
        """Return `path` as problems name it: relative to the project, with forward slashes."""
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)
