"""APK signature schemes v2, v3 and v3.1: every signer verified against the content.

Source: source.android.com, "APK Signature Scheme v2" and "v3", sections Format and Verification.
"""

from collections.abc import Callable, Iterator

import msgspec

from assay.artefacts.signing import certificate
from assay.artefacts.signing.algorithms import ALGORITHMS, UNUSABLE, holds
from assay.artefacts.signing.fields import Fields
from assay.artefacts.signing.signer import Result, Signature
from assay.model.limits import MIB

_STRIPPING_PROTECTION = 0xBEEFF00D
MAX_SIGNERS = 10
"""Most signers of one scheme that are verified, as Android has it."""
MAX_ALGORITHMS = 16
"""Most digests or signatures of one signer that are verified."""
MAX_SIGNER_BYTES = 16 * MIB
"""Longest signer that is read, in bytes."""


class Content(msgspec.Struct, frozen=True):
    """The content as signers see it: its digest of a kind (sha256, sha512, verity), and the schemes that are there."""

    digest: Callable[[str], bytes]
    schemes: frozenset[str]


class _Signer(msgspec.Struct, frozen=True):
    """One signer as the block states it."""

    signed: memoryview
    signatures: tuple[tuple[int, bytes], ...]
    key: bytes
    digests: tuple[tuple[int, bytes], ...]
    certificates: tuple[bytes, ...]
    levels_agree: bool
    stripped: str


def signatures(value: memoryview, scheme: str, place: tuple[int, int], content: Content) -> Iterator[Signature]:
    """Yield what became of each signer of one scheme's value; `place` is (offset, length) in bytes in the archive."""
    try:
        signers = Fields(value).sequence()
    except ValueError as error:
        yield _signature(scheme, b"", Result.FAILED, f"the block is damaged: {error}", place)
        return
    if not signers:
        yield _signature(scheme, b"", Result.FAILED, "the block names no signer", place)
    for number, raw in enumerate(signers):
        if number >= MAX_SIGNERS:
            reason = f"{len(signers)} signers, of which Android takes at most {MAX_SIGNERS}"
            yield _signature(scheme, b"", Result.FAILED, reason, place)
            return
        yield _one(raw, scheme, place, content)


def _one(raw: memoryview, scheme: str, place: tuple[int, int], content: Content) -> Signature:
    try:
        signer = _parse(raw, with_levels=scheme != "v2")
    except ValueError as error:
        return _signature(scheme, b"", Result.FAILED, f"the signer is damaged: {error}", place)
    first = signer.certificates[0] if signer.certificates else b""
    try:
        reason = _why_not(signer, content)
    except UNUSABLE as error:
        return _signature(scheme, first, Result.NOT_EXAMINED, f"certificate or key cannot be used: {error}", place)
    if reason.startswith(_UNKNOWN):
        return _signature(scheme, first, Result.NOT_EXAMINED, reason, place)
    return _signature(scheme, first, Result.FAILED if reason else Result.VERIFIED, reason, place)


_UNKNOWN = "no signature is of a known algorithm"


def _why_not(signer: _Signer, content: Content) -> str:
    """Return why a signer does not verify, empty where it does. Raises: UNUSABLE."""
    if not signer.certificates:
        return "there is no certificate"
    if not signer.levels_agree:
        return "API levels inside and outside the signed data differ"
    if [kind for kind, _ in signer.digests] != [kind for kind, _ in signer.signatures]:
        return "digests and signatures are of different algorithms"
    own = certificate.load(signer.certificates[0]).public_key()
    if certificate.key_bytes(own) != certificate.key_bytes(certificate.load_key(signer.key)):
        return "the key is not that of the certificate"
    if signer.stripped and signer.stripped not in content.schemes:
        return f"signed with {signer.stripped} too, of which there is no signature"
    return _signature_fault(signer) or _digest_fault(signer, content)


def _signature_fault(signer: _Signer) -> str:
    known = [(ALGORITHMS[kind], value) for kind, value in signer.signatures if kind in ALGORITHMS]
    if not known:
        return _UNKNOWN
    key = certificate.load_key(signer.key)
    signed = bytes(signer.signed)
    if all(holds(key, algorithm, value, signed) for algorithm, value in known):
        return ""
    return "a signature does not match the signed data"


def _digest_fault(signer: _Signer, content: Content) -> str:
    for kind, value in signer.digests:
        if kind in ALGORITHMS and content.digest(ALGORITHMS[kind].content) != value:
            return (
                f"the {ALGORITHMS[kind].content} digest of the content differs: the archive was changed after signing"
            )
    return ""


def _parse(raw: memoryview, *, with_levels: bool) -> _Signer:
    if len(raw) > MAX_SIGNER_BYTES:
        msg = f"{len(raw)} bytes, more than the limit of {MAX_SIGNER_BYTES}"
        raise ValueError(msg)
    outer = Fields(raw)
    signed = outer.prefixed()
    stated = (outer.number(), outer.number()) if with_levels else ()
    signed_fields = Fields(signed)
    digests = _pairs(signed_fields.sequence())
    certificates = tuple(bytes(der) for der in signed_fields.sequence()[:MAX_ALGORITHMS])
    levels = (signed_fields.number(), signed_fields.number()) if with_levels else ()
    attributes = signed_fields.sequence() if signed_fields else []
    signature_values = _pairs(outer.sequence())
    key = bytes(outer.prefixed())
    return _Signer(signed, signature_values, key, digests, certificates, stated == levels, _newer_scheme(attributes))


def _newer_scheme(attributes: list[memoryview]) -> str:
    """Return the scheme that the signed attributes say was used too, empty where they name none."""
    for attribute in attributes:
        fields = Fields(attribute)
        if fields.number() == _STRIPPING_PROTECTION:
            return f"v{fields.number()}"
    return ""


def _pairs(fields: list[memoryview]) -> tuple[tuple[int, bytes], ...]:
    if len(fields) > MAX_ALGORITHMS:
        msg = f"more than {MAX_ALGORITHMS} digests or signatures"
        raise ValueError(msg)
    readers = [Fields(field) for field in fields]
    return tuple((reader.number(), bytes(reader.prefixed())) for reader in readers)


def _signature(scheme: str, der: bytes, result: Result, reason: str, place: tuple[int, int]) -> Signature:
    offset, length = place
    return Signature(scheme=scheme, certificate=der, result=result, reason=reason, offset=offset, length=length)
