import re
import struct
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.elf import ElfFile, open_elf
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from tests.artefacts import elf_writer as w
from tests.artefacts.elf_writer import Export, Library

NAMES = st.binary(min_size=1, max_size=12).map(lambda raw: b"n" + raw.replace(b"\0", b"_"))
MACHINES = st.sampled_from([(w.X86, 32), (w.ARM, 32), (w.X86_64, 64), (w.AARCH64, 64), (w.RISCV, 64), (w.RISCV, 32)])
HASHES = st.sampled_from([("gnu",), ("sysv",), ("gnu", "sysv")])
SHARED_OBJECTS = sorted(Path(sys.prefix).glob("lib/python3*/site-packages/**/*.so"))


def opened(raw: bytes) -> ElfFile:
    return open_elf(BufferSource(raw))


def what(document: ElfFile) -> str:
    return " | ".join(problem.what for problem in document.problems)


# --- what the loader needs, with and without section headers ----------------------------------------


@given(
    machine=MACHINES,
    asked=st.lists(NAMES, unique=True, max_size=4),
    offered=st.lists(NAMES, unique=True, max_size=5),
    hashes=HASHES,
    sections=st.booleans(),
)
def test_names_are_found_through_the_dynamic_section(
    *, machine: tuple[int, int], asked: list[bytes], offered: list[bytes], hashes: tuple[str, ...], sections: bool
) -> None:
    library = Library(
        *machine, needed=[b"libc.so", b"liblog.so"], soname=b"libspecimen.so", imports=asked,
        exports=[Export(name, size=k) for k, name in enumerate(offered)], hashes=hashes, sections=sections,
    )  # fmt: skip
    elf = opened(library.write())
    assert elf.problems == ()
    assert (elf.header.bits, elf.header.machine_number) == (machine[1], machine[0])
    assert elf.needed == (b"libc.so", b"liblog.so")
    assert elf.soname == b"libspecimen.so"
    assert elf.build_id == "0102030405060708"
    assert [symbol.name for symbol in elf.symbols.imports()] == asked
    assert [symbol.name for symbol in elf.symbols.exports()] == offered
    assert [symbol.offset for symbol in elf.symbols.exports()] == library.export_at
    assert [symbol.address for symbol in elf.symbols.exports()] == [w.BASE + at for at in library.export_at]
    assert [symbol.size for symbol in elf.symbols.exports()] == list(range(len(offered)))
    assert elf.stripped == ("symbol table" if sections else "section headers")
    assert (elf.section(b".rodata") is not None) == sections


@pytest.mark.parametrize(
    ("export", "offered"),
    [
        (Export(b"weak", binding=w.WEAK), True),
        (Export(b"protected", visibility=3), True),
        (Export(b"hidden", visibility=2), False),
        (Export(b"internal", visibility=1), False),
        (Export(b"local", binding=w.LOCAL), False),
        (Export(b"file", kind=4), False),
    ],
)
def test_only_what_others_can_link_to_is_exported(export: Export, *, offered: bool) -> None:
    elf = opened(Library(exports=[export, Export(b"other")]).write())
    assert [symbol.name for symbol in elf.symbols.exports()] == [export.name] * offered + [b"other"]
    assert (elf.symbols.find(export.name) is not None) == offered
    assert elf.symbols.find(b"missing") is None


def test_symbols_without_any_hash_table_are_counted_by_the_space_before_their_names() -> None:
    elf = opened(Library(exports=[Export(b"one"), Export(b"two")], hashes=(), sections=False).write())
    assert [symbol.name for symbol in elf.symbols.exports()] == [b"one", b"two"]


def test_a_machine_without_a_name_keeps_its_number() -> None:
    elf = opened(struct.pack("<16sHHI", b"\x7fELF\x02\x01\x01", 9, 8, 1) + bytes(44))
    assert (elf.header.machine, elf.header.type, elf.header.abi) == ("machine 8", "type 9", "")


