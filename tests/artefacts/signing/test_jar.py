import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.apk import open_apk
from assay.artefacts.signing import jar
from assay.artefacts.signing.package import package_signatures
from assay.artefacts.signing.signer import Result, Signature
from assay.model.source import BufferSource
from tests.artefacts import zip_writer as z
from tests.artefacts.signing import signing_writer as s

LONG = b"assets/" + b"long" * 30
FILES = {b"AndroidManifest.xml": b"manifest", b"classes.dex": bytes(700), LONG: b"x", b"META-INF/a/b": b"y"}


def signed(  # the order of steps is that of signing; every step can be replaced
    files: dict[bytes, bytes] | None = None,
    *,
    manifest: bytes | None = None,
    signed_manifest: bytes | None = None,
    extra: bytes = b"",
    sections: bool = True,
    blocks: dict[bytes, bytes] | None = None,
) -> tuple[Signature, ...]:
    listed = s.jar_manifest(FILES) if manifest is None else manifest
    file = s.signature_file(signed_manifest or listed, extra=extra, sections=sections)
    said = {b"META-INF/CERT.RSA": s.message(file)} if blocks is None else blocks
    meta = {b"META-INF/MANIFEST.MF": listed, b"META-INF/CERT.SF": file, **said}
    items = [z.Item(name, data, method=8) for name, data in {**(FILES if files is None else files), **meta}.items()]
    return package_signatures(open_apk(BufferSource(z.archive(*items))))


def outcome(**how: object) -> tuple[Result, str]:
    (one,) = signed(**how)  # type: ignore[arg-type]
    return one.result, one.reason


FILE = s.signature_file(s.jar_manifest(FILES))


@pytest.mark.parametrize("kind", ["RSA", "EC"])
@pytest.mark.parametrize("attributes", [False, True], ids=["plain", "attributes"])
def test_what_is_signed_in_order_verifies(kind: str, attributes: bool) -> None:  # noqa: FBT001 - a parameter
    name = b"META-INF/CERT." + kind.encode()
    (one,) = signed(blocks={name: s.message(FILE, kind, attributes=attributes)})
    assert (one.scheme, one.result, one.reason) == ("v1", Result.VERIFIED, "")
    assert one.certificate == s.der(kind)


@given(
    st.dictionaries(
        st.binary(min_size=1, max_size=90).filter(lambda n: not set(n) & set(b"\r\n/\0")),
        st.binary(max_size=40),
        max_size=5,
    )
)
def test_any_names_and_contents_verify(files: dict[bytes, bytes]) -> None:
    every = {**FILES, **files}
    assert outcome(files=every, manifest=s.jar_manifest(every), sections=False) == (Result.VERIFIED, "")


def test_changed_added_and_removed_entries_fail() -> None:
    changed = {**FILES, LONG: b"z"}
    added = {**FILES, b"classes2.dex": b""}
    removed = {name: data for name, data in FILES.items() if name != b"classes.dex"}
    for files, reason in (
        (changed, "its sha256 digest differs"),
        (added, "classes2.dex is not listed in the manifest"),
        (removed, "classes.dex is listed and not there"),
    ):
        result, said = outcome(files=files)
        assert result == Result.FAILED
        assert reason in said


def test_of_two_entries_of_one_name_both_must_be_what_was_signed() -> None:
    listed = s.jar_manifest(FILES)
    meta = {b"META-INF/MANIFEST.MF": listed, b"META-INF/CERT.SF": FILE, b"META-INF/CERT.RSA": s.message(FILE)}
    items = [z.Item(name, data) for name, data in {**FILES, **meta}.items()]
    (one,) = package_signatures(open_apk(BufferSource(z.archive(*items, z.Item(b"classes.dex", b"another")))))
    assert one.result == Result.FAILED


def test_files_of_the_signature_itself_need_no_digest() -> None:
    extra = {b"META-INF/OTHER.SF": b"", b"META-INF/SIG-x": b"", b"META-INF/d/": b""}
    assert outcome(files={**FILES, **extra}) == (Result.VERIFIED, "")
    assert outcome(files={**FILES, b"META-INF/services": b""})[0] == Result.FAILED


def test_a_manifest_that_differs_from_what_was_signed_is_held_by_its_sections() -> None:
    original = s.jar_manifest(FILES)
    reordered = s.jar_manifest(dict(reversed(FILES.items())))
    assert outcome(manifest=reordered, signed_manifest=original) == (Result.VERIFIED, "")
    assert outcome(manifest=reordered, signed_manifest=original, sections=False)[0] == Result.FAILED
    added = {**FILES, b"classes2.dex": b"new"}
    assert outcome(files=added, manifest=s.jar_manifest(added), signed_manifest=original)[0] == Result.FAILED


def test_a_signature_over_another_file_fails() -> None:
    for attributes in (False, True):
        blocks = {b"META-INF/CERT.RSA": s.message(FILE + b" ", attributes=attributes)}
        assert outcome(blocks=blocks)[0] == Result.FAILED


def test_a_scheme_that_the_signature_file_names_must_be_there() -> None:
    stripped = outcome(extra=b"X-Android-APK-Signed: 2, 3\r\n")
    assert stripped == (Result.FAILED, "signed with v2, v3 too, of which there is no signature")


def test_what_cannot_be_read_is_not_examined() -> None:
    for block in (b"", b"text", s.message(FILE)[:200]):
        assert outcome(blocks={b"META-INF/CERT.RSA": block})[0] == Result.NOT_EXAMINED
    assert outcome(blocks={b"META-INF/LONE.RSA": s.message(FILE)}) == (
        Result.NOT_EXAMINED, "META-INF/LONE.SF is not there",
    )  # fmt: skip


def test_signatures_are_held_at_their_limit() -> None:
    message = s.message(FILE)
    for count in (jar.MAX_SIGNERS, jar.MAX_SIGNERS + 1):
        blocks = {b"META-INF/CERT.RSA": message, **{b"META-INF/%d.RSA" % n: b"" for n in range(count - 1)}}
        seen = signed(blocks=blocks)
        assert len(seen) == count
        assert seen[0].result == Result.VERIFIED
        assert ("of which the first" in seen[-1].reason) == (count > jar.MAX_SIGNERS)


@pytest.mark.mutation
def test_mutated_signatures_end_in_results_and_never_verify_other_content(mutations: int) -> None:
    rng = random.Random(24)
    parts = {"manifest": s.jar_manifest(FILES), "file": FILE, "block": s.message(FILE, attributes=True)}
    for number in range(2 * mutations):
        which = rng.choice(list(parts))
        data = bytearray(parts[which])
        for _ in range(rng.randint(1, 4)):
            data[rng.randrange(len(data))] = rng.choice([0, 0x0D, 0x0A, 0x30, 0x80, 0xFF, rng.randrange(256)])
        said = {**parts, which: bytes(data[: rng.randrange(len(data))] if number % 5 == 0 else data)}
        meta = {
            b"META-INF/MANIFEST.MF": said["manifest"],
            b"META-INF/CERT.SF": said["file"],
            b"META-INF/CERT.RSA": said["block"],
        }
        items = [z.Item(name, content) for name, content in {**FILES, **meta}.items()]
        (one,) = package_signatures(open_apk(BufferSource(z.archive(*items))))
        if which == "file" and said["file"] != FILE:
            assert one.result != Result.VERIFIED
