"""The headers of the site on the server that writers preview it with, as its last step (WSGI).

That server adds to each page one script of its own, inline and last, which reloads the page after
an edit. Of all inline scripts it alone is let through, by its hash; so a page that its published
form would break is broken in the preview too.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any

from helpcenter.headers.policy import POLICY, Headers

Start = Callable[..., Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]

_OWN_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
_LAST_SCRIPT = re.compile(rb"<script>((?:(?!<script).)*)</script></body>", re.DOTALL)


def with_headers(application: Application, headers: Headers) -> Application:
    """Return `application` with the site's headers on each answer.

    What a page states of the policy itself is taken out, since it could not name the hash.
    """

    def answer(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        said: list[tuple[str, list[tuple[str, str]]]] = []
        parts = application(environ, lambda status, named: said.append((status, named)))
        (status, named) = said[-1]
        sent = headers.of(environ["PATH_INFO"].lstrip("/"))
        sent["Cache-Control"] = "no-store"  # names do not change with what is edited here
        if dict(named).get("Content-Type", "").startswith("text/html"):
            page = _OWN_POLICY.sub(b"", b"".join(parts), count=1)
            named = [(n, v) for n, v in named if n != "Content-Length"]
            named.append(("Content-Length", str(len(page))))
            sent[POLICY] = _with_last_script(sent[POLICY], page)
            parts = [page]
        start(status, [*named, *sent.items()])
        return parts

    return answer


def _with_last_script(policy: str, page: bytes) -> str:
    script = _LAST_SCRIPT.search(page)
    if script is None:
        return policy
    hashed = base64.b64encode(hashlib.sha256(script[1]).digest()).decode()
    return policy.replace("script-src 'self'", f"script-src 'self' 'sha256-{hashed}'")
