import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.dex_span import carried, dex_at
from tests.artefacts import compiled_writer as w


def spans(raw: bytes, start: int = 0) -> list[tuple[int, int]]:
    return [(span.offset, span.length) for span in carried(memoryview(raw), start)]


@given(before=st.binary(max_size=40), size=st.integers(0x70, 0x200), behind=st.binary(max_size=40))
def test_a_whole_dex_file_is_found_wherever_it_lies(before: bytes, size: int, behind: bytes) -> None:
    assert spans(before + w.dex(size) + behind) == [(len(before), size)]


@pytest.mark.parametrize("offset", [-1, 1, 0x80, 2**31])
def test_there_is_no_dex_file_where_no_header_lies(offset: int) -> None:
    assert dex_at(memoryview(w.dex()), offset, 2**32) is None


@pytest.mark.parametrize("stated", [0, 0x6F, 0x81, 2**31, 2**32 - 1])
def test_a_header_that_states_another_length_carries_nothing(stated: int) -> None:
    assert spans(w.dex(0x80, stated=stated)) == []


def test_a_dex_file_inside_another_is_part_of_it() -> None:
    outer = w.dex(0x200)
    assert spans(outer[:0x80] + w.dex(0x80) + outer[0x100:]) == [(0, 0x200)]


def test_a_container_of_version_041_is_one() -> None:
    inside = bytearray(w.dex(0x100, magic=b"dex\n041\0", stated=0x80))
    inside[0x70:0x78] = w.u4(0x100, 0)
    assert spans(bytes(inside)) == [(0, 0x100)]


def test_a_length_is_cut_at_the_stop() -> None:
    span = dex_at(memoryview(w.dex(0x100)), 0, 0x90)
    assert span is not None
    assert (span.length, span.stated, span.name) == (0x90, 0x100, b"0x0+144")
