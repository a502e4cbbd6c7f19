"""Tables of constants that something read is looked up in, by terms put together by hand and in written programs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.provenance import tables as module
from assay.bytecode.provenance.origins import origins
from assay.bytecode.provenance.tables import LOOKUP, looked_up
from assay.bytecode.provenance.terms import Kind, Term, Terms
from assay.reference.models_records import Flow, Model, Place, Predicate
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.evaluated import Evaluated

READ, THROUGH = ["CALL", "PARAMETER", "STORE", "FIELD"], ["CHOICE", "OPERATION", "CONTENT"]


def meaning(**said: object) -> Model:
    return Model(id="x", owner=b"LX;", name=b"f", **said)  # type: ignore[arg-type]


LENGTH = meaning(flows=(Flow(Place("this"), Place("return"), "length"),))
INDEX_OF = meaning(test=Predicate("index-of", (Place("this"), Place(1))))
CUT_OUT = meaning(flows=(Flow(Place("this"), Place("return"), "substring"),))


def made(terms: Terms, kind: Kind, *inputs: int, name: str = "f", model: Model | None = None) -> int:
    """A term that equals no other."""
    guards = (None,) * len(inputs) if kind in {Kind.CHOICE, Kind.STORE} else ()
    return terms.add(Term(kind=kind, name=name, inputs=inputs, guards=guards, pc=len(terms), model=model))


def table(terms: Terms, *more: int) -> int:
    array = made(terms, Kind.OBJECT, name="[C")
    return made(terms, Kind.CONTENT, array, terms.constant("int", 48), terms.constant("int", 49), *more, name="[]")


def test_a_table_of_constants_gives_what_is_looked_up_in_it() -> None:
    terms = Terms()
    assert looked_up(terms, table(terms), made(terms, Kind.PARAMETER))
    assert looked_up(terms, terms.constant("string", "0123"), made(terms, Kind.CALL))
    assert looked_up(terms, table(terms, made(terms, Kind.CALL, terms.constant("string", "01"))),
                     made(terms, Kind.CALL))  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.CALL, Kind.PARAMETER, Kind.STORE, Kind.FIELD, Kind.UNKNOWN])
def test_a_table_with_anything_in_it_that_is_no_constant_gives_what_it_holds(kind: Kind) -> None:
    terms = Terms()
    assert not looked_up(terms, table(terms, made(terms, kind)), made(terms, Kind.PARAMETER))


@pytest.mark.parametrize("kind", [Kind.CALL, Kind.PARAMETER, Kind.STORE, Kind.FIELD])
def test_what_is_read_is_looked_up_through_anything_that_is_done_with_it(kind: Kind) -> None:
    terms = Terms()
    read = made(terms, kind)
    shifted = made(terms, Kind.OPERATION, read, terms.constant("int", 4), name="shr-int")
    either = made(terms, Kind.CHOICE, terms.constant("int", 0), shifted)
    held = made(terms, Kind.CONTENT, made(terms, Kind.OBJECT, name="[B"), either, name="[]")
    assert looked_up(terms, table(terms), held)


def test_a_counter_looks_nothing_up() -> None:
    terms = Terms()
    nought, one, again = terms.constant("int", 0), terms.constant("int", 1), terms.cut("cycle")
    counter = terms.choice([(nought, None), (made(terms, Kind.OPERATION, again, one, name="add-int/lit8"), None)])
    assert not looked_up(terms, table(terms), counter)
    assert not looked_up(terms, table(terms), terms.constant("int", 1))
    assert not looked_up(terms, table(terms), terms.unknown("why", (made(terms, Kind.PARAMETER),)))


@pytest.mark.parametrize("model", [LENGTH, INDEX_OF])
def test_how_long_a_text_is_or_where_something_stands_in_it_looks_nothing_up(model: Model) -> None:
    terms = Terms()
    measured = made(terms, Kind.CALL, made(terms, Kind.PARAMETER), model=model)
    less = made(terms, Kind.OPERATION, measured, terms.constant("int", -1), name="add-int/lit8")
    assert not looked_up(terms, table(terms), less)
    assert looked_up(terms, table(terms), made(terms, Kind.CALL, made(terms, Kind.PARAMETER), model=CUT_OUT))


def test_the_length_of_an_array_that_was_read_looks_nothing_up() -> None:
    terms = Terms()
    read = made(terms, Kind.CALL)
    assert not looked_up(terms, table(terms), made(terms, Kind.OPERATION, read, name="array-length"))
    assert looked_up(terms, table(terms), made(terms, Kind.OPERATION, read, name="neg-int"))


def test_a_table_of_the_largest_size_is_gone_through_and_one_term_more_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = Terms()
    read = made(terms, Kind.PARAMETER)
    held = table(terms)
    assert len(list(terms.below(held))) == 3
    monkeypatch.setattr(module, "MAX_TERMS", 3)
    assert looked_up(terms, held, read)
    monkeypatch.setattr(module, "MAX_TERMS", 2)
    assert not looked_up(terms, held, read)


def test_what_is_looked_up_is_gone_through_so_far_and_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    terms = Terms()
    index = made(terms, Kind.PARAMETER)
    for _ in range(3):
        index = made(terms, Kind.OPERATION, index, name="neg-int")
    fixed = terms.constant("int", 7)
    monkeypatch.setattr(module, "MAX_TERMS", 4)
    assert looked_up(terms, fixed, index)
    monkeypatch.setattr(module, "MAX_TERMS", 3)
    assert not looked_up(terms, fixed, index)


@st.composite
def graphs(draw: st.DrawFn) -> list[tuple[str, tuple[int, ...], bool]]:
    """Terms in their order: kind, inputs among those before, and whether it only measures."""
    rows: list[tuple[str, tuple[int, ...], bool]] = []
    for at in range(draw(st.integers(1, 10))):
        leaf = at == 0 or draw(st.booleans())
        kinds = ["CONSTANT", "OBJECT", "CUT", "UNKNOWN", *READ] if leaf else ["CALL", "UNKNOWN", *THROUGH]
        inputs = () if leaf else tuple(draw(st.lists(st.integers(0, at - 1), min_size=1, max_size=3, unique=True)))
        rows.append((draw(st.sampled_from(kinds)), inputs, draw(st.booleans())))
    return rows


def _reads(rows: list[tuple[str, tuple[int, ...], bool]], at: int) -> bool:
    kind, inputs, measures = rows[at]
    if measures and kind in {"CALL", "OPERATION"}:
        return False
    return kind in READ or (kind in THROUGH and any(_reads(rows, each) for each in inputs))


def _fixed(rows: list[tuple[str, tuple[int, ...], bool]], at: int) -> bool:
    kind, inputs, _ = rows[at]
    if kind in {"STORE", "PARAMETER", "FIELD"}:
        return False
    if kind == "CONTENT" and len(inputs) > 1 and rows[inputs[0]][0] == "OBJECT":
        inputs = inputs[1:]
    return all(_fixed(rows, each) for each in inputs) if inputs else kind in {"CONSTANT", "OBJECT", "CUT"}


@pytest.mark.parametrize("source", ["network.response", "list.file"])
def test_what_is_fetched_by_a_constant_name_is_no_table_of_constants(source: str) -> None:
    terms = Terms()
    name = terms.constant("string", "https://lists.example.test/")
    flows = (Flow(Place(1), Place("return"), "copy"),)
    fetched = made(terms, Kind.CALL, name, model=meaning(source=source, flows=flows))
    told = made(terms, Kind.CALL, name, model=meaning(flows=flows))
    assert not looked_up(terms, table(terms, fetched), made(terms, Kind.PARAMETER))
    assert looked_up(terms, table(terms, told), made(terms, Kind.PARAMETER))


@given(graphs(), st.data())
def test_any_table_and_any_index_by_their_definition(
    rows: list[tuple[str, tuple[int, ...], bool]], data: st.DataObject
) -> None:
    terms, numbers = Terms(), list[int]()
    for kind, inputs, measures in rows:
        measuring = measures and kind in {"CALL", "OPERATION"}
        name = "array-length" if measuring and kind == "OPERATION" else "f"
        model = LENGTH if measuring and kind == "CALL" else None
        numbers.append(made(terms, Kind[kind], *(numbers[each] for each in inputs), name=name, model=model))
    at, of = (data.draw(st.integers(0, len(rows) - 1)) for _ in range(2))
    assert looked_up(terms, numbers[of], numbers[at]) is (_reads(rows, at) and _fixed(rows, of))


SPELL = "LMain;->m()Ljava/lang/Object;"
WORDS = "Lout/Words;"
TYPED: list[w.Unit] = [*l.statically("Lout/Screen;", "typed", l.proto(l.STRING)), *l.result(1)]
SIGN: list[w.Unit] = [*TYPED, *l.statically(WORDS, "sign", l.proto("C", l.STRING), 1), 0x0A | 2 << 8]
DIGITS: list[w.Unit] = [*l.text(3, "0123456789abcdef"),
                        *l.virtual("Ljava/lang/String;", "toCharArray", l.proto("[C"), 3), *l.result(4)]  # fmt: skip
AGET, AGET_OBJECT, AGET_BYTE, AGET_CHAR = 0x44, 0x46, 0x48, 0x49


def element_of(*code: w.Unit, opcode: int = AGET_CHAR, behind: tuple[w.Unit, ...] = ()) -> Evaluated:
    """The element of v4 at v2, given back; `behind`: data."""
    own = l.static("LMain;", "m", l.proto(l.OBJECT), [*code, opcode, 4 | 2 << 8, *l.given_back(0), *behind])
    return Evaluated(k.kin("LMain;", own))


def begins(opened: Evaluated) -> list[str]:
    return [each.label for each in origins(opened.terms, opened.read(SPELL))]


def test_a_sign_of_a_text_that_is_spelt_by_a_table_begins_at_the_text() -> None:
    """table[sign >> 4 & 15], as digests are written in letters."""
    nibble = [0xE1 | 2 << 8, 2 | 4 << 8, 0xDD | 2 << 8, 2 | 15 << 8]  # shr-int/lit8, and-int/lit8
    opened = element_of(*SIGN, *DIGITS, *nibble)
    assert (opened.returned(SPELL).kind, opened.returned(SPELL).name) == (Kind.OPERATION, LOOKUP)
    found = origins(opened.terms, opened.read(SPELL))
    assert [(each.label, opened.terms[each.term].value) for each in found] == [
        ("text.typed", None), ("constant", 4), ("constant", 15),
    ]  # fmt: skip
    assert opened.ends(SPELL)[0] == "0123456789abcdef"


def test_numbers_of_array_data_are_a_table_too() -> None:
    data = (0x0300, 4, 2, 0, 7, 0, 9, 0)
    fill = [*l.constant(3, 2), 0x23 | 4 << 8 | 3 << 12, w.Index("type", "[I"), 0x26 | 4 << 8, 5, 0]
    assert begins(element_of(*SIGN, *fill, opcode=AGET, behind=data)) == ["text.typed"]


def test_what_a_counter_takes_out_of_a_table_begins_in_the_table() -> None:
    """for (i = 0; ; i++) table[i]"""
    again = [0xD8 | 2 << 8, 2 | 1 << 8]
    loop = [*again, 0x39 | 2 << 8, -len(again) & 0xFFFF]
    assert begins(element_of(*DIGITS, *l.constant(2, 0), *loop)) == ["constant"]


@pytest.mark.parametrize("name", ["long", "place"])
def test_what_is_taken_out_of_a_table_by_a_length_or_a_place_begins_in_the_table(name: str) -> None:
    measured = [*TYPED, *l.statically(WORDS, name, l.proto("I", l.STRING), 1), 0x0A | 2 << 8]
    assert begins(element_of(*measured, *DIGITS)) == ["constant"]


def test_what_stands_in_a_table_that_was_fetched_begins_where_it_was_fetched() -> None:
    fetched = [*l.statically("Lout/Net;", "fetch", l.proto("[B")), *l.result(4)]
    assert begins(element_of(*SIGN, *fetched, opcode=AGET_BYTE)) == ["network.response"]


def test_words_that_are_looked_up_are_words() -> None:
    """Of an array of texts the text that is looked up is content, whatever chose it."""
    put = [*l.constant(5, 0), *l.text(6, "word"), *l.put_element(6, 4, 5)]
    words = [*l.constant(3, 1), *l.array(4, 3, "[Ljava/lang/String;"), *put]
    assert begins(element_of(*SIGN, *words, opcode=AGET_OBJECT)) == ["constant"]


def test_keys_of_an_array_are_the_places_written_at() -> None:
    """children[sign] = child, as tries of arrays keep their edges."""
    put = [*l.made(5, "LNode;"), *l.put_element(5, 4, 2)]
    array = [*l.constant(3, 8), *l.array(4, 3, "[LNode;")]
    opened = element_of(*SIGN, *array, *put, opcode=AGET_OBJECT)
    held = opened.read(SPELL, "aget", operand=0)
    keys = opened.evaluator.inside(held, ".key")
    assert [each.label for each in origins(opened.terms, keys)] == ["text.typed"]
    assert [opened.terms[each].name for each in opened.evaluator.leaves(opened.evaluator.inside(held, "[]"))] == [
        "LNode;"
    ]
