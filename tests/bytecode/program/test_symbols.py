"""Numbers of byte strings: equal bytes decide, whatever the hashes say."""

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.program.symbols import Texts, number

words = st.lists(st.lists(st.tuples(st.binary(max_size=4), st.integers(0, 2)), max_size=12), max_size=4)


def texts(rows: list[tuple[bytes, int]]) -> Texts:
    lengths = np.array([len(raw) for raw, _ in rows], np.int64)
    starts = (np.cumsum(lengths) - lengths).astype(np.int64)
    data = np.frombuffer(b"".join(raw for raw, _ in rows), np.uint8)
    return Texts(data, starts, lengths, np.array([hash_ for _, hash_ in rows], np.uint64))


@given(words)
def test_one_number_for_equal_bytes_of_equal_hash(files: list[list[tuple[bytes, int]]]) -> None:
    found, symbols = number([texts(rows) for rows in files])
    numbers: dict[tuple[bytes, int], int] = {}
    for rows, mine in zip(files, found, strict=True):
        for (raw, hash_), symbol in zip(rows, mine.tolist(), strict=True):
            assert symbols.of(symbol) == raw
            assert numbers.setdefault((raw, hash_), symbol) == symbol
    planted = {raw for raw, _ in numbers}
    if len({hash_ for _, hash_ in numbers}) == 1:  # as in a file: one hash a string
        assert len(set(numbers.values())) == len(planted) == symbols.size
        for (raw, hash_), symbol in numbers.items():
            assert symbols.find(raw, hash_) == symbol
    assert symbols.find(b"never there", 1) == -1
    with pytest.raises(IndexError):
        symbols.of(-1)


def test_many_strings_of_one_planted_hash_take_no_longer_than_others() -> None:
    count = 30_000
    planted = [(b"name %d" % row, 7) for row in range(count)]
    before = time.process_time()
    found, symbols = number([texts(planted), texts(planted[::-1])])
    assert time.process_time() - before < 20  # comparing each with each takes minutes
    assert symbols.size == count
    assert found[0].tolist() == found[1].tolist()[::-1]