# --- damage -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\x7fELF\x02\x02\x01" + bytes(57), "big-endian"),
        (b"\x7fELF\x03\x01\x01" + bytes(57), "unknown class 3"),
        (b"\x7fELF\x02\x00\x01" + bytes(57), "byte order 0"),
        (b"\x7fELF\x02\x01\x01" + bytes(56), "cut off inside its header"),
        (b"\x7fELF", "identification"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(raw: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        opened(raw)


def patched(raw: bytes, at: int, form: str, *values: int) -> bytes:
    out = bytearray(raw)
    struct.pack_into(f"<{form}", out, at, *values)
    return bytes(out)


@pytest.mark.parametrize("number", [0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFF, 0x80000000])
@pytest.mark.parametrize("field", range(5))
def test_segments_of_impossible_places_and_sizes_end_in_problems_or_nothing(number: int, field: int) -> None:
    sound = Library(exports=[Export(b"one")], sections=False).write()
    for segment in range(5):
        elf = opened(patched(sound, 64 + 56 * segment + 8 + 8 * field, "Q", number))
        assert all(len(symbol.name) < 10 for symbol in elf.symbols.exports())
        assert len(list(elf.strings())) < 100


def test_a_segment_that_ends_behind_the_file_is_cut_and_named() -> None:
    sound = Library(sections=False).write()
    elf = opened(patched(sound, 64 + 56 * 2 + 32, "Q", len(sound)))
    assert "lie in the file" in what(elf)


def test_segments_over_each_other_are_named() -> None:
    sound = Library(sections=False).write()
    elf = opened(patched(sound, 64 + 56 + 16, "Q", w.BASE + 8))
    assert "mapped over each other" in what(elf)


@pytest.mark.parametrize(("place", "most", "named"), [(56, 4096, "program headers"), (60, 65_536, "section headers")])
def test_headers_beyond_the_limit_are_not_read(place: int, most: int, named: str) -> None:
    size = 56 if place == 56 else 64
    head = struct.pack("<16sHHI", b"\x7fELF\x02\x01\x01", 3, 183, 1)
    raw = bytearray(head + struct.pack("<QQQI6H", 0, 64, 64, 0, 64, 56, 0, 64, 0, 0) + bytes((most + 1) * size))
    struct.pack_into("<H", raw, place, most & 0xFFFF)
    if most > 0xFFFF:
        struct.pack_into("<Q", raw, 64 + 32, most)
    assert "more than" not in what(opened(bytes(raw)))
    if most > 0xFFFF:
        struct.pack_into("<Q", raw, 64 + 32, most + 1)
    else:
        struct.pack_into("<H", raw, place, most + 1)
    assert f"{most + 1} {named}, more than {most}" in what(opened(bytes(raw)))


def test_a_hash_table_whose_chain_has_no_end_ends_with_the_file() -> None:
    library = Library(exports=[Export(b"one"), Export(b"two")], hashes=("gnu",), sections=False)
    raw = library.write()
    at = raw.index(struct.pack("<4I", 1, 1, 1, 0)) + 16 + 8
    endless = patched(raw, at, "3I", 1, 0, 0)
    assert [symbol.name for symbol in opened(endless).symbols.exports()][:1] == [b"one"]
    beyond = opened(patched(raw, at, "I", 0xFFFFFFFF))
    assert "dynamic symbols can be read" in what(beyond)


@pytest.mark.parametrize("count", [0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
def test_a_count_of_symbols_that_no_file_holds_is_cut_and_named(count: int) -> None:
    raw = Library(exports=[Export(b"one")], hashes=("sysv",), sections=False).write()
    at = raw.index(struct.pack("<3I", 1, 2, 0))
    elf = opened(patched(raw, at + 4, "I", count))
    assert f"of {count} dynamic symbols can be read" in what(elf)
    assert elf.symbols.find(b"one") is not None


def test_names_that_overlap_too_often_are_read_as_empty() -> None:
    exports = [Export(b"n" * 65_000), *(Export(b"%d" % k) for k in range(40))]
    raw = bytearray(Library(exports=exports, sections=False).write())
    elf = opened(bytes(raw))
    assert elf.problems == ()
    first = elf.symbols.offset + 24
    for k in range(41):
        raw[first + 24 * k : first + 24 * k + 4] = raw[first : first + 4]
    elf = opened(bytes(raw))
    assert "overlap so often" in what(elf)
    assert list(elf.symbols.exports()) == []


# --- an independent tool ----------------------------------------------------------------------------


def readelf(path: Path, *options: str) -> str:
    return subprocess.run(["readelf", "-W", *options, path], capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(which("readelf") is None, reason="readelf (binutils) is not installed")
@pytest.mark.skipif(not SHARED_OBJECTS, reason="no shared objects in this Python environment")
@pytest.mark.parametrize("path", SHARED_OBJECTS[:: max(1, len(SHARED_OBJECTS) // 8)], ids=lambda path: path.name)
def test_real_libraries_are_read_as_readelf_reads_them(path: Path) -> None:
    elf = opened(path.read_bytes())
    assert elf.problems == ()
    listed = re.findall(
        r"^ +\d+: ([0-9a-f]+) +(\w+) (\w+) +(\w+) +(\w+) +(\w+) ?(.*)$", readelf(path, "--dyn-syms"), re.MULTILINE
    )
    named = [(row, row[6].split("@")[0].encode()) for row in listed if row[6]]
    names = [elf.symbols.name(index) for index in range(len(elf.symbols))]
    assert len(elf.symbols) == len(listed)
    assert [name for name in names if name] == [name for _, name in named]
    values = {name: int(row[0], 16) for row, name in named if row[5] != "UND"}
    assert {symbol.name: symbol.address for symbol in elf.symbols.exports()}.items() <= values.items()
    dynamic = readelf(path, "-d")
    assert [name.decode() for name in elf.needed] == re.findall(r"Shared library: \[(.*)\]", dynamic)
    assert [elf.soname.decode()] == (re.findall(r"soname: \[(.*)\]", dynamic) or [""])
    assert [elf.build_id] == (re.findall(r"Build ID: ([0-9a-f]+)", readelf(path, "-n")) or [""])
    sections = re.findall(
        r"^ +\[ *\d+\] (\S+) +\S+ +([0-9a-f]{16}) ([0-9a-f]+) ([0-9a-f]+)", readelf(path, "-S"), re.MULTILINE
    )
    mine = [(s.name.decode(), s.address, s.offset, s.size) for s in elf.sections if s.type]
    assert mine == [(name, *(int(number, 16) for number in numbers)) for name, *numbers in sections]


@pytest.mark.skipif(which("readelf") is None, reason="readelf (binutils) is not installed")
@pytest.mark.parametrize("bits", [32, 64])
def test_the_writer_of_these_tests_writes_what_readelf_reads(bits: int, tmp_path: Path) -> None:
    library = Library(w.ARM if bits == 32 else w.AARCH64, bits, needed=[b"libc.so"], exports=[Export(b"one", size=7)])
    path = tmp_path / "lib.so"
    path.write_bytes(library.write())
    assert re.search(r" 7 FUNC +GLOBAL DEFAULT +7 one$", readelf(path, "--dyn-syms"), re.MULTILINE)
    assert "Shared library: [libc.so]" in readelf(path, "-d")
    assert "0102030405060708" in readelf(path, "-n")
