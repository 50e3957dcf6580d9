"""What no customer should ever send and all of them do, and how to find a trace of it."""

from __future__ import annotations

import base64
import html
import json
import re
import string
import urllib.parse
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from random import Random

import yaml

from helpcenter.tickets.common.errors import CODES, NOTES
from tickets_support import CASES

_WORDS = yaml.safe_load((CASES / "secrets.yml").read_text(encoding="utf-8"))
RULE_WORDS: list[str] = _WORDS["rules"]

_BASE58 = "".join(sorted(set(string.digits + string.ascii_letters) - set("0OIl")))
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_HEX = "0123456789abcdef"
_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def _of(chance: Random, alphabet: str, length: int) -> str:
    return "".join(chance.choices(alphabet, k=length))


def _words(chance: Random, number: int = 12) -> list[str]:
    return chance.sample(_WORDS["english"], number)


def _characters(chance: Random, script: str) -> list[str]:
    return chance.sample(_WORDS[script], 12)


def _typo(chance: Random) -> str:
    words = _words(chance)
    return " ".join([*words[:-1], words[-1][:-2] + words[-1][-1] + words[-1][-2]])


# Twelve ways to write down a recovery phrase.
PHRASES: dict[str, Callable[[Random], str]] = {
    "12 words": lambda chance: " ".join(_words(chance)),
    "24 words": lambda chance: " ".join(_words(chance, 24)),
    "numbered": lambda chance: " ".join(f"{n}. {w}" for n, w in enumerate(_words(chance), 1)),
    "commas": lambda chance: ",".join(_words(chance)),
    "upper case": lambda chance: " ".join(_words(chance)).upper(),
    "full width": lambda chance: "　".join(_words(chance)).translate(_WIDE),
    "11 of 12": lambda chance: " ".join(_words(chance, 11)),
    "typo": _typo,
    "4 letters": lambda chance: " ".join(word[:4] for word in _words(chance)),
    "simplified, spaced": lambda chance: " ".join(_characters(chance, "simplified")),
    "simplified": lambda chance: "".join(_characters(chance, "simplified")),
    "traditional": lambda chance: "".join(_characters(chance, "traditional")),
}

