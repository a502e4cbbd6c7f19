"""How to get the same bytes with standard tools: from an exhibit's path down the steps of a locator."""

import re
import shlex
from collections.abc import Callable

from assay.artefacts.apk import MANIFEST
from assay.model.locator import ByteRange, InnerPlace, Locator, Place, Step, parse_place

OF_TEXT = frozenset({"json", "toml", "xpath", "column"})
"""Schemes of places in text: it is printed as it is."""

_UNZIP = (
    "import io,sys,zipfile;"
    "sys.stdout.buffer.write(zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).read(sys.argv[1]))"
)

_LOGICAL = (
    'import sys;d=sys.stdin.buffer.read();L="little";'
    "f=lambda a,n:f(a+int.from_bytes(d[a+32:a+36],L),n-1) if n else a;a=f(0,int(sys.argv[1]));"
    "sys.stdout.buffer.write(d[a:a+116]+a.to_bytes(4,L)+d[120:])"
)


def shell(exhibit: str, locator: Locator) -> str:
    """Return a POSIX shell line that prints the bytes of an artefact; `exhibit` is the path of the exhibit's file.

    A step without a standard tool is named as such in a comment.
    """
    line = f"cat {shlex.quote(exhibit)}"
    for step in locator.steps:
        line = f"{line} | {_RECIPES.get(step.container, _unknown)(step)}"
    return line


def check(exhibit: str, locator: Locator, at: Place | None) -> str:
    """Return a POSIX shell line that prints what stands at a place: its bytes, its lines, or all of a text.

    Where no standard tool finds the place, it prints the artefact's digest, which is its name.
    """
    if isinstance(at, InnerPlace) and at.scheme == "manifest":
        return check(exhibit, locator.child("zip", MANIFEST), _inner(at))
    return f"{shell(exhibit, locator)}{_cut(at)}"


def _cut(at: Place | None) -> str:
    if isinstance(at, ByteRange):
        return f" | tail -c +{at.offset + 1} | head -c {at.length} | od -A d -t x1z"
    if at is not None and at.scheme in {"line", "lines"}:
        first, _, last = at.value.partition("-")
        return f" | sed -n {first},{last or first}p" if _are_numbers(first, last or first) else ""
    return "" if at is not None and at.scheme in OF_TEXT else " | sha256sum"


def _are_numbers(*texts: str) -> bool:
    return all(re.fullmatch("[0-9]+", text) is not None for text in texts)


def _inner(at: InnerPlace) -> Place | None:
    """Return the place inside the manifest, None where it is none."""
    try:
        return parse_place(at.value)
    except ValueError:
        return None


def _zip(step: Step) -> str:
    name = step.member.decode("utf-8", "replace")
    return f"python3 -c {shlex.quote(_UNZIP)} {shlex.quote(name)}"


def _har(step: Step) -> str:
    number, _, side = step.member.decode("ascii", "replace").partition("/")
    field = "response.content" if side == "response" else "request.postData"
    decode = f'.log.entries[{number}].{field} | if .encoding == "base64" then .text | @base64d else .text end'
    return f"jq -j {shlex.quote(decode)}"


def _range(step: Step) -> str:
    """Cut out a member that is named by where it lies."""
    offset, _, length = step.member.decode("ascii", "replace").partition("+")
    if re.fullmatch("0x[0-9a-f]+", offset) is None or not length.isdecimal():
        return _unknown(step)
    return f"tail -c +{int(offset, 16) + 1} | head -c {length}"


def _logical(step: Step) -> str:
    """Put the header of a logical DEX file, whose row the step names, in the place of the first."""
    row = step.member.decode("ascii", "replace")
    return f"python3 -c {shlex.quote(_LOGICAL)} {row}" if _are_numbers(row) else _unknown(step)


def _program(line: str) -> Callable[[Step], str]:
    return lambda _step: line


def _unknown(step: Step) -> str:
    return f"cat  # no standard tool is known for a step into {step.container}"


_ZLIB = "import sys,zlib;sys.stdout.buffer.write(zlib.decompressobj().decompress(sys.stdin.buffer.read()))"
_RECIPES: dict[str, Callable[[Step], str]] = {
    "zip": _zip,
    "har": _har,
    "gzip": _program("gzip -dc"),
    "xz": _program("xz -dc"),
    "bzip2": _program("bzip2 -dc"),
    "zstd": _program("zstd -dc"),
    "zlib": _program(f"python3 -c {shlex.quote(_ZLIB)}"),
    "dex": _logical,
    **dict.fromkeys(("vdex", "oat", "odex", "dex-carrier"), _range),
}
