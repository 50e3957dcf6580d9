"""Pages at old addresses, for hosts that cannot redirect: each says where its page is now.

Readers follow a link. A page that moves them by itself could be made to move them anywhere.
"""

from __future__ import annotations

from urllib.parse import urljoin

from helpcenter.headers import render
from helpcenter.site_context import Site
from helpcenter.templates import render as render_fragment


def pages(site: Site) -> dict[str, str]:
    """Return the page of each old address, by its path below the site's root."""
    product = site.product
    root = product.site_url.path or "/"
    found = {}
    for old, new in site.moved.items():
        path = old.removeprefix(root)
        first = path.split("/")[0]
        language = first if first in product.language_codes else product.source_language
        html = render_fragment(
            site.fragments,
            "moved",
            tag=product.tag(language),
            policy=render.meta(site.headers),
            text=site.strings[language].text,
            address=urljoin(str(product.site_url), new),
        )
        found[f"{path}/index.html"] = html + "\n"
    return found
