"""Digests over the whole content of an application package, the signing block left out.

Source: source.android.com, "APK Signature Scheme v2", section "Integrity-protected contents"; fs-verity, section
"Merkle tree" (kernel documentation), with the parameters of com.android.apksig.internal.util.VerityTreeBuilder.
"""

import hashlib
import struct

import msgspec

_CHUNK = 1 << 20
_PAGE = 4096
_SALT = bytes(8)


class Sections(msgspec.Struct, frozen=True):
    """The three protected parts: entries, directory, and the end record as if the block were not there."""

    entries: memoryview
    directory: memoryview
    end: memoryview


def sections(view: memoryview, block_start: int, directory: int, end: int) -> Sections:
    """Return the parts; the arguments are the offsets of block, directory and end record in bytes.

    An end record that does not say where the directory is stays as it is, and its digest differs.
    """
    record = bytearray(view[end:])
    if struct.unpack_from("<I", record, 16)[0] == directory:
        struct.pack_into("<I", record, 16, block_start)
    return Sections(view[:block_start], view[directory:end], memoryview(record))


def chunked(parts: Sections, algorithm: str) -> bytes:
    """Return the digest over the digests of chunks of 1 MiB; a chunk never reaches into the next part."""
    digests = [
        _chunk(part[at : at + _CHUNK], algorithm)
        for part in (parts.entries, parts.directory, parts.end)
        for at in range(0, len(part), _CHUNK)
    ]
    return hashlib.new(algorithm, struct.pack("<BI", 0x5A, len(digests)) + b"".join(digests)).digest()


def _chunk(chunk: memoryview, algorithm: str) -> bytes:
    digest = hashlib.new(algorithm, struct.pack("<BI", 0xA5, len(chunk)))
    digest.update(chunk)
    return digest.digest()


def verity(parts: Sections) -> bytes:
    """Return the root of the Merkle tree over pages of 4,096 bytes, followed by the length of the content in 8."""
    tail = memoryview(bytes(parts.directory) + bytes(parts.end))
    length = len(parts.entries) + len(tail)
    level = _pages(memoryview(_pages(parts.entries) + _pages(tail)))
    while len(level) > hashlib.sha256().digest_size:
        level = _pages(memoryview(level))
    return level + struct.pack("<Q", length)


def _pages(data: memoryview) -> bytes:
    pages = (bytes(data[at : at + _PAGE]) for at in range(0, len(data), _PAGE))
    return b"".join(hashlib.sha256(_SALT + page.ljust(_PAGE, b"\0")).digest() for page in pages)
