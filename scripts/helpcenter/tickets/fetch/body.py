"""Take the body of an answer only when it is whole, checked, and of the expected shape.

HTTP libraries hand out a cut-off gzip body as if it were whole, and unpack a bomb to the end;
so the raw bytes are taken and unpacked here. Knows nothing of tickets or connections.
"""

from __future__ import annotations

import zlib
from typing import TypeVar

import msgspec

from helpcenter.tickets.fetch.errors import FetchError

T = TypeVar("T")

# A gzip header and trailer, with its checksum and length (RFC 1952), around the data.
_GZIP = 16 + zlib.MAX_WBITS


def unpacked(raw: bytes, packing: str, *, most: int) -> bytes:
    """Return the body that `raw` holds under a Content-Encoding; `most` bytes are allowed.

    Raises FetchError, a transient one if the bytes are cut off or damaged.
    """
    if packing.strip().lower() in ("", "identity"):
        return raw
    if packing.strip().lower() not in ("gzip", "x-gzip"):
        raise FetchError("E_PACKED")
    inflater = zlib.decompressobj(_GZIP)
    damaged = False
    body = b""
    try:
        body = inflater.decompress(raw, most + 1)
    except zlib.error:
        damaged = True
    if len(body) > most:
        raise FetchError("E_TOOBIG")
    if damaged or not inflater.eof or inflater.unused_data:
        raise FetchError("E_DAMAGED", transient=True)
    return body


def is_json(content_type: str) -> bool:
    """Return whether a Content-Type header speaks of JSON (RFC 8259, RFC 6839)."""
    name = content_type.split(";")[0].strip().lower()
    return name == "application/json" or (
        name.startswith("application/") and name.endswith("+json")
    )


def decoded(body: bytes, shape: type[T]) -> T:
    """Return `body` as the typed `shape`: fields that it does not name become no object.

    Raises FetchError, a transient one if this is no JSON at all, as when it is cut off. It has
    no cause: a decoder's message may quote the value.
    """
    malformed = False
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.ValidationError, RecursionError):
        pass
    except (msgspec.MsgspecError, UnicodeError):
        malformed = True
    raise FetchError("E_DAMAGED" if malformed else "E_SHAPE", transient=malformed)
