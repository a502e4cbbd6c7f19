"""Length-prefixed fields, as the APK Signing Block has them.

Source: source.android.com, "APK Signature Scheme v2", section Format.
"""

MAX_FIELDS = 1000
"""Most fields read from one sequence."""


class Fields:
    """Reads fields one after the other. Raises: ValueError where one does not fit."""

    def __init__(self, view: memoryview) -> None:
        """Begin at the first byte."""
        self._view = view
        self._at = 0

    def __bool__(self) -> bool:
        return self._at < len(self._view)

    def number(self, width: int = 4) -> int:
        """Return the next little-endian number of `width` bytes."""
        return int.from_bytes(self.take(width), "little")

    def take(self, length: int) -> memoryview:
        """Return the next `length` bytes."""
        if length > len(self._view) - self._at:
            msg = f"a field of {length} bytes where {len(self._view) - self._at} are left"
            raise ValueError(msg)
        self._at += length
        return self._view[self._at - length : self._at]

    def prefixed(self) -> memoryview:
        """Return the next field, whose length stands before it in 4 bytes."""
        return self.take(self.number())

    def sequence(self) -> list[memoryview]:
        """Return the fields of the next field."""
        inner, found = Fields(self.prefixed()), []
        while inner:
            found.append(inner.prefixed())
            if len(found) > MAX_FIELDS:
                msg = f"more than {MAX_FIELDS} fields in one"
                raise ValueError(msg)
        return found

    def rest(self) -> memoryview:
        """Return what is left."""
        return self.take(len(self._view) - self._at)
