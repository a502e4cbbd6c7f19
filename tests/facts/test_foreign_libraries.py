import pytest

from assay.artefacts.elf import open_elf
from assay.facts.foreign_libraries import find_foreign_libraries, snapshot_version
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.vocabulary.containers import ForeignCode
from tests.artefacts.elf_writer import Export, Library

HASH = b"0123456789abcdef0123456789abcdef"
HEADER = b"\xf5\xf5\xdc\xdc" + bytes(16) + HASH


def rows(library: Library) -> list[object]:
    return list(find_foreign_libraries(open_elf(BufferSource(library.write()))))


@pytest.mark.parametrize(("name", "form"), [
    (b"_kDartVmSnapshotData", "dart-aot"), (b"il2cpp_init", "il2cpp"), (b"mono_aot_file_info", "mono-aot"),
])  # fmt: skip
def test_a_library_of_an_engine_is_named(name: bytes, form: str) -> None:
    library = Library(exports=[Export(b"other"), Export(name)])
    row, missed = rows(library)
    assert isinstance(row, ForeignCode)
    assert (row.form, row.states) == (form, f"exports {name.decode()}")
    assert row.place == f"0x{library.export_at[1]:x}+4"
    assert missed == NotFollowed("libraries that carry a program of another language", 1)


def test_two_names_of_one_engine_are_one_program() -> None:
    names = (b"_kDartVmSnapshotData", b"_kDartIsolateSnapshotData")
    assert len(rows(Library(exports=[Export(name) for name in names]))) == 2


def test_imports_and_other_names_are_none() -> None:
    library = Library(imports=[b"il2cpp_init"], exports=[Export(b"il2cpp_initial"), Export(b"JNI_OnLoad")])
    assert rows(library) == []


@pytest.mark.parametrize(("header", "version"), [
    (HEADER, HASH.decode()), (HEADER[1:], ""), (HEADER[:-1], ""), (HEADER.replace(b"f", b"g"), ""), (b"", ""),
])  # fmt: skip
def test_a_snapshot_states_its_version(header: bytes, version: str) -> None:
    assert snapshot_version(header) == version
