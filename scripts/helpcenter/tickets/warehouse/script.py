"""Tell the script a text is written in, by ranges of characters that all engines understand.

The ranges are those of Unicode's Scripts.txt that subjects are written in, as characters and not
by name: Spark, Snowflake and others each have their own names, or none.
"""

from __future__ import annotations

from typing import Final

import ibis.expr.types as ir


def _class(*ranges: tuple[int, int]) -> str:
    return "[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + "]"


_LATIN: Final = _class(
    *((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2B8)),
    *((0x1E00, 0x1EFF), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A)),
)
_HAN: Final = _class(
    *((0x2E80, 0x2E99), (0x2E9B, 0x2EF3), (0x2F00, 0x2FD5), (0x3005, 0x3005), (0x3007, 0x3007)),
    *((0x3021, 0x3029), (0x3038, 0x303B), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFA6D)),
    *((0xFA70, 0xFAD9), (0x20000, 0x2A6DF), (0x2A700, 0x2EBE0), (0x30000, 0x323AF)),
)
# Kana and hangul: languages that are neither of the two.
_OTHER: Final = _class(
    *((0x1100, 0x11FF), (0x3041, 0x3096), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FD, 0x30FF)),
    *((0x3131, 0x318E), (0x31F0, 0x31FF), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xFF66, 0xFF6F)),
    *((0xFF71, 0xFF9D), (0xFFA0, 0xFFDC)),
)


def is_chinese(text: ir.StringValue) -> ir.BooleanValue:
    """Return whether a text holds Han, and neither kana nor hangul."""
    return text.re_search(_HAN) & ~text.re_search(_OTHER)


def is_latin(text: ir.StringValue) -> ir.BooleanValue:
    """Return whether a text holds Latin letters and none of the other scripts."""
    return text.re_search(_LATIN) & ~text.re_search(_HAN) & ~text.re_search(_OTHER)
