import zipfile

from assay.artefacts.apk import open_apk
from assay.facts.signers import find_signers
from assay.model.source import BufferSource
from assay.reference.test_keys import TestKeys
from assay.vocabulary.packages import Signer
from tests.artefacts import applications as a

KEYS = TestKeys.packaged()
BUILT = {path.stem: path for path in a.SPECIMENS}


def found(data: bytes) -> list[Signer]:
    return list(find_signers(open_apk(BufferSource(data)), KEYS))


def test_a_specimen_has_a_signer_in_each_scheme() -> None:
    data = BUILT["ads"].read_bytes()
    rows = found(data)
    assert [(row.scheme, row.verified, row.test_key, row.reason) for row in rows] == [
        ("v1", "verified", "", ""), ("v2", "verified", "", ""), ("v3", "verified", "", ""),
    ]  # fmt: skip
    assert len({row.certificate_sha256 for row in rows}) == 1
    assert rows[0].subject == "O=Example Laboratory,CN=Assay specimen TEST KEY"
    assert rows[0].key == "RSA 2048"
    assert {row.package for row in rows} == {"org.example.ads"}


def test_a_debug_key_is_named() -> None:
    assert {row.test_key for row in found(BUILT["clock-debug-signed"].read_bytes())} == {"Android debug key"}


def test_changed_content_fails_and_the_reason_is_in_the_row() -> None:
    data = bytearray(BUILT["ads"].read_bytes())
    with zipfile.ZipFile(BUILT["ads"]) as archive:
        stored = next(info for info in archive.infolist() if info.compress_type == zipfile.ZIP_STORED)
    data[data.index(b"PK", stored.header_offset + 4) - 1] ^= 1
    rows = found(bytes(data))
    assert {row.verified for row in rows} == {"failed"}
    assert all(row.reason for row in rows)


def test_an_unsigned_package_has_no_signer() -> None:
    assert found(a.apk(a.manifest())) == []
