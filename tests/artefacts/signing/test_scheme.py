import random
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from assay.artefacts.apk import open_apk
from assay.artefacts.signing import certificate
from assay.artefacts.signing.package import package_signatures
from assay.artefacts.signing.signer import Result, Signature
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from tests.artefacts import applications as a
from tests.artefacts import zip_writer as z
from tests.artefacts.signing import signing_writer as s
from tests.artefacts.signing.signing_writer import V2, V3, V31, Signer

APKSIGNER = shutil.which("apksigner")
PLAIN = z.archive(
    z.Item(b"AndroidManifest.xml", b"manifest"), z.Item(b"classes.dex", random.Random(3).randbytes(1_300_000)),
    z.Item(b"padding", bytes(4096 - (1_300_000 + 8 + 3 * 30 + 19 + 11 + 7) % 4096)),
)  # fmt: skip
ALGORITHMS = (0x0101, 0x0102, 0x0103, 0x0104, 0x0201, 0x0202, 0x0301, 0x0421, 0x0423, 0x0425)


def signed(*pairs: tuple[int, bytes]) -> tuple[Signature, ...]:
    return found(s.with_block(PLAIN, *pairs))


def found(data: bytes) -> tuple[Signature, ...]:
    return package_signatures(open_apk(BufferSource(data)))


def outcome(*pairs: tuple[int, bytes]) -> tuple[Result, str]:
    (one,) = signed(*pairs)
    return one.result, one.reason


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=hex)
@pytest.mark.parametrize(("identity", "name"), [(V2, "v2"), (V3, "v3"), (V31, "v3.1")])
def test_every_algorithm_verifies_under_every_scheme(algorithm: int, identity: int, name: str) -> None:
    signer = Signer(algorithm)
    (one,) = signed(s.scheme(PLAIN, identity, signer))
    assert (one.scheme, one.result, one.reason) == (name, Result.VERIFIED, "")
    assert one.certificate == s.der(signer.key_kind)


@pytest.mark.parametrize("algorithm", ALGORITHMS, ids=hex)
def test_one_changed_byte_of_content_fails_every_algorithm(algorithm: int) -> None:
    data = bytearray(s.with_block(PLAIN, s.scheme(PLAIN, V2, Signer(algorithm))))
    data[600_000] ^= 1
    (one,) = found(bytes(data))
    assert one.result == Result.FAILED
    assert "the archive was changed after signing" in one.reason


@pytest.mark.parametrize("where", ["entries", "directory", "end"])
def test_content_is_protected_in_all_its_parts(where: str) -> None:
    data = bytearray(s.with_block(PLAIN, s.scheme(PLAIN, V2, Signer())))
    at = {"entries": 12, "directory": data.index(b"PK\x01\x02") + 12, "end": len(data) - 2}[where]
    data[at] ^= 1
    changed = bytes(data) + (b"\0" if where == "end" else b"")
    (one,) = found(changed)
    assert one.result == Result.FAILED


def test_bytes_before_or_behind_a_signed_archive_fail_it() -> None:
    data = s.with_block(PLAIN, s.scheme(PLAIN, V2, Signer()))
    for changed in (b"dex\n035\0" + data, data + b"more"):
        (one,) = found(changed)
        assert one.result == Result.FAILED


@pytest.mark.parametrize(
    ("signer", "reason"),
    [
        (Signer(digest=bytes(32)), "digest of the content differs"),
        (Signer(signature=bytes(256)), "does not match the signed data"),
        (Signer(digest_algorithm=0x0104), "different algorithms"),
        (Signer(certificate=s.der("EC")), "not that of the certificate"),
        (Signer(0x0201, kind="RSA", signature=b"x"), "does not match the signed data"),
        (Signer(outer_levels=(24, 30)), "API levels"),
    ],
    ids=lambda value: value if isinstance(value, str) else "signer",
)
def test_a_signer_that_lies_fails(signer: Signer, reason: str) -> None:
    result, said = outcome(s.scheme(PLAIN, V3, signer))
    assert result == Result.FAILED
    assert reason in said


@pytest.mark.parametrize(
    ("signer", "reason"),
    [
        (Signer(0x0999, kind="RSA", digest=bytes(32), signature=b"x"), "known algorithm"),
        (Signer(certificate=b"no certificate"), "cannot be used"),
        (Signer(public_key=b"no key"), "cannot be used"),
    ],
    ids=["algorithm", "certificate", "key"],
)
def test_what_cannot_be_used_is_not_examined(signer: Signer, reason: str) -> None:
    result, said = outcome(s.scheme(PLAIN, V2, signer))
    assert result == Result.NOT_EXAMINED
    assert reason in said


def test_a_stripped_scheme_is_noticed() -> None:
    protected = Signer(attributes=[struct.pack("<2I", 0xBEEFF00D, 3)])
    stripped = outcome(s.scheme(PLAIN, V2, protected))
    assert stripped == (Result.FAILED, "signed with v3 too, of which there is no signature")
    both = signed(s.scheme(PLAIN, V2, protected), s.scheme(PLAIN, V3, Signer()))
    assert [one.result for one in both] == [Result.VERIFIED] * 2


def test_each_of_several_signers_is_judged_alone_up_to_the_limit() -> None:
    mixed = signed(s.scheme(PLAIN, V2, Signer(), Signer(0x0201, signature=b"x"), Signer(0x0301)))
    assert [one.result for one in mixed] == [Result.VERIFIED, Result.FAILED, Result.VERIFIED]
    ten, eleven = (signed(s.scheme(PLAIN, V2, *[Signer(0x0201)] * count)) for count in (10, 11))
    assert [one.result for one in ten] == [Result.VERIFIED] * 10
    assert [one.result for one in eleven] == [Result.VERIFIED] * 10 + [Result.FAILED]
    assert "11 signers" in eleven[-1].reason


