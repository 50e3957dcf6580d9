"""Personal data of people who do not exist, each piece with a token that can be searched for.

If a token shows up anywhere but in the export it was planted in, something leaked.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Canary:
    """A piece of data as a customer would write it; `token` is the part no other text holds."""

    kind: str
    token: str
    text: str


# Kind: which characters its token may have, and the text around it. {hex} fills up to 64 digits.
_KINDS: Final = {
    "name-en": ("word", "Wilhelmina {token}"),
    "name-zh": ("word", "欧阳 {token}"),
    "email": ("word", "{token}@mail.example.net"),
    "phone-us": ("digits", "+1 {token}"),
    "phone-cn": ("digits", "+86 1{token}"),
    "address-en": ("word", "12 {token} Street, Springfield"),
    "address-zh": ("word", "上海市静安区 {token} 路 8 号 601 室"),
    "phrase-en": (
        "word",
        "river copper lamp {token} window north apple stone quiet horse paper sun",
    ),
    "phrase-zh": ("word", "山 河 {token} 灯 铜 窗 北 果 石 静 马 纸"),
    "private-key": ("hex", "{token}{hex}"),
    "transaction-hash": ("hex", "0x{token}{hex}"),
    "html": ("word", "<img src=x onerror=\"alert('{token}')\">"),
    "formula": ("word", '=HYPERLINK("https://{token}.example","open")'),
    "template": ("word", "{{{{ config.{token} }}}} {{% for x in {token} %}}"),
    "yaml": ("word", "!!python/object/apply:{token} [1]"),
    "sql": ("word", "'); DROP TABLE {token}; --"),
}
_HEX_DIGITS_OF_A_KEY = 64


def canaries(seed: int) -> tuple[Canary, ...]:
    """Return one canary of each kind; the same seed gives the same tokens."""
    return tuple(_canary(kind, seed) for kind in _KINDS)


def _canary(kind: str, seed: int) -> Canary:
    alphabet, template = _KINDS[kind]
    digest = hashlib.sha256(f"{seed} {kind}".encode()).hexdigest()
    token = {
        "word": f"canary{digest[:10]}",
        "digits": str(int(digest[:12], 16)).zfill(10)[-10:],
        "hex": digest[:16],
    }[alphabet]
    rest = hashlib.sha256(digest.encode()).hexdigest()[: _HEX_DIGITS_OF_A_KEY - len(token)]
    return Canary(kind, token, template.format(token=token, hex=rest))
