"""Give the scripts and style sheets of a built site permanent names, and every page those names.

A file's name comes from its content after the names within it were replaced. So a change renames
the file and those that import it, and nothing else. Knows the forms in which pages, modules and
style sheets name a file; what it does not know keeps a name that no longer exists, which the
checks of the built site find.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urljoin

from helpcenter.release import names

MANIFEST = "search.json"

_IN_PAGE = re.compile(r'(?<=\s)(?:href|src)="([^"]+)"')
_IN_MODULE = re.compile(r'\b(?:from\s*|import\s*\(?\s*)"(\.{1,2}/[^"]+)"')
_IN_STYLES = re.compile(r'(?:url\(\s*|@import\s+)["\']?([^"\')\s;]+)')


class AssetError(ValueError):
    """A file that cannot be named after what is in it."""


def rename(folder: Path, *, root: str) -> None:
    """Rename the assets of the site built to `folder`, whose address is `root`.

    Raises AssetError for modules that import each other in a circle, or one that is not there.
    """
    paths = sorted(path for path in (folder / "assets").rglob("*") if path.is_file())
    files = [path.relative_to(folder).as_posix() for path in paths]
    new = _named(folder, [name for name in files if not name.startswith(names.PICTURES)])
    for old in new:
        (folder / old).unlink()
    for name, content in new.values():
        (folder / name).write_bytes(content)
    renamed = {old: name for old, (name, _) in new.items()}
    for page in sorted(folder.rglob("*.html")):
        place = root + page.relative_to(folder).as_posix()
        text = page.read_text("utf-8")
        page.write_text(_IN_PAGE.sub(_replacing(renamed, root, place), text), "utf-8")
    _move_indexes(folder)


def _named(folder: Path, files: list[str]) -> dict[str, tuple[str, bytes]]:
    """Return the new name and content of each file, those first that others name."""
    done: dict[str, tuple[str, bytes]] = {}

    def read(path: str, above: tuple[str, ...]) -> str:
        if path in above:
            raise AssetError(f"modules import each other in a circle: {', '.join(above)}")
        if path not in done:
            content = (folder / path).read_bytes()
            pattern = {".js": _IN_MODULE, ".css": _IN_STYLES}.get(posixpath.splitext(path)[1])
            if pattern is not None:
                text = pattern.sub(lambda found: replaced(found, path, above), content.decode())
                content = text.encode()
            done[path] = names.permanent(path, content), content
        return done[path][0]

    def replaced(found: re.Match[str], path: str, above: tuple[str, ...]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[1]))
        if target in files:
            return _with_name(found, read(target, (*above, path)))
        if path.endswith(".js"):
            raise AssetError(f"{path} imports {target}, which is not published")
        return found[0]

    for path in files:
        read(path, ())
    return done


def _replacing(renamed: Mapping[str, str], root: str, place: str) -> Callable[[re.Match[str]], str]:
    """Return what replaces an address on the page at `place`."""

    def replace(found: re.Match[str]) -> str:
        address = urljoin(place, found[1])
        name = renamed.get(address.removeprefix(root)) if address.startswith(root) else None
        return found[0] if name is None else _with_name(found, name)

    return replace


def _with_name(found: re.Match[str], name: str) -> str:
    """Return what was found with the last part of its address replaced by that of `name`."""
    folder = found[1].rpartition("/")[0]
    address = f"{folder}/{name.rpartition('/')[2]}" if folder else name.rpartition("/")[2]
    start, end = found.start(1) - found.start(), found.end(1) - found.start()
    return found[0][:start] + address + found[0][end:]


def _move_indexes(folder: Path) -> None:
    """Move each search index into a folder named by its version, and say so in the manifest."""
    manifest = folder / MANIFEST
    described = json.loads(manifest.read_text("utf-8"))
    for entry in described["languages"].values():
        old, new = entry["index"], f"{entry['index']}{entry['version']}/"
        (folder / new).mkdir()
        for path in [path for path in (folder / old).iterdir() if path.is_file()]:
            path.rename(folder / new / path.name)
        entry |= {"index": new, "files": entry["files"].replace(old, new, 1)}
    text = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    manifest.write_text(text + "\n", "utf-8")
