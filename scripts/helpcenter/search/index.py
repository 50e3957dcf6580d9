"""The interim search index: the host's own, with Chinese words made findable.

Material's search would cut Chinese with jieba, which is unmaintained; without it whole sentences
become one word. Its index is a JSON list of sections with `title` and `text`.
"""

from __future__ import annotations

import json

from helpcenter.search.segment import segmenter, with_boundaries
from helpcenter.site_context import Site


def segmented(index: str, site: Site) -> str:
    """Return the index with word boundaries in the titles and texts of every section."""
    words = segmenter(
        word
        for term in site.glossary.terms
        for language in site.product.language_codes
        for word in term.words(language)
    )
    data = json.loads(index)
    for section in data["docs"]:
        for field in ("title", "text"):
            section[field] = with_boundaries(section[field], words)
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
