"""What calls give that one of several objects answers, and what callbacks give, against programs written by hand."""

from assay.bytecode.provenance.origins import origins
from assay.bytecode.provenance.terms import Guard, Kind, Term
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.evaluated import Evaluated
from tests.bytecode.provenance.test_evaluator import GIVES, SAME, TYPED, M

WORD = w.FieldId("LBox;", "word", l.STRING)
ANY = l.proto(l.OBJECT)
CALL = "Ljava/util/concurrent/Callable;"
VIEW = "Landroid/webkit/WebView;"


def says(name: str) -> k.Kin:
    """A class with say() that gives the name of the class."""
    say = l.method(f"L{name};", "say", GIVES, [*l.text(0, name), *l.given_back(0)])
    return k.kin(f"L{name};", l.constructor(f"L{name};"), say, interfaces=("LSays;",))


SAYS = k.kin("LSays;", l.method("LSays;", "say", GIVES, [], k.PUBLIC | k.ABSTRACT), flags=k.INTERFACE | k.ABSTRACT)
EITHER = [*TYPED, 0x0A | 1 << 8, *l.made(2, "LA;"), 0x38 | 1 << 8, 7, *l.made(2, "LB;")]
"""v2 is an LB; where v1 is not zero, else an LA;."""


def kinds(opened: Evaluated, found: Term) -> dict[object, int]:
    """The kind of edge (1 taken, 0 onward) under which each alternative stands."""
    flow = opened.evaluator.bodies.of(opened.id(M)).flow  # type: ignore[union-attr]
    edges = {opened.terms[each].value: guard for each, guard in zip(found.inputs, found.guards, strict=True)}
    assert all(isinstance(guard, Guard) and guard.definition == opened.id(M) for guard in edges.values())
    return {value: int(flow.edges.kind[guard.edge]) for value, guard in edges.items() if guard is not None}


def test_what_a_call_gives_stands_under_the_condition_that_chose_its_receiver() -> None:
    code = [*EITHER, *l.interfaced("LSays;", "say", GIVES, 2), *l.result(0), *l.given_back(0)]
    opened = Evaluated(k.kin("LMain;", l.static("LMain;", "m", GIVES, code)), says("A"), says("B"), SAYS)
    assert kinds(opened, opened.returned(M)) == {"A": 1, "B": 0}


def test_a_receiver_that_may_be_nothing_leaves_the_other() -> None:
    code = [*TYPED, 0x0A | 1 << 8, *l.constant(2, 0), 0x38 | 1 << 8, 7, *l.made(2, "LB;"),
            *l.interfaced("LSays;", "say", GIVES, 2), *l.result(0), *l.given_back(0)]  # fmt: skip
    opened = Evaluated(k.kin("LMain;", l.static("LMain;", "m", GIVES, code)), says("A"), says("B"), SAYS)
    assert opened.returned(M).value == "B"


def test_a_field_is_read_under_the_condition_that_chose_its_object() -> None:
    kept = l.constructor("LBox;", l.put(15, 14, WORD), l.proto("V", l.STRING))
    box = k.kin("LBox;", kept)
    box.instance_fields = [WORD]
    made = l.proto("V", l.STRING)
    code = [*TYPED, 0x0A | 1 << 8, *l.text(3, "a"), *l.made(2, "LBox;", 3, of=made), 0x38 | 1 << 8, 9,
            *l.text(3, "b"), *l.made(2, "LBox;", 3, of=made), *l.got(0, 2, WORD), *l.given_back(0)]  # fmt: skip
    opened = Evaluated(k.kin("LMain;", l.static("LMain;", "m", GIVES, code)), box)
    assert kinds(opened, opened.returned(M)) == {"a": 1, "b": 0}


def called(*code: w.Unit) -> Evaluated:
    """A callable that gives typed text; v1 is one."""
    call = l.method("LAsk;", "call", ANY, [*TYPED, *l.result(0), *l.given_back(0)])
    ask = k.kin("LAsk;", l.constructor("LAsk;"), call, interfaces=(CALL,))
    return Evaluated(k.kin("LMain;", l.static("LMain;", "m", GIVES, [*l.made(1, "LAsk;"), *code])), ask)


def test_what_a_callback_gives_is_the_result_of_the_call_that_says_so() -> None:
    code = [*l.statically("Lout/Later;", "at", l.proto(l.OBJECT, CALL), 1), *l.result(0), *l.given_back(0)]
    assert called(*code).ends(M) == ["text.typed"]


def test_what_a_callback_gives_is_kept_by_the_object_that_runs_it() -> None:
    code = [*l.made(2, "Lout/Later;", 1, of=l.proto("V", CALL)), *l.virtual("Lout/Later;", "get", ANY, 2),
            *l.result(0), *l.given_back(0)]  # fmt: skip
    assert called(*code).ends(M) == ["text.typed"]


def test_a_callback_that_is_not_known_is_said() -> None:
    take = l.static("LMain;", "m", l.proto(l.OBJECT, CALL), [
        *l.statically("Lout/Later;", "at", l.proto(l.OBJECT, CALL), 15), *l.result(0), *l.given_back(0)
    ])  # fmt: skip
    found = Evaluated(k.kin("LMain;", take)).returned(f"LMain;->m({CALL}){l.OBJECT}")
    assert (found.kind, found.name) == (Kind.UNKNOWN, "what call1 gives")


def test_what_scripts_of_a_page_hand_over_is_text_of_the_page() -> None:
    bridge = k.kin("LBridge;", l.constructor("LBridge;"), l.method("LBridge;", "take", SAME, l.given_back(15)))
    code = [*l.made(1, "LBridge;"), *l.text(2, "x"),
            *l.virtual(VIEW, "addJavascriptInterface", l.proto("V", l.OBJECT, l.STRING), 3, 1, 2), 0x0E]  # fmt: skip
    opened = Evaluated(k.kin("LMain;", l.static("LMain;", "m", l.VOID, code)), bridge)
    term = opened.read("LBridge;->take(Ljava/lang/String;)Ljava/lang/String;")
    assert [each.label for each in origins(opened.terms, term)] == ["text.page"]


def test_a_call_means_what_the_class_of_its_receiver_says() -> None:
    """The code names out.View; the object is an out.Entry, whose show() is what was typed."""
    code = [*l.made(1, "Lout/Entry;"), *l.virtual("Lout/View;", "show", GIVES, 1), *l.result(0), *l.given_back(0)]
    opened = Evaluated(k.kin("LMain;", l.static("LMain;", "m", GIVES, code)))
    assert opened.evaluator.source(opened.read(M)) == "text.typed"
    plain = [*l.made(1, "Lout/View;"), *l.virtual("Lout/View;", "show", GIVES, 1), *l.result(0), *l.given_back(0)]
    opened = Evaluated(k.kin("LMain;", l.static("LMain;", "m", GIVES, plain)))
    assert opened.evaluator.source(opened.read(M)) == ""
