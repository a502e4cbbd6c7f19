"""Signs applications, in order or otherwise. Knows nothing of the product: digests and layout are written out anew."""

import base64
import hashlib
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID

V2, V3, V31 = 0x7109871A, 0xF05368C0, 0x1B93AD61
MAGIC = b"APK Sig Block 42"
KEYS = {1: "RSA", 2: "EC", 3: "DSA", 4: "verity"}


@cache
def key(kind: str) -> Any:
    if kind == "RSA":
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1()) if kind == "EC" else dsa.generate_private_key(2048)


@cache
def certificate(kind: str, name: str = "Example") -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject)
    builder = builder.public_key(key(kind).public_key()).serial_number(7)
    builder = builder.not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(
        datetime(2040, 1, 1, tzinfo=UTC)
    )
    return builder.sign(key(kind), hashes.SHA256())


def der(kind: str) -> bytes:
    return certificate(kind).public_bytes(serialization.Encoding.DER)


def prefixed(*parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack("<I", len(body)) + body


# --- the content's digests -------------------------------------------------------------------------


def parts(archive: bytes) -> tuple[bytes, bytes, bytes]:
    """Return entries, directory and end record of an archive without comment."""
    end = len(archive) - 22
    start = struct.unpack_from("<I", archive, end + 16)[0]
    return archive[:start], archive[start:end], archive[end:]


def chunked(archive: bytes, name: str) -> bytes:
    digests = [
        hashlib.new(name, b"\xa5" + struct.pack("<I", len(chunk)) + chunk).digest()
        for part in parts(archive)
        for chunk in (part[at : at + 0x100000] for at in range(0, len(part), 0x100000))
    ]
    return hashlib.new(name, b"\x5a" + struct.pack("<I", len(digests)) + b"".join(digests)).digest()


def verity(archive: bytes) -> bytes:
    level = archive
    while True:
        pages = [level[at : at + 4096].ljust(4096, b"\0") for at in range(0, len(level), 4096)]
        level = b"".join(hashlib.sha256(bytes(8) + page).digest() for page in pages)
        if len(pages) == 1:
            return level + struct.pack("<Q", len(archive))


# --- schemes v2 and v3 -----------------------------------------------------------------------------


@dataclass
class Signer:
    """One signer; every field that is set lies."""

    algorithm: int = 0x0103
    kind: str = ""
    digest: bytes = b""
    digest_algorithm: int = 0
    signature: bytes = b""
    certificate: bytes = b""
    public_key: bytes = b""
    levels: tuple[int, int] = (28, 0x7FFFFFFF)
    outer_levels: tuple[int, int] = (28, 0x7FFFFFFF)
    attributes: list[bytes] = field(default_factory=list)

    @property
    def key_kind(self) -> str:
        return (
            self.kind or {0x0421: "RSA", 0x0423: "EC", 0x0425: "DSA"}.get(self.algorithm) or KEYS[self.algorithm >> 8]
        )

    def content_digest(self, archive: bytes) -> bytes:
        if self.algorithm >> 8 == 4:
            return verity(archive)
        return chunked(archive, "sha512" if self.algorithm in {0x0102, 0x0104, 0x0202} else "sha256")

    def sign(self, data: bytes) -> bytes:
        chosen = hashes.SHA512() if self.algorithm in {0x0102, 0x0104, 0x0202} else hashes.SHA256()
        private = key(self.key_kind)
        if self.key_kind == "EC":
            return bytes(private.sign(data, ec.ECDSA(chosen)))
        if self.key_kind == "DSA":
            return bytes(private.sign(data, chosen))
        pss = padding.PSS(padding.MGF1(chosen), chosen.digest_size)
        return bytes(private.sign(data, pss if self.algorithm in {0x0101, 0x0102} else padding.PKCS1v15(), chosen))

    def block(self, archive: bytes, *, levels: bool) -> bytes:
        digest = self.digest or self.content_digest(archive)
        said = struct.pack("<I", self.digest_algorithm or self.algorithm)
        signed = prefixed(prefixed(said, prefixed(digest))) + prefixed(prefixed(self.certificate or der(self.key_kind)))
        signed += struct.pack("<2I", *self.levels) if levels else b""
        signed += prefixed(*(prefixed(attribute) for attribute in self.attributes))
        signature = self.signature or self.sign(signed)
        public = self.public_key or key(self.key_kind).public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        out = prefixed(signed) + (struct.pack("<2I", *self.outer_levels) if levels else b"")
        return out + prefixed(prefixed(struct.pack("<I", self.algorithm), prefixed(signature))) + prefixed(public)


def with_block(archive: bytes, *pairs: tuple[int, bytes]) -> bytes:
    """Return the archive with a signing block of these (id, value) pairs before its directory."""
    body = b"".join(struct.pack("<QI", 4 + len(value), identity) + value for identity, value in pairs)
    length = struct.pack("<Q", len(body) + 24)
    block = length + body + length + MAGIC
    entries, directory, end = parts(archive)
    moved = end[:16] + struct.pack("<I", len(entries) + len(block)) + end[20:]
    return entries + block + directory + moved


def scheme(archive: bytes, identity: int, *signers: Signer) -> tuple[int, bytes]:
    """Return the pair of a scheme with these signers."""
    return identity, prefixed(*(prefixed(signer.block(archive, levels=identity != V2)) for signer in signers))


# --- the JAR form ----------------------------------------------------------------------------------

CRLF = b"\r\n"


def fold(line: bytes) -> bytes:
    """Return a line of at most 72 bytes, the rest on lines that begin with a space."""
    out = line[:70]
    for at in range(70, len(line), 69):
        out += CRLF + b" " + line[at : at + 69]
    return out + CRLF


def section(name: bytes, digest: str, content: bytes) -> bytes:
    value = base64.b64encode(hashlib.new(digest.replace("-", "").lower(), content).digest())
    return fold(b"Name: " + name) + fold(digest.encode() + b"-Digest: " + value) + CRLF


def jar_manifest(files: dict[bytes, bytes], digest: str = "SHA-256") -> bytes:
    head = b"Manifest-Version: 1.0" + CRLF + CRLF
    return head + b"".join(section(name, digest, data) for name, data in files.items())


def signature_file(manifest: bytes, digest: str = "SHA-256", extra: bytes = b"", *, sections: bool = True) -> bytes:
    whole = base64.b64encode(hashlib.new(digest.replace("-", "").lower(), manifest).digest())
    out = b"Signature-Version: 1.0" + CRLF + extra + digest.encode() + b"-Digest-Manifest: " + whole + CRLF + CRLF
    for raw in manifest.split(CRLF + CRLF)[1:-1] if sections else []:
        name = raw.split(b": ", 1)[1].split(CRLF + b"SHA", 1)[0].replace(CRLF + b" ", b"")
        out += section(name, digest, raw + CRLF + CRLF)
    return out


def message(file: bytes, kind: str = "RSA", *, attributes: bool = False) -> bytes:
    builder = pkcs7.PKCS7SignatureBuilder().set_data(file)
    builder = builder.add_signer(certificate(kind), key(kind), hashes.SHA256())
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    options += [] if attributes else [pkcs7.PKCS7Options.NoAttributes]
    return builder.sign(serialization.Encoding.DER, options)
