"""Reads numbers one after the other from the bytes of a DEX file.

Source: Android Open Source Project, "Dalvik executable format": LEB128.
"""

import struct

from assay.model.errors import Unreadable
from assay.model.locator import ByteRange
from assay.model.problem import Problem

LONGEST = 5
"""Most bytes of a LEB128 number; further ones are a fault."""


class Cursor:
    """A place in a file that moves on with what is read; `place` is in bytes from the file's first byte."""

    def __init__(self, data: memoryview, place: int) -> None:
        """Begin at a place, which may lie outside the file."""
        self.data = data
        self.place = place

    def take(self, count: int) -> bytes:
        """Return the next bytes. Raises: Unreadable where there are fewer."""
        end = self.place + count
        if self.place < 0 or count < 0 or end > len(self.data):
            raise Unreadable(f"{count} bytes at 0x{max(self.place, 0):x} lie outside the file")
        self.place = end
        return bytes(self.data[end - count : end])

    def byte(self) -> int:
        """Return the next byte. Raises: Unreadable at the end."""
        return self.take(1)[0]

    def u4(self, count: int) -> tuple[int, ...]:
        """Return the next unsigned numbers of four bytes. Raises: Unreadable where there are fewer."""
        return struct.unpack(f"<{count}I", self.take(4 * count))

    def fitting(self, count: int, width: int) -> int:
        """Return how many of `count` rows of a width in bytes lie in the rest of the file."""
        return min(count, max(0, len(self.data) - self.place) // width)

    def uleb128(self) -> int:
        """Return a number from 0 to 2**32 - 1. Raises: Unreadable where it breaks off or is too long."""
        return self._leb128()[0]

    def uleb128p1(self) -> int:
        """Return a number from -1 to 2**32 - 2. Raises: Unreadable where it breaks off or is too long."""
        return self.uleb128() - 1

    def sleb128(self) -> int:
        """Return a number from -2**31 to 2**31 - 1. Raises: Unreadable where it breaks off or is too long."""
        value, bits = self._leb128()
        top = 1 << (min(bits, 32) - 1)
        return (value ^ top) - top

    def _leb128(self) -> tuple[int, int]:
        """Return 32 bits, and how many of them were written."""
        value = 0
        for i in range(LONGEST):
            byte = self.byte()
            value |= (byte & 0x7F) << (7 * i)
            if byte < 0x80:
                return value & 0xFFFFFFFF, 7 * i + 7
        raise Unreadable(f"a number of more than {LONGEST} bytes ends at 0x{self.place:x}")


def broken(what: str, offset: int, error: Unreadable, cost: str) -> Problem:
    """Return the record of a part at an offset in bytes that could not be read to its end."""
    place, instead = str(ByteRange(offset, 4)), "what lies before the break was read"
    return Problem(place=place, what=f"{what} break off: {error.what}", instead=instead, cost=cost)
