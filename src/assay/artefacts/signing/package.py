"""All signatures of an application package, scheme by scheme.

Source: source.android.com, "Application signing"; AOSP tools/apksig (source stamp).
"""

import hashlib
from collections.abc import Callable, Iterator
from functools import cache

from assay.artefacts.signing.block import V2, V3, V31, SigningBlock, signing_block
from assay.artefacts.signing.content_digest import chunked, sections, verity
from assay.artefacts.signing.jar import jar_signatures
from assay.artefacts.signing.scheme import Content, signatures
from assay.artefacts.signing.signer import Result, Signature
from assay.artefacts.zip import ZipArchive
from assay.artefacts.zip_directory import End
from assay.model.errors import Unreadable

STAMP_CERTIFICATE = b"stamp-cert-sha256"
_SCHEMES = ((V2, "v2"), (V3, "v3"), (V31, "v3.1"))


def package_signatures(archive: ZipArchive) -> tuple[Signature, ...]:
    """Return every signature: v1, v2, v3, v3.1, and the source stamp by name."""
    view, end = archive.source.view(), archive.end
    block, damage = _block(view, end)
    present = frozenset(scheme for identity, scheme in _SCHEMES if block is not None and block.find(identity))
    found = list(jar_signatures(archive, present))
    if damage:
        found.append(Signature(scheme="v2", certificate=b"", result=Result.FAILED, reason=damage, offset=0, length=0))
    if block is not None and end is not None:
        found += _of_block(view, block, Content(_content(view, block, end), present))
    return (*found, *_stamp(archive))


def _block(view: memoryview, end: End | None) -> tuple[SigningBlock | None, str]:
    try:
        return (None if end is None else signing_block(view, end)), ""
    except ValueError as error:
        return None, f"the signing block is damaged: {error}"


def _of_block(view: memoryview, block: SigningBlock, content: Content) -> Iterator[Signature]:
    for identity, scheme in _SCHEMES:
        if place := block.find(identity):
            offset, length = place
            yield from signatures(view[offset : offset + length], scheme, place, content)


def _content(view: memoryview, block: SigningBlock, end: End) -> Callable[[str], bytes]:
    parts = sections(view, block.start, end.start, end.offset)

    @cache
    def digest(algorithm: str) -> bytes:
        return verity(parts) if algorithm == "verity" else chunked(parts, algorithm)

    return digest


def _stamp(archive: ZipArchive) -> Iterator[Signature]:
    entry = archive.entry(STAMP_CERTIFICATE)
    if entry is None or entry.size != hashlib.sha256().digest_size:
        return
    try:
        stated = bytes(archive.open(entry).view()).hex()
    except Unreadable as error:
        stated, reason = "", error.what
    else:
        reason = "source stamps are named, not verified"
    yield Signature(
        scheme="source stamp", certificate=b"", result=Result.NOT_EXAMINED, reason=reason, offset=entry.header,
        length=entry.packed, certificate_sha256=stated,
    )  # fmt: skip
