"""Signers: who signed a package, under which scheme, and whether that holds for its content."""

from collections.abc import Iterator

from assay.artefacts.apk import Apk
from assay.artefacts.signing.certificate import CertificateText, describe
from assay.artefacts.signing.package import package_signatures
from assay.artefacts.signing.signer import Signature
from assay.model.ids import sha256_hex
from assay.model.locator import ByteRange
from assay.reference.test_keys import TestKeys
from assay.registry import analyser
from assay.vocabulary.packages import Signer

_UNREAD = CertificateText(subject="", not_before="", not_after="", key="")


@analyser(
    question="Who signed this package, and does the signature hold for all of its content?",
    reads=Apk,
    emits=Signer,
    needs=("test_keys",),
    blind_to=(
        "scheme v4, whose signature lies in a file of its own (.idsig)",
        "source stamps, which are named and not verified",
        "earlier certificates in the lineage of a rotated key",
        "whose certificate it is: a certificate names itself",
    ),
)
def find_signers(apk: Apk, test_keys: TestKeys) -> Iterator[Signer]:
    """Yield one row for each signer and scheme."""
    for signature in package_signatures(apk):
        yield _signer(apk.manifest.package, signature, test_keys)


def _signer(package: str, signature: Signature, test_keys: TestKeys) -> Signer:
    certificate = describe(signature.certificate) or _UNREAD
    digest = sha256_hex(signature.certificate) if signature.certificate else signature.certificate_sha256
    return Signer(
        place=str(ByteRange(signature.offset, signature.length)),
        package=package,
        scheme=signature.scheme,
        certificate_sha256=digest,
        subject=certificate.subject,
        not_before=certificate.not_before,
        not_after=certificate.not_after,
        key=certificate.key,
        verified=signature.result.value,
        test_key=test_keys.look_up(digest, certificate.subject),
        reason=signature.reason,
    )
