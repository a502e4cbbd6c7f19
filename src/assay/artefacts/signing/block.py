"""The APK Signing Block: the pairs between the last entry and the central directory.

Source: source.android.com, "APK Signature Scheme v2", section "APK Signing Block".
"""

import msgspec

from assay.artefacts.signing.fields import Fields
from assay.artefacts.zip_directory import End
from assay.artefacts.zip_layout import SIGNING_MAGIC

V2, V3, V31 = 0x7109871A, 0xF05368C0, 0x1B93AD61
MAX_PAIRS = 1000
_FOOTER = 8 + len(SIGNING_MAGIC)


class SigningBlock(msgspec.Struct, frozen=True, kw_only=True):
    """The block: where it begins and ends in the archive, and (id, offset, length) of each pair's value, in bytes."""

    start: int
    stop: int
    pairs: tuple[tuple[int, int, int], ...]

    def find(self, identity: int) -> tuple[int, int] | None:
        """Return (offset, length) of the first value of an id, None where there is none."""
        return next(((offset, length) for found, offset, length in self.pairs if found == identity), None)


def signing_block(view: memoryview, end: End) -> SigningBlock | None:
    """Return the block before the directory, None where there is none. Raises: ValueError where it is damaged."""
    stop = end.start
    if stop < _FOOTER + 8 or bytes(view[stop - len(SIGNING_MAGIC) : stop]) != SIGNING_MAGIC:
        return None
    length = int.from_bytes(view[stop - _FOOTER : stop - _FOOTER + 8], "little")
    start = stop - length - 8
    if length < _FOOTER or start < 0 or int.from_bytes(view[start : start + 8], "little") != length:
        msg = "the signing block does not begin where it says"
        raise ValueError(msg)
    return SigningBlock(start=start, stop=stop, pairs=_pairs(view, start + 8, stop - _FOOTER))


def _pairs(view: memoryview, at: int, stop: int) -> tuple[tuple[int, int, int], ...]:
    found = []
    while at < stop:
        fields = Fields(view[at:stop])
        length = fields.number(8)
        identity = Fields(fields.take(length)).number()
        found.append((identity, at + 12, length - 4))
        if len(found) > MAX_PAIRS:
            msg = f"the signing block holds more than {MAX_PAIRS} pairs"
            raise ValueError(msg)
        at += 8 + length
    return tuple(found)
