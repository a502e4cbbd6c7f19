r"""The intake manifest: what was taken and the custody head, signed with a key of the laboratory.

``intake-manifest.json`` is one canonical JSON line; ``intake-manifest.sig`` holds the raw 64-byte ed25519 signature
over it (RFC 8032), ``intake-manifest.pub`` the public key in PEM. To check without Assay::

    openssl pkeyutl -verify -rawin -pubin -inkey intake-manifest.pub -sigfile intake-manifest.sig \
        -in intake-manifest.json
"""

from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from assay.evidence.case_folder import CaseFolder
from assay.evidence.durable import write_bytes
from assay.model import canonical
from assay.model.errors import MismatchError, UsageError
from assay.model.ids import sha256_hex

MANIFEST = "intake-manifest.json"
SIGNATURE = "intake-manifest.sig"
PUBLIC_KEY = "intake-manifest.pub"


def sign(case: CaseFolder, key_path: Path) -> str:
    """Write and sign the manifest; return the sha256 of the public key's PEM. Raises: UsageError."""
    key = _private_key(key_path)
    case.custody.append([{"event": "intake manifest signed"}])
    content = canonical.line(
        {"custody_head": case.custody.head, "exhibits": case.exhibits(), "refused": case.refusals()}
    )
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    write_bytes(case.root / MANIFEST, content)
    write_bytes(case.root / SIGNATURE, key.sign(content))
    write_bytes(case.root / PUBLIC_KEY, public)
    return sha256_hex(public)


def verify(case: CaseFolder, trusted: Path) -> None:
    """Check the manifest's signature under a public key that the caller trusts. Raises: MismatchError, UsageError."""
    try:
        key = load_pem_public_key(trusted.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise UsageError(str(trusted), f"not a public key ({error})", "Give an ed25519 key in PEM.") from None
    if not isinstance(key, Ed25519PublicKey):
        raise UsageError(str(trusted), "not an ed25519 key", "Give an ed25519 key in PEM.")
    try:
        key.verify((case.root / SIGNATURE).read_bytes(), (case.root / MANIFEST).read_bytes())
    except OSError as error:
        fact = f"there is no signed manifest ({error.strerror})"
        raise UsageError(str(case.root), fact, "Sign one with: assay intake -o CASE --sign KEY") from None
    except InvalidSignature:
        fact = "the signature does not fit the manifest"
        raise MismatchError(str(case.root / MANIFEST), fact, "Compare it with the copy made at intake.") from None


def _private_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UsageError(
            str(path), f"not readable as a private key ({error})", "Give an unencrypted PEM file."
        ) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise UsageError(str(path), "not an ed25519 key", "Make one: openssl genpkey -algorithm ed25519 -out key.pem")
    return key
