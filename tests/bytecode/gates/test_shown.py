"""What conditions say: which way round something is asked, and no way round where code mixes it."""

import pytest

from assay.bytecode.gates.formula import Branch
from assay.bytecode.gates.shown import asked_straight, condition
from assay.bytecode.gates.subjects import Subject
from assay.bytecode.gates.variables import Variable
from assay.bytecode.provenance.terms import Guard, Kind, Term, Terms
from assay.reference.models_records import Model, Place, Predicate

MARKET = Variable("property:market", "vendor's build")


class Asked:
    """Terms: a property, a call that holds it against a text, and what is made of its answer."""

    def __init__(self, *, negated: bool = False) -> None:
        self.terms = Terms()
        self.market = self.terms.add(Term(kind=Kind.STORE, name="property:market"))
        test = Predicate("equals", (Place("this"), Place(1)), negated)
        model = Model(id="m", owner=b"LA;", name=b"is", test=test)
        given = (self.market, self.terms.constant("string", "LT"))
        name = "LA;->is(Ljava/lang/Object;)Z"
        self.answer = self.terms.add(Term(kind=Kind.CALL, name=name, inputs=given, model=model))

    def turned(self, number: int, by: int) -> int:
        inputs = (number, self.terms.constant("int", by))
        return self.terms.add(Term(kind=Kind.OPERATION, name="xor-int/lit8", inputs=inputs))

    def chosen(self) -> int:
        either: list[tuple[int, Guard | None]] = [
            (self.terms.constant("int", each), Guard(0, (), each, -1)) for each in (0, 1)
        ]
        return self.terms.choice(either, definition=0, pc=9)

    def said(self, number: int, *, taken: bool) -> str:
        subject = Subject((number,), ((MARKET, self.market),), ("LT",), (), data=False)
        return condition(subject, Branch(0, (), 4, taken=taken), "if-eqz", self.terms)


@pytest.mark.parametrize("negated", [False, True])
def test_each_turn_of_an_answer_turns_what_is_said(negated: bool) -> None:  # noqa: FBT001 - a case
    asked = Asked(negated=negated)
    number, straight = asked.answer, not negated
    for by in (1, 0, 1, 1):
        words = {True: "property:market in {LT}", False: "not property:market in {LT}"}
        assert asked.said(number, taken=False) == words[straight]
        assert asked.said(number, taken=True) == words[not straight]
        number, straight = asked.turned(number, by), straight != bool(by)


def test_nothing_is_said_of_which_way_round_a_mixed_answer_is() -> None:
    asked = Asked()
    assert asked.said(asked.chosen(), taken=True) == "depends on property:market in {LT}"
    assert asked.said(asked.chosen(), taken=False) == asked.said(asked.chosen(), taken=True)


def test_a_question_about_a_choice_that_the_variable_only_decides_is_mixed() -> None:
    asked = Asked()
    name, inputs = "LA;->isEmpty()Z", (asked.chosen(),)
    empty = asked.terms.add(Term(kind=Kind.CALL, name=name, inputs=inputs))
    assert asked_straight(asked.terms, empty, frozenset({asked.market})) is None
    assert asked_straight(asked.terms, asked.answer, frozenset({asked.market})) is True


@pytest.mark.parametrize(("turns", "straight"), [(15, False), (16, None)])
def test_turns_are_looked_through_to_a_limit(turns: int, straight: bool | None) -> None:  # noqa: FBT001 - a case
    asked = Asked()
    number = asked.answer
    for _ in range(turns):
        number = asked.turned(number, 1)
    assert asked_straight(asked.terms, number, frozenset({asked.market})) is straight
