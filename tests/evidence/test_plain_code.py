"""What the platform hands to methods, and gets from them, is checked by the object that is made and handed over."""

import hashlib
from typing import Any

import pytest

from assay.evidence import plain_code
from assay.evidence.plain_dex import FAULTS, Dex, DoesNotHold
from assay.evidence.witness_check import verify
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l

PASS, TAKE = l.proto(l.OBJECT, "Lout/Taker;", l.OBJECT), l.proto(l.OBJECT, l.OBJECT)
SAME = l.proto("Z", l.OBJECT)
MAIN, TAKER, OTHER = "LMain;->m()V", "LTaker;->take(Ljava/lang/Object;)Ljava/lang/Object;", "LOther;"
PASSED = "Lout/Pool;->pass(Lout/Taker;Ljava/lang/Object;)Ljava/lang/Object;"
EQUALS = "Ljava/lang/Object;->equals(Ljava/lang/Object;)Z"


def _written() -> bytes:
    start = l.static("LMain;", "m", l.VOID, [
        *l.text(4, "x"), *l.made(2, "LTaker;"), *l.made(5, OTHER), *l.virtual("Lout/Pool;", "pass", PASS, 3, 2, 4),
        *l.result(6), *l.virtual("Ljava/lang/Object;", "equals", SAME, 6, 6)])  # fmt: skip
    take = l.method("LTaker;", "take", TAKE, [
        *l.virtual("Ljava/lang/Object;", "equals", SAME, 15, 15), *l.given_back(15)])  # fmt: skip
    same = l.method(OTHER, "take", TAKE, [*l.virtual("Ljava/lang/Object;", "equals", SAME, 15, 15), *l.given_back(15)])
    data = bytearray(k.write([
        k.kin("LMain;", start), k.kin("LTaker;", l.constructor("LTaker;"), take, interfaces=("Lout/Taker;",)),
        k.kin(OTHER, l.constructor(OTHER), same)]))  # fmt: skip
    for (_, signature), at in Dex(bytes(data)).code.items():
        data[at + 2] = 2 if signature.startswith("take") else 0  # ins_size, which the writer leaves at 0
    return bytes(data)


DATA = _written()
DEX, SHA = Dex(DATA), hashlib.sha256(DATA).hexdigest()


def _at(name: str, wanted: str) -> int:
    owner, _, signature = name.partition("->")
    graph = plain_code.method(DEX, owner, signature).graph
    return next(pc for pc, one in sorted(graph.items()) if one.names == wanted or (wanted == "r" and "r" in one.flags))


def step(name: str, wanted: str, kind: str, **more: Any) -> dict[str, Any]:
    owner, _, signature = name.partition("->")
    named = {} if wanted == "r" or kind == "constant" else {"reference": wanted}
    place = {"dex": SHA, "class": owner, "method": signature, "code_offset": _at(name, wanted)}
    return {**place, "kind": kind, **named, **more}


X = step(MAIN, "x", "constant", to=4, value="x")
HANDED = step(MAIN, PASSED, "argument", register=4, origin=_at(MAIN, "LTaker;"))
TAKEN = step(TAKER, EQUALS, "compare", register=15)
BACK = [step(TAKER, "r", "return", register=15), step(MAIN, PASSED, "result", to=6, origin=_at(MAIN, "LTaker;")),
        step(MAIN, EQUALS, "compare", register=6)]  # fmt: skip


def check(*steps: dict[str, Any]) -> None:
    verify({"text": list(steps)}, {SHA: DEX})


def test_what_is_handed_over_comes_in_a_parameter_of_the_objects_method_and_back() -> None:
    check(X, HANDED, TAKEN)
    check(X, HANDED, *BACK)


@pytest.mark.parametrize(
    "steps",
    [
        (X, HANDED | {"origin": _at(MAIN, OTHER)}, TAKEN),
        (X, HANDED | {"origin": _at(MAIN, "x")}, TAKEN),
        (X, {name: value for name, value in HANDED.items() if name != "origin"}, TAKEN),
        (X, HANDED, TAKEN | {"class": OTHER}),
        (X, HANDED | {"register": 5}, TAKEN),
        (X, HANDED, BACK[0], BACK[1] | {"origin": _at(MAIN, OTHER)}, BACK[2]),
        (X, HANDED, BACK[0], BACK[2]),
    ],
)
def test_another_object_a_method_of_another_class_or_none_does_not_hold(steps: tuple[dict[str, Any], ...]) -> None:
    with pytest.raises((DoesNotHold, *FAULTS)):
        check(*steps)
