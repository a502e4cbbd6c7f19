"""Signed messages (CMS, PKCS #7) with the content apart, as the JAR form has them.

Source: RFC 5652, sections 5.1–5.6; RFC 3370, RFC 5754 (algorithms).
"""

import hashlib

import msgspec

from assay.artefacts.signing import certificate, der
from assay.artefacts.signing.algorithms import Algorithm, holds, key_type

_DIGESTS = {
    "1.2.840.113549.2.5": "md5",
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
    "2.16.840.1.101.3.4.2.4": "sha224",
}
_PSS = "1.2.840.113549.1.1.10"
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_CERTIFICATES, _ATTRIBUTES = 0xA0, 0xA0


class SignerInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The first signer of a message; `attributes` are the signed attributes as they were signed, empty where none."""

    certificate: bytes
    digest: str
    attributes: bytes
    signature: bytes
    pss: bool


def signer_info(message: bytes) -> SignerInfo:
    """Return the first signer of a message. Raises: ValueError, UnsupportedAlgorithm."""
    kind, wrapped = _children(der.element(message), 2)
    if der.identifier(kind.content) != _SIGNED_DATA:
        msg = "not a signed message"
        raise ValueError(msg)
    parts = _children(der.element(wrapped.content), 4)
    certificates = [c.whole for part in parts[3:-1] if part.tag == _CERTIFICATES for c in der.elements(part.content)]
    infos = list(der.elements(parts[-1].content))
    if not infos:
        msg = "the message has no signer"
        raise ValueError(msg)
    return _info(_children(infos[0], 5), certificates)


def _info(parts: list[der.Element], certificates: list[bytes]) -> SignerInfo:
    _, identity, digest, *rest = parts
    attributes = b""
    if rest[0].tag == _ATTRIBUTES:
        attributes = bytes([der.SET]) + rest[0].whole[1:]
        rest = rest[1:]
    if len(rest) < 2:
        msg = "the signer has no signature"
        raise ValueError(msg)
    return SignerInfo(
        certificate=_chosen(identity, certificates),
        digest=_DIGESTS.get(_algorithm(digest), ""),
        attributes=attributes,
        signature=rest[1].content,
        pss=_algorithm(rest[0]) == _PSS,
    )


def _chosen(identity: der.Element, certificates: list[bytes]) -> bytes:
    """Return the certificate with the issuer and serial number that the signer names, empty where there is none."""
    issuer, serial = _children(identity, 2)[:2]
    number = int.from_bytes(serial.content, "big", signed=True)
    for raw in certificates:
        loaded = certificate.load(raw)
        if certificate.issuer(loaded) == issuer.whole and loaded.serial_number == number:
            return raw
    return b""


def fault(info: SignerInfo, content: bytes) -> str:
    """Return why a message does not sign `content`, empty where it does. Raises: ValueError, UnsupportedAlgorithm."""
    if not info.certificate:
        return "the signer's certificate is not in the message"
    if not info.digest:
        return "unknown digest algorithm"
    signed = content
    if info.attributes:
        if _stated_digest(info.attributes) != hashlib.new(info.digest, content).digest():
            return "the digest in the message is not that of the signature file"
        signed = info.attributes
    key = certificate.load(info.certificate).public_key()
    algorithm = Algorithm(key_type(key), info.digest, pss=info.pss, content="")
    return "" if holds(key, algorithm, info.signature, signed) else "the signature does not match the signature file"


def _stated_digest(attributes: bytes) -> bytes:
    for attribute in der.elements(der.element(attributes).content):
        kind, values = _children(attribute, 2)[:2]
        if der.identifier(kind.content) == _MESSAGE_DIGEST:
            return der.element(values.content).content
    return b""


def _algorithm(found: der.Element) -> str:
    return der.identifier(der.element(found.content).content)


def _children(parent: der.Element, least: int) -> list[der.Element]:
    found = list(der.elements(parent.content))
    if len(found) < least:
        msg = f"{len(found)} elements where at least {least} belong"
        raise ValueError(msg)
    return found
