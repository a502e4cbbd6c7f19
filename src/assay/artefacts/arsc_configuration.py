"""The configuration that a resource value is for, as the qualifier text of a resource folder.

Source: AOSP frameworks/base, libs/androidfw/ResourceTypes.cpp (ResTable_config::toString, unpackLanguageOrRegion)
and its header (struct ResTable_config).
"""

import struct
from collections.abc import Iterator

DEFAULT = "default"
_SIZE = 64
_CONFIG = struct.Struct("<I2H2s2s2BH4B2H2H2BH2H4s8s2BH?8s")

_SCREEN_SIZES = ("", "small", "normal", "large", "xlarge")
_UI_TYPES = ("", "", "desk", "car", "television", "appliance", "watch", "vrheadset")
_DENSITIES = {120: "ldpi", 160: "mdpi", 213: "tvdpi", 240: "hdpi", 320: "xhdpi", 480: "xxhdpi", 640: "xxxhdpi",
              0xFFFE: "anydpi", 0xFFFF: "nodpi"}  # fmt: skip


def qualifiers(raw: bytes) -> str:
    """Return e.g. ``lt``, ``zh-rCN``, ``sw600dp-v21``; ``default`` where nothing is asked for.

    `raw` begins with its own length in bytes; fields beyond that length ask for nothing.
    """
    length = min(int.from_bytes(raw[:4], "little"), len(raw))
    fields = _CONFIG.unpack(raw[:length][: _CONFIG.size].ljust(_CONFIG.size, b"\0"))
    return "-".join(part for part in _parts(fields) if part) or DEFAULT


def _parts(fields: tuple[int | bytes | bool, ...]) -> Iterator[str]:
    (
        _, mcc, mnc, language, region, orientation, touch, density, keyboard, navigation, inputs, _,
        width, height, sdk, minor, layout, ui, smallest, width_dp, height_dp, script, variant, layout2, colour, _,
        computed, numbering,
    ) = fields  # fmt: skip
    yield f"mcc{mcc}" if mcc else ""
    yield f"mnc{0 if mnc == 0xFFFF else mnc}" if mnc else ""
    yield _locale(
        _bytes(language), _bytes(region), b"" if computed else _bytes(script), _bytes(variant), _bytes(numbering)
    )
    yield _pick(("", "ldltr", "ldrtl"), _int(layout) >> 6)
    yield f"sw{smallest}dp" if smallest else ""
    yield f"w{width_dp}dp" if width_dp else ""
    yield f"h{height_dp}dp" if height_dp else ""
    yield from _screen(_int(layout), _int(layout2), _int(colour))
    yield _pick(("", "port", "land", "square"), _int(orientation))
    yield _pick(_UI_TYPES, _int(ui) & 15)
    yield _pick(("", "notnight", "night"), _int(ui) >> 4 & 3)
    yield (_DENSITIES.get(_int(density)) or f"{density}dpi") if density else ""
    yield from _input(_int(touch), _int(keyboard), _int(navigation), _int(inputs))
    yield f"{width}x{height}" if width or height else ""
    yield (f"v{sdk}.{minor}" if minor else f"v{sdk}") if sdk else ""


def _screen(layout: int, layout2: int, colour: int) -> Iterator[str]:
    yield _pick(_SCREEN_SIZES, layout & 15)
    yield _pick(("", "notlong", "long"), layout >> 4 & 3)
    yield _pick(("", "notround", "round"), layout2 & 3)
    yield _pick(("", "nowidecg", "widecg"), colour & 3)
    yield _pick(("", "lowdr", "highdr"), colour >> 2 & 3)


def _input(touch: int, keyboard: int, navigation: int, inputs: int) -> Iterator[str]:
    yield _pick(("", "notouch", "stylus", "finger"), touch)
    yield _pick(("", "keysexposed", "keyshidden", "keyssoft"), inputs & 3)
    yield _pick(("", "nokeys", "qwerty", "12key"), keyboard)
    yield _pick(("", "navexposed", "navhidden"), inputs >> 2 & 3)
    yield _pick(("", "nonav", "dpad", "trackball", "wheel"), navigation)


def _locale(language: bytes, region: bytes, script: bytes, variant: bytes, numbering: bytes) -> str:
    tongue, place = _subtag(language, ord("a")), _subtag(region, ord("0"))
    long = [_ascii(script), place, _ascii(variant), f"u+nu+{_ascii(numbering)}" if _ascii(numbering) else ""]
    if long[0] or long[2] or long[3]:
        return "+".join(["b", tongue or "und", *(part for part in long if part)])
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


def _int(field: int | bytes) -> int:
    return field if isinstance(field, int) else int.from_bytes(field, "little")


def _bytes(field: int | bytes) -> bytes:
    return field if isinstance(field, bytes) else b""
