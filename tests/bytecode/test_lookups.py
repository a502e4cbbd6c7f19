"""Users of each index, against a plain search."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.lookups import equal, order_of, users
from assay.bytecode.opcodes import Reference
from assay.bytecode.sweep import References

ROWS = 6
rows = st.lists(st.tuples(st.sampled_from([Reference.STRING, Reference.METHOD]), st.integers(0, ROWS - 1)), max_size=40)


@given(rows)
def test_users(pairs: list[tuple[Reference, int]]) -> None:
    none = np.zeros(len(pairs), np.uint32)
    kinds = np.array([kind for kind, _ in pairs], np.uint8)
    indices = np.array([index for _, index in pairs], np.uint32)
    references = References(none, none, none.astype(np.uint8), kinds, indices, np.array([0, len(pairs)]))
    lookup = users(references, Reference.METHOD, ROWS)
    for index in range(ROWS):
        assert lookup.of(index).tolist() == [n for n, pair in enumerate(pairs) if pair == (Reference.METHOD, index)]
    for index in (-1, ROWS):
        with pytest.raises(IndexError):
            lookup.of(index)


@given(st.lists(st.sampled_from([0, 1, 2**63, 2**64 - 1])), st.sampled_from([0, 1, 5, 2**63, 2**64 - 1]))
def test_equal_hashes(values: list[int], wanted: int) -> None:
    hashes = np.array(values, np.uint64)
    found = equal(hashes, order_of(hashes), wanted).tolist()
    assert found == [row for row, value in enumerate(values) if value == wanted]
