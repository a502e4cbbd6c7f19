import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts import compiled_code
from assay.artefacts.vdex import MAX_SECTIONS, QUICKENED, Vdex, open_vdex
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from tests.artefacts import compiled_writer as w

FIRST, SECOND = w.dex(0x81, 1), w.dex(0x90, 2)
SIZES = st.lists(st.integers(0x70, 0x200), max_size=5)


def opened(raw: bytes) -> Vdex:
    return open_vdex(BufferSource(raw))


def held(vdex: Vdex) -> list[bytes]:
    return [bytes(member.open().view()) for member in vdex.members()]


def what(vdex: Vdex) -> str:
    return " | ".join(problem.what for problem in vdex.problems)


def sections(*files: bytes) -> bytes:
    body = b"".join(map(w.padded, files))
    return w.vdex_027((0, w.u4(*range(len(files)))), (1, body), (2, b"D" * 12), (3, b"T" * 4))


WRITERS = {
    "006": w.vdex_006,
    "010": lambda *files: w.vdex_006(*files, version=b"010"),
    "019": w.vdex_019,
    "021": lambda *files: w.vdex_019(*files, version=b"021"),
    "027": sections,
}
versions = pytest.mark.parametrize("version", WRITERS)


@versions
def test_the_dex_files_of_every_version_come_out(version: str) -> None:
    raw = WRITERS[version](FIRST, SECOND)
    vdex = opened(raw)
    assert (vdex.version, vdex.stated_dex_files, held(vdex)) == (version, 2, [FIRST, SECOND])
    assert [one.checksum for one in vdex.dex_files] == [0, 1]
    assert {one.lies for one in vdex.dex_files} == {"in this file"}
    assert not vdex.problems


@versions
@given(sizes=SIZES)
def test_a_member_is_the_bytes_that_its_name_says(version: str, sizes: list[int]) -> None:
    files = [w.dex(size, number + 1) for number, size in enumerate(sizes)]
    raw = WRITERS[version](*files)
    vdex = opened(raw)
    for member, file in zip(vdex.members(), files, strict=True):
        offset, _, length = member.name.decode().partition("+")
        assert raw[int(offset, 16) : int(offset, 16) + int(length)] == file == bytes(member.open().view())


def test_what_is_not_examined_is_named_with_its_length() -> None:
    parts = {part.what: part.length for part in opened(w.vdex_019(FIRST, version=b"021", quick=b"Q" * 6)).parts}
    assert parts == {"verifier dependencies": 8, "class loader context": 4, "quickening information": 6}
    of_sections = [(part.what, part.length) for part in opened(sections(FIRST)).parts]
    assert of_sections == [("verifier dependencies", 12), ("type lookup tables", 4)]


def test_the_bytes_of_a_part_are_where_it_says() -> None:
    raw = w.vdex_006(FIRST, quick=b"Q" * 6)
    assert [raw[part.offset : part.offset + part.length] for part in opened(raw).parts] == [b"D" * 8, b"Q" * 6]


@pytest.mark.parametrize("raw", [w.vdex_019(FIRST, inside=False), w.vdex_027((0, w.u4(0)), (2, b"D" * 8))])
def test_a_file_that_holds_no_dex_file_still_says_which_it_stands_for(raw: bytes) -> None:
    vdex = opened(raw)
    assert (vdex.stated_dex_files, held(vdex), vdex.problems) == (1, [], ())
    assert [(one.checksum, one.lies) for one in vdex.dex_files] == [(0, compiled_code.ARCHIVE)]


def test_quickened_code_is_said_to_be_not_exact() -> None:
    assert what(opened(w.vdex_006(FIRST, quick=b"Q" * 4))) == QUICKENED
    assert not opened(w.vdex_006(FIRST)).quickened


def test_compact_dex_comes_with_the_data_it_shares() -> None:
    compact = w.dex(0x80, 3, b"cdex001\0")
    raw = w.vdex_019(compact, FIRST, shared=b"SHARED")
    first, second = held(opened(raw))
    assert first == compact + w.u4(0) + w.padded(FIRST) + b"SHARED"
    assert second == FIRST


