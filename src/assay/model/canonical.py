"""Canonical JSON lines: the only form in which results are digested or signed.

Keys sorted by code point, no white space, no floats, integers of magnitude below 2**53 (larger ones as decimal
strings), text as UTF-8, bytes and undecodable text as ``{"base64": …}``. (Cf. RFC 8785, which differs in key order
for characters outside the basic plane and in accepting floats.)
"""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

import msgspec

from assay.model import text as found
from assay.model.ids import sha256_hex

LARGEST = 2**53


def line(value: object) -> bytes:
    """Return one canonical line without the newline. Raises: TypeError for floats and unknown types."""
    return json.dumps(plain(value), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def lines(values: Iterable[object]) -> bytes:
    """Return canonical lines, each ended by a newline."""
    return b"".join(line(value) + b"\n" for value in values)


def digest(value: object) -> str:
    """Return the sha256 of the canonical line of `value`, in hex."""
    return sha256_hex(line(value))


def plain(value: object) -> object:
    """Return `value` as JSON types only. Raises: TypeError for floats and unknown types."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, int):
        return value if -LARGEST < value < LARGEST else str(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"base64": base64.b64encode(value).decode("ascii")}
    return _composite(value)


def _text(value: str) -> object:
    if found.is_bytes(value):
        return {"base64": value[len(found.MARKER) :]}
    return value


def _composite(value: object) -> object:
    if isinstance(value, msgspec.Struct):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted((plain(item) for item in value), key=repr)
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    msg = f"{type(value).__name__} has no canonical form"
    raise TypeError(msg)


def _key(key: object) -> str:
    if not isinstance(key, str):
        msg = f"key {key!r} is not text"
        raise TypeError(msg)
    return key
