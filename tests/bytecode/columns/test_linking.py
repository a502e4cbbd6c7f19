"""Numbers across files, held against sets of names; values that collide are told apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.columns import NONE, Columns, build
from assay.bytecode.columns.interning import ALL_BITS, Pairs, Texts, count_holders
from assay.bytecode.columns.linking import Linker
from tests.bytecode import dex_writer as w
from tests.bytecode.columns.code_drawn import file, methods, strangers
from tests.bytecode.samples import opened, sample, with_u4

BITS = [ALL_BITS, 0, 0xFFFFF, 3 << 20]
"""How much of each hash is used: all of it, nothing (everything collides), little."""

FILES = st.lists(st.tuples(methods(), strangers()), min_size=1, max_size=4)


def names(columns: Columns) -> tuple[list[object], ...]:
    """Return the names of the classes, of the defined methods, and the bodies, None where there is none."""
    classes: list[object] = list(map(columns.descriptor, columns.class_types.tolist()))
    defined: list[object] = list(map(columns.method_key, columns.definition_methods.tolist()))
    return classes, defined, [None if one == [0, 0] else tuple(one) for one in columns.definition_bodies.tolist()]


def numbered(values: list[object]) -> list[int]:
    order = {value: number for number, value in enumerate(dict.fromkeys(v for v in values if v is not None))}
    return [NONE if value is None else order[value] for value in values]


@given(FILES, st.sampled_from(BITS), st.integers(0, ALL_BITS))
def test_numbers_are_equal_exactly_where_names_are(
    drawn: list[tuple[w.Method, list[w.Class]]], bits: int, salt: int
) -> None:
    linker, files = Linker(salt, bits), [build(file(method, others)) for method, others in drawn]
    found = [linker.add(columns) for columns in files]
    for part, ours in enumerate(("classes", "methods", "bodies")):
        values = [value for columns in files for value in names(columns)[part]]
        assert np.concatenate([getattr(one, ours) for one in found]).tolist() == numbered(values)
        assert linker.counts[part] == len(set(values) - {None})


@given(st.lists(st.binary(max_size=9), max_size=30), st.sampled_from(BITS))
def test_texts_are_numbered_as_they_come(values: list[bytes], bits: int) -> None:
    text = np.frombuffer(b"".join(values) + b"\0", np.uint8)
    lengths = np.array([len(value) for value in values], np.uint32)
    starts = np.cumsum(lengths, dtype=np.int64) - lengths
    order = {value: number for number, value in enumerate(dict.fromkeys(values))}
    for array in (text, starts, lengths):
        array.setflags(write=False)
    assert Texts(5, bits).numbers(text, starts, lengths).tolist() == [order[value] for value in values]


@pytest.mark.parametrize("bits", [ALL_BITS, 0xFFFFF])
def test_tables_grow(bits: int) -> None:
    pairs, texts = Pairs(7, bits), Texts(7, bits)
    words = np.arange(6_000, dtype=np.uint64).reshape(-1, 2)
    raw = np.frombuffer(b"".join(b"%05d" % n for n in range(3_000)), np.uint8)
    starts, lengths = 5 * np.arange(3_000, dtype=np.int64), np.full(3_000, 5, np.uint32)
    for array in (starts, lengths):
        array.setflags(write=False)
    for _ in range(2):
        assert pairs.numbers(words).tolist() == list(range(3_000)) == texts.numbers(raw, starts, lengths).tolist()


def test_a_name_that_is_missing_is_like_no_other() -> None:
    raw = sample().write()
    methods_at = int.from_bytes(raw[0x5C:0x60], "little")
    for row in range(3):
        raw = with_u4(raw, methods_at + 8 * row + 4, 0xFFFFFFFF)
    columns, linker = build(opened(raw)), Linker(1)
    first, second = linker.add(columns), linker.add(columns)
    assert not set(first.methods.tolist()) & set(second.methods.tolist())
    assert linker.unnamed == 2 * len(columns.definition_methods)
    assert first.classes.tolist() == second.classes.tolist()


def test_each_holder_counts_once() -> None:
    last, counts = np.full(3, NONE, np.uint32), np.zeros(3, np.uint32)
    for holder, ids in ((0, [0, 0, 1]), (0, [1, NONE]), (7, [1])):
        count_holders(np.array(ids, np.uint32), holder, last, counts)
    assert counts.tolist() == [1, 2, 0]
