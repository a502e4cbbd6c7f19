import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.protobuf_wire import fields, nested
from assay.model.errors import Unreadable
from tests.artefacts.bundle_writer import field, varint

NUMBERS = st.integers(1, 2**29 - 1)
VALUES = st.one_of(st.integers(0, 2**64 - 1), st.binary(max_size=300))


def read(raw: bytes) -> list[tuple[int, int | bytes]]:
    found = fields(memoryview(raw))
    return [(number, value if isinstance(value, int) else bytes(value)) for number, value in found]


@given(written=st.lists(st.tuples(NUMBERS, VALUES), max_size=8))
def test_fields_come_out_as_they_were_written(written: list[tuple[int, int | bytes]]) -> None:
    assert read(b"".join(field(number, value) for number, value in written)) == written


def test_fixed_numbers_are_bytes() -> None:
    assert read(b"\x0d1234\x1112345678") == [(1, b"1234"), (2, b"12345678")]


@given(raw=st.binary(max_size=200))
def test_any_bytes_end_in_fields_or_unreadable(raw: bytes) -> None:
    with contextlib.suppress(Unreadable):
        assert all(number > 0 for number, _ in read(raw))


@pytest.mark.parametrize(
    "raw", [b"\x00", b"\x08", b"\x08" + b"\xff" * 10, b"\x0a\x02a", b"\x0b", b"\x0d123", b"\x0a" + varint(2**63)]
)
def test_what_is_no_message_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        read(raw)


def test_a_path_leads_through_every_repetition() -> None:
    raw = field(1, field(2, "a") + field(2, "b")) + field(1, 5) + field(1, field(2, "c"))
    assert [bytes(value) for value in nested(memoryview(raw), 1, 2)] == [b"a", b"b", b"c"]
