"""Locators: where an artefact lies, and where inside it something was seen.

Grammar (ABNF, RFC 5234; `safe` is every printable ASCII character but space ``% ! @``)::

    locator   = exhibit *step [ "@" place ]
    exhibit   = 64HEXDIG                       ; sha256 of the exhibit, lower case
    step      = "!" container ":" member       ; container = reader's name of the container format
    member    = *( safe / "%" 2HEXDIG )        ; raw bytes of the name inside, percent-encoded
    place     = range / inner
    range     = "0x" 1*HEXDIG "+" 1*DIGIT      ; offset from the artefact's first byte, length; both in bytes
    inner     = scheme ":" *( safe / "%" 2HEXDIG )    ; json:/a/0 · line:12 · method:Lorg/A;->m()V+0x2c · …
    container = scheme = %x61-7A *( %x61-7A / DIGIT / "_" / "-" )

An empty inner value is the whole, as RFC 6901 has it: ``json:`` is the root of a JSON document.

Example: ``6f1c…!payload:system!erofs:/app/Foo/Foo.apk!zip:classes2.dex@0x1f40+22``. Printing and parsing are inverse.
"""

import re
from typing import Self

import msgspec

from assay.model.ids import is_sha256

_SAFE = frozenset(range(0x21, 0x7F)) - frozenset(b"%!@")
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_RANGE = re.compile(r"0x(0|[1-9a-f][0-9a-f]*)\+(0|[1-9][0-9]*)")
_ENCODED = re.compile(r"(?:[\x22-$&-?A-~]|%[0-9A-F]{2})*")


def percent_encode(raw: bytes) -> str:
    """Return `raw` with every byte outside the safe set as ``%XX`` (upper case)."""
    return "".join(chr(byte) if byte in _SAFE else f"%{byte:02X}" for byte in raw)


def percent_decode(text: str) -> bytes:
    """Return the bytes that `percent_encode` printed. Raises: ValueError where it could not have printed `text`."""
    if _ENCODED.fullmatch(text) is None:
        msg = f"not a percent-encoded name: {text!r}"
        raise ValueError(msg)
    raw = re.sub(rb"%([0-9A-F]{2})", lambda m: bytes([int(m[1], 16)]), text.encode("ascii"))
    if percent_encode(raw) != text:
        msg = f"not in canonical percent-encoding: {text!r}"
        raise ValueError(msg)
    return raw


def is_name(text: str) -> bool:
    """Say whether `text` can name a container format or a scheme of inner places."""
    return _NAME.fullmatch(text) is not None


class Step(msgspec.Struct, frozen=True, order=True):
    """One container step: the format's name and the member's raw name."""

    container: str
    member: bytes

    def __str__(self) -> str:
        """Print as ``!container:member``."""
        return f"!{self.container}:{percent_encode(self.member)}"


class ByteRange(msgspec.Struct, frozen=True, order=True, tag="range"):
    """A run of bytes: offset from the artefact's first byte and length, both in bytes."""

    offset: int
    length: int

    def __post_init__(self) -> None:
        """Hold both numbers to the grammar. Raises: ValueError."""
        if self.offset < 0 or self.length < 0:
            msg = f"not a run of bytes: {self.length} from {self.offset}"
            raise ValueError(msg)

    def __str__(self) -> str:
        """Print as ``0x1f40+22``."""
        return f"0x{self.offset:x}+{self.length}"


class InnerPlace(msgspec.Struct, frozen=True, order=True, tag="inner"):
    """A place in the terms of the format: a JSON pointer, a line, a method and code offset."""

    scheme: str
    value: str

    def __post_init__(self) -> None:
        """Hold the scheme to the grammar. Raises: ValueError."""
        if not is_name(self.scheme):
            msg = f"not the name of a scheme: {self.scheme!r}"
            raise ValueError(msg)

    def __str__(self) -> str:
        """Print as ``scheme:value``, the value percent-encoded over its UTF-8 bytes."""
        return f"{self.scheme}:{percent_encode(self.value.encode('utf-8', 'surrogatepass'))}"


Place = ByteRange | InnerPlace


def parse_place(text: str) -> Place:
    """Parse a printed place. Raises: ValueError."""
    if match := _RANGE.fullmatch(text):
        return ByteRange(int(match[1], 16), int(match[2]))
    scheme, colon, value = text.partition(":")
    if not colon:
        msg = f"not a place: {text!r}"
        raise ValueError(msg)
    return InnerPlace(scheme, percent_decode(value).decode("utf-8", "surrogatepass"))


class Locator(msgspec.Struct, frozen=True, order=True):
    """An exhibit's sha256, the container steps down to an artefact, and optionally a place inside it."""

    exhibit: str
    steps: tuple[Step, ...] = ()
    place: Place | None = None

    def __post_init__(self) -> None:
        """Hold every locator to the grammar. Raises: ValueError."""
        if not is_sha256(self.exhibit):
            msg = f"an exhibit is named by its sha256, not {self.exhibit!r}"
            raise ValueError(msg)
        for step in self.steps:
            if not is_name(step.container):
                msg = f"not the name of a container format: {step.container!r}"
                raise ValueError(msg)

    def __str__(self) -> str:
        """Print in the grammar of this module."""
        place = "" if self.place is None else f"@{self.place}"
        return self.exhibit + "".join(map(str, self.steps)) + place

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a printed locator. Raises: ValueError."""
        body, at, place = text.partition("@")
        exhibit, *steps = body.split("!")
        return cls(exhibit, tuple(map(_step, steps)), parse_place(place) if at else None)

    def child(self, container: str, member: bytes) -> Self:
        """Return the locator of a member of this artefact."""
        return type(self)(self.exhibit, (*self.steps, Step(container, member)))

    def inside(self, place: Place) -> Self:
        """Return the locator of a place inside this artefact."""
        return type(self)(self.exhibit, self.steps, place)

    def parent(self) -> Self:
        """Return the locator of the container. Raises: ValueError for an exhibit."""
        if not self.steps:
            msg = "an exhibit has no container"
            raise ValueError(msg)
        return type(self)(self.exhibit, self.steps[:-1])


def _step(text: str) -> Step:
    container, colon, member = text.partition(":")
    if not colon:
        msg = f"not a container step: {text!r}"
        raise ValueError(msg)
    return Step(container, percent_decode(member))
