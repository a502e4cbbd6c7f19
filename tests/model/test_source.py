import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.model.source import BufferSource


@given(st.binary(), st.integers(-5, 40), st.integers(-5, 40))
def test_reading_gives_what_lies_there_and_never_more(data: bytes, offset: int, length: int) -> None:
    expected = data[offset : offset + length] if offset >= 0 and length > 0 else b""
    assert BufferSource(data).read(offset, length) == expected


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_any_buffer_is_seen_as_bytes_without_a_copy(kind: type) -> None:
    data = bytearray(b"abc")
    source = BufferSource(kind(data))
    assert (source.size, bytes(source.view())) == (3, b"abc")


def test_a_view_is_the_buffer_itself() -> None:
    data = bytearray(b"abc")
    source = BufferSource(data)
    data[0] = 0x7A
    assert bytes(source.view()) == b"zbc"
