"""What objects hold, against programs written out by hand."""

import pytest

from assay.bytecode.provenance.terms import Kind
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.evaluated import Evaluated
from tests.bytecode.provenance.test_evaluator import GIVES, SAME, TYPED, M

BAG, TEXT, ARRAY = "Lout/Bag;", "Lout/Text;", "[Ljava/lang/String;"
ADD, NEXT = l.proto("V", l.OBJECT), l.proto(l.OBJECT)
APPEND = l.proto(TEXT, l.STRING)


def main(*code: w.Unit, others: tuple[w.Method, ...] = (), classes: tuple[k.Kin, ...] = ()) -> Evaluated:
    method = l.static("LMain;", "m", GIVES, [*code, *l.given_back(0)])
    return Evaluated(k.kin("LMain;", method, *others), *classes)


def bag(register: int, *texts: str) -> list[w.Unit]:
    code = l.made(register, BAG)
    for each in texts:
        code += [*l.text(9, each), *l.virtual(BAG, "add", ADD, register, 9)]
    return code


def array(register: int, *texts: str) -> list[w.Unit]:
    code = [*l.constant(8, len(texts)), *l.array(register, 8, ARRAY)]
    for at, each in enumerate(texts):
        code += [*l.text(9, each), *l.constant(7, at), *l.put_element(9, register, 7)]
    return code


def first(register: int) -> list[w.Unit]:
    return [*l.virtual(BAG, "get", NEXT, register), *l.result(0)]


def test_elements_are_what_was_added() -> None:
    assert main(*bag(1, "a", "b"), *first(1)).ends(M) == ["a", "b"]


def test_two_collections_do_not_mix() -> None:
    assert main(*bag(1, "a"), *bag(2, "b"), *first(2)).ends(M) == ["b"]


def test_a_shared_helper_does_not_mix_what_two_callers_hand_over() -> None:
    """fill(bag, text) adds; two bags, two texts."""
    of = l.proto("V", BAG, l.STRING)
    fill = l.static("LMain;", "fill", of, l.virtual(BAG, "add", ADD, 14, 15))
    code = [*l.made(1, BAG), *l.made(2, BAG), *l.text(3, "a"), *l.text(4, "b"),
            *l.statically("LMain;", "fill", of, 1, 3), *l.statically("LMain;", "fill", of, 2, 4)]  # fmt: skip
    assert main(*code, *first(1), others=(fill,)).ends(M) == ["a"]
    assert main(*code, *first(2), others=(fill,)).ends(M) == ["b"]


def test_a_shared_maker_does_not_mix_what_its_callers_put_in() -> None:
    make = l.static("LMain;", "make", l.proto(BAG), [*l.made(0, BAG), *l.given_back(0)])
    code = []
    for register, text in ((1, "a"), (2, "b")):
        code += [*l.statically("LMain;", "make", l.proto(BAG)), *l.result(register), *l.text(9, text),
                 *l.virtual(BAG, "add", ADD, register, 9)]  # fmt: skip
    assert main(*code, *first(1), others=(make,)).ends(M) == ["a"]


def test_iterators_views_and_copies_lead_to_the_elements() -> None:
    turn, then = l.virtual(BAG, "turn", l.proto("Lout/Turn;"), 1), l.virtual("Lout/Turn;", "next", NEXT, 3)
    assert main(*bag(1, "a", "b"), *turn, *l.result(3), *then, *l.result(0)).ends(M) == ["a", "b"]
    copied = l.made(3, BAG, 1, of=l.proto("V", BAG))
    assert main(*bag(1, "a"), *copied, *first(3)).ends(M) == ["a"]
    view = l.statically(BAG, "of", l.proto(BAG, ARRAY), 1)
    assert main(*array(1, "a", "b"), *view, *l.result(3), *first(3)).ends(M) == ["a", "b"]
    other = l.virtual(BAG, "addAll", l.proto("V", BAG), 3, 1)
    assert main(*bag(1, "a"), *bag(3, "b"), *other, *first(3)).ends(M) == ["b", "a"]


def test_keys_that_are_constant_are_told_apart() -> None:
    put, get = l.proto("V", l.OBJECT, l.OBJECT), l.proto(l.OBJECT, l.OBJECT)
    code = l.made(1, "Lout/Map;")
    for key, text in (("k", "a"), ("n", "b")):
        code += [*l.text(2, key), *l.text(3, text), *l.virtual("Lout/Map;", "put", put, 1, 2, 3)]
    known = [*l.text(2, "k"), *l.virtual("Lout/Map;", "get", get, 1, 2), *l.result(0)]
    assert main(*code, *known).ends(M) == ["a"]
    unknown = [*TYPED, *l.result(2), *l.virtual("Lout/Map;", "get", get, 1, 2), *l.result(0)]
    assert main(*code, *unknown).ends(M) == ["a", "b"]


