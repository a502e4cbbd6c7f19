"""Terms by number: equal ones are one, inputs lie below, paths are shortest."""

import pytest

from assay.bytecode.provenance import terms as module
from assay.bytecode.provenance.terms import Guard, Kind, Term, Terms


def test_equal_terms_have_one_number_and_inputs_lower_ones() -> None:
    terms = Terms()
    one, two = terms.constant("int", 1), terms.constant("string", "1")
    assert terms.constant("int", 1) == one != two
    call = terms.add(Term(kind=Kind.CALL, name="f", inputs=(two, one)))
    assert call > two
    assert terms.leaves(call) == (two, one)
    assert len(terms) == 3
    with pytest.raises(IndexError):
        terms[-1]


def test_a_choice_of_one_is_that_one_and_more_than_the_limit_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = Terms()
    one, two, three = (terms.constant("int", each) for each in range(3))
    assert terms.choice([(one, None), (one, Guard(0, (), 1, 2))]) == one
    monkeypatch.setattr(module, "MOST_INPUTS", 2)
    assert terms[terms.choice([(one, None), (two, None)])].inputs == (one, two)
    more = terms[terms.choice([(one, None), (two, None), (three, None)])]
    assert [terms[each].kind for each in more.inputs] == [Kind.CONSTANT, Kind.CONSTANT, Kind.UNKNOWN]
    assert terms[terms.choice([])].kind is Kind.UNKNOWN


def test_an_object_that_was_written_to_is_no_leaf() -> None:
    terms = Terms()
    made, word = terms.add(Term(kind=Kind.OBJECT, name="LBag;")), terms.constant("string", "w")
    empty = terms.add(Term(kind=Kind.CONTENT, name="[]", inputs=(made,)))
    held = terms.add(Term(kind=Kind.CONTENT, name="[]", inputs=(made, word)))
    assert terms.leaves(empty) == (made,)
    assert terms.leaves(held) == (word,)
    assert terms.path(held, word) == (held, word)
    assert terms.path(held, made) == ()


def test_the_shortest_path() -> None:
    terms = Terms()
    leaf = terms.constant("int", 1)
    far = terms.add(Term(kind=Kind.CALL, name="far", inputs=(leaf,)))
    top = terms.add(Term(kind=Kind.CALL, name="top", inputs=(far, leaf)))
    assert terms.path(top, leaf) == (top, leaf)
    assert terms.path(top, top) == (top,)
