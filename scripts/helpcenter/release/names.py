"""Names that say what is in a file, so that a browser may keep it and no release takes it back.

Two kinds of files have such a name: what lies in `assets/` beside its pictures, whose addresses
other sites keep, and the search indexes, each in a folder of its own.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath

PICTURES = "assets/images/"
_DIGITS = 12  # 48 bits: two releases of one file never share a name
_FILE = re.compile(rf"^(assets/.+)\.([0-9a-f]{{{_DIGITS}}})(\.\w+)$")
_INDEX = re.compile(rf"^(search/[a-z]{{2,3}}/)([0-9a-f]{{{_DIGITS}}})/")


def permanent(path: str, content: bytes) -> str:
    """Return the name of a file that holds `content`: for `a/b.js`, `a/b.<digits>.js`."""
    parts = PurePosixPath(path)
    return str(parts.with_name(f"{parts.stem}.{digits(content)}{parts.suffix}"))


def is_permanent(path: str) -> bool:
    """Return whether a published path means the same content for ever."""
    return _FILE.match(path) is not None or _INDEX.match(path) is not None


def is_true(path: str, content: bytes) -> bool:
    """Return whether a file holds what its name says; of an index, the folder cannot be asked."""
    named = _FILE.match(path)
    return named is None or named[2] == digits(content)


def plain(path: str) -> str:
    """Return the path as it was before a file got its permanent name."""
    return _INDEX.sub(r"\1", _FILE.sub(r"\1\3", path))


def digits(content: bytes) -> str:
    """Return the digits that stand for `content` in a name."""
    return hashlib.sha256(content).hexdigest()[:_DIGITS]
