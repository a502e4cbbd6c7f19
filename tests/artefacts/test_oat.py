import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts import oat as oat_module
from assay.artefacts.oat import Oat, is_oat, open_oat
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from tests.artefacts import compiled_writer as w

GCC, READELF = shutil.which("gcc"), shutil.which("readelf")
ONE = w.Compiled(b"/system/app/Notes/Notes.apk", 0xAABBCCDD, 0x40, w.u4(0x500, 0x600))
TWO = w.Compiled(b"/system/app/Notes/Notes.apk!classes2.dex", 0x11223344, 0x1040, w.u4(0x700, 0x800))
PATHS = st.from_regex(r"/[a-z]{1,8}/[A-Z][a-z]{0,8}\.(?:apk|jar)(?:!classes[2-9]\.dex)?", fullmatch=True)


def opened(content: bytes, machine: int = 183, **kept: bool) -> Oat:
    return open_oat(BufferSource(w.elf(content, machine, **kept)))


def what(oat: Oat) -> str:
    return " | ".join(problem.what for problem in oat.problems)


def stated(oat: Oat) -> list[tuple[bytes, int | None]]:
    return [(one.location, one.checksum) for one in oat.dex_files]


def test_an_oat_file_says_which_dex_files_it_stands_for() -> None:
    oat = opened(w.oat(ONE, TWO))
    assert stated(oat) == [(ONE.location, ONE.checksum), (TWO.location, TWO.checksum)]
    assert {one.lies for one in oat.dex_files} == {"in the VDEX file beside it"}
    assert (oat.version, oat.instruction_set, oat.stated_dex_files) == ("170", "AArch64", 2)
    assert oat.properties["compiler-filter"] == "speed"
    assert oat.properties["dex2oat-cmdline"] == "dex2oat -j1"
    assert (list(oat.members()), oat.problems) == ([], ())


@given(
    paths=st.lists(PATHS, max_size=5), words=st.integers(1, 20), behind=st.integers(0, 12), pointer=st.booleans(),
    pad=st.integers(0, 9), magic=st.sampled_from([b"", b"dex\n039\0"]),
)  # fmt: skip
def test_every_shape_of_header_and_record_is_read(
    *, paths: list[str], words: int, behind: int, pointer: bool, pad: int, magic: bytes
) -> None:
    files = [w.Compiled(path.encode(), number, 0, w.u4(*[0x10] * behind), magic) for number, path in enumerate(paths)]
    oat = opened(w.oat(*files, words=words, pairs=w.store(pad=pad), pointer=pointer))
    assert stated(oat) == [(path.encode(), number) for number, path in enumerate(paths)]
    assert oat.properties["bootclasspath"] == "/system/framework/a.jar"


def test_a_place_is_the_record() -> None:
    raw = w.elf(w.oat(ONE, TWO))
    oat = open_oat(BufferSource(raw))
    places = [raw[one.offset : one.offset + one.length] for one in oat.dex_files]
    assert [place[4 : 4 + len(one.location)] for place, one in zip(places, (ONE, TWO), strict=True)] == [
        ONE.location,
        TWO.location,
    ]


@pytest.mark.parametrize(("machine", "name"), [(40, "ARM"), (62, "x86-64"), (999, "machine 999")])
def test_the_machine_is_that_of_the_elf_header(machine: int, name: str) -> None:
    assert opened(w.oat(), machine).instruction_set == name


@pytest.mark.parametrize("kept", [{"sections": False}, {"segments": False}])
def test_sections_or_segments_alone_lead_to_the_header(kept: dict[str, bool]) -> None:
    assert stated(opened(w.oat(ONE), **kept)) == [(ONE.location, ONE.checksum)]


def test_dex_files_inside_are_members() -> None:
    files = [w.dex(0x80, 1), w.dex(0x90, 2)]
    plain = [w.Compiled(b"/a/A.jar"), w.Compiled(b"/b/B.jar")]
    start = len(w.oat(*plain))
    inside = [w.Compiled(b"/a/A.jar", 1, start), w.Compiled(b"/b/B.jar", 2, start + 0x80)]
    oat = opened(w.oat(*inside, behind=b"".join(files)))
    assert [bytes(member.open().view()) for member in oat.members()] == files
    assert {one.lies for one in oat.dex_files} == {"in this file"}


def test_records_with_an_offset_for_each_class_are_told_apart() -> None:
    files = [bytearray(w.dex(0x80, fill)) for fill in (1, 2, 3)]
    for file, classes in zip(files, (40, 33, 50), strict=True):
        file[0x60:0x64] = w.u4(classes)
    offsets = [w.u4(*[1] * classes) for classes in (40, 33, 50)]

    def written(start: int) -> bytes:
        ones = [w.Compiled(b"/x/%d.jar" % n, n, start + 0x80 * n, offsets[n]) for n in range(3)]
        return w.oat(*ones, version=b"064", pointer=False, words=12, behind=b"".join(map(bytes, files)))

    oat = opened(written(len(written(0)) - 3 * 0x80))
    assert [location for location, _ in stated(oat)] == [b"/x/0.jar", b"/x/1.jar", b"/x/2.jar"]
    assert [bytes(member.open().view()) for member in oat.members()] == [bytes(file) for file in files]


