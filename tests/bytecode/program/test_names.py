"""Signatures by their text, and what has none."""

import pytest

from assay.bytecode.program.names import descriptors
from tests.bytecode import dex_items as items
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import program


@pytest.mark.parametrize(
    ("prototype", "expected"),
    [
        (b"()V", [b"V"]),
        (b"(I[[JLorg/A;[Lorg/B;)Lorg/C;", [b"I", b"[[J", b"Lorg/A;", b"[Lorg/B;", b"Lorg/C;"]),
        (b"()", None),
        (b"I)V", None),
        (b"(I", None),
        (b"(Lorg/A)V", None),
        (b"([)V", None),
        (b"x()V", None),
    ],
)
def test_descriptors_of_a_prototype(prototype: bytes, expected: list[bytes] | None) -> None:
    assert descriptors(prototype) == expected


def test_a_signature_is_found_by_its_text_and_gives_it_back() -> None:
    proto = items.Proto("[I", ("Lorg/example/A;", "J"))
    opened = program([k.kin("LA;", k.method("LA;", "m", proto=proto), k.method("LA;", "m"))])
    names = opened.linked.names
    signature = names.method_signature(b"m", b"(Lorg/example/A;J)[I")
    assert names.signature_parts(signature) == (b"m", b"(Lorg/example/A;J)[I")
    assert signature != names.method_signature(b"m", b"()V") >= 0
    for name, prototype in ((b"n", b"()V"), (b"m", b"(J)V"), (b"m", b"nonsense"), (b"m\0", b"()V")):
        assert names.method_signature(name, prototype) == -1
    with pytest.raises(IndexError):
        names.signature_parts(-1)


def test_definitions_are_found_by_name_only_where_they_are_declared() -> None:
    opened = program([k.kin("LA;", k.method("LA;", "m")), k.kin("LB;", superclass="LA;")])
    assert opened.find_definition(b"LA;", b"m", b"()V") == 0
    assert opened.find_definition(b"LB;", b"m", b"()V") is None
    assert opened.find_definition(b"LC;", b"m", b"()V") is None
    assert opened.find_definition(b"LA;", b"m", b"()I") is None
    assert opened.find_class(b"LB;") == 1
    assert opened.find_class(b"Ljava/lang/Object;") is None
