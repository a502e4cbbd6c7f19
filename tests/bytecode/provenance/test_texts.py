"""Constants that terms may be, against what Java makes of them."""

import base64

import pytest

from assay.bytecode.provenance import texts as module
from assay.bytecode.provenance.terms import Kind, Term, Terms
from assay.bytecode.provenance.texts import Texts
from assay.reference.models_records import Flow, Model, Place


def called(terms: Terms, op: str, *inputs: int, name: str = "f") -> int:
    model = Model(
        id="x", owner=b"LX;", name=name.encode(), flows=(Flow(Place(1), Place("return"), op),)
    )  # fmt: skip
    return terms.add(Term(kind=Kind.CALL, name=f"LX;->{name}()V", inputs=inputs, model=model, pc=len(terms)))


def text(terms: Terms, value: str | int | None) -> int:
    return terms.constant("string" if isinstance(value, str) else "int", value)


@pytest.mark.parametrize(
    ("op", "inputs", "found"),
    [
        ("lower", ["ÄB"], "äb"),
        ("upper", ["äb"], "ÄB"),
        ("trim", [" a "], "a"),
        ("concat", ["a", "b"], "ab"),
        ("concat", ["a", 7, None], "a7null"),
        ("substring", ["abcd", 1], "bcd"),
        ("substring", ["abcd", 1, 3], "bc"),
        ("substring", ["abcd", 3, 1], None),
        ("substring", ["abcd", -1], None),
        ("substring", ["abcd", 1 << 31], None),
        ("format", ["a%sb%d", "x", 7], "axb7"),
        ("format", ["%08x", 7], None),
        ("decode-base64", [base64.b64encode(b"word").decode(), 0], "word"),
        ("decode-base64", ["?", 0], None),
        ("decode-hex", ["776f7264"], "word"),
        ("decode-hex", ["776"], None),
        ("digest", ["a"], None),
    ],
)
def test_calls_on_constants(op: str, inputs: list[str | int | None], found: str | None) -> None:
    terms = Terms()
    term = called(terms, op, *(text(terms, each) for each in inputs))
    assert Texts(terms).of(term) == (None if found is None else (found,))
    assert Texts(terms).one(term) == found


def test_replacing_takes_texts_and_characters_and_no_expressions() -> None:
    terms = Terms()
    given = [text(terms, each) for each in ("a-b", "-", "+")]
    assert Texts(terms).of(called(terms, "replace", *given, name="replace")) == ("a+b",)
    assert Texts(terms).of(called(terms, "replace", *given, name="replaceAll")) is None


def test_alternatives_multiply_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = Terms()
    choice = terms.choice([(text(terms, each), None) for each in "ab"])
    both = called(terms, "concat", choice, choice)
    assert Texts(terms).of(both) == ("aa", "ab", "ba", "bb")
    monkeypatch.setattr(module, "MOST_CONSTANTS", 4)
    assert Texts(terms).of(both) is not None
    monkeypatch.setattr(module, "MOST_CONSTANTS", 3)
    assert Texts(terms).of(both) is None


def test_one_unknown_makes_all_unknown() -> None:
    terms = Terms()
    choice = terms.choice([(text(terms, "a"), None), (terms.unknown("x"), None)])
    assert Texts(terms).of(choice) is None
    assert Texts(terms).of(called(terms, "lower", choice)) is None


def test_the_longest_text(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = Terms()
    joined = called(terms, "concat", text(terms, "ab"), text(terms, "c"))
    monkeypatch.setattr(module, "MOST_TEXT", 3)
    assert Texts(terms).of(joined) == ("abc",)
    monkeypatch.setattr(module, "MOST_TEXT", 2)
    assert Texts(terms).of(joined) is None