def test_elements_of_arrays_by_index() -> None:
    assert main(*array(1, "a", "b"), *l.constant(2, 1), *l.got_element(0, 1, 2)).returned(M).kind is Kind.CONTENT
    assert main(*array(1, "a", "b"), *l.constant(2, 1), *l.got_element(0, 1, 2)).ends(M) == ["b"]
    assert main(*array(1, "a", "b"), *TYPED, 0x0A | 2 << 8, *l.got_element(0, 1, 2)).ends(M) == ["a", "b"]


def test_elements_of_a_filled_array_and_of_array_data() -> None:
    filled = [*l.text(1, "a"), *l.text(2, "b"), 0x24 | 2 << 12, w.Index("type", ARRAY), 1 | 2 << 4, *l.result(3)]
    opened = main(*filled, *l.constant(4, 0), *l.got_element(0, 3, 4))
    assert opened.ends(M) == ["a"]
    elements = opened.evaluator.elements(opened.read(M, "aget", operand=0))
    assert opened.evaluator.constants(elements) == ("a", "b")
    code = [*l.constant(1, 2), 0x23 | 2 << 8 | 1 << 12, w.Index("type", "[I"), 0x26 | 2 << 8, 7, 0, *l.constant(4, 1),
            0x44, 2 | 4 << 8]  # fmt: skip
    data = [0x0300, 4, 2, 0, 7, 0, -9 & 0xFFFF, 0xFFFF]
    method = l.static("LMain;", "n", l.proto("I"), [*code, 0x000F, *data])
    numbers = Evaluated(k.kin("LMain;", method))
    held = numbers.evaluator.elements(numbers.read("LMain;->n()I", "aget", operand=0))
    assert numbers.evaluator.constants(held) == (7, -9)


def test_pieces_of_a_text_in_their_order() -> None:
    code = l.made(1, TEXT)
    for each in ("a", "b", "c"):
        code += [*l.text(2, each), *l.virtual(TEXT, "append", APPEND, 1, 2), *l.result(1)]
    opened = main(*code, *l.virtual(TEXT, "show", GIVES, 1), *l.result(0))
    assert opened.evaluator.constants(opened.read(M)) == ("abc",)
    assert opened.shown(M) == 'Text.show("a" + "b" + "c")'


def test_pieces_that_are_put_in_on_some_ways_only_have_no_order() -> None:
    piece = [*l.text(2, "b"), *l.virtual(TEXT, "append", APPEND, 1, 2)]
    code = [*l.made(1, TEXT), *l.text(2, "a"), *l.virtual(TEXT, "append", APPEND, 1, 2), *TYPED, 0x0A | 3 << 8,
            0x38 | 3 << 8, 2 + len(piece), *piece, *l.text(2, "c"),
            *l.virtual(TEXT, "append", APPEND, 1, 2)]  # fmt: skip
    opened = main(*code, *l.virtual(TEXT, "show", GIVES, 1), *l.result(0))
    assert opened.evaluator.constants(opened.read(M)) is None
    assert opened.ends(M) == ["a", "b", "c"]


@pytest.mark.parametrize("in_order", [True, False])
def test_what_a_field_of_an_object_holds_is_its_own(in_order: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """Two holders of a bag each, filled by add(); the other holder's words are not among the elements."""
    field = w.FieldId("LHolder;", "bag", BAG)
    begin = l.constructor("LHolder;", [*l.made(0, BAG), *l.put(0, 15, field)])
    add = l.method(
        "LHolder;", "add", l.proto("V", l.STRING), [*l.got(0, 14, field), *l.virtual(BAG, "add", ADD, 0, 15)]
    )
    holder = k.kin("LHolder;", begin, add)
    holder.instance_fields = [field]
    code = [*l.made(1, "LHolder;"), *l.made(2, "LHolder;")]
    for register, text in ((1, "a"), (2, "b")) if in_order else ((2, "b"), (1, "a")):
        code += [*l.text(3, text), *l.virtual("LHolder;", "add", l.proto("V", l.STRING), register, 3)]
    opened = main(*code, *l.got(4, 2, field), *first(4), classes=(holder,))
    assert opened.ends(M) == ["b"]


def test_an_empty_collection_holds_nothing() -> None:
    opened = main(*l.made(1, BAG), *first(1))
    found = opened.returned(M)
    assert (found.kind, len(found.inputs)) == (Kind.CONTENT, 1)
    assert opened.evaluator.constants(opened.read(M)) is None


def test_parts_of_a_constant_text() -> None:
    split = l.statically("Lout/Words;", "split", l.proto(ARRAY, l.STRING), 1)
    opened = main(*l.text(1, "a,b"), *split, *l.result(2), *l.constant(3, 0), *l.got_element(0, 2, 3))
    assert opened.ends(M) == ["a,b"]
    assert opened.shown(M) == 'Words.split("a,b")[0]'


def test_lowered_constants_are_constants() -> None:
    opened = main(*l.text(1, "ÄB"), *l.statically("Lout/Words;", "lower", SAME, 1), *l.result(0))
    assert opened.evaluator.constants(opened.read(M)) == ("äb",)
