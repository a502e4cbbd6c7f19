"""Sets of words: order and repetition change nothing; runs outside the words have none."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.kernel import settled
from assay.bytecode.shapes.sets import set_digests

words = st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=40)


def _one(values: list[int]) -> tuple[int, int]:
    array = settled(np.array(values, np.uint64))
    digests, sizes = set_digests(array, np.zeros(1, np.int64), np.full(1, len(values), np.int64))
    return int(digests[0]), int(sizes[0])


@given(words, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(values: list[int], chance: object) -> None:
    mixed = values + values[: len(values) // 2]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert _one(mixed) == _one(sorted(set(values)))
    assert _one(values)[1] == len(set(values))


@given(words, words)
def test_other_sets_have_other_digests(one: list[int], other: list[int]) -> None:
    assert (_one(one) == _one(other)) == (set(one) == set(other))


def test_runs_beyond_the_words_have_no_digest() -> None:
    array = settled(np.arange(5, dtype=np.uint64))
    starts, ends = np.array([-1, 3, 0, 2, 2**31]), np.array([3, 6, 5, 2, 2**32 - 1])
    assert [bool(one) for one in set_digests(array, starts, ends)[0]] == [False, False, True, False, False]
    assert array.tolist() == [0, 1, 2, 3, 4]
