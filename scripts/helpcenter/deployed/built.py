"""What a live site should be: the record of its build and the hash of each of its files.

Taken from the folder that was built, or, where that is not at hand, from what the site says of
itself: which shows what a host lost or changed, and not what somebody made who could change both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from helpcenter.deployed.finding import Finding
from helpcenter.deployed.visit import Answer
from helpcenter.release.listing import FILES, RECORD, read_list
from helpcenter.release.record import Record


@dataclass(frozen=True)
class Built:
    """A build: its record, and the hash of each file by its path below the site's root."""

    record: Record
    files: dict[str, str]


def read(record: bytes, files: bytes) -> Built:
    """Return the build that the two published records describe; ValueError if they do not agree."""
    described = Record.model_validate_json(record)
    if hashlib.sha256(files).hexdigest() != described.tree:
        raise ValueError(f"{FILES} is not the one of {RECORD}")
    return Built(described, read_list(files.decode().splitlines()))


def of_folder(site: Path) -> Built:
    """Return the build in a folder. Raises OSError, or ValueError if it has no true record."""
    return read((site / RECORD).read_bytes(), (site / FILES).read_bytes())


def served(record: Answer, files: Answer) -> tuple[Built | None, list[Finding]]:
    """Return the build that a site says it is, or None with what is wrong."""
    missing = [
        Finding(path, "file-missing", f"status {answer.status}", "status 200")
        for path, answer in ((RECORD, record), (FILES, files))
        if answer.status != 200 and not answer.failure
    ]
    if missing:
        return None, missing
    try:
        return read(record.body, files.body), []
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        wrong = f"{place}: {first['msg']}"
    except ValueError as error:
        wrong = str(error)
    return None, [Finding(RECORD, "record-invalid", wrong, "what its schema describes")]


def differences(live: Built, here: Built | None, commit: str | None) -> Iterator[Finding]:
    """Yield that a site is not the build at hand, or not of the commit that should be live."""
    if here is not None and here.record != live.record:
        yield Finding(RECORD, "build-other", _named(live.record), _named(here.record))
    if commit is not None and not (live.record.commit or "").startswith(commit):
        found = live.record.commit or "an unknown commit"
        yield Finding(RECORD, "commit-other", found, commit)


def _named(record: Record) -> str:
    commit = record.commit[:12] if record.commit else "an unknown commit"
    return f"{commit} as of {record.as_of}, tree {record.tree[:12]}"
