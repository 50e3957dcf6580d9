"""Addresses made in Python from random bytes: what the browser's reading is held against.

Written from the standards alone, with the standard library: no line is shared with the scripts.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import random
from collections.abc import Callable

BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
XRP = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

Maker = Callable[[random.Random], str]


def base58(payload: bytes, alphabet: str = BITCOIN) -> str:
    """Return bytes in base 58."""
    number, text = int.from_bytes(payload, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = alphabet[digit] + text
    return alphabet[0] * (len(payload) - len(payload.lstrip(b"\0"))) + text


def base58check(payload: bytes, alphabet: str = BITCOIN) -> str:
    """Return bytes in Base58Check."""
    digest = hashlib.sha256(hashlib.sha256(payload).digest()).digest()
    return base58(payload + digest[:4], alphabet)


def bech32(name: str, groups: list[int], constant: int) -> str:
    """Return groups of five bits in bech32 (`constant` 1) or bech32m (0x2bc830a3)."""
    values = [ord(letter) >> 5 for letter in name] + [0] + [ord(letter) & 31 for letter in name]
    sum_ = _remainder(values + groups + [0] * 6) ^ constant
    check = [sum_ >> 5 * (5 - place) & 31 for place in range(6)]
    return name + "1" + "".join(BECH32[group] for group in groups + check)


def _remainder(values: list[int]) -> int:
    sum_ = 1
    for value in values:
        top = sum_ >> 25
        sum_ = (sum_ & 0x1FFFFFF) << 5 ^ value
        terms = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
        for bit, term in enumerate(terms):
            sum_ ^= term if top >> bit & 1 else 0
    return sum_


def in_fives(payload: bytes) -> list[int]:
    """Return bytes as groups of five bits, the last filled with zeros."""
    bits = "".join(f"{byte:08b}" for byte in payload)
    bits += "0" * (-len(bits) % 5)
    return [int(bits[place : place + 5], 2) for place in range(0, len(bits), 5)]


def segwit(name: str, version: int, payload: bytes) -> str:
    """Return an address of a version and a program."""
    return bech32(name, [version, *in_fives(payload)], 0x2BC830A3 if version else 1)


def strkey(version: int, payload: bytes) -> str:
    """Return a key of Stellar; CRC-16/XMODEM is what binascii calls crc_hqx."""
    whole = bytes([version]) + payload
    whole += binascii.crc_hqx(whole, 0).to_bytes(2, "little")
    return base64.b32encode(whole).decode().rstrip("=")


def x_address(account: bytes, tag: int | None) -> str:
    """Return an X-address of the main network."""
    end = bytes([tag is not None]) + (tag or 0).to_bytes(8, "little")
    return base58check(b"\x05\x44" + account + end, XRP)


def _versioned(*versions: int) -> Maker:
    return lambda chance: base58check(bytes([chance.choice(versions)]) + chance.randbytes(20))


# For each id of networks.yml, how to make such an address. Ethereum's checksum needs a hash that
# Python lacks: its addresses are made with small letters, which have none.
FORMS: dict[str, Maker] = {
    "bitcoin-base58": _versioned(0x00, 0x05),
    "bitcoin-bech32": lambda chance: segwit("bc", 0, chance.randbytes(chance.choice([20, 32]))),
    "bitcoin-bech32m": lambda chance: segwit("bc", 1, chance.randbytes(32)),
    "litecoin-base58": _versioned(0x30, 0x32),
    "litecoin-bech32": lambda chance: segwit("ltc", 0, chance.randbytes(20)),
    "dogecoin": _versioned(0x1E, 0x16),
    "tron": _versioned(0x41),
    "evm": lambda chance: f"0x{chance.randbytes(20).hex()}",
    "solana": lambda chance: base58(chance.randbytes(32)),
    "xrp": lambda chance: base58check(b"\0" + chance.randbytes(20), XRP),
    "xrp-x-address": lambda chance: x_address(
        chance.randbytes(20), chance.choice([None, chance.randrange(2**32)])
    ),
    "stellar": lambda chance: strkey(6 << 3, chance.randbytes(32)),
    "stellar-muxed": lambda chance: strkey(12 << 3, chance.randbytes(40)),
    "cosmos": lambda chance: bech32("cosmos", in_fives(chance.randbytes(20)), 1),
}
WITHOUT_CHECKSUM = {"evm": "absent", "solana": "none"}


def mistyped(text: str, chance: random.Random) -> str:
    """Return a text with one character replaced by another letter or digit."""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    place = chance.randrange(len(text))
    other = chance.choice([letter for letter in letters if letter != text[place]])
    return text[:place] + other + text[place + 1 :]
