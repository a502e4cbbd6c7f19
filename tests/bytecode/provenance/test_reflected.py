"""System properties that are read by reflection."""

import pytest

from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.provenance.terms import Kind
from assay.reference.models import models
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program
from tests.bytecode.provenance import linked as l

CLASS, METHOD = "Ljava/lang/Class;", "Ljava/lang/reflect/Method;"
OBJECTS, CLASSES = "[Ljava/lang/Object;", "[Ljava/lang/Class;"
NAMED = l.proto(CLASS, l.STRING)
FOUND = l.proto(METHOD, l.STRING, CLASSES)
ASKED = l.proto(l.OBJECT, l.OBJECT, OBJECTS)


def read(owner: str, name: str) -> list[w.Unit]:
    """Class.forName(owner).getMethod(name, …).invoke(null, {"ro.market.of", "XX"})"""
    looked = [*l.text(0, owner), *l.statically(CLASS, "forName", NAMED, 0), *l.result(0), *l.text(1, name)]
    looked += [0x2312, *l.array(2, 3, CLASSES), *l.virtual(CLASS, "getMethod", FOUND, 0, 1, 2), *l.result(0)]
    given = [*l.array(2, 3, OBJECTS), 0x0412, *l.text(5, "ro.market.of"), *l.put_element(5, 2, 4)]
    given += [0x1412, *l.text(5, "XX"), *l.put_element(5, 2, 4), 0x0412]
    return [*looked, *given, *l.virtual(METHOD, "invoke", ASKED, 0, 4, 2), *l.result(0), *l.given_back(0)]


@pytest.mark.parametrize(("owner", "name", "kind"), [
    ("android.os.SystemProperties", "get", Kind.STORE), ("android.os.SystemProperties", "other", Kind.CALL),
    ("org.example.Other", "get", Kind.CALL), ("", "get", Kind.CALL),
])  # fmt: skip
def test_a_property_by_its_names_is_the_property(owner: str, name: str, kind: Kind) -> None:
    gives = l.proto(l.OBJECT)
    opened = program([k.kin("LMain;", l.static("LMain;", "m", gives, read(owner, name)))])
    terms, definition = Evaluator(opened, models()), only(opened, f"LMain;->m(){l.OBJECT}")
    body = terms.bodies.of(definition)
    assert body is not None
    own = terms.terms[terms.term(definition, body.returns[0][1])]
    assert own.kind is kind
    if kind is Kind.STORE:
        assert (own.name, [terms.terms[each].value for each in own.inputs]) == ("property:ro.market.of", ["XX"])
