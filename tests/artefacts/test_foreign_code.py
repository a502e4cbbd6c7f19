import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from assay.artefacts.foreign_code import FORMS, ForeignCode
from assay.engine.opening import open_document
from assay.model.source import BufferSource
from assay.registry import BENCH, Unexamined, load

JAVAC = shutil.which("javac")
ABC = b"PANDA\0\0\0" + b"\x11\x22\x33\x44" + bytes([12, 0, 1, 0])
SAMPLES = {
    "ark-bytecode": (ABC + bytes(40), "12.0.1.0"),
    "art-image": (b"art\n099\0" + bytes(40), "099"),
    "il2cpp-metadata": (b"\xaf\x1b\xb1\xfa\x1d\0\0\0" + bytes(40), "29"),
    "dotnet-store": (b"XABA\1\0\0\0" + bytes(40), "1"),
    "dotnet-compressed": (b"XALZ\0\0\0\0" + bytes(40), ""),
    "java-class": (b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(40), "52"),
    "webassembly": (b"\0asm\1\0\0\0", "1"),
    "dart-kernel": (b"\x90\xab\xcd\xef\0\0\0\x6c" + bytes(40), "108"),
    "xxtea-script": (b"XXTEA" + bytes(range(99)), ""),
    "apkm-encrypted": (b"\0\2" + struct.pack("<3Q", 2, 1 << 26, 1 << 16) + bytes(range(1, 80)), ""),
    "lz4-frame": (b"\x04\x22\x4d\x18\x64\x40" + bytes(40), ""),
}


@pytest.fixture(scope="module", autouse=True)
def _parts() -> None:
    load("assay.artefacts", "assay.bytecode")


def opened(raw: bytes) -> tuple[str, object]:
    found = open_document(BENCH, BufferSource(raw))
    return ("unknown", None) if found is None else (found.spec.kind, found.document)


def test_every_form_has_a_sample() -> None:
    assert sorted(SAMPLES) == sorted(form.kind for form in FORMS)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_form_is_named_with_its_version_and_is_not_examined(kind: str) -> None:
    raw, version = SAMPLES[kind]
    found, document = opened(raw)
    assert found == kind
    assert isinstance(document, ForeignCode)
    assert isinstance(document, Unexamined)
    assert (document.kind, document.version) == (kind, version)
    assert "not examined" in document.not_examined


@pytest.mark.parametrize("kind", SAMPLES)
def test_half_a_magic_number_is_none(kind: str) -> None:
    raw, _ = SAMPLES[kind]
    assert opened(raw[:3])[0] != kind
    assert opened(b"x" + raw)[0] != kind


@pytest.mark.skipif(JAVAC is None, reason="javac is not installed")
def test_a_class_of_the_compiler_is_recognised(tmp_path: Path) -> None:
    (tmp_path / "A.java").write_text("class A {}", encoding="ascii")
    subprocess.run([str(JAVAC), "--release", "8", "-Xlint:-options", "A.java"], cwd=tmp_path, check=True)
    found, document = opened((tmp_path / "A.class").read_bytes())
    assert found == "java-class"
    assert isinstance(document, ForeignCode)
    assert document.version == "52"
