"""Names of native methods: from a Java method to the symbol a library exports for it, and back.

Source: Java Native Interface Specification, chapter 2, "Resolving Native Method Names"; type signatures: chapter 3.
"""

import re
from typing import NamedTuple

from assay.model.text import from_bytes, is_bytes

PREFIX = b"Java_"

_ESCAPES = {"_": "_1", ";": "_2", "[": "_3", "/": "_"}
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_ESCAPED = re.compile(r"_(?:0([0-9a-f]{4})|([123]))")
_FIRST_SIGNATURE = re.compile(r"__(?![0-3])")
_SEPARATOR = re.compile(r"_(?![0-3])")
_BROKEN = re.compile(r"_0(?![0-9a-f]{4})")
_TYPE = rb"\[{0,255}(?:[ZBCSIJFD]|L[^;\[().]{1,1024};)"
_SIGNATURE = re.compile(rb"!?\((?:" + _TYPE + rb")*\)(?:V|" + _TYPE + rb")")
_PARAMETERS = re.compile("(?:" + _TYPE.decode() + ")*")
_NAME = re.compile(rb"[A-Za-z0-9$_\x80-\xff-]{1,256}|<init>")


class NativeName(NamedTuple):
    """What an exported name stands for. `class_name`: a descriptor; `parameters`: their descriptors, None unstated."""

    class_name: str
    method: str
    parameters: str | None


def mangled(text: str) -> str:
    """Return a part of a name (a class in its internal form, a method, parameters) as it stands in a symbol."""
    return "".join(_mangle(char) for char in text)


def _mangle(char: str) -> str:
    if char in _PLAIN:
        return char
    units = char.encode("utf-16-be", "surrogatepass")
    return _ESCAPES.get(char) or "".join(f"_0{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


def symbols_of(class_name: str, method: str, prototype: str) -> tuple[str, str]:
    """Return the symbols the loader looks for, the short one first; `class_name` and `prototype` are descriptors."""
    short = f"Java_{mangled(class_name[1:-1])}_{mangled(method)}"
    return short, f"{short}__{mangled(prototype[1 : prototype.index(')')])}"


def native_name(symbol: bytes) -> NativeName | None:
    """Return what a symbol stands for, None where it does not follow the rules of the specification."""
    if not symbol.startswith(PREFIX) or not symbol.isascii():
        return None
    body = symbol[len(PREFIX) :].decode("ascii")
    split = _FIRST_SIGNATURE.search(body)
    names, signature = (body[: split.start()], body[split.end() :]) if split else (body, None)
    parts = [_plain(part) for part in _SEPARATOR.split(names)]
    parameters = None if signature is None else _parameters(signature)
    if len(parts) < 2 or not all(parts) or (signature is not None and parameters is None):
        return None
    return NativeName(f"L{'/'.join(filter(None, parts[:-1]))};", parts[-1] or "", parameters)


def _plain(part: str) -> str | None:
    """Return an identifier with its escapes undone, None where it is none."""
    if _BROKEN.search(part):
        return None
    name = _joined(_ESCAPED.sub(_character, part))
    return None if name is None or set(name) & set(";[/.<>()") else name


def _parameters(signature: str) -> str | None:
    if _BROKEN.search(signature):
        return None
    plain = _joined(_ESCAPED.sub(_character, _SEPARATOR.sub("/", signature)))
    return plain if plain is not None and _PARAMETERS.fullmatch(plain) else None


def _character(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16)) if escape[1] else "_;["[int(escape[2]) - 1]


def _joined(text: str) -> str | None:
    """Return text with its surrogates joined to characters, None where one stands alone."""
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return None


def is_signature(raw: bytes) -> bool:
    """Say whether bytes are the signature of a method; Android's mark of fast methods (``!``) may stand before it."""
    return _SIGNATURE.fullmatch(raw) is not None


def is_method_name(raw: bytes) -> bool:
    """Say whether bytes can be the name of a method."""
    return _NAME.fullmatch(raw) is not None and not is_bytes(from_bytes(raw))
