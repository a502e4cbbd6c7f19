"""X.509 certificates of signers.

Source: RFC 5280; names printed as in RFC 4514.
"""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from cryptography.utils import CryptographyDeprecationWarning

from assay.artefacts.signing.algorithms import UNUSABLE


class CertificateText(msgspec.Struct, frozen=True, kw_only=True):
    """What a certificate says; times in RFC 3339 UTC, `key` is type and size in bits."""

    subject: str
    not_before: str
    not_after: str
    key: str


@contextmanager
def _as_found() -> Iterator[None]:
    """Read what is there, without talk on stderr: of algorithms of old, of names longer than X.520 has them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        warnings.filterwarnings("ignore", "Attribute's length must be", UserWarning)
        yield


def load(der: bytes) -> x509.Certificate:
    """Return the certificate. Raises: ValueError, UnsupportedAlgorithm."""
    with _as_found():
        return x509.load_der_x509_certificate(der)


def issuer(certificate: x509.Certificate) -> bytes:
    """Return the DER bytes of the issuer's name. Raises: ValueError."""
    with _as_found():
        return certificate.issuer.public_bytes()


def load_key(der: bytes) -> PublicKeyTypes:
    """Return the key of a SubjectPublicKeyInfo. Raises: ValueError, UnsupportedAlgorithm."""
    with _as_found():
        return load_der_public_key(der)


def key_bytes(key: PublicKeyTypes) -> bytes:
    """Return the DER bytes of a key's SubjectPublicKeyInfo."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def describe(der: bytes) -> CertificateText | None:
    """Return what a certificate says, None where it cannot be read."""
    try:
        certificate = load(der)
        with _as_found():
            return CertificateText(
                subject=certificate.subject.rfc4514_string(),
                not_before=_time(certificate.not_valid_before_utc),
                not_after=_time(certificate.not_valid_after_utc),
                key=_key(certificate),
            )
    except UNUSABLE:
        return None


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _key(certificate: x509.Certificate) -> str:
    try:
        key = certificate.public_key()
    except UNUSABLE:
        return "unreadable"
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA {key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return f"EC {key.key_size}"
    return f"DSA {key.key_size}" if isinstance(key, dsa.DSAPublicKey) else type(key).__name__.removesuffix("PublicKey")