def test_a_count_that_cannot_be_is_a_problem_and_the_rest_is_read() -> None:
    for count in (3, 2**31, 2**32 - 1):
        vdex = opened(w.vdex_006(FIRST, count=count))
        assert f"states {count} DEX files" in what(vdex)
        assert "where the header states none" in what(vdex)
        assert held(vdex) == [FIRST]


def test_a_dex_file_behind_other_bytes_of_the_section_is_found() -> None:
    vdex = opened(w.vdex_006(FIRST, b"junk" * 9, SECOND))
    assert held(vdex) == [FIRST, SECOND]
    assert "no DEX header at 0xa8" in what(vdex)


def test_the_number_of_dex_files_is_held_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assay.artefacts.vdex.MAX_DEX_FILES", 2)
    two, three = opened(sections(FIRST, FIRST)), opened(sections(FIRST, FIRST, FIRST))
    assert (len(two.spans), two.problems) == (2, ())
    assert (len(three.spans), "states 3 DEX files" in what(three)) == (2, True)


def test_all_dex_files_together_are_held_at_their_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    compact = w.dex(0x80, 3, b"cdex001\0")
    raw = w.vdex_019(compact, compact, compact, shared=bytes(200))
    together = sum(map(len, held(opened(raw))))
    assert together > len(raw)
    monkeypatch.setattr(compiled_code, "MAX_RATIO", 1)
    few = opened(raw)
    assert len(held(few)) == 1
    assert "more than 1 times" in what(few)


@pytest.mark.parametrize("stated", [0x6F, 0, 2**31, 2**32 - 1])
def test_a_dex_file_of_a_false_length(stated: int) -> None:
    vdex = opened(w.vdex_006(FIRST, w.dex(0x90, 2, stated=stated)))
    if stated < 0x70:
        assert held(vdex) == [FIRST]
        assert "no DEX header" in what(vdex)
    else:
        assert held(vdex)[0] == FIRST
        assert f"states {stated} bytes, 144 are there" in what(vdex)


def test_a_dex_section_that_reaches_beyond_the_file() -> None:
    for size in (2**31, 2**32 - 1):
        vdex = opened(w.vdex_006(FIRST, deps=b"", dex_size=size))
        assert held(vdex) == [FIRST]
        assert f"states {size} bytes" in what(vdex)


def test_sections_over_each_other_and_outside_the_file_are_read_as_far_as_they_go() -> None:
    raw = w.vdex_027((1, FIRST), (2, b"D" * 4), offset=12 + 24)
    assert held(opened(raw)) == [FIRST]
    for offset in (2**31, 2**32 - 1):
        vdex = opened(w.vdex_027((0, w.u4(1)), (1, FIRST), offset=offset))
        assert held(vdex) == [FIRST]
        assert "where the header states none" in what(vdex)


def test_the_number_of_sections_is_held_at_its_limit() -> None:
    rows = [(9, b"x")] * MAX_SECTIONS
    assert len(opened(w.vdex_027(*rows)).parts) == MAX_SECTIONS
    with pytest.raises(Unreadable, match="65 sections"):
        opened(w.vdex_027(*rows, (9, b"x")))


@pytest.mark.parametrize("raw", [b"vdex", b"vdex011\0" + bytes(100), b"vdex006x" + bytes(100), b"vdex027\0\4\0\0\0"])
def test_other_versions_and_headers_that_are_cut_off_are_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        opened(raw)


@pytest.mark.mutation
@versions
def test_changed_files_end_in_members_or_unreadable(version: str, mutations: int) -> None:
    choice, raw = random.Random(19), WRITERS[version](FIRST, w.dex(0x100, 2, b"cdex001\0"))
    became = set()
    for _ in range(mutations):
        changed = bytearray(raw[: choice.choice([len(raw), choice.randrange(len(raw))])])
        for _ in range(choice.randrange(1, 4)):
            at = choice.randrange(max(len(changed) - 4, 1))
            changed[at : at + 4] = choice.choice([b"\xff" * 4, b"\0\0\0\x80", b"\xff\xff\xff\x7f", choice.randbytes(4)])
        try:
            vdex = opened(bytes(changed))
            assert all(len(file) <= len(changed) for file in held(vdex))
            assert all(part.offset + part.length <= len(changed) for part in vdex.parts)
            became.add("problem" if vdex.problems else "read")
        except Unreadable:
            became.add("unreadable")
    assert became >= {"problem", "unreadable"}
