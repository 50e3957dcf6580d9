"""Write a file so that a reader, a crash or a second writer never meets half of it.

Knows nothing of what is written. Needs a POSIX system: it locks and flushes the folder itself.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NEW_FILE_MODE = 0o644


def write_if_changed(path: Path, text: str, *, mode: int | None = None) -> bool:
    """Make `path` hold `text` as UTF-8; return whether it had to be written.

    The text goes to a temporary file of the same folder, is flushed to the disk and takes the
    old file's place in one step. `mode` sets who may read it, by default those who could.
    Raises OSError, in which case the old file is untouched.
    """
    path = path.resolve()
    content = text.encode("utf-8")
    with _locked(path.parent) as folder:
        for stray in path.parent.glob(f".{path.name}.*.tmp"):
            # Only a writer that was killed leaves one behind: the lock admits no other.
            stray.unlink()
        old = path.stat().st_mode & 0o777 if path.exists() else None
        if old is not None and mode in (None, old) and path.read_bytes() == content:
            return False
        _replace(path, content, mode or old or _NEW_FILE_MODE)
        os.fsync(folder)
    return True


def _replace(path: Path, content: bytes, mode: int) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def _locked(folder: Path) -> Iterator[int]:
    """Hold the folder's lock, which the system frees even if the process is killed."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)
