"""How hosts serve the site beside its headers: types, compression, redirects and the 404 page.

Writes what nginx, Caddy, Netlify and Cloudflare Pages read; reads and writes nothing itself. A
redirect is an absolute path without a slash at its end, and the path of the page it leads to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from helpcenter.headers.policy import Headers

# The file of redirects that Netlify, Cloudflare Pages and GitLab Pages read, and never publish.
FILE = "_redirects"
MISSING = "/404.html"

_IS_TEXT = re.compile(r"text/|.*(?:json|xml)\b")

Moved = Mapping[str, str]


def netlify(moved: Moved) -> str:
    """Return the file `_redirects`. Some of its hosts tell an address with a slash apart."""
    lines = [f"{old}{slash} {new} 301" for old, new in moved.items() for slash in ("", "/")]
    return "".join(f"{line}\n" for line in ["# Made from docs/_data/redirects.yml.", *lines])


def nginx(headers: Headers, moved: Moved) -> str:
    """Return the lines that stand within nginx's `server`, after those of the headers."""
    texts = sorted({value for value in headers.types.values() if _IS_TEXT.match(value)})
    quoted = " ".join(f'"{value}"' for value in texts)
    return "\n".join(
        [
            "types {",
            *(f'  "{value}" {suffix};' for suffix, value in headers.types.items()),
            "}",
            "default_type application/octet-stream;",
            "index index.html;",
            "absolute_redirect off;",
            f"error_page 404 {MISSING};",
            "# scripts/publish.py puts these copies beside each file.",
            "gzip_static on;",
            "gzip_vary on;",
            "gzip on;",
            f"gzip_types {quoted};",
            "# Where ngx_brotli is loaded (Debian: libnginx-mod-http-brotli-static):",
            "# brotli_static on;",
            *(f"rewrite ^{old}/?$ {new} permanent;" for old, new in moved.items()),
            "",
        ]
    )


def caddy(headers: Headers, moved: Moved) -> str:
    """Return the lines that stand in a site's block of a Caddyfile, after those of the headers."""
    lines = []
    for suffix, value in headers.types.items():
        lines += [f"@{suffix} path *.{suffix}", f'header @{suffix} Content-Type "{value}"']
    for old, new in moved.items():
        lines += [f"redir {old}{slash} {new} permanent" for slash in ("", "/")]
    sent = headers.of(MISSING.lstrip("/"))
    return "\n".join(
        [
            *lines,
            "encode gzip",
            "file_server {",
            "\tprecompressed br gzip",
            "}",
            "handle_errors {",
            "\t@missing expression {http.error.status_code} == 404",
            f"\trewrite @missing {MISSING}",
            f'\theader Content-Type "{headers.types["html"]}"',
            f'\theader Cache-Control "{sent["Cache-Control"]}"',
            "\tfile_server",
            "}",
            "",
        ]
    )
