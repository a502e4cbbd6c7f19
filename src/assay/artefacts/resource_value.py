"""Typed values of Android's compiled resources.

Source: AOSP frameworks/base, libs/androidfw/include/androidfw/ResourceTypes.h (Res_value).
"""

import struct
from enum import IntEnum

import msgspec


class Kind(IntEnum):
    """Data types of a value that are read here; all others keep their number."""

    NULL = 0x00
    REFERENCE = 0x01
    ATTRIBUTE = 0x02
    STRING = 0x03
    FLOAT = 0x04
    DIMENSION = 0x05
    FRACTION = 0x06
    DYNAMIC_REFERENCE = 0x07
    DYNAMIC_ATTRIBUTE = 0x08
    DECIMAL = 0x10
    HEXADECIMAL = 0x11
    BOOLEAN = 0x12


_INTEGERS = range(0x10, 0x20)
_COLOURS = range(0x1C, 0x20)
_REFERENCES = frozenset((Kind.REFERENCE, Kind.DYNAMIC_REFERENCE))
_RADIX = (1.0, 1 / (1 << 7), 1 / (1 << 15), 1 / (1 << 23))
_UNITS = {Kind.DIMENSION: ("px", "dp", "sp", "pt", "in", "mm"), Kind.FRACTION: ("%", "%p")}


class Value(msgspec.Struct, frozen=True):
    """A value: its data type, its 32 bits, and the text where it is a string."""

    kind: int
    data: int
    string: str | None = None

    @property
    def reference(self) -> int | None:
        """The resource id that the value points to, None where it points nowhere."""
        return self.data if self.kind in _REFERENCES and self.data else None

    @property
    def integer(self) -> int | None:
        """The value as a signed number, None where it is none."""
        if self.kind not in _INTEGERS:
            return None
        return self.data - (1 << 32) if self.data & 0x80000000 and self.kind == Kind.DECIMAL else self.data

    @property
    def boolean(self) -> bool | None:
        """The value as true or false; any integer but zero is true, as Android has it. None where it is neither."""
        return bool(self.data) if self.kind in _INTEGERS else None

    def __str__(self) -> str:
        """Print as a resource source would have it."""
        if self.kind == Kind.STRING:
            return self.string or ""
        if self.kind in _REFERENCES:
            return f"@0x{self.data:08x}" if self.data else "@null"
        if self.kind in {Kind.ATTRIBUTE, Kind.DYNAMIC_ATTRIBUTE}:
            return f"?0x{self.data:08x}"
        return self._number()

    def _number(self) -> str:
        if self.kind == Kind.BOOLEAN:
            return "true" if self.data else "false"
        if self.kind in _COLOURS:
            return f"#{self.data:08x}"
        if self.kind == Kind.FLOAT:
            return format(struct.unpack("<f", struct.pack("<I", self.data))[0], "g")
        if self.kind in _UNITS:
            return self._measure(_UNITS[Kind(self.kind)])
        return str(self.integer) if self.kind == Kind.DECIMAL else f"0x{self.data:x}"

    def _measure(self, units: tuple[str, ...]) -> str:
        mantissa = self.data >> 8
        signed = mantissa - (1 << 24) if mantissa & 0x800000 else mantissa
        amount = signed * _RADIX[self.data >> 4 & 3] * (100 if self.kind == Kind.FRACTION else 1)
        unit = self.data & 15
        return f"{amount:g}{units[unit] if unit < len(units) else '?'}"
