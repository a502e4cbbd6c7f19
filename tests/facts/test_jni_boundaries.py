import hashlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from assay.artefacts.elf import ElfFile
from assay.facts import jni_boundaries as analyser
from assay.facts.jni_boundaries import jni_boundaries
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.registry import In
from assay.vocabulary.native import JniBoundary
from tests.applications.apps import opened, specimen
from tests.artefacts import elf_writer as e
from tests.artefacts import resource_writer as r
from tests.artefacts import zip_writer as z
from tests.artefacts.applications import manifest
from tests.artefacts.elf_writer import Export, Library
from tests.bytecode import dex_writer as w

NATIVE = 0x109
BRIDGE, OTHER = "Lorg/example/Bridge_1;", "Lorg/example/Other;"


def method(owner: str, name: str, *parameters: str) -> w.Method:
    return w.Method(w.MethodId(owner, name, w.Proto("V", parameters)), None, NATIVE)


CODE = w.write([
    w.Class(BRIDGE, [
        method(BRIDGE, "open", "I"), method(BRIDGE, "open", "Ljava/lang/String;"), method(BRIDGE, "bound"),
    ]),
    w.Class(OTHER, [method(OTHER, "bound"), method(OTHER, "gone")]),
])  # fmt: skip


def library(machine: tuple[int, int], *names: bytes) -> Library:
    constants, tables = [b"bound", b"()V"], [[0, 1, -1]]
    return Library(*machine, exports=[Export(name) for name in names], constants=constants, tables=tables)


ARM = library((e.ARM, 32), b"Java_org_example_Bridge_11_open__I")
ARM64 = library((e.AARCH64, 64), b"Java_org_example_Bridge_11_open")
ARM_BYTES, ARM64_BYTES = ARM.write(), ARM64.write()


def app(*files: tuple[bytes, bytes], code: bytes = CODE) -> bytes:
    items = [z.Item(b"AndroidManifest.xml", r.xml(manifest()), method=8), z.Item(b"classes.dex", code)]
    return z.archive(*items, *(z.Item(name, raw) for name, raw in files))


def found(*files: tuple[bytes, bytes]) -> tuple[list[JniBoundary], list[In]]:
    rows = list(jni_boundaries(opened(app(*files))))
    return [one.row for one in rows if isinstance(one.row, JniBoundary)], [
        one for one in rows if isinstance(one.row, NotFollowed)
    ]


def test_a_native_method_meets_the_functions_it_may_enter() -> None:
    rows, lost = found((b"lib/armeabi-v7a/liba.so", ARM_BYTES), (b"lib/arm64-v8a/liba.so", ARM64_BYTES))
    assert lost == []
    met = [(row.class_name, row.method, row.how, row.abi, row.symbol, row.offset, row.namesakes) for row in rows]
    assert sorted(met, key=str) == sorted([
        (BRIDGE, "open(I)V", "exported-name", "armeabi", "Java_org_example_Bridge_11_open__I", ARM.export_at[0], 1),
        (BRIDGE, "open(I)V", "exported-name", "arm64-v8a", "Java_org_example_Bridge_11_open", ARM64.export_at[0], 1),
        (BRIDGE, "open(Ljava/lang/String;)V", "exported-name", "arm64-v8a", "Java_org_example_Bridge_11_open",
         ARM64.export_at[0], 1),
        (BRIDGE, "bound()V", "registration-table", "armeabi", "", ARM.export_at[0], 2),
        (BRIDGE, "bound()V", "registration-table", "arm64-v8a", "", ARM64.export_at[0], 2),
        (OTHER, "bound()V", "registration-table", "armeabi", "", ARM.export_at[0], 2),
        (OTHER, "bound()V", "registration-table", "arm64-v8a", "", ARM64.export_at[0], 2),
        (OTHER, "gone()V", "not found", "", "", None, 1),
    ], key=str)  # fmt: skip
    first = next(row for row in rows if row.abi == "arm64-v8a")
    assert first.library_sha256 == hashlib.sha256(ARM64_BYTES).hexdigest()
    assert (first.package, first.library) == ("org.example.app", "0.apk!zip:lib/arm64-v8a/liba.so")


def test_places_lie_in_the_code_of_the_app() -> None:
    rows = list(jni_boundaries(opened(app())))
    assert {one.artefact for one in rows} == {hashlib.sha256(CODE).hexdigest()}
    assert [one.row.how for one in rows if isinstance(one.row, JniBoundary)] == ["not found"] * 5
    assert "method:Lorg/example/Other;->gone()V" in [getattr(one.row, "place", "") for one in rows]


def test_what_is_called_a_library_and_is_none_is_counted() -> None:
    rows, lost = found((b"lib/x86/libtext.so", b"text"), (b"lib/x86/libcut.so", ARM_BYTES[:20]))
    assert {row.how for row in rows} == {"not found"}
    assert [one.row for one in lost] == [
        NotFollowed("libraries of this app that cannot be read or lie beyond the limit", 2)
    ]


def test_limits_count_what_lies_beyond_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyser, "MAX_ROWS", 5)
    assert [len(part) for part in found()] == [5, 0]
    monkeypatch.setattr(analyser, "MAX_ROWS", 4)
    assert [len(part) for part in found()] == [4, 1]
    monkeypatch.setattr(analyser, "MAX_LIBRARIES", 1)
    assert len(found((b"a.so", ARM_BYTES))[1]) == 1
    monkeypatch.setattr(analyser, "MAX_LIBRARIES", 0)
    assert len(found((b"a.so", ARM_BYTES))[1]) == 2


def test_an_app_without_native_methods_has_no_boundary() -> None:
    assert list(jni_boundaries(specimen("clock"))) == []


def test_every_row_of_a_real_library_binds_a_native_method_of_its_app(real_apk: Callable[[str], Path]) -> None:
    """The tables are found in the libraries, the methods in the DEX files: neither knows the other, and they agree."""
    path = real_apk("yosemite.apk")
    rows = [one.row for one in jni_boundaries(opened(path.read_bytes())) if isinstance(one.row, JniBoundary)]
    bound = {abi: {(row.class_name, row.method) for row in rows if row.abi == abi} for abi in ("arm64-v8a", "armeabi")}
    assert bound["arm64-v8a"] == bound["armeabi"]
    with ZipFile(path) as archive:
        for name in (name for name in archive.namelist() if name.endswith("_jni.so")):
            elf = ElfFile(BufferSource(archive.read(name)))
            assert elf.problems == ()
            assert len(elf.registrations) == len(bound[elf.header.abi]) == 70
            assert {row.name for row in elf.registrations} == {
                method.partition("(")[0].encode() for _, method in bound[elf.header.abi]
            }
