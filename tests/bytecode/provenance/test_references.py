"""What callbacks give that are references to methods of the platform, against programs written by hand."""

import pytest

from assay.bytecode.provenance.terms import Kind
from tests.bytecode import dex_items as items
from tests.bytecode import dex_parts as parts
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import part
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.evaluated import Evaluated
from tests.bytecode.provenance.test_evaluator import GIVES, M
from tests.bytecode.provenance.test_results import ANY, CALL

METAFACTORY = items.MethodId("Ljava/lang/invoke/LambdaMetafactory;", "metafactory", items.Proto("V"))
STATIC, INSTANCE, CONSTRUCTOR, FIELD_OF = 4, 5, 6, 3
LOWER = items.MethodId("Lout/Words;", "lower", l.proto(l.STRING, l.STRING))
SHOW = items.MethodId("Lout/Text;", "show", GIVES)
SAME = items.MethodId("Lout/Bag;", "same", ANY)
NEW = items.MethodId("Lout/Words;", "<init>", l.proto("V", l.STRING))


def opened(kind: int, method: items.MethodId, call: int = 0) -> Evaluated:
    """A call that gives what a reference gives which holds a text."""
    site = [
        parts.Value(parts.METHOD_HANDLE, 0), parts.Value(parts.STRING, "call"),
        parts.Value(parts.METHOD_TYPE, l.proto(CALL, l.STRING)), parts.Value(parts.METHOD_TYPE, ANY),
        parts.Value(parts.METHOD_HANDLE, 1), parts.Value(parts.METHOD_TYPE, ANY),
    ]  # fmt: skip
    make: list[w.Unit] = [*l.text(1, "held"), 0xFC | 1 << 12, w.Index("call_site", call), 1, *l.result(2)]
    later = [*l.statically("Lout/Later;", "at", l.proto(l.OBJECT, CALL), 2), *l.result(0), *l.given_back(0)]
    main = k.kin("LMain;", l.static("LMain;", "m", GIVES, [*make, *later]))
    raw = k.write([main], version="038", call_sites=[site], handles=[(STATIC, METAFACTORY), (kind, method)])
    return Evaluated(parts=(part(raw),))


@pytest.mark.parametrize(("kind", "method"), [(STATIC, LOWER), (INSTANCE, SHOW)])
def test_it_is_a_call_of_the_method_with_what_the_reference_holds(kind: int, method: items.MethodId) -> None:
    found = opened(kind, method)
    own = found.returned(M)
    assert (own.kind, own.method) == (Kind.CALL, method.name)
    assert [found.terms[each].value for each in own.inputs] == ["held"]
    assert own.model is not None


def test_it_is_the_held_text_where_the_method_gives_just_that() -> None:
    assert opened(INSTANCE, SAME).returned(M).value == "held"


def test_what_a_constructor_gives_is_not_told() -> None:
    own = opened(CONSTRUCTOR, NEW).returned(M)
    assert (own.kind, own.name) == (Kind.UNKNOWN, "what call1 gives")
