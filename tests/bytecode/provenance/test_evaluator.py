"""What values are, against programs written out by hand."""

from assay.bytecode.provenance.terms import Kind
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.evaluated import Evaluated

GIVES = l.proto(l.STRING)
SAME = l.proto(l.STRING, l.STRING)
TYPED = l.statically("Lout/Screen;", "typed", GIVES)
FETCH = l.statically("Lout/Net;", "fetch", GIVES)
M = "LMain;->m()Ljava/lang/String;"


def main(
    *code: w.Unit, others: tuple[w.Method, ...] = (), classes: tuple[k.Kin, ...] = (), budget: int = 4000
) -> Evaluated:
    method = l.static("LMain;", "m", GIVES, [*code, *l.given_back(0)])
    return Evaluated(k.kin("LMain;", method, *others), *classes, budget=budget)


def test_constants_and_copies() -> None:
    opened = main(*l.text(1, "x"), 0x07 | 0 << 8 | 1 << 12)
    assert opened.returned(M).value == "x"
    assert opened.evaluator.constant(opened.id(M), 1) is None
    assert opened.shown(M) == '"x"'


def test_arithmetic_is_done_on_constants_alone() -> None:
    opened = main(*l.constant(1, 3), 0xD8, 1 | 4 << 8)  # add-int/lit8 v0, v1, 4
    assert opened.returned(M).value == 7
    of_call = main(*TYPED, 0x0A | 1 << 8, 0xD8, 1 | 4 << 8)
    assert of_call.returned(M).kind is Kind.OPERATION
    assert of_call.ends(M) == ["text.typed", 4]


def test_a_junction_is_a_choice_with_the_edges_as_guards() -> None:
    code = [*TYPED, 0x0A | 1 << 8, *l.text(0, "a"), 0x38 | 1 << 8, 4, *l.text(0, "b")]
    opened = main(*code)
    found = opened.returned(M)
    assert found.kind is Kind.CHOICE
    flow = opened.evaluator.bodies.of(opened.id(M)).flow  # type: ignore[union-attr]
    told = {}
    for each, guard in zip(found.inputs, found.guards, strict=True):
        assert guard is not None
        assert (guard.definition, guard.context) == (opened.id(M), ())
        assert int(flow.edges.source[guard.edge]) == guard.block
        told[opened.terms[each].value] = int(flow.edges.kind[guard.edge])
    assert told == {"a": 1, "b": 0}  # taken; onward


def test_parameters_come_from_callers_and_a_context_names_one() -> None:
    take = l.static("LMain;", "take", SAME, l.given_back(15))
    calls = [*l.text(1, "a"), *l.statically("LMain;", "take", SAME, 1), *l.result(0),
             *l.text(1, "b"), *l.statically("LMain;", "take", SAME, 1), *l.result(0)]  # fmt: skip
    opened = main(*calls, others=(take,))
    name = "LMain;->take(Ljava/lang/String;)Ljava/lang/String;"
    assert opened.ends(name) == ["a", "b"]
    assert opened.returned(name, (opened.link(name, 0),)).value == "a"
    assert opened.returned(name, (opened.link(name, 1),)).value == "b"
    assert opened.returned(M).value == "b"


def test_a_root_has_parameters() -> None:
    screen = k.kin("LMine;", l.method("LMine;", "onTyped", SAME, l.given_back(15)), superclass="Lout/Screen;")
    found = Evaluated(screen).returned("LMine;->onTyped(Ljava/lang/String;)Ljava/lang/String;")
    assert (found.kind, found.value) == (Kind.PARAMETER, "text.typed")
    assert found.name == "LMine;->onTyped(Ljava/lang/String;)Ljava/lang/String;#1"


def test_results_are_what_callees_return_each_under_its_block() -> None:
    code = [*TYPED, 0x0A, 0x38, 5, *l.text(1, "a"), 0x0111, *l.text(1, "b"), 0x0111]
    either = l.static("LMain;", "either", GIVES, code)
    opened = main(*l.statically("LMain;", "either", GIVES), *l.result(0), others=(either,))
    found = opened.returned(M)
    assert [opened.terms[each].value for each in found.inputs] == ["a", "b"]
    assert {guard.definition for guard in found.guards if guard} == {opened.id("LMain;->either()Ljava/lang/String;")}
    assert len({guard.block for guard in found.guards if guard}) == 2


