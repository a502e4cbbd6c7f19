"""The order of a body: forms of one instruction count as one, what shrinkers move about does not count."""

import pytest

from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.shapes.bodies import orders
from assay.bytecode.shapes.words import reference_words
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w

CALL = w.MethodId("Ljava/lang/String;", "trim", w.Proto("V"))
ADD, ADD_TO, SUB = [0x0090, 0x0000], [0x00B0], [0x0091, 0x0000]
SWITCH: list[w.Unit] = [0x002B, 4, 0, *w.RETURN_VOID, 0x0100, 1, 7, 0, 3, 0]


def _order(code: list[w.Unit]) -> tuple[int, int]:
    id_ = w.MethodId("LA;", "m", w.Proto("V"))
    dex = DexFile(BufferSource(w.write([w.Class("LA;", [w.Method(id_, code)])])))
    built = columns.build(dex)
    found = orders(dex, built, reference_words(built).words)
    return int(found.digests[0]), int(found.instructions[0])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ADD, ADD_TO, True),
        (ADD, SUB, False),
        ([0x0038, 2], [0x0039, 2], True),  # if-eqz, if-nez
        ([0x0038, 2], [0x003A, 2], False),
        (ADD, [0x0001, *ADD, 0x1012], True),  # a move and a constant beside it
        (ADD, [*ADD, 0x0021], False),  # array-length
        (w.invoke(0x6E, CALL, 1), w.invoke(0x74, CALL, 1), True),
        (w.const_string(0, "text"), w.const_string_jumbo(3, "text"), True),
        (w.const_string(0, "text"), w.const_string(0, "tent"), False),
    ],
)
def test_forms(one: list[w.Unit], other: list[w.Unit], same: bool) -> None:  # noqa: FBT001 - a table of answers
    end = [*w.RETURN_VOID]
    assert (_order([*one, *end])[0] == _order([*other, *end])[0]) is same


def test_payloads_are_no_instructions() -> None:
    assert _order(SWITCH)[1] == 2
    assert _order([*w.RETURN_VOID])[1] == 1
    assert _order([])[1] == 0


def test_a_body_that_breaks_off_is_counted_as_far_as_it_goes() -> None:
    assert _order([0x0090])[1] == 0
    assert _order([*w.RETURN_VOID, 0x0018])[1] == 1
