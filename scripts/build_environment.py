"""What a build is told by its environment: the day it is for, and the commit it is made of.

No door itself: the adapter of the host asks it, so that nothing below looks around.
"""

from __future__ import annotations

import datetime
import logging
import os

from pydantic import ValidationError

from helpcenter.release.record import Source

# Ours, then those that GitHub, GitLab, Netlify and Cloudflare Pages set in each build.
COMMITS = ("BUILD_COMMIT", "GITHUB_SHA", "CI_COMMIT_SHA", "COMMIT_REF", "CF_PAGES_COMMIT_SHA")
EPOCH = "SOURCE_DATE_EPOCH"


def day() -> datetime.date:
    """Return the day whose fees and notices are to be shown: the environment's, or today (UTC)."""
    return (_time() or datetime.datetime.now(datetime.UTC)).date()


def is_preview() -> bool:
    """Return whether the site is to be marked as a preview, which no search engine may list."""
    return os.environ.get("PREVIEW") == "true"


def hides_warnings() -> str:
    """Return why a strict build of these options would not be strict, or "" where it is.

    MkDocs 1.6.1 counts the warnings that it shows: with `--quiet` it shows none and passes
    anything, with `--verbose` it leaves the check of anchors out.
    """
    level = logging.getLogger("mkdocs").getEffectiveLevel()
    if level == logging.INFO:
        return ""
    option = "--quiet" if level > logging.INFO else "--verbose"
    return f"--strict with {option} lets broken links pass: leave {option} out"


def source() -> Source:
    """Return the commit and the time that the build is told; exits if one cannot be true."""
    name, commit = next(((n, v) for n in COMMITS if (v := os.environ.get(n))), ("", None))
    try:
        return Source(commit=commit, time=_time())
    except ValidationError:
        raise SystemExit(f"{name} is not the full name of a commit (found {commit!r})") from None


def _time() -> datetime.datetime | None:
    epoch = os.environ.get(EPOCH)
    if not epoch:
        return None
    if not (epoch.isascii() and epoch.isdigit()):
        raise SystemExit(f"{EPOCH} is not a number of seconds since 1970 (found {epoch!r})")
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
