"""The wire format of protocol buffers: numbered fields, whose meaning only a schema knows.

Source: Protocol Buffers Documentation, "Encoding".
"""

from collections.abc import Iterator

from assay.model.errors import Unreadable

_VARINT, _I64, _LENGTH, _I32 = 0, 1, 2, 5
_FIXED = {_I64: 8, _I32: 4}
_MOST_BYTES = 10


def fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield (number, value) of each field in order: an integer, or bytes of which the schema says what they are.

    Raises: Unreadable where the bytes are no message; fields before that place were yielded.
    """
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        number, wire = tag >> 3, tag & 7
        if not number:
            raise Unreadable(f"no field has the number 0, at byte {at}")
        if wire == _VARINT:
            value, at = _varint(message, at)
            yield number, value
        else:
            stop, start = _stop(message, at, wire)
            yield number, message[start:stop]
            at = stop


def _stop(message: memoryview, at: int, wire: int) -> tuple[int, int]:
    """Return where a field of bytes stops and starts."""
    if wire == _LENGTH:
        length, at = _varint(message, at)
    elif wire in _FIXED:
        length = _FIXED[wire]
    else:
        raise Unreadable(f"wire type {wire} is not used, at byte {at}")
    if length > len(message) - at:
        raise Unreadable(f"a field of {length} bytes does not fit, at byte {at}")
    return at + length, at


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for place, byte in enumerate(message[at : at + _MOST_BYTES]):
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value & 0xFFFFFFFFFFFFFFFF, at + place + 1
    raise Unreadable(f"a number does not end, at byte {at}")


def nested(message: memoryview, *path: int) -> Iterator[memoryview]:
    """Yield the bytes at a path of field numbers, every one where fields repeat. Raises: Unreadable."""
    for number, value in fields(message):
        if number == path[0] and isinstance(value, memoryview):
            if len(path) == 1:
                yield value
            else:
                yield from nested(value, *path[1:])
