"""The HTTP headers of the site: read once, refused where they would let a stranger's code run.

Source: docs/_data/headers.yml. Knows no host; how each is told is in `render`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator, model_validator

from helpcenter import yamlfile
from helpcenter.problems import Problem
from helpcenter.product import DataModel
from helpcenter.project import Project

POLICY = "Content-Security-Policy"

# What a page may be allowed, by directive: no other origin, no inline code, no code from strings.
# No hash either: what would need one belongs into a file.
_OWN = "'none'|'self'"
_ALLOWED: Mapping[str, str] = {
    "default-src": "'none'",
    "script-src": _OWN,
    "style-src": _OWN,
    "img-src": f"{_OWN}|data:",
    "font-src": _OWN,
    "connect-src": _OWN,
    "media-src": _OWN,
    "manifest-src": _OWN,
    "worker-src": _OWN,
    "base-uri": "'none'",
    "form-action": _OWN,
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": r"'none'|[\w-]+",
}
_NEEDED = ("default-src", "base-uri", "form-action", "frame-ancestors", "require-trusted-types-for")
_NEEDED_HEADERS = (
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
)

# Signs that end a value, or begin a variable, in one of the files that hosts read.
Value = Annotated[str, Field(pattern=r"^[ !#%&'()*+,\-./0-9:;<=>?@A-Z\[\]^_a-z|~]+$")]
Name = Annotated[str, Field(pattern=r"^[A-Z][A-Za-z-]*$")]
Suffix = Annotated[str, Field(pattern=r"^[a-z0-9]+$")]
Path = Annotated[str, Field(pattern=r"^\.?[a-z][\w./-]*(?:\{language\}[\w./-]*)?\*?$")]


class Exceptional(DataModel):
    """Files of which some headers differ."""

    files: Annotated[tuple[Path, ...], Field(min_length=1)]
    headers: Annotated[dict[Name, Value], Field(min_length=1)]

    @field_validator("files")
    @classmethod
    def _in_each_language(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        codes = (info.context or {}).get("languages", ())
        return tuple(
            path.replace("{language}", code)
            for path in value
            for code in (codes if "{language}" in path else [""])
        )


class Headers(DataModel):
    """Everything of headers.yml."""

    policy: dict[str, tuple[str, ...]]
    headers: dict[Name, Value]
    types: dict[Suffix, Value]
    except_: Annotated[tuple[Exceptional, ...], Field(alias="except")] = ()

    @field_validator("policy")
    @classmethod
    def _lets_no_stranger_in(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for directive, sources in value.items():
            if (allowed := _ALLOWED.get(directive)) is None:
                known = ", ".join(_ALLOWED)
                raise ValueError(f"{directive} is not a directive of ours (known: {known})")
            for source in sources or ("nothing",):
                if not re.fullmatch(allowed, source):
                    raise ValueError(
                        f"{directive} may not hold {source}: the site runs, shows and asks for "
                        "its own files alone"
                    )
        if missing := [name for name in _NEEDED if name not in value]:
            raise ValueError(f"the policy lacks {', '.join(missing)}")
        return value

    @model_validator(mode="after")
    def _are_complete(self) -> Headers:
        if missing := [name for name in _NEEDED_HEADERS if name not in self.headers]:
            raise ValueError(f"headers lacks {', '.join(missing)}")
        if "html" not in self.types or "Cache-Control" not in self.headers:
            raise ValueError("types lacks html, or headers lacks Cache-Control")
        if any(POLICY in headers for headers in (self.headers, *(p.headers for p in self.except_))):
            raise ValueError(f"{POLICY} is written as `policy` alone, the same for all files")
        for name, parts in self.varying.items():
            paths = [path for part in parts for path in part.files]
            for one, other in itertools.permutations(paths, 2):
                if _covers(one, other):
                    raise ValueError(f"{name} is given twice for {other}")
        return self

    def of(self, path: str) -> dict[str, str]:
        """Return the headers of one file, by its path below the site's root."""
        merged = dict(self.everywhere)
        for part in self.except_:
            if any(_covers(each, path) for each in part.files):
                merged |= part.headers
        return merged

    @cached_property
    def everywhere(self) -> Mapping[str, str]:
        """Return the headers of a file of which none differ."""
        return {POLICY: _written(self.policy), **self.headers}

    @cached_property
    def varying(self) -> Mapping[str, list[Exceptional]]:
        """Return the headers that differ for some files, with those files."""
        names = {name for part in self.except_ for name in part.headers}
        return {
            name: [part for part in self.except_ if name in part.headers] for name in sorted(names)
        }

    @cached_property
    def meta_policy(self) -> str:
        """Return the policy as a page itself can state it.

        Who may frame a page cannot be said there; see the standard's section 3.3 (CSP, level 3).
        """
        return _written({k: v for k, v in self.policy.items() if k != "frame-ancestors"})


def load_headers(
    project: Project, languages: tuple[str, ...]
) -> tuple[Headers | None, list[Problem]]:
    """Read headers.yml."""
    return yamlfile.load(
        project.data / "headers.yml", Headers, project=project, context={"languages": languages}
    )


def _written(policy: Mapping[str, tuple[str, ...]]) -> str:
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in policy.items())


def _covers(pattern: str, path: str) -> bool:
    """Return whether a path, or all that another pattern stands for, is meant by `pattern`."""
    return path.startswith(pattern[:-1]) if pattern.endswith("*") else path == pattern
