from assay.artefacts.compiled_code import CompiledCode
from assay.artefacts.oat import open_oat
from assay.artefacts.optimised_dex import open_optimised_dex
from assay.artefacts.vdex import open_vdex
from assay.facts.compiled_files import find_compiled_files
from assay.model.coverage import NotFollowed
from assay.model.source import BufferSource
from assay.vocabulary.containers import CompiledFile, DexReference
from tests.artefacts import compiled_writer as w


def found(document: CompiledCode) -> tuple[CompiledFile, list[DexReference], list[NotFollowed]]:
    first, *rest = find_compiled_files(document)
    assert isinstance(first, CompiledFile)
    references = [one for one in rest if isinstance(one, DexReference)]
    return first, references, [one for one in rest if isinstance(one, NotFollowed)]


def test_a_vdex_file_that_holds_its_dex_file() -> None:
    raw = w.vdex_006(w.dex(0x90), quick=b"Q" * 4)
    file, (reference,), missed = found(open_vdex(BufferSource(raw)))
    assert (file.form, file.version, file.instruction_set) == ("vdex", "006", "")
    assert (file.stated_dex_files, file.dex_files_inside) == (1, 1)
    assert file.not_examined == ("verifier dependencies: 8", "quickening information: 4")
    assert missed == [NotFollowed("bytes of compiled code and of what belongs to it", 12)]
    assert (reference.place, reference.number, reference.checksum) == ("0x18+4", 0, "00000000")
    assert (reference.lies, reference.member) == ("in this file", "0x1c+144")


def test_a_vdex_file_without_a_dex_file_says_so() -> None:
    file, (reference,), _ = found(open_vdex(BufferSource(w.vdex_027((0, w.u4(0xABCD)), (2, b"D" * 8)))))
    assert (file.stated_dex_files, file.dex_files_inside) == (1, 0)
    assert (reference.checksum, reference.member) == ("0000abcd", "")
    assert reference.lies == "in the package or archive that was compiled"


def test_an_oat_file_says_what_it_was_made_of_and_how() -> None:
    raw = w.elf(w.oat(w.Compiled(b"/system/app/Notes/Notes.apk", 0xAABBCCDD, 0x40)))
    file, (reference,), missed = found(open_oat(BufferSource(raw)))
    assert (file.form, file.version, file.instruction_set) == ("oat", "170", "AArch64")
    assert (file.compiler_filter, file.command_line) == ("speed", "dex2oat -j1")
    assert file.class_path == "bootclasspath=/system/framework/a.jar"
    assert (reference.location, reference.checksum) == ("/system/app/Notes/Notes.apk", "aabbccdd")
    assert (reference.lies, reference.member) == ("in the VDEX file beside it", "")
    assert [one.what for one in missed] == ["bytes of compiled code and of what belongs to it"]


def test_an_odex_file_names_what_it_depends_on() -> None:
    file, references, _ = found(open_optimised_dex(BufferSource(w.odex(w.dex(), b"/system/framework/core.jar"))))
    assert (file.form, file.dex_files_inside, len(references)) == ("odex", 1, 1)
    assert file.class_path == "dependencies=/system/framework/core.jar"
