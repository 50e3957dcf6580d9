"""The fragments that markers stand for: what each shows, in the language of the page's text.

Each renders one template of overrides/helpcenter/ and decides only what goes in.
"""

from __future__ import annotations

from collections.abc import Mapping

from helpcenter.fragments.base import Entry, Fragment, FragmentError, entry
from helpcenter.fragments.fees import FEES
from helpcenter.fragments.pages import PAGES
from helpcenter.fragments.reference import REFERENCE

__all__ = ["FRAGMENTS", "Entry", "Fragment", "FragmentError", "entry"]

FRAGMENTS: Mapping[str, Fragment] = {**PAGES, **REFERENCE, **FEES}