def test_a_block_without_signers_and_a_damaged_one_fail() -> None:
    assert outcome((V2, s.prefixed())) == (Result.FAILED, "the block names no signer")
    assert "damaged" in outcome((V2, b"\xff\xff\xff\x7f"))[1]
    data = bytearray(s.with_block(PLAIN, s.scheme(PLAIN, V2, Signer())))
    at = data.rindex(s.MAGIC) - 8
    data[at] ^= 0x40
    (one,) = found(bytes(data))
    assert (one.result, one.certificate) == (Result.FAILED, b"")


def test_an_unsigned_application_has_no_signers() -> None:
    assert found(PLAIN) == ()


def test_a_source_stamp_is_named_and_not_examined() -> None:
    stamped = z.archive(z.Item(b"AndroidManifest.xml", b"m"), z.Item(b"stamp-cert-sha256", bytes(range(32))))
    (one,) = found(stamped)
    assert (one.scheme, one.result) == ("source stamp", Result.NOT_EXAMINED)
    assert one.certificate_sha256 == bytes(range(32)).hex()


def test_certificates_are_described() -> None:
    text = certificate.describe(s.der("EC"))
    assert text is not None
    assert (text.subject, text.key) == ("CN=Example", "EC 256")
    assert (text.not_before, text.not_after) == ("2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z")
    assert certificate.describe(b"") is None


def test_a_name_longer_than_the_standard_has_it_is_read_as_it_stands() -> None:
    raw = s.der("EC").replace(bytes.fromhex("0603550403"), bytes.fromhex("0603550406"))  # common name -> country
    text = certificate.describe(raw)
    assert text is not None
    assert text.subject == "C=Example"
    assert certificate.issuer(certificate.load(raw)) == bytes.fromhex("30123110300e06035504060c07") + b"Example"


# --- a second opinion ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [one for one in (*a.SPECIMENS, *a.REAL) if one.stem not in a.OTHERS_CANNOT_OPEN], ids=lambda path: path.stem
)
def test_certificates_are_those_of_androguard(path: Path) -> None:
    pytest.importorskip("loguru").logger.disable("androguard")
    other = pytest.importorskip("androguard.core.apk").APK(str(path))
    seen = found(path.read_bytes())
    assert all(one.result == Result.VERIFIED for one in seen)
    for scheme, theirs in (("v2", other.get_certificates_der_v2()), ("v3", other.get_certificates_der_v3())):
        assert [one.certificate for one in seen if one.scheme == scheme] == list(theirs)
    v1 = [other.get_certificate_der(name) for name in other.get_signature_names()]
    assert [one.certificate for one in seen if one.scheme == "v1"] == v1


@pytest.mark.skipif(APKSIGNER is None, reason="apksigner is not installed")
@pytest.mark.parametrize("options", [[], ["--verity-enabled", "true"], ["--v4-signing-enabled", "false"]], ids=str)
def test_what_apksigner_signs_verifies(tmp_path: Path, options: list[str]) -> None:
    specimen, out = a.SPECIMENS[0], tmp_path / "signed.apk"
    keys = a.ROOT / "tests" / "specimens" / "keys"
    command = [
        str(APKSIGNER),
        "sign",
        "--key",
        str(keys / "debug.test-key.pk8"),
        "--cert",
        str(keys / "debug.x509.pem"),
    ]
    more = ["--next-signer", "--key", str(keys / "phone.test-key.pk8"), "--cert", str(keys / "phone.x509.pem")]
    several = [] if options[:1] == ["--verity-enabled"] else more
    v3 = ["--v3-signing-enabled", "false"] if several else []
    subprocess.run(
        [*command, *several, *options, *v3, "--out", str(out), str(specimen)], check=True, capture_output=True
    )
    seen = found(out.read_bytes())
    assert {one.result for one in seen} == {Result.VERIFIED}
    assert len([one for one in seen if one.scheme == "v2"]) == (2 if several else 1)


# --- mutations -------------------------------------------------------------------------------------


@pytest.mark.mutation
def test_mutated_signatures_end_in_results_and_changed_content_never_verifies(mutations: int) -> None:
    rng = random.Random(23)
    small = z.archive(z.Item(b"AndroidManifest.xml", b"manifest"), z.Item(b"classes.dex", bytes(900), method=8))
    base = s.with_block(small, s.scheme(small, V2, Signer(), Signer(0x0201)), s.scheme(small, V3, Signer(0x0301)))
    block = (len(s.parts(small)[0]), base.index(b"PK\x01\x02"))
    for _ in range(2 * mutations):
        data = bytearray(base)
        inside = [rng.randrange(*block) for _ in range(rng.randint(0, 4))]
        outside = [rng.choice([rng.randrange(block[0]), rng.randrange(block[1], len(base))])] * rng.randint(0, 1)
        for at in [*inside, *outside]:
            data[at] = rng.choice([0, 0xFF, data[at] ^ 1, rng.randrange(256)])
        try:
            seen = found(bytes(data))
        except Unreadable:
            continue
        if bytes(data[: block[0]] + data[block[1] :]) != base[: block[0]] + base[block[1] :]:
            assert all(one.result != Result.VERIFIED for one in seen)
