"""What a value may be: unions and computed values, against their definition by enumeration."""

from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.gates.possible import FREE, MAX_KNOWN, NEVER, UNKNOWN, Possible, Rest, Scalar, computed, just, union
from assay.bytecode.gates.truth import Truth

numbers = st.frozensets(st.integers(-3, 3), max_size=4)


@st.composite
def possibles(draw: st.DrawFn) -> Possible:
    sure = draw(numbers)
    return Possible(sure, draw(numbers) - sure, draw(st.sampled_from(Rest)))


def _joined(a: Scalar, b: Scalar) -> int:
    assert isinstance(a, int)
    assert isinstance(b, int)
    return a * 10 + b


def test_what_is_free_passes_any_test_and_what_is_unknown_may() -> None:
    assert FREE.can(lambda _: False) is Truth.YES
    assert UNKNOWN.can(lambda _: False) is Truth.MAYBE
    assert NEVER.can(lambda _: True) is Truth.NO
    assert Possible(frozenset({1}), frozenset({2})).can(lambda each: each == 2) is Truth.MAYBE
    assert just(1, 2).can(lambda each: each == 2) is Truth.YES


@given(possibles(), possibles())
def test_a_union_holds_what_comes_for_certain_as_sure(one: Possible, other: Possible) -> None:
    both = union([(one, Truth.YES), (other, Truth.MAYBE)])
    assert both.sure == one.sure
    assert both.known == one.known | other.known
    assert union([(one, Truth.NO), (other, Truth.YES)]) == other


@given(possibles(), possibles())
def test_computed_values_are_those_of_all_pairs(one: Possible, other: Possible) -> None:
    found = computed(_joined, [one, other])
    if one.never or other.never:
        assert found.never
        return
    assert found.sure == {_joined(a, b) for a in one.sure for b in other.sure}
    assert found.known == {_joined(a, b) for a in one.known for b in other.known}
    rest = max(one.rest, other.rest)
    assert found.rest is (Rest.FREE if rest is Rest.SOME else rest)


def test_errors_of_an_operation_give_nothing_or_anything() -> None:
    assert computed(lambda a, b: a // b, [just(4), just(0, 2)]) == just(2)

    def refuses(_: object) -> int:
        raise ValueError

    assert computed(refuses, [just(1)]) == FREE


def test_one_scalar_more_than_are_kept_makes_a_value_unknown() -> None:
    assert len(union([(just(*range(MAX_KNOWN)), Truth.YES)]).known) == MAX_KNOWN
    assert union([(just(*range(MAX_KNOWN + 1)), Truth.YES)]) == UNKNOWN
