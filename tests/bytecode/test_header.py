"""The header: what is refused, and what is said about the rest."""

import struct

import pytest

from assay.bytecode.header import HEADER_BYTES, is_dex
from assay.model.errors import Unreadable
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import EXTREMES, opened, said_of, sample, with_u4


@pytest.mark.parametrize("size", [0, 1, 7, 8, HEADER_BYTES - 1])
def test_a_cut_header_is_unreadable(size: int) -> None:
    with pytest.raises(Unreadable, match=f"^{size} bytes are too few"):
        opened(sample().write()[:size])


def test_a_header_without_anything_is_an_empty_index() -> None:
    raw = b"dex\n035\0" + bytes(24) + struct.pack("<3I", 112, 112, 0x12345678) + bytes(68)
    assert (opened(raw).string_count, said_of(raw)) == (0, [])


@pytest.mark.parametrize("version", [b"034", b"042", b"999"])
def test_other_versions_are_unreadable(version: bytes) -> None:
    raw = sample().write()
    with pytest.raises(Unreadable, match="is not among those read, 035 to 041"):
        opened(raw[:4] + version + raw[7:])


def test_big_endian_is_unreadable_and_any_other_mark_a_problem() -> None:
    raw = sample().write()
    with pytest.raises(Unreadable, match="big-endian"):
        opened(with_u4(raw, 40, 0x78563412))
    assert said_of(with_u4(raw, 40, 0)) == ["the byte order mark is not one of the two that exist"]


def test_magic() -> None:
    assert [is_dex(start) for start in (b"dex\n035\0", b"dex\n041\0more")] == [True, True]
    assert [is_dex(start) for start in (b"", b"dex\n035", b"dey\n035\0", b"dex\n0a5\0", b"dex\n0351")] == [False] * 5


def test_a_cut_file_is_read_as_far_as_it_goes() -> None:
    raw = sample().write()
    found = opened(raw[:-60])
    assert found.string_count == len(sample().ids.strings)
    assert f"the header states a file of {len(raw)} bytes, there are {len(raw) - 60}: the file is cut off" in [
        problem.what for problem in found.problems
    ]


def test_bytes_behind_the_end_are_said() -> None:
    raw = sample().write()
    assert said_of(raw + b"more") == [f"the header states a file of {len(raw)} bytes, there are {len(raw) + 4}"]


@pytest.mark.parametrize("value", [0, 1, *EXTREMES])
def test_a_container_size_that_is_not_that_of_the_bytes(value: int) -> None:
    raw = w.write([w.Class("LA;")], version="041")
    assert said_of(with_u4(raw, 0x70, value)) == [
        f"the header states a container of {value} bytes, there are {len(raw)}"
    ]


def test_a_place_in_the_container_where_no_header_is() -> None:
    raw = w.write([w.Class("LA;")], version="041")
    for value in (5, *EXTREMES):
        first, second = said_of(with_u4(raw, 0x74, value))
        assert first == f"the header states that it lies at {value}, where no header is"
        assert second == f"the header states a file of {len(raw)} bytes at {value}, there are {len(raw)}"


@pytest.mark.parametrize("value", EXTREMES)
def test_a_map_list_outside_the_file_is_a_problem(value: int) -> None:
    raw = sample().write()
    assert said_of(with_u4(raw, 52, value)) == [f"the map list lies at {value}, outside the file"]


def test_a_map_list_needs_four_bytes() -> None:
    raw = sample().write()
    raw = with_u4(raw + bytes(4), 32, len(raw) + 4)
    assert said_of(with_u4(raw, 52, len(raw) - 3)) == [f"the map list lies at {len(raw) - 3}, outside the file"]
    assert said_of(with_u4(raw, 52, len(raw) - 4)) == []


@pytest.mark.parametrize("value", EXTREMES)
def test_a_map_list_that_states_too_much_is_a_problem(value: int) -> None:
    raw = sample().write()
    offset = struct.unpack_from("<I", raw, 52)[0]
    rows = (len(raw) - offset - 4) // 12
    assert said_of(with_u4(raw, offset, value)) == [f"the map list states {value} rows, {rows} fit"]
