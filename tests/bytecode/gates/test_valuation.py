"""Values of terms that are put together by hand, in worlds that assume nothing or that no server was heard in."""

import pytest

from assay.bytecode.gates.possible import FREE, Possible, Rest, Scalar, Thing, just
from assay.bytecode.gates.truth import Truth
from assay.bytecode.gates.valuation import Instead, Valuation
from assay.bytecode.gates.worlds import ANYTHING, UNKNOWN_MARKET, World
from assay.bytecode.provenance.terms import Guard, Kind, Term, Terms


class _Meanings:
    """All contents under a key are variables of a server."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    def term(self, number: int) -> Term:
        return self._terms[number]

    def elements(self, number: int) -> tuple[int, ...] | None:
        return (number,)

    def below(self, number: int) -> tuple[int, ...]:
        return tuple(self._terms.below(number))

    def served_name(self, number: int) -> str:
        return "remote:on" if self._terms[number].kind is Kind.CONTENT else ""

    def chosen_name(self, number: int) -> str:
        return self._terms[number].name if self._terms[number].kind is Kind.STORE else ""

    def served(self, number: int) -> bool:
        return bool(self.served_name(number))

    def spend(self) -> bool:
        return True

    def is_content(self, number: int) -> bool:
        return number < 0

    def by_user(self, guard: Guard) -> bool:
        return guard.block < 0

    def made_once(self, term: Term) -> bool:
        return term.name == "LOnce;"

    def answered(self, guard: Guard) -> bool:
        return guard.block < 0

    def under(self, map_: int, key: Scalar) -> int | None:
        return None if key is None else map_

    def alternatives(self, number: int) -> list[tuple[int, Guard | None]]:
        own = self._terms[number]
        return list(zip(own.inputs, own.guards, strict=True))

    def begins(self, guard: Guard | None) -> bool:
        return guard is None

    def caught(self, guard: Guard) -> bool:
        return guard.block < 0


def test_an_object_is_the_only_one_where_no_other_is_made_there() -> None:
    terms = Terms()
    once, often = (terms.add(Term(kind=Kind.OBJECT, name=name)) for name in ("LOnce;", "LOften;"))
    values = Valuation(
        _Meanings(terms), ANYTHING, lambda _: Truth.YES, lambda _: None, Instead(lambda _: False, None)
    )  # fmt: skip
    assert values.of(once) == just(Thing(once, once=True))
    assert values.of(often) == just(Thing(often))


@pytest.mark.parametrize(
    ("name", "one", "other", "wanted"),
    [
        ("or-int", 1, None, just(1)), ("or-int/2addr", None, 1, just(1)), ("and-int", 0, None, just(0)),
        ("and-int/2addr", None, 0, just(0)), ("or-int", 0, 1, just(1)), ("and-int", 1, 0, just(0)),
        ("or-int", 0, 0, just(0)), ("and-int", 1, 1, just(1)),
    ],
)  # fmt: skip
def test_one_answer_decides_an_or_or_an_and(name: str, one: int | None, other: int | None, wanted: Possible) -> None:
    """None stands for what is not known."""
    assert _joined(name, one, other) == wanted


@pytest.mark.parametrize(
    ("name", "known"), [("or-int", 0), ("and-int", 1), ("xor-int", 0), ("xor-int", 1), ("add-int", 1), ("add-int", 0)]
)
def test_another_answer_decides_nothing(name: str, known: int) -> None:
    for pair in ((known, None), (None, known)):
        assert _joined(name, *pair).rest is not Rest.NOTHING


def _joined(name: str, *operands: int | None) -> Possible:
    terms = Terms()
    inputs = tuple(terms.unknown("why") if each is None else terms.constant("int", each) for each in operands)
    operation = terms.add(Term(kind=Kind.OPERATION, name=name, inputs=inputs))
    return Valuation(
        _Meanings(terms), ANYTHING, lambda _: Truth.YES, lambda _: None, Instead(lambda _: False, None)
    ).of(operation)  # fmt: skip


def flag_or_default(world: World) -> Possible:
    """What a server sends under a key, or the constant 0 that stands beside it."""
    terms = Terms()
    document = terms.add(Term(kind=Kind.OBJECT, name="Lorg/json/JSONObject;"))
    sent = terms.add(Term(kind=Kind.CONTENT, name="[on]", inputs=(document,)))
    either = terms.choice([(sent, None), (terms.constant("int", 0), None)])
    values = Valuation(
        _Meanings(terms), world, lambda _: Truth.YES, lambda _: None, Instead(lambda _: False, None)
    )  # fmt: skip
    return values.of(either)


def test_a_default_stands_alone_where_no_server_was_heard() -> None:
    assert flag_or_default(World(UNKNOWN_MARKET)) == just(0)


def test_where_nothing_is_assumed_a_default_does_not_stand_for_what_a_server_may_send() -> None:
    assert flag_or_default(ANYTHING).rest is FREE.rest


def test_what_a_server_sent_goes_before_the_default() -> None:
    assert flag_or_default(World(UNKNOWN_MARKET, served={"remote:on": 1})) == just(1)