def test_a_receiver_that_is_known_chooses_the_callee() -> None:
    said = [k.kin(f"L{n};", l.constructor(f"L{n};"),
                  l.method(f"L{n};", "say", GIVES, [*l.text(0, n), *l.given_back(0)]),
                  interfaces=("LSays;",)) for n in "AB"]  # fmt: skip
    says = k.kin("LSays;", l.method("LSays;", "say", GIVES, [], k.PUBLIC | k.ABSTRACT), flags=k.INTERFACE | k.ABSTRACT)
    code = [*l.made(1, "LA;"), *l.made(2, "LB;"), *l.interfaced("LSays;", "say", GIVES, 1), *l.result(0)]
    assert main(*code, classes=(*said, says)).returned(M).value == "A"


def test_recursion_is_cut() -> None:
    again = l.static(
        "LMain;", "again", SAME, [*l.statically("LMain;", "again", SAME, 15), *l.result(0), *l.given_back(0)]
    )
    opened = main(*l.text(1, "x"), *l.statically("LMain;", "again", SAME, 1), *l.result(0), others=(again,))
    assert opened.returned(M).kind is Kind.CUT


def test_a_loop_is_cut_where_it_comes_back() -> None:
    """v0 begins as "a" and is lowered round by round."""
    lower = l.statically("Lout/Words;", "lower", SAME, 0)
    opened = main(*l.text(0, "a"), *lower, *l.result(0), *TYPED, 0x0A | 1 << 8, 0x39 | 1 << 8, -8 & 0xFFFF)
    assert opened.ends(M) == ["a", "cycle"]


def test_calls_without_a_model_keep_their_operands() -> None:
    opened = main(*l.text(1, "x"), *l.statically("Lout/Other;", "turn", SAME, 1), *l.result(0))
    found = opened.returned(M)
    assert (found.kind, found.model) == (Kind.CALL, None)
    assert found.name == "Lout/Other;->turn(Ljava/lang/String;)Ljava/lang/String;"
    assert opened.ends(M) == ["x"]


def test_native_methods_are_unknown_with_what_goes_in() -> None:
    secret = k.method("LMain;", "secret", k.PUBLIC | k.STATIC | k.NATIVE, None, SAME)
    opened = main(*TYPED, *l.result(1), *l.statically("LMain;", "secret", SAME, 1), *l.result(0), others=(secret,))
    assert opened.returned(M).kind is Kind.UNKNOWN
    assert opened.returned(M).name.startswith("native LMain;->secret")
    assert opened.ends(M) == ["text.typed"]


def test_a_field_of_the_platform_has_the_label_of_its_model() -> None:
    brand = w.FieldId("Lout/Build;", "BRAND", l.STRING)
    opened = main(*l.got_static(0, brand))
    assert opened.ends(M) == ["variable.build"]
    assert opened.returned(M).name == "Lout/Build;->BRAND:Ljava/lang/String;"


def test_paths_lead_from_a_term_to_a_leaf() -> None:
    opened = main(*TYPED, *l.result(1), *l.statically("Lout/Words;", "lower", SAME, 1), *l.result(0))
    term = opened.read(M)
    (leaf,) = opened.evaluator.leaves(term)
    assert opened.evaluator.path(term, leaf) == (term, leaf)
    assert opened.evaluator.path(leaf, term) == ()
    assert opened.evaluator.source(leaf) == "text.typed"


def test_a_budget_that_is_met_is_an_unknown_and_counted() -> None:
    code = [*TYPED, *l.result(1)]
    for _ in range(20):
        code += [*l.statically("Lout/Words;", "lower", SAME, 1), *l.result(1)]
    code += [0x07 | 0 << 8 | 1 << 12]
    assert main(*code).ends(M) == ["text.typed"]
    short = main(*code, budget=10)
    assert short.ends(M) == ["budget"]
    assert short.evaluator.machine.exhausted == 1


def test_a_method_with_too_many_callers_is_not_guessed() -> None:
    take = l.static("LMain;", "take", SAME, l.given_back(15))
    calls = [unit for n in range(60) for unit in (*l.text(1, f"t{n}"), *l.statically("LMain;", "take", SAME, 1))]
    opened = main(*calls, *l.result(0), others=(take,))
    assert opened.returned("LMain;->take(Ljava/lang/String;)Ljava/lang/String;").name == "too many callers"
    assert opened.returned(M).value == "t59"


def test_boxing_hands_the_value_on_and_parsing_does_not() -> None:
    boxed = l.proto("Ljava/lang/Integer;", "I")
    code = [*l.constant(1, 3), *l.statically("Ljava/lang/Integer;", "valueOf", boxed, 1), *l.result(0)]
    assert main(*code).returned(M).value == 3
    parsed = l.proto("Ljava/lang/Integer;", l.STRING)
    opened = main(*l.text(1, "3"), *l.statically("Ljava/lang/Integer;", "valueOf", parsed, 1), *l.result(0))
    assert opened.returned(M).kind is Kind.CALL
    assert opened.evaluator.constants(opened.read(M)) == ("3",)
