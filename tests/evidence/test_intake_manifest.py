import json
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from assay.evidence.case_folder import CaseFolder
from assay.evidence.intake import take, understand
from assay.evidence.intake_manifest import sign, verify
from assay.model.errors import MismatchError, UsageError


def _private(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey, path: Path, password: bytes = b"") -> Path:
    lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock))
    return path


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return _private(ed25519.Ed25519PrivateKey.generate(), tmp_path / "key.pem")


@pytest.fixture
def case(tmp_path: Path) -> CaseFolder:
    (tmp_path / "a.txt").write_text("a")
    case = CaseFolder.create(tmp_path / "case")
    take(case, understand([str(tmp_path / "a.txt")]))
    return case


def test_a_signed_manifest_states_the_custody_head_and_every_exhibit(case: CaseFolder, key: Path) -> None:
    sign(case, key)
    manifest = json.loads((case.root / "intake-manifest.json").read_bytes())
    assert manifest["custody_head"] == CaseFolder.open(case.root).custody.head
    assert [one["path"] for one in manifest["exhibits"]] == ["a.txt"]
    verify(case, case.root / "intake-manifest.pub")


@pytest.mark.parametrize("name", ["intake-manifest.json", "intake-manifest.sig"])
def test_any_change_is_seen(case: CaseFolder, key: Path, name: str) -> None:
    sign(case, key)
    content = bytearray((case.root / name).read_bytes())
    content[5] ^= 1
    (case.root / name).write_bytes(content)
    with pytest.raises(MismatchError, match="does not fit"):
        verify(case, case.root / "intake-manifest.pub")


def test_a_manifest_of_another_key_is_refused(case: CaseFolder, key: Path, tmp_path: Path) -> None:
    sign(case, key)
    trusted = tmp_path / "trusted.pub"
    shutil.copy(case.root / "intake-manifest.pub", trusted)
    sign(case, _private(ed25519.Ed25519PrivateKey.generate(), tmp_path / "other.pem"))
    with pytest.raises(MismatchError):
        verify(case, trusted)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
def test_the_signature_can_be_checked_without_assay(case: CaseFolder, tmp_path: Path) -> None:
    key = tmp_path / "openssl.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True, capture_output=True)
    sign(case, key)
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "intake-manifest.pub", "-rawin"]
    files = ["-in", "intake-manifest.json", "-sigfile", "intake-manifest.sig"]
    assert subprocess.run([*command, *files], cwd=case.root, check=False, capture_output=True).returncode == 0
    with (case.root / "intake-manifest.json").open("ab") as stream:
        stream.write(b" ")
    assert subprocess.run([*command, *files], cwd=case.root, check=False, capture_output=True).returncode != 0


def test_keys_of_another_kind_are_refused(case: CaseFolder, tmp_path: Path) -> None:
    elliptic = ec.generate_private_key(ec.SECP256R1())
    locked = ed25519.Ed25519PrivateKey.generate()
    (tmp_path / "text").write_text("no key")
    for path in (
        _private(elliptic, tmp_path / "ec.pem"),
        _private(locked, tmp_path / "locked.pem", b"password"),
        tmp_path / "text",
        tmp_path / "missing",
    ):
        with pytest.raises(UsageError):
            sign(case, path)
        with pytest.raises(UsageError):
            verify(case, path)
    assert not (case.root / "intake-manifest.sig").exists()


def test_an_unsigned_case_says_so(case: CaseFolder, key: Path, tmp_path: Path) -> None:
    sign(case, key)
    shutil.copy(case.root / "intake-manifest.pub", tmp_path / "key.pub")
    (case.root / "intake-manifest.sig").unlink()
    with pytest.raises(UsageError, match="no signed manifest"):
        verify(case, tmp_path / "key.pub")
