"""What became of one signature."""

from enum import StrEnum

import msgspec


class Result(StrEnum):
    """Whether a signature over the whole content holds; not examined is neither of the other two."""

    VERIFIED = "verified"
    FAILED = "failed"
    NOT_EXAMINED = "not examined"


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """One signer under one scheme; `certificate` is DER, empty where none can be read; `reason` says why not verified.

    `offset` and `length` are those of the signature in the archive, in bytes.
    """

    scheme: str
    certificate: bytes
    result: Result
    reason: str
    offset: int
    length: int
    certificate_sha256: str = ""
    """Where only the digest of the certificate is there (source stamp); empty otherwise."""
