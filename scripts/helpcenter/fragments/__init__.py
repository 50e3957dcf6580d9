"""The fragments that markers stand for: what each shows, in the language of the page's text.

Each renders one template of overrides/helpcenter/ and decides only what goes in.
"""

from __future__ import annotations

from collections.abc import Mapping

from helpcenter.fragments.address import ADDRESS
from helpcenter.fragments.base import Entry, Fragment, FragmentError, entry
from helpcenter.fragments.fee_data import FEE_DATA
from helpcenter.fragments.fee_examples import FEE_EXAMPLES
from helpcenter.fragments.fee_history import FEE_HISTORY
from helpcenter.fragments.fees import FEES
from helpcenter.fragments.figures import FIGURES
from helpcenter.fragments.illustrations import ILLUSTRATIONS
from helpcenter.fragments.networks import NETWORKS
from helpcenter.fragments.pages import PAGES
from helpcenter.fragments.reference import REFERENCE
from helpcenter.fragments.service import SERVICE
from helpcenter.fragments.transactions import TRANSACTIONS

__all__ = ["FRAGMENTS", "Entry", "Fragment", "FragmentError", "entry"]

FRAGMENTS: Mapping[str, Fragment] = {
    **PAGES,
    **REFERENCE,
    **NETWORKS,
    **ADDRESS,
    **FIGURES,
    **SERVICE,
    **TRANSACTIONS,
    **FEES,
    **FEE_DATA,
    **FEE_EXAMPLES,
    **FEE_HISTORY,
    **ILLUSTRATIONS,
}
