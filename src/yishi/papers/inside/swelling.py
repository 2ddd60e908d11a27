"""How large a part of a PDF unpacks, counted without keeping any of it."""

import zlib
from collections.abc import Callable
from typing import Any, Final

from pypdf.filters import ASCII85Decode, ASCIIHexDecode
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

MOST: Final = 256 * 1024 * 1024
"""Bytes to which one part of a PDF may unpack, a large picture included."""

_FILTERS: Final = 4
_SHORT: Final = {
    "/Fl": "/FlateDecode",
    "/LZW": "/LZWDecode",
    "/RL": "/RunLengthDecode",
    "/A85": "/ASCII85Decode",
    "/AHx": "/ASCIIHexDecode",
}
"""Names as they stand within a page; readers know them everywhere."""


def swells(held: StreamObject) -> bool:
    """Whether a part unpacks to more than any page needs."""
    names = [_SHORT.get(str(one), str(one)) for one in _list(held.get("/Filter"))]
    growing = [name for name in names if name in _GROWS]
    if not growing:
        return False
    if len(growing) > 1 or len(names) > _FILTERS:
        return True
    packed: bytes = held._data
    for name in names:
        if name in _GROWS:
            return _GROWS[name](packed, held)
        if name not in _PLAIN:
            break
        packed = _PLAIN[name](packed)
    return False


def _list(said: Any) -> list[Any]:
    """One or several, wherever in the file they are kept."""
    found = said.get_object() if said is not None else None
    return [one.get_object() for one in found] if isinstance(found, ArrayObject) else [found]


def _flate(left: bytes, _: StreamObject) -> bool:
    unpack, size = zlib.decompressobj(), 0
    while left and size <= MOST:
        try:
            size += len(unpack.decompress(left, 1024 * 1024))
        except zlib.error:
            return False
        left = unpack.unconsumed_tail
    return size > MOST


def _run_length(packed: bytes, _: StreamObject) -> bool:
    at = size = 0
    while at < len(packed) and size <= MOST and packed[at] != 128:
        told = packed[at]
        size += told + 1 if told < 128 else 257 - told
        at += told + 2 if told < 128 else 2
    return size > MOST


def _lzw(packed: bytes, held: StreamObject) -> bool:
    """Only how long each entry of the table is matters, not what it says."""
    early = next((int(one.get("/EarlyChange", 1)) for one in _settings(held)), 1)
    sizes, size, last, bits, waiting = [1] * 256 + [0, 0], 0, 0, 0, 0
    for byte in packed:
        waiting, bits = waiting << 8 | byte, bits + 8
        width = min(max((len(sizes) + early).bit_length(), 9), 12)
        if bits < width:
            continue
        bits -= width
        code, waiting = waiting >> bits, waiting & ((1 << bits) - 1)
        if code == 256:
            del sizes[258:]
            last = 0
            continue
        if code == 257 or code > len(sizes):
            break
        if last and len(sizes) < 4096:
            sizes.append(last + 1)
        last = sizes[code] if code < len(sizes) else 0
        size += last
        if size > MOST:
            return True
    return False


def _settings(held: StreamObject) -> list[DictionaryObject]:
    said = _list(held.get("/DecodeParms", held.get("/DP")))
    return [one for one in said if isinstance(one, DictionaryObject)]


def _ascii85(packed: bytes) -> bytes:
    return bytes(ASCII85Decode.decode(packed))


def _hex(packed: bytes) -> bytes:
    return bytes(ASCIIHexDecode.decode(packed))


_GROWS: Final[dict[str, Callable[[bytes, StreamObject], bool]]] = {
    "/FlateDecode": _flate,
    "/RunLengthDecode": _run_length,
    "/LZWDecode": _lzw,
}
_PLAIN: Final[dict[str, Callable[[bytes], bytes]]] = {
    "/ASCII85Decode": _ascii85,
    "/ASCIIHexDecode": _hex,
}
