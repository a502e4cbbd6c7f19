"""Several logical files in one: the first in place, the others as members, whatever the headers claim."""

import struct

import pytest

from assay.bytecode import container
from assay.bytecode.container import DexContainer, open_container
from assay.bytecode.dex import DexFile, open_dex
from assay.facts.code_index import code_index
from assay.model.errors import Unreadable
from assay.model.problem import Problem
from assay.model.source import BufferSource
from assay.registry import BENCH, Container
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import EXTREMES, with_u4

NAMES = ("LA;", "LB;", "LC;")


def classes(name: str) -> list[w.Class]:
    method = w.MethodId(name, "m", w.Proto("V"))
    return [w.Class(name, [w.Method(method, [*w.const_string(0, f"text of {name}"), 0x0E])])]


def whole() -> bytes:
    return w.container([classes(name) for name in NAMES])


def opened(raw: bytes) -> DexContainer:
    return open_container(BufferSource(raw))


def members(raw: bytes) -> list[DexFile]:
    return [open_dex(member.open()) for member in opened(raw).members()]


def defined(dex: DexFile) -> list[str]:
    return [dex.names.type(index) for index in dex.tables.classes["class"].tolist()]


def said(raw: bytes) -> list[str]:
    return [problem.what for problem in opened(raw).problems]


def kind(raw: bytes) -> str:
    """The reader that takes the bytes first, among those of code."""
    specs = (spec for spec in BENCH.readers if spec.kind in {"dex", "dex-container"})
    return next(spec.kind for spec in specs if spec.recognise(BufferSource(raw)))


def header(raw: bytes, row: int) -> int:
    """Where a header lies: the second and third are found by their magic number."""
    at = 0
    for _ in range(row):
        at = raw.index(b"dex\n041\0", at + 1)
    return at


def test_each_logical_file_is_read_once() -> None:
    raw = whole()
    assert defined(opened(raw)) == ["LA;"]
    assert [defined(dex) for dex in members(raw)] == [["LB;"], ["LC;"]]
    assert [member.name for member in opened(raw).members()] == [b"1", b"2"]
    assert isinstance(opened(raw), Container)


def test_a_sound_container_and_its_members_have_no_problems() -> None:
    raw = whole()
    for dex in (opened(raw), *members(raw)):
        assert list(dex.problems) == []
        assert [row for row in code_index(dex) if isinstance(row, Problem)] == []
        assert dex.find_string(b"text of " + defined(dex)[0].encode())


def test_a_member_is_the_container_with_its_header_in_front() -> None:
    raw = whole()
    found = [member.open().view().tobytes() for member in opened(raw).members()]
    assert found == [raw[header(raw, row) :][:0x78] + raw[0x78:] for row in (1, 2)]


def test_who_reads_what() -> None:
    raw, single = whole(), w.write(classes("LA;"), version="041")
    assert (kind(raw), kind(single), kind(w.write(classes("LA;")))) == ("dex-container", "dex", "dex")
    assert [kind(member.open().view().tobytes()) for member in opened(raw).members()] == ["dex", "dex"]
    assert kind(single + bytes(200)) == "dex"
    assert kind(with_u4(single, 0x70, len(single) + 1) + b"\0") == "dex-container"


def test_a_container_that_claims_to_hold_one_file_holds_what_lies_there() -> None:
    raw = whole()
    hidden = with_u4(raw, 0x70, struct.unpack_from("<I", raw, 32)[0])
    assert kind(hidden) == "dex-container"
    assert len(members(hidden)) == 2
    assert said(hidden)[0].startswith("the header states a container of ")


def test_a_member_that_claims_to_lie_at_the_start_is_no_container_again() -> None:
    raw = whole()
    second = header(raw, 1)
    claimed = with_u4(raw, second + 0x74, 0)
    assert said(claimed) == [f"the header states that it lies at 0, it lies at {second}"]
    assert [kind(member.open().view().tobytes()) for member in opened(claimed).members()] == ["dex", "dex"]
    assert [defined(dex) for dex in members(claimed)] == [["LB;"], ["LC;"]]


@pytest.mark.parametrize("size", [0, 1, 0x77])
def test_a_size_that_would_turn_the_walk_in_circles_ends_it(size: int) -> None:
    raw = whole()
    changed = with_u4(raw, header(raw, 1) + 32, size)
    assert [defined(dex) for dex in members(changed)] == [["LB;"]]
    assert f"the header states a DEX file of {size} bytes, its header alone has 120" in said(changed)


@pytest.mark.parametrize("size", [0x78, 0x79, *EXTREMES])
def test_a_size_that_leads_astray_ends_the_walk(size: int) -> None:
    raw = whole()
    at = header(raw, 1)
    changed = with_u4(raw, at + 32, size)
    assert [defined(dex) for dex in members(changed)] == [["LB;"]]
    if at + size < len(raw):
        assert f"no DEX header of version 041 lies at {at + size}, where the file before it ends" in said(changed)
    else:
        assert f"the last DEX file of the container ends at {at + size}, there are {len(raw)} bytes" in said(changed)


def test_headers_that_overlap_are_read_as_they_lie() -> None:
    """The second header stands inside the first file, in bytes that also are its string."""
    raw = whole()
    at = len(raw)
    changed = with_u4(raw + raw[header(raw, 1) :][:0x78], header(raw, 2) + 32, at - header(raw, 2))
    changed = with_u4(with_u4(changed, at + 32, 0x78), at + 0x74, at)
    assert [defined(dex) for dex in members(changed)] == [["LB;"], ["LC;"], ["LB;"]]


def test_a_container_that_is_cut_off() -> None:
    raw = whole()
    cut = raw[: header(raw, 2) + 0x50]
    assert [defined(dex) for dex in members(cut)] == [["LB;"]]
    assert f"no DEX header of version 041 lies at {header(raw, 2)}, where the file before it ends" in said(cut)


@pytest.mark.parametrize("version", [b"040", b"035", b"042"])
def test_a_file_of_another_version_behind_ends_the_walk(version: bytes) -> None:
    raw = whole()
    at = header(raw, 1)
    changed = raw[: at + 4] + version + raw[at + 7 :]
    assert members(changed) == []
    assert f"no DEX header of version 041 lies at {at}, where the file before it ends" in said(changed)


def test_a_big_endian_file_behind_is_unreadable_alone() -> None:
    raw = whole()
    changed = with_u4(raw, header(raw, 1) + 40, 0x78563412)
    assert [member.name for member in opened(changed).members()] == [b"1", b"2"]
    first, second = opened(changed).members()
    with pytest.raises(Unreadable, match="big-endian"):
        open_dex(first.open())
    assert defined(open_dex(second.open())) == ["LC;"]


def test_as_many_files_as_the_limit_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = whole()
    monkeypatch.setattr(container, "MAX_LOGICAL_FILES", 3)
    assert (len(members(raw)), said(raw)) == (2, [])
    monkeypatch.setattr(container, "MAX_LOGICAL_FILES", 2)
    assert (len(members(raw)), said(raw)) == (1, ["the container holds more than 2 DEX files"])


def test_logical_files_may_share_what_lies_behind_them() -> None:
    """The table of strings of the first file is that of the second: offsets count from the whole."""
    raw = whole()
    strings = raw[header(raw, 1) + 0x38 :][:8]
    shared = raw[:0x38] + strings + raw[0x40:]
    first, second = opened(shared), members(shared)[0]
    assert first.string_offsets.tolist() == second.string_offsets.tolist()
    assert first.find_string(b"text of LB;") != []
