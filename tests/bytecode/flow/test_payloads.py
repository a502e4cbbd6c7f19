"""Payloads of switches and array data, where sizes and places lie."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.flow.code import code_of
from assay.bytecode.flow.payloads import ArrayData, array_data, read_switches
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import method, one_class, opened

NUMBERS = st.integers(-(1 << 31), (1 << 31) - 1)


def cases(code: list[w.Unit]) -> tuple[list[tuple[int, int]], list[int]]:
    """Return (key, target) of all cases, and how often each fault was met."""
    dex = opened(one_class(method(code)))
    found, met = read_switches(dex.units, code_of(dex, [0]))
    return list(zip(found.key.tolist(), found.target.tolist(), strict=True)), met[:, 0].tolist()


def units(raw: bytes) -> list[w.Unit]:
    return list(struct.unpack(f"<{len(raw) // 2}H", raw))


def switch(opcode: int, payload: bytes) -> list[w.Unit]:
    return [opcode, 4, 0, 0x0E, *units(payload)]


@given(NUMBERS, st.lists(NUMBERS, max_size=5))
def test_packed(first: int, steps: list[int]) -> None:
    raw = struct.pack(f"<HHi{len(steps)}i", 0x0100, len(steps), first, *steps)
    keys = [(first + n + (1 << 31)) % (1 << 32) - (1 << 31) for n in range(len(steps))]
    assert cases(switch(0x2B, raw)) == (list(zip(keys, steps, strict=True)), [0, 0, 0])


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=5))
def test_sparse(pairs: list[tuple[int, int]]) -> None:
    numbers = [*(key for key, _ in pairs), *(step for _, step in pairs)]
    raw = struct.pack(f"<HH{len(numbers)}i", 0x0200, len(pairs), *numbers)
    assert cases(switch(0x2C, raw)) == (pairs, [0, 0, 0])


def test_targets_count_from_the_switch() -> None:
    assert cases([0, 0x2B, 3, 0, 0x0100, 1, 5, 0, 7, 0])[0] == [(5, 8)]


@pytest.mark.parametrize("opcode", [0x2B, 0x2C])
@pytest.mark.parametrize("place", [-1, 0, 3, 4, 100, 0x7FFFFFFF, -0x80000000])
def test_no_payload_there(opcode: int, place: int) -> None:
    assert cases([opcode, *units(struct.pack("<i", place)), 0x0E]) == ([], [1, 0, 0])


def test_a_payload_of_the_other_sort() -> None:
    assert cases(switch(0x2C, struct.pack("<HHii", 0x0100, 1, 0, 0))) == ([], [1, 0, 0])


@pytest.mark.parametrize("stated", [2, 0x7FFF, 0xFFFF])
def test_a_payload_that_breaks_off_is_read_as_far_as_it_goes(stated: int) -> None:
    packed = struct.pack("<HHii", 0x0100, stated, 7, 3)
    assert cases(switch(0x2B, packed)) == ([(7, 3)], [0, 1, 0])


def test_a_sparse_payload_without_its_targets_has_no_cases() -> None:
    two = struct.pack("<HH4i", 0x0200, 2, 5, 6, 3, 4)
    assert cases(switch(0x2C, two)) == ([(5, 3), (6, 4)], [0, 0, 0])
    assert cases(switch(0x2C, two[:-4])) == ([(5, 3)], [0, 1, 0])
    assert cases(switch(0x2C, two[:-8])) == ([], [0, 1, 0])
    assert cases(switch(0x2C, struct.pack("<HH4i", 0x0200, 0xFFFF, 5, 6, 3, 4))) == ([], [0, 1, 0])


def test_shared_payloads_are_read_as_often_as_there_is_code() -> None:
    payload = units(struct.pack("<HHi20i", 0x0100, 20, 0, *range(20)))
    for switches, read in ((2, 2), (3, 2)):
        head = [unit for n in range(switches) for unit in (0x2B, 3 * (switches - n) + 1, 0)]
        found, met = cases([*head, 0x0E, *payload])
        size = 3 * switches + 1 + len(payload)
        assert len(found) == min(20 * switches, size)
        assert met == [0, 0, int(switches > read)]


@pytest.mark.parametrize("width", [1, 2, 4, 8])
def test_array_data(width: int) -> None:
    values = (0, 1, -1, -(1 << 8 * width - 1), (1 << 8 * width - 1) - 1)
    raw = b"".join(value.to_bytes(width, "little", signed=True) for value in values)
    code: list[w.Unit] = [0x26, 4, 0, 0x0E, 0x0300, width, len(values), 0, *units(raw + bytes(len(raw) % 2))]
    assert data(code) == ArrayData(width, len(values), values)


def data(code: list[w.Unit]) -> ArrayData | None:
    dex = opened(one_class(method(code)))
    return array_data(dex.units, code_of(dex, [0]), 0)


def test_array_data_of_hostile_sizes() -> None:
    head: list[w.Unit] = [0x26, 4, 0, 0x0E, 0x0300]
    for low, high in ((0, 0x8000), (0xFFFF, 0xFFFF), (3, 0)):
        assert data([*head, 4, low, high, 1, 0, 2, 0]) == ArrayData(4, low | high << 16, (1, 2))
    for width in (0, 3, 0xFFFF):
        assert data([*head, width, 1, 0, 0]) == ArrayData(width, 1, ())
    for step in (0, -1, 2, 5, 0x7FFFFFFF, -0x80000000):
        assert data([0x26, *units(struct.pack("<i", step)), 0x0E, 0x0300, 1, 1, 0, 9]) is None
