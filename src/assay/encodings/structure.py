"""Opening structured text to leaves: JSON, forms, cookies, multipart bodies, the query of a URL.

The address of a leaf is what a reader would write: ``json:/events/0/id`` (JSON Pointer, RFC 6901), ``form:name``,
``line:3|json:/a``. Values are bytes: text as UTF-8, numbers with the digits as found, ``true``, ``false``, ``null``.
"""

import json
import re
from collections.abc import Iterator

import msgspec

from assay.model.ids import sha256_hex
from assay.model.limits import MAX_JSON_DEPTH

MAX_NAME = 256
"""Longest name in an address, in characters; of a longer one stand its beginning and its digest."""
MAX_POINTER = 1024
"""Longest JSON pointer in an address, the same."""

_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+"|([\[{])|([\]}])', re.DOTALL)
_FORM = re.compile(rb"[A-Za-z_][\w.\-\[\]%:$]{0,127}=(?!=*$)[^\s=&]?[\x21-\x7e]*")
_URL = re.compile(rb"(?:https?|wss?)://[^\s?#]+\?([^\s#]+)")


class Leaf(msgspec.Struct, frozen=True):
    """A value with its address. `name`: what the sender calls it; None where the leaf is itself a name."""

    address: str
    data: bytes
    name: str | None


class _Pairs(list[tuple[str, object]]):
    """The members of a JSON object in their order, names given twice included."""


def json_leaves(data: bytes) -> Iterator[Leaf]:
    """Yield the scalars of a JSON text and the names of its objects; nothing where it is not JSON.

    A name is a leaf of its own, ``json-name:/events/#2`` being the third name of that object, without the name itself.
    """
    value = _parse(data)
    if isinstance(value, (list, str)):
        yield from _walk("", "", value)


def line_leaves(data: bytes) -> Iterator[Leaf]:
    """Yield the leaves of JSON texts one a line (two lines or more); nothing where a line is not JSON."""
    lines = data.strip().split(b"\n")
    if len(lines) < 2 or not all(line.lstrip().startswith((b"{", b"[")) for line in lines):
        return
    for number, line in enumerate(lines, start=1):
        for leaf in json_leaves(line):
            yield Leaf(f"line:{number}|{leaf.address}", leaf.data, leaf.name)


def form_leaves(data: bytes) -> Iterator[Leaf]:
    """Yield the values of ``a=1&b=2``, still percent-encoded; nothing where it does not look like a form."""
    if _FORM.fullmatch(data):
        yield from fields(data, b"&", "form")


def url_leaves(data: bytes) -> Iterator[Leaf]:
    """Yield the values of the query of a URL; nothing where the text is not a URL with a query."""
    if match := _URL.match(data):
        yield from fields(match[1], b"&", "query")


def open_structure(data: bytes) -> Iterator[Leaf]:
    """Yield the leaves of bytes of unknown form; nothing where they are of none of these forms."""
    if data.lstrip()[:1] in _JSON:
        yield from json_leaves(data)
        yield from line_leaves(data)
    elif b"=" in data:
        yield from form_leaves(data)
        yield from url_leaves(data)


_JSON = frozenset({b"{", b"[", b'"'})


def fields(data: bytes, between: bytes, scheme: str) -> Iterator[Leaf]:
    """Yield the values of a query, form or cookie; a field without ``=`` is its own value, addressed by ``#n``."""
    for number, field in enumerate(data.split(between)):
        name, equals, value = field.strip().partition(b"=")
        if equals:
            yield Leaf(f"{scheme}:{_name(name)}", value, _name(name))
        elif name:
            yield Leaf(f"{scheme}:#{number}", name, f"#{number}")


def multipart_leaves(data: bytes, boundary: bytes) -> Iterator[Leaf]:
    """Yield the parts of a multipart body and their file names (RFC 7578); the closing delimiter may be missing."""
    for number, part in enumerate(data.split(b"--" + boundary)[1:]):
        if part.startswith(b"--"):
            return
        found = _PART.fullmatch(part)
        head, body = (found[1], found[2]) if found else (b"", part)
        match = _NAME.search(head)
        name = _name(match[1]) if match else f"#{number}"
        yield Leaf(f"multipart:{name}", body, name)
        if file_name := _FILE_NAME.search(head):
            yield Leaf(f"multipart-file-name:#{number}", file_name[1], "filename")


_PART = re.compile(rb"\r?\n((?:[^\r\n]+\r?\n)*)\r?\n(.*?)(?:\r?\n)?", re.DOTALL)
_NAME = re.compile(rb"""[;\s]name="?([^";\r\n]*)""", re.IGNORECASE)
_FILE_NAME = re.compile(rb"""[;\s]filename="?([^";\r\n]*)""", re.IGNORECASE)


def _parse(data: bytes) -> object:
    """Return the value of a JSON text with numbers as text and objects as pairs; None where it is none, or a scalar."""
    if data.lstrip()[:1] not in _JSON or _depth(data) > MAX_JSON_DEPTH:
        return None
    try:
        text = data.decode("utf-8", "surrogateescape")
        return _DECODER.decode(text.strip())
    except json.JSONDecodeError:
        return None


_DECODER = json.JSONDecoder(object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str, strict=False)


def _depth(data: bytes) -> int:
    """Return how deep brackets outside strings nest."""
    if data.count(b"{") + data.count(b"[") <= MAX_JSON_DEPTH:
        return 0
    deepest = depth = 0
    for match in _BRACKETS.finditer(data):
        depth += (match[1] is not None) - (match[2] is not None)
        deepest = max(deepest, depth)
    return deepest


def _walk(pointer: str, name: str, value: object) -> Iterator[Leaf]:
    """Yield leaves in order; the members of an array go by the array's own name."""
    pointer = _short(pointer, MAX_POINTER)
    if isinstance(value, _Pairs):
        yield from _walk_object(pointer, value)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(f"{pointer}/{index}", name, item)
    else:
        yield Leaf(f"json:{pointer}", _SCALARS.get(value) or _bytes(str(value)), name)


_SCALARS: dict[object, bytes] = {True: b"true", False: b"false", None: b"null"}


def _walk_object(pointer: str, members: _Pairs) -> Iterator[Leaf]:
    for number, (key, item) in enumerate(members):
        name = _name(_bytes(key))
        yield Leaf(f"json-name:{pointer}/#{number}", _bytes(key), None)
        yield from _walk(f"{pointer}/{_token(name)}", name, item)


def _token(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _bytes(text: str) -> bytes:
    """Return the bytes of a JSON string: bytes that were not UTF-8 as found, lone surrogates as their three bytes."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _name(raw: bytes) -> str:
    return _short(raw.decode("utf-8", "backslashreplace"), MAX_NAME)


def _short(text: str, most: int) -> str:
    """Return a name or pointer; of a longer one the beginning and, so that it stays the only one, its digest."""
    return text if len(text) <= most else f"{text[:most]}…{sha256_hex(text.encode('utf-8'))[:16]}"
