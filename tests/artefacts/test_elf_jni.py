import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts import elf_jni, elf_packed
from assay.artefacts.elf import ElfFile, open_elf
from assay.artefacts.elf_packed import signed_leb128
from assay.artefacts.elf_relocations import compact_addresses
from assay.artefacts.problem_log import ProblemLog
from assay.model.source import BufferSource
from tests.artefacts import elf_writer as w
from tests.artefacts.elf_writer import Export, Library, sleb

FORMS = ["rela", "rel", "packed", "packed-each", "relr"]
METHODS = [b"nativeOpen", b"(Ljava/lang/String;I)J", b"nativeClose", b"!(J)V", b"no signature", b"(V)V"]
"""Constants 0 to 5: two rows that are such, and two texts that are none."""
MACHINES = [(w.X86, 32), (w.ARM, 32), (w.X86_64, 64), (w.AARCH64, 64), (w.RISCV, 64)]


def opened(raw: bytes) -> ElfFile:
    return open_elf(BufferSource(raw))


def library(tables: list[list[int]], relocations: str = "rela", machine: tuple[int, int] = (w.AARCH64, 64)) -> Library:
    exports = [Export(b"one"), Export(b"two")]
    return Library(*machine, exports=exports, constants=METHODS, tables=tables, relocations=relocations)


# --- tables of registrations ------------------------------------------------------------------------


@pytest.mark.parametrize("machine", MACHINES, ids=str)
@pytest.mark.parametrize("form", FORMS)
def test_a_table_is_found_in_every_form_of_relocation(form: str, machine: tuple[int, int]) -> None:
    made = library([[0, 1, -1, 2, 3, -2], [0, 1, -2]], form, machine)
    elf = opened(made.write())
    first, second = made.table_at
    step = 3 * made.word
    assert [
        (row.offset, row.length, row.table, row.name, row.signature, row.function) for row in elf.registrations
    ] == [
        (first, step, first, METHODS[0], METHODS[1], made.export_at[0]),
        (first + step, step, first, METHODS[2], METHODS[3], made.export_at[1]),
        (second, step, second, METHODS[0], METHODS[1], made.export_at[1]),
    ]
    assert elf.problems == ()


@pytest.mark.parametrize("row", [[0, 5, -1], [4, 1, -1], [0, 1, 2], [1, 0, -1], [-1, 1, -1], [0, -1, 1]], ids=str)
def test_three_pointers_that_are_no_row_are_none(row: list[int]) -> None:
    assert opened(library([row]).write()).registrations == ()


def test_without_relocations_no_table_is_known() -> None:
    elf = opened(library([[0, 1, -1]], "none").write())
    assert elf.registrations == ()
    assert len(elf.pointers.slots) == 0


def test_relocations_of_a_machine_that_is_not_known_are_named() -> None:
    raw = bytearray(library([[0, 1, -1]]).write())
    raw[18] = 8
    elf = opened(bytes(raw))
    assert elf.registrations == ()
    assert [problem.what for problem in elf.problems] == ["relocations of machine 8 are not known here"]


def test_rows_beyond_the_limit_are_counted_out(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = library([[0, 1, -1, 2, 3, -2]]).write()
    monkeypatch.setattr(elf_jni, "MAX_REGISTRATIONS", 2)
    assert (len(opened(raw).registrations), opened(raw).problems) == (2, ())
    monkeypatch.setattr(elf_jni, "MAX_REGISTRATIONS", 1)
    elf = opened(raw)
    assert len(elf.registrations) == 1
    assert "more than 1 rows" in elf.problems[0].what
    monkeypatch.setattr(elf_jni, "MAX_CANDIDATES", 1)
    elf = opened(raw)
    assert len(elf.registrations) == 1
    assert "could be JNI tables" in elf.problems[0].what


def test_pointers_lie_where_they_were_written() -> None:
    made = library([[0, 1, 2, 3], [-1]])
    elf = opened(made.write())
    at = w.BASE + made.table_at[0]
    assert [elf.pointers.at(at + 8 * k) for k in range(4)] == [w.BASE + here for here in made.constant_at[:4]]
    assert elf.pointers.at(w.BASE + made.table_at[1]) == w.BASE + made.export_at[0]
    assert elf.pointers.at(at - 8) is None
    assert elf.pointers.at(at + 1) is None


# --- the packed forms, against their definitions ----------------------------------------------------


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=30))
def test_signed_leb128_is_read_as_it_is_written(numbers: list[int]) -> None:
    raw = b"".join(map(sleb, numbers))
    assert signed_leb128(memoryview(raw)).tolist() == numbers
    assert signed_leb128(memoryview(raw + b"\x80")).tolist() == numbers


@given(st.sets(st.integers(1, 600), max_size=80), st.sampled_from([32, 64]))
def test_compact_addresses_are_those_that_were_packed(words: set[int], bits: int) -> None:
    made = Library(bits=bits)
    slots = [word * made.word for word in sorted(words)]
    assert compacted(made.relr(slots), made.word) == slots


def compacted(packed: bytes, word: int) -> list[int]:
    return list(map(int, compact_addresses(np.frombuffer(packed, f"<u{word}").astype(np.uint64), word)))


def test_flags_before_the_first_address_stand_for_nothing() -> None:
    assert compacted((3).to_bytes(8, "little") + (64).to_bytes(8, "little"), 8) == [64]


@pytest.mark.parametrize(
    ("numbers", "read", "of"),
    [
        ([2, 0, 3, 9, 1027, 8, 0, 8, 0], 0, 2),  # a group larger than what is left
        ([4, 0, 2, 9, 1027, 8, 0, 8, 0, 2, 9], 2, 4),  # a second group that is cut off
        ([1, 0, 0, 9, 1027], 0, 1),  # a group of none
        ([1, 0, -1, 9, 1027], 0, 1),
        ([-5, 0, 1, 9, 1027, 8, 0], 0, -5),
        ([2**62, 0, 2**62, 7 | 8, 0, 0, 0], 0, 2**62),  # all alike, so that they take no bytes
        ([], 0, 0),
    ],
)
def test_packed_relocations_are_read_as_far_as_they_are_sound(numbers: list[int], read: int, of: int) -> None:
    log = ProblemLog()
    raw = memoryview(b"".join(map(sleb, numbers)))
    addresses, infos, addends = elf_packed.unpack(raw, addends=True, limit=1000, at=0, log=log)
    assert len(addresses) == len(infos) == len(addends) == read
    assert [problem.what for problem in log()] == (
        [f"packed relocations break off: {read} of {of} can be read"] * (read != of)
    )


@pytest.mark.parametrize(("count", "read"), [(1000, 1000), (1001, 0)])
def test_a_group_that_takes_no_bytes_is_held_to_the_limit(count: int, read: int) -> None:
    log = ProblemLog()
    raw = memoryview(b"".join(map(sleb, [count, 0x100, count, 15, 8, 1027, 5])))
    addresses, _, addends = elf_packed.unpack(raw, addends=True, limit=1000, at=0, log=log)
    assert addresses.tolist() == [0x100 + 8 * (k + 1) for k in range(read)]
    assert addends.tolist() == [5] * read
