"""The two texts that machines and researchers ask for first: robots.txt and security.txt.

Source: RFC 9309, RFC 9116.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator
from urllib.robotparser import RobotFileParser

from helpcenter.deployed.finding import Finding

ROBOTS = "robots.txt"
SECURITY = ".well-known/security.txt"


def robots(text: bytes, *, site: str) -> Iterator[Finding]:
    """Yield where robots.txt keeps search engines from the site, or does not name the sitemap."""
    parser = RobotFileParser()
    parser.parse(text.decode("utf-8", "replace").splitlines())
    if not parser.can_fetch("*", site):
        yield Finding(ROBOTS, "robots-txt", "every page forbidden", "pages that may be read")
    sitemaps = parser.site_maps() or []
    if f"{site}sitemap.xml" not in sitemaps:
        found = ", ".join(sitemaps) or "no sitemap"
        yield Finding(ROBOTS, "robots-txt", found, f"{site}sitemap.xml")


def security(text: bytes, *, site: str, now: datetime.datetime, days: int) -> Iterator[Finding]:
    """Yield what is missing in security.txt, or expires within a number of days from `now`."""
    fields: dict[str, list[str]] = defaultdict(list)
    for line in text.decode("utf-8", "replace").splitlines():
        name, colon, value = line.partition(":")
        if colon and not line.startswith("#"):
            fields[name.strip().lower()].append(value.strip())
    if not fields["contact"]:
        yield Finding(SECURITY, "security-txt", "no Contact", "a way to tell us of a hole")
    own = f"{site}{SECURITY}"
    if fields["canonical"] and own not in fields["canonical"]:
        found = f"Canonical: {fields['canonical'][0]}"
        yield Finding(SECURITY, "security-txt", found, own)
    until = fields["expires"]
    if len(until) != 1:
        yield Finding(SECURITY, "security-txt", f"{len(until)} fields Expires", "one")
        return
    try:
        left = datetime.datetime.fromisoformat(until[0]) - now
    except (ValueError, TypeError):
        yield Finding(SECURITY, "security-txt", f"Expires: {until[0]}", "a time with a zone")
        return
    if left < datetime.timedelta(days=days):
        found = f"Expires: {until[0]}, in {left.days} days" if left.days >= 0 else "expired"
        yield Finding(SECURITY, "security-txt", found, f"at least {days} days")
