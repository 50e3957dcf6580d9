"""The headers of the site in the words of each host; reads and writes nothing.

Each of these puts values together by rules of its own, so every file that is written here says
each header of a file exactly once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from helpcenter.headers.policy import POLICY, Exceptional, Headers

MADE = "# Made from docs/_data/headers.yml by scripts/render_headers.py."

# The file that Netlify and Cloudflare Pages read, and never publish.
FILE = "_headers"
# What Cloudflare Pages reads of a `_headers` file; it passes over the rest without a word.
# Source: https://developers.cloudflare.com/pages/configuration/headers/
MOST_RULES = 100
LONGEST_LINE = 2000


def netlify(headers: Headers, files: Iterable[str]) -> str:
    """Return the file `_headers`, which Netlify and Cloudflare Pages read, for published `files`.

    Where two rules meet, one host joins their values and the other picks one. Therefore a header
    that differs somewhere stands in no rule for all files, but in one for each folder.
    """
    rules = [("/*", _common(headers)), *_folders(headers, files)]
    return f"{MADE}\n" + "".join(
        f"{place}\n" + "".join(f"  {name}: {value}\n" for name, value in values.items())
        for place, values in rules
        if values
    )


def _folders(headers: Headers, files: Iterable[str]) -> list[tuple[str, Mapping[str, str]]]:
    """Return the varying headers of each folder, or of its parts where they differ."""
    values = {
        path: {n: v for n, v in headers.of(path).items() if n in headers.varying}
        for path in files
        if path != FILE
    }

    def rules(folder: str, paths: list[str]) -> list[tuple[str, Mapping[str, str]]]:
        first = values[paths[0]]
        if folder and all(values[path] == first for path in paths):
            return [(f"/{folder}*", first)]
        inside: dict[str, list[str]] = defaultdict(list)
        for path in paths:
            name, slash, _ = path.removeprefix(folder).partition("/")
            inside[folder + name + slash].append(path)
        found = []
        for name, below in sorted(inside.items()):
            if name.endswith("/"):
                found += rules(name, below)
            else:
                found += [(f"/{place}", values[name]) for place in _addresses(name)]
        return found

    return rules("", sorted(values))


def _addresses(path: str) -> list[str]:
    """Return the addresses of a file: a folder stands for its index.html."""
    folder = path.removesuffix("index.html")
    return [folder, path] if path.split("/")[-1] == "index.html" else [path]


def nginx(headers: Headers) -> str:
    """Return the lines to include within nginx's `server`."""
    lines = [
        "# Include this file in `server { }`. A `location` with an `add_header` of its own would",
        "# send none of these: include the file again in each that has one.",
    ]
    values = dict(_common(headers))
    for name, parts in headers.varying.items():
        variable = values[name] = "$hc_" + name.lower().replace("-", "_")
        lines.append(f'set {variable} "{headers.everywhere.get(name, "")}";')
        lines += [
            f'if ($uri ~ "{_pattern(part)}") {{ set {variable} "{part.headers[name]}"; }}'
            for part in parts
        ]
    lines += [f'add_header {name} "{value}" always;' for name, value in values.items()]
    return "\n".join([MADE, *lines]) + "\n"


def caddy(headers: Headers) -> str:
    """Return the lines to import within a site's block of a Caddyfile."""
    lines = ["header {", *(f'\t{name} "{value}"' for name, value in _common(headers).items()), "}"]
    for name, parts in headers.varying.items():
        paths = [" ".join(f"/{path}" for path in part.files) for part in parts]
        values = [
            (f"path {each}", part.headers[name]) for each, part in zip(paths, parts, strict=True)
        ]
        if (value := headers.everywhere.get(name)) is not None:
            values.append((f"not path {' '.join(paths)}", value))
        for number, (condition, value) in enumerate(values, 1):
            matcher = f"@{name.lower()}-{number}"
            lines += [f"{matcher} {condition}", f'header {matcher} {name} "{value}"']
    return "\n".join([MADE, "# Import this file in the site's block.", *lines]) + "\n"


def meta(headers: Headers) -> str:
    """Return what every page states itself, for hosts that send no header of ours."""
    referrer = headers.headers["Referrer-Policy"]
    return (
        f'<meta http-equiv="{POLICY}" content="{headers.meta_policy}">'
        f'<meta name="referrer" content="{referrer}">'
    )


def _common(headers: Headers) -> Mapping[str, str]:
    return {n: v for n, v in headers.everywhere.items() if n not in headers.varying}


def _pattern(part: Exceptional) -> str:
    """Return a regular expression for the files of a part, in the words nginx and Python share."""
    paths = [
        re.sub(r"([.])", r"\\\1", path.removesuffix("*")) + ("" if path.endswith("*") else "$")
        for path in part.files
    ]
    return f"^/(?:{'|'.join(paths)})"
