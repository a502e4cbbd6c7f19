"""A place that moves over bytes, with the numbers of varying length that bytecode formats use."""

from assay.model.errors import Unreadable

MAX_LEB_BYTES = 10


class Cursor:
    """Reads from `at` to `stop`, both in bytes from the first. Every method raises Unreadable behind the end."""

    def __init__(self, view: memoryview, at: int = 0) -> None:
        """Begin at a place."""
        self.view, self.at, self.stop = view, at, len(view)

    def skip(self, size: int) -> int:
        """Step over bytes; return where they began."""
        start = self.at
        if size < 0 or size > self.stop - start:
            raise Unreadable(f"{size} bytes from 0x{start:x} reach over the end at 0x{self.stop:x}")
        self.at = start + size
        return start

    def take(self, size: int) -> bytes:
        """Return the next bytes."""
        start = self.skip(size)
        return bytes(self.view[start : self.at])

    def byte(self) -> int:
        """Return the next byte."""
        return self.view[self.skip(1)]

    def number(self, size: int, order: str = "little") -> int:
        """Return an unsigned number of `size` bytes."""
        return int.from_bytes(self.take(size), "big" if order == "big" else "little")

    def uleb128(self) -> int:
        """Return an unsigned number in LEB128, least significant part first."""
        value = 0
        for part in range(MAX_LEB_BYTES):
            byte = self.byte()
            value |= (byte & 0x7F) << 7 * part
            if byte < 0x80:
                return value
        raise Unreadable(f"a number at 0x{self.at:x} has no end")

    def big_varint(self) -> int:
        """Return a number as Lua 5.4 writes it: seven bits a byte, most significant first, the last byte marked."""
        value = 0
        for _ in range(MAX_LEB_BYTES):
            byte = self.byte()
            value = value << 7 | byte & 0x7F
            if byte & 0x80:
                return value
        raise Unreadable(f"a number at 0x{self.at:x} has no end")
