"""The configuration that a resource value is for, as the qualifier text of a resource folder.

Source: AOSP frameworks/base, libs/androidfw/ResourceTypes.cpp (ResTable_config::toString, unpackLanguageOrRegion)
and its header (struct ResTable_config).
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

DEFAULT = "default"
_CONFIG = struct.Struct("<I2H2s2s2BH4B2H2H2BH2H4s8s2BH?8s")

_SCREEN_SIZES = ("", "small", "normal", "large", "xlarge")
_UI_TYPES = ("", "", "desk", "car", "television", "appliance", "watch", "vrheadset")
_DENSITIES = {120: "ldpi", 160: "mdpi", 213: "tvdpi", 240: "hdpi", 320: "xhdpi", 480: "xxhdpi", 640: "xxxhdpi",
              0xFFFE: "anydpi", 0xFFFF: "nodpi"}  # fmt: skip


class _Fields(NamedTuple):
    """The fields of a configuration in the order of the format; 0 and empty ask for nothing."""

    length: int
    mcc: int
    mnc: int
    language: bytes
    region: bytes
    orientation: int
    touch: int
    density: int
    keyboard: int
    navigation: int
    inputs: int
    unused: int
    width: int
    height: int
    sdk: int
    minor: int
    layout: int
    ui: int
    smallest: int
    width_dp: int
    height_dp: int
    script: bytes
    variant: bytes
    layout2: int
    colour: int
    unused2: int
    script_computed: bool
    numbering: bytes


def qualifiers(raw: bytes) -> str:
    """Return e.g. ``lt``, ``zh-rCN``, ``sw600dp-v21``; ``default`` where nothing is asked for.

    `raw` begins with its own length in bytes; fields beyond that length ask for nothing.
    """
    length = min(int.from_bytes(raw[:4], "little"), len(raw))
    fields = _Fields(*_CONFIG.unpack(raw[:length][: _CONFIG.size].ljust(_CONFIG.size, b"\0")))
    return "-".join(part for part in _parts(fields) if part) or DEFAULT


def _parts(of: _Fields) -> Iterator[str]:
    yield from _network(of)
    yield _locale(of)
    yield _pick(("", "ldltr", "ldrtl"), of.layout >> 6)
    yield from (f"{word}{size}dp" if size else "" for word, size in _sizes(of))
    yield from _screen(of)
    yield _pick(("", "port", "land", "square"), of.orientation)
    yield _pick(_UI_TYPES, of.ui & 15)
    yield _pick(("", "notnight", "night"), of.ui >> 4 & 3)
    yield _DENSITIES.get(of.density, f"{of.density}dpi") if of.density else ""
    yield from _input(of)
    yield f"{of.width}x{of.height}" if of.width or of.height else ""
    yield _version(of)


def _network(of: _Fields) -> Iterator[str]:
    yield f"mcc{of.mcc}" if of.mcc else ""
    yield f"mnc{0 if of.mnc == 0xFFFF else of.mnc}" if of.mnc else ""


def _sizes(of: _Fields) -> tuple[tuple[str, int], ...]:
    return ("sw", of.smallest), ("w", of.width_dp), ("h", of.height_dp)


def _version(of: _Fields) -> str:
    minor = f".{of.minor}" if of.minor else ""
    return f"v{of.sdk}{minor}" if of.sdk else ""


def _screen(of: _Fields) -> Iterator[str]:
    yield _pick(_SCREEN_SIZES, of.layout & 15)
    yield _pick(("", "notlong", "long"), of.layout >> 4 & 3)
    yield _pick(("", "notround", "round"), of.layout2 & 3)
    yield _pick(("", "nowidecg", "widecg"), of.colour & 3)
    yield _pick(("", "lowdr", "highdr"), of.colour >> 2 & 3)


def _input(of: _Fields) -> Iterator[str]:
    yield _pick(("", "notouch", "stylus", "finger"), of.touch)
    yield _pick(("", "keysexposed", "keyshidden", "keyssoft"), of.inputs & 3)
    yield _pick(("", "nokeys", "qwerty", "12key"), of.keyboard)
    yield _pick(("", "navexposed", "navhidden"), of.inputs >> 2 & 3)
    yield _pick(("", "nonav", "dpad", "trackball", "wheel"), of.navigation)


def _locale(of: _Fields) -> str:
    tongue, place = _subtag(of.language, ord("a")), _subtag(of.region, ord("0"))
    script = "" if of.script_computed else _ascii(of.script)
    variant, numbering = _ascii(of.variant), _ascii(of.numbering)
    if script or variant or numbering:
        parts = [script, place, variant, f"u+nu+{numbering}" if numbering else ""]
        return "+".join(["b", tongue or "und", *(part for part in parts if part)])
    return f"{tongue}-r{place}" if tongue and place else tongue or (f"r{place}" if place else "")


def _subtag(packed: bytes, base: int) -> str:
    """Return two letters as they stand, or three that are packed into 15 bits."""
    if not packed[0] & 0x80:
        return _ascii(packed)
    low, high = packed[1], packed[0]
    letters = (low & 0x1F, (low >> 5) + ((high & 3) << 3), high >> 2 & 0x1F)
    return "".join(chr(base + letter) for letter in letters)


def _ascii(raw: bytes) -> str:
    return "".join(chr(byte) if 0x20 < byte < 0x7F else f"%{byte:02X}" for byte in raw.rstrip(b"\0"))


def _pick(words: tuple[str, ...], index: int) -> str:
    return words[index] if index < len(words) else f"?{index}"
