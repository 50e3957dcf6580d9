"""robots.txt and security.txt: what robots, and finders of a weakness, ask of every site."""

from __future__ import annotations

import datetime

from helpcenter.site_context import Site

ROBOTS = "robots.txt"
SECURITY = ".well-known/security.txt"
# Who reads a file after this long must not trust it; less than a year, as RFC 9116 (2.5.5) advises.
_VALID = datetime.timedelta(days=180)


def robots_txt(site: Site) -> str:
    """Return robots.txt (RFC 9309): everything may be read; pages say themselves what is listed."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.address('sitemap.xml')}\n"


def security_txt(site: Site) -> str:
    """Return security.txt (RFC 9116), void 180 days after the day that the site is built for."""
    security = site.product.security
    midnight = datetime.datetime.combine(site.as_of + _VALID, datetime.time(), datetime.UTC)
    fields = {
        "Contact": security.contact,
        "Expires": midnight.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "Preferred-Languages": ", ".join(language.tag for language in site.product.languages),
        "Canonical": site.address(SECURITY),
        "Policy": site.url(security.policy, site.product.source_language),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())
