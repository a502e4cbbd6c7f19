"""How to get the same bytes with standard tools: from an exhibit's path down the steps of a locator."""

import re
import shlex
from collections.abc import Callable

from assay.model.locator import ByteRange, Locator, Place, Step

_UNZIP = (
    "import io,sys,zipfile;"
    "sys.stdout.buffer.write(zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).read(sys.argv[1]))"
)


def shell(exhibit: str, locator: Locator) -> str:
    """Return a POSIX shell line that prints the bytes of an artefact; `exhibit` is the path of the exhibit's file.

    A step without a standard tool is named as such in a comment.
    """
    line = f"cat {shlex.quote(exhibit)}"
    for step in locator.steps:
        line = f"{line} | {_RECIPES.get(step.container, _unknown)(step)}"
    return line


def place(at: Place) -> str:
    """Return what to pipe an artefact through to see a byte range; empty for places in the terms of a format."""
    if not isinstance(at, ByteRange):
        return ""
    return f" | tail -c +{at.offset + 1} | head -c {at.length} | od -A d -t x1z"


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
    **dict.fromkeys(("vdex", "oat", "odex", "dex-carrier"), _range),
}
