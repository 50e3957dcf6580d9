"""What a built site says of itself: which commit it was made of, and the hash of every file.

build.json is for machines that watch the site, build.sha256 for `sha256sum --check`. The clock is
not asked, so that the same commit and day make the same record.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import GenerateJsonSchema

from helpcenter.product import DataModel
from helpcenter.release.listing import FILES, RECORD, listed
from helpcenter.site_context import Site

SCHEMA = "data/build.schema.json"
# The packages whose versions decide what a page looks like.
_GENERATORS = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown", "pymdown-extensions")

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Commit = Annotated[str, Field(pattern=r"^[0-9a-f]{40}(?:[0-9a-f]{24})?(?:-dirty)?$")]


class Source(DataModel):
    """What a site was built from, as whoever ran the build knows it."""

    commit: Commit | None = Field(
        default=None,
        description="The commit, with -dirty where files differed from it; null if not told.",
    )
    time: datetime.datetime | None = Field(
        default=None,
        description="SOURCE_DATE_EPOCH as a time (UTC): with it the same bytes can be built again.",
    )


class Record(Source):
    """build.json."""

    schema_version: Literal[1] = 1
    site: str = Field(description="The address that the site was built for.")
    as_of: datetime.date = Field(description="The day whose fees and notices are shown.")
    files: int = Field(description="How many files are listed in build.sha256.")
    tree: Sha256 = Field(
        description="The SHA-256 of build.sha256, which holds that of each file: a line each, "
        "in the order of the paths' bytes, as `sha256sum` writes it."
    )
    pages: dict[str, int] = Field(description="How many pages were written, by language code.")
    generators: dict[str, str] = Field(description="The versions of what made the pages.")


def write(site: Site, folder: Path, source: Source) -> None:
    """Add its record to the site built to `folder`, whose files are then final."""
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    text = listed(files)
    record = Record(
        commit=source.commit,
        time=source.time,
        site=str(site.product.site_url),
        as_of=site.as_of,
        files=text.count("\n"),
        tree=hashlib.sha256(text.encode()).hexdigest(),
        pages={
            code: sum(language == code for language, _ in site.pages)
            for code in site.product.language_codes
        },
        generators={name: version(name) for name in _GENERATORS},
    )
    (folder / RECORD).parent.mkdir(exist_ok=True)
    (folder / FILES).write_text(text, "utf-8")
    (folder / RECORD).write_text(record.model_dump_json(indent=2) + "\n", "utf-8")


def schema() -> str:
    """Return the JSON Schema (2020-12) of build.json."""
    described = {"$schema": GenerateJsonSchema.schema_dialect} | Record.model_json_schema()
    return json.dumps(described, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
