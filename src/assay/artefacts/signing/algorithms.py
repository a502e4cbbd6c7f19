"""Signature algorithms of the APK Signing Block, and of the JAR form.

Source: source.android.com, "APK Signature Scheme v2", section "Signature algorithm IDs"; RFC 5652, RFC 5754.
"""

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.x509 import InvalidVersion


class Algorithm(msgspec.Struct, frozen=True):
    """A key type, the digest that is signed, whether RSA is padded as PSS, and the digest over the content."""

    key: str
    digest: str
    pss: bool
    content: str


ALGORITHMS = {
    0x0101: Algorithm("RSA", "sha256", pss=True, content="sha256"),
    0x0102: Algorithm("RSA", "sha512", pss=True, content="sha512"),
    0x0103: Algorithm("RSA", "sha256", pss=False, content="sha256"),
    0x0104: Algorithm("RSA", "sha512", pss=False, content="sha512"),
    0x0201: Algorithm("EC", "sha256", pss=False, content="sha256"),
    0x0202: Algorithm("EC", "sha512", pss=False, content="sha512"),
    0x0301: Algorithm("DSA", "sha256", pss=False, content="sha256"),
    0x0421: Algorithm("RSA", "sha256", pss=False, content="verity"),
    0x0423: Algorithm("EC", "sha256", pss=False, content="verity"),
    0x0425: Algorithm("DSA", "sha256", pss=False, content="verity"),
}

_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "md5": hashes.MD5,
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


def holds(key: PublicKeyTypes, algorithm: Algorithm, signature: bytes, signed: bytes) -> bool:
    """Say whether a signature over `signed` is of `key`; a key of another type than the algorithm's never signed it.

    Raises: UnsupportedAlgorithm, ValueError where the key cannot be used at all.
    """
    try:
        return _verify(key, algorithm, signature, signed)
    except InvalidSignature:
        return False


def _verify(key: PublicKeyTypes, algorithm: Algorithm, signature: bytes, signed: bytes) -> bool:
    digest = _HASHES[algorithm.digest]()
    if isinstance(key, rsa.RSAPublicKey) and algorithm.key == "RSA":
        key.verify(signature, signed, _padding(algorithm, digest), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey) and algorithm.key == "EC":
        key.verify(signature, signed, ec.ECDSA(digest))
    elif isinstance(key, dsa.DSAPublicKey) and algorithm.key == "DSA":
        key.verify(signature, signed, digest)
    else:
        return False
    return True


def _padding(algorithm: Algorithm, digest: hashes.HashAlgorithm) -> padding.AsymmetricPadding:
    if algorithm.pss:
        return padding.PSS(padding.MGF1(digest), digest.digest_size)
    return padding.PKCS1v15()


def key_type(key: PublicKeyTypes) -> str:
    """Return RSA, EC or DSA, empty for any other type."""
    if isinstance(key, rsa.RSAPublicKey):
        return "RSA"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "EC"
    return "DSA" if isinstance(key, dsa.DSAPublicKey) else ""


UNUSABLE = (UnsupportedAlgorithm, ValueError, InvalidVersion)
"""What `cryptography` raises for certificates and keys that it cannot use."""
