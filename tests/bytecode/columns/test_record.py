"""Names of members: exact up to the limits, and nothing that many members can share beyond them."""

import pytest

from assay.bytecode.columns import Columns, build
from assay.bytecode.columns.record import UNNAMED
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import opened

LONGEST, MOST_PARAMETERS = 2048, 255


PLAIN = w.Proto("V")


def _columns(owner: str = "LA;", name: str = "m", proto: w.Proto = PLAIN) -> Columns:
    method = w.Method(w.MethodId(owner, name, proto), None, access=0x109)
    field = w.FieldId(owner, name, proto.returns)
    return build(opened(w.write([w.Class(owner, direct=[method], static_fields=[field])])))


def _class_of(length: int) -> str:
    return f"L{'x' * (length - 2)};"


@pytest.mark.parametrize(("length", "named"), [(LONGEST, True), (LONGEST + 1, False)])
def test_owners_and_names_have_a_longest_length(length: int, named: bool) -> None:  # noqa: FBT001
    owner, name = _class_of(length), "n" * length
    columns = _columns(owner, name)
    expected = (owner.encode(), name.encode()) if named else (UNNAMED, UNNAMED)
    assert columns.method_key(0) == (*expected, b"()V")
    assert columns.field_key(0) == (*expected, b"V")


@pytest.mark.parametrize(("count", "named"), [(MOST_PARAMETERS, True), (MOST_PARAMETERS + 1, False)])
def test_a_prototype_has_as_many_parameters_as_a_method_can_be_called_with(count: int, named: bool) -> None:  # noqa: FBT001
    key = _columns(proto=w.Proto("V", ("I",) * count)).method_key(0)
    assert key == (b"LA;", b"m", b"(" + b"I" * count + b")V" if named else UNNAMED)


@pytest.mark.parametrize(("length", "named"), [(LONGEST - 3, True), (LONGEST - 2, False)])
def test_a_prototype_has_a_longest_length(length: int, named: bool) -> None:  # noqa: FBT001
    type_ = _class_of(length)
    expected = f"({type_})V".encode()
    assert len(expected) == length + 3
    assert _columns(proto=w.Proto("V", (type_,))).method_key(0)[2] == (expected if named else UNNAMED)


def test_negative_ids_name_nothing() -> None:
    columns = _columns()
    for ask in (columns.method_key, columns.field_key, columns.prototype, columns.descriptor, columns.string):
        with pytest.raises(IndexError):
            ask(-1)