def test_a_count_that_cannot_be_is_a_problem_and_the_rest_is_read() -> None:
    for count in (2, 2**31, 2**32 - 1):
        oat = opened(w.oat(ONE, count=count))
        assert stated(oat) == [(ONE.location, ONE.checksum)]
        assert f"{count} DEX files are stated, 1 can be told apart" in what(oat)


def test_the_number_of_dex_files_is_held_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oat_module, "MAX_DEX_FILES", 2)
    assert not opened(w.oat(ONE, TWO)).problems
    three = opened(w.oat(ONE, TWO, ONE))
    assert len(three.dex_files) == 2
    assert "3 DEX files are stated" in what(three)


@pytest.mark.parametrize("more", [0, 1])
def test_the_length_of_the_store_is_held_at_its_limit(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    monkeypatch.setattr(oat_module, "MAX_STORE", len(w.store()) - more)
    oat = opened(w.oat(ONE))
    assert ("no key-value store" in what(oat)) == bool(more)


@pytest.mark.parametrize("more", [0, 1])
def test_the_length_of_a_path_is_held_at_its_limit(more: int) -> None:
    oat = opened(w.oat(w.Compiled(b"/" + b"a" * (oat_module.MAX_LOCATION - 1 + more))))
    assert len(oat.dex_files) == 1 - more
    assert ("cannot be found" in what(oat)) == bool(more)


def test_a_location_without_text_is_no_record() -> None:
    assert stated(opened(w.oat(w.Compiled(b"/\x01/a.jar")))) == []


@pytest.mark.parametrize(
    "raw", [w.elf(b"code"), w.elf(b"oat\n1x0\0"), b"\x7fELF", w.elf(w.oat())[:0x1000], b"oat\n170\0" + bytes(99)]
)
def test_other_files_are_not_recognised(raw: bytes) -> None:
    assert not is_oat(BufferSource(raw))


def test_a_header_that_is_cut_off_is_refused() -> None:
    with pytest.raises(Unreadable, match="cut off"):
        opened(b"oat\n170\0" + bytes(8), sections=False)


@pytest.mark.skipif(not (GCC and READELF), reason="gcc and readelf are not installed")
def test_a_file_of_the_linker_is_read_alike(tmp_path: Path) -> None:
    content = w.oat(ONE, TWO)
    listed = ",".join(str(byte) for byte in content)
    source = tmp_path / "a.s"
    source.write_text(
        f'.section .rodata\n.globl oatdata\noatdata: .byte {listed}\n.section .note.GNU-stack,"",@progbits\n'
    )
    library = tmp_path / "a.so"
    subprocess.run([str(GCC), "-shared", "-nostdlib", "-o", library, source], check=True)
    shown = subprocess.run([str(READELF), "-SW", library], capture_output=True, text=True, check=True).stdout
    (line,) = (line for line in shown.splitlines() if " .rodata " in line)
    raw = library.read_bytes()
    assert oat_module.oat_start(memoryview(raw)) == int(line.split("PROGBITS")[1].split()[1], 16)
    assert stated(open_oat(BufferSource(raw))) == [(ONE.location, ONE.checksum), (TWO.location, TWO.checksum)]


@pytest.mark.mutation
def test_changed_files_end_in_members_or_unreadable(mutations: int) -> None:
    plain = w.oat(w.Compiled(b"/a/A.jar"), TWO)
    raw = w.elf(w.oat(w.Compiled(b"/a/A.jar", 1, len(plain)), TWO, behind=w.dex(0x90)))
    choice, became = random.Random(23), set()
    for _ in range(mutations):
        changed = bytearray(raw[: choice.choice([len(raw), choice.randrange(len(raw))])])
        for _ in range(choice.randrange(1, 4)):
            at = choice.choice([choice.randrange(0x40), 0x1000 + choice.randrange(0x190), len(raw) - 200])
            changed[at : at + 4] = choice.choice([b"\xff" * 4, b"\0\0\0\x80", b"\xff\xff\xff\x7f", choice.randbytes(4)])
        source = BufferSource(bytes(changed))
        if not is_oat(source):
            became.add("other")
            continue
        try:
            oat = open_oat(source)
            assert all(member.open().size <= len(changed) for member in oat.members())
            became.add("problem" if oat.problems else "read")
        except Unreadable:
            became.add("unreadable")
    assert became >= {"problem", "other", "read"}
