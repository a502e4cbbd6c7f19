"""Values are numbered in the order in which they first come, also by tables that were kept and taken up again."""

import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from assay.bytecode.columns.interning import ALL_BITS, Pairs, Texts
from assay.bytecode.kernel import settled

Sort = type[Texts] | type[Pairs]
Numbers = Callable[[Any, Sequence[bytes]], list[int]]

SLOTS = 2
"""The array of `held` that says where values are."""


def numbers_of_texts(table: Texts, values: Sequence[bytes]) -> list[int]:
    lengths = np.array([len(value) for value in values], np.uint32)
    starts = (np.cumsum(lengths) - lengths).astype(np.int64)
    text = np.frombuffer(b"".join(values) or b"\0", np.uint8)
    return table.numbers(settled(text), settled(starts), settled(lengths)).tolist()  # type: ignore[no-any-return]


def numbers_of_pairs(table: Pairs, values: Sequence[bytes]) -> list[int]:
    words = [divmod(int.from_bytes(value, "little"), 1 << 16) for value in values]
    return table.numbers(settled(np.array(words, np.uint64).reshape(-1, 2))).tolist()  # type: ignore[no-any-return]


def taken_up(table: Texts | Pairs) -> "Texts | Pairs":
    """Return a table of copies of what is held, as a file of it would be mapped."""
    return type(table).restored([array.copy() for array, _ in table.held()])


def drawn(seed: int, count: int) -> list[bytes]:
    choice = random.Random(seed)
    return [choice.randrange(count).to_bytes(choice.randrange(2, 5), "little") for _ in range(count)]


NUMBERS = pytest.mark.parametrize(("sort", "numbers"), [(Texts, numbers_of_texts), (Pairs, numbers_of_pairs)])


@NUMBERS
@pytest.mark.parametrize(("bits", "count"), [(ALL_BITS, 700), (ALL_BITS, 6000), (0, 300), (0xF << 20, 900)])
def test_tables_that_are_taken_up_go_on_as_if_they_had_stayed(
    sort: Sort, numbers: Numbers, bits: int, count: int
) -> None:
    values = drawn(count, 4 * count)
    expected: dict[object, int] = {}
    keys = [value if sort is Texts else int.from_bytes(value, "little") for value in values]
    wanted = [expected.setdefault(key, len(expected)) for key in keys]
    stayed, table, found = sort(7, bits), sort(7, bits), list[int]()
    assert numbers(stayed, values) == wanted
    for first in range(0, len(values), count):
        found += numbers(table, values[first : first + count])
        table = taken_up(table)
    assert found == wanted
    assert len(table) == len(stayed) == len(expected)
    assert numbers(taken_up(table), values[::-1]) == wanted[::-1]


@NUMBERS
@pytest.mark.parametrize("more", [1, 100, 2000])
def test_the_slots_of_a_table_that_was_taken_up_are_read_and_not_written(
    sort: Sort, numbers: Numbers, more: int
) -> None:
    kept = sort(3)
    numbers(kept, [number.to_bytes(4, "little") for number in range(5000)])
    table = taken_up(kept)
    slots = table._slots
    before = slots.copy()
    assert numbers(table, [number.to_bytes(4, "little") for number in range(4999, 5000 + more)]) == [
        *range(4999, 5000 + more)
    ]
    assert table._slots is slots
    assert slots.tolist() == before.tolist()


@NUMBERS
def test_what_came_later_is_held_with_the_rest(sort: Sort, numbers: Numbers) -> None:
    values = [number.to_bytes(4, "little") for number in range(3000)]
    kept = sort(3)
    numbers(kept, values[:2500])
    table = taken_up(kept)
    numbers(table, values)
    held = [array[:rows].tolist() for array, rows in table.held()]
    assert sorted(set(held[SLOTS])) == list(range(3001))
    assert [array[:rows].tolist() for array, rows in table.held()] == held
    numbers(table, [b"\xff\xff\xff", *values])
    assert len(taken_up(table)) == 3001