SECRETS: dict[str, Callable[[Random], str]] = PHRASES | {
    "key, hex": lambda chance: _of(chance, _HEX, 64),
    "key, WIF": lambda chance: "5" + _of(chance, _BASE58, 50),
    "key, xprv": lambda chance: "xprv9" + _of(chance, _BASE58, 106),
    "key, Solana": lambda chance: _of(chance, _BASE58, 88),
    "key, Solana bytes": lambda chance: str([chance.randrange(256) for _ in range(64)]),
    "address, Bitcoin": lambda chance: "1" + _of(chance, _BASE58, 33),
    "address, SegWit": lambda chance: "bc1q" + _of(chance, _BECH32, 38),
    "address, Ethereum": lambda chance: "0x" + _of(chance, _HEX, 40),
    "address, TRON": lambda chance: "T" + _of(chance, _BASE58, 33),
    "transaction": lambda chance: "0x" + _of(chance, _HEX, 64),
    "e-mail": lambda chance: f"{_of(chance, _BECH32, 9)}@mail.example.net",
    "e-mail, spelled": lambda chance: f"{_of(chance, _BECH32, 9)} [at] mail dot example",
    "phone, Chinese": lambda chance: "+86 1" + _of(chance, string.digits, 10),
    "phone, American": lambda chance: (
        f"({_of(chance, '23456789', 3)}) "
        f"{_of(chance, '23456789', 3)}-{_of(chance, string.digits, 4)}"
    ),
    "identity card": lambda chance: "110101" + _of(chance, string.digits, 11) + "X",
    "bank card": lambda chance: "6222" + _of(chance, string.digits, 15),
    "name": lambda chance: f"Wilhelmina {_of(chance, _BECH32, 8).title()}",
    "name, Chinese": lambda chance: "欧阳" + "".join(chance.sample("婉莹梓萱皓轩钰涵", 2)),
    "API key": lambda chance: "sk_live_" + _of(chance, _BASE58, 24),
    "token": lambda chance: f"eyJ{_of(chance, _BASE58, 20)}.eyJ{_of(chance, _BASE58, 30)}",
    "HTML": lambda chance: f"<img src=x onerror=\"alert('{_of(chance, _BASE58, 12)}')\">",
    "script": lambda chance: f"</td></table><script>{_of(chance, _BASE58, 12)}()</script>",
    "Jinja": lambda chance: f"{{{{ config.{_of(chance, _BASE58, 12)} }}}}{{% raw %}}",
    "YAML": lambda chance: f"\n- !!python/object/apply:{_of(chance, _BASE58, 12)} [1]\n---\n",
    "formula": lambda chance: f'=HYPERLINK("https://{_of(chance, _BECH32, 12)}.example")',
    "SQL": lambda chance: f"'); DROP TABLE {_of(chance, _BASE58, 12)}; --",
    "quotes": lambda chance: f'"{_of(chance, _BASE58, 12)}","\\"',
    "lines": lambda chance: f"a\r\n{_of(chance, _BASE58, 12)}\n\rb\r",
    "control": lambda chance: f"\x00\x07\x1b[2J{_of(chance, _BASE58, 12)}\x1b]0;x\x07\x7f\x85",
    "bidi": lambda chance: f"\u202e{_of(chance, _BASE58, 12)}\u2066\u200b\ufeff\u2028",
    "separators": lambda chance: f"{_of(chance, _BASE58, 12)};|\t,、；\x1c\x1d\x1e\x1f",
}


def secrets(seed: int) -> list[str]:
    """One secret of each kind; another seed, other secrets."""
    chance = Random(seed)
    return [make(chance) for make in SECRETS.values()]


def traces(text: str, innocent: str) -> Iterator[str]:
    """Every form in which a part of `text` would show that it leaked.

    Parts are the whole, its longer words, and each three words in a row. `innocent` holds, in
    lower case, what is printed anyway.
    """
    words = [match.span() for match in re.finditer(r"[^\W_]+", text)]
    parts = {text[start:end] for start, end in words if _is_long(text[start:end])}
    parts |= {
        text[start:end]
        for (start, _), (_, end) in zip(words, words[2:], strict=False)
        if _is_long(text[start:end])
    }
    if text.strip() and _is_long(text.strip()):
        parts.add(text.strip())
    for part in sorted(parts):
        if part.lower() not in innocent:
            yield from _forms(part)


def _is_long(part: str) -> bool:
    return len(part) >= 5 or (len(part) >= 2 and part > "\u3000")


@lru_cache(1 << 16)
def _forms(part: str) -> tuple[str, ...]:
    content = part.encode("utf-8")
    forms = {
        part,
        part[::-1],
        part.lower(),
        part.upper(),
        content.hex(),
        content.hex().upper(),
        part.encode("utf-16-le").hex(),
        json.dumps(part)[1:-1],
        repr(part)[1:-1],
        html.escape(part),
        urllib.parse.quote(part),
        ascii(content)[2:-1],
    }
    for shift in range(3):
        # The letters at both ends also depend on the neighbors.
        forms.add(base64.b64encode(b"\0" * shift + content).decode()[shift + 1 : -4])
    return tuple(form for form in forms if _is_long(form))


def leaks(texts: Iterable[str], outputs: Iterable[str], innocent: str) -> list[str]:
    """The traces of any of `texts` in `outputs`."""
    haystack = "\n".join(outputs)
    return [trace for text in texts for trace in traces(text, innocent) if trace in haystack]


FIXED_TEXTS = "\n".join(
    f"{code} {happened} {hint}" for code, (happened, hint) in (CODES | NOTES).items()
).lower()
