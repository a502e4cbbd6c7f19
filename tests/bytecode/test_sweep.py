"""What instructions refer to, and instructions that no compiler writes."""

import pytest

from assay.bytecode.listing import listing
from assay.bytecode.opcodes import Reference
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import CONTAINS, COUNT, RUN, method, one_class, opened, sample, with_u4

TRUNCATED = "methods end within an instruction or a payload (1; the first here)"
NO_SUCH = "instructions name an index that is not in its table (1; the first here)"


def test_references_of_a_method() -> None:
    writer = sample()
    dex = opened(writer.write())
    rows = dex.references
    run = writer.ids.index("method", RUN)
    assert rows.method.tolist() == [run] * 3
    assert rows.pc.tolist() == [0, 2, 8]
    assert rows.opcode.tolist() == [0x1A, 0x6E, 0x60]
    assert rows.kind.tolist() == [1, 4, 3]
    items = [("string", "a word"), ("method", CONTAINS), ("field", COUNT)]
    assert rows.index.tolist() == [writer.ids.index(kind, item) for kind, item in items]  # type: ignore[arg-type]
    assert rows.starts.tolist() == [0, 3, 3]
    assert (dex.swept.instructions, dex.swept.unknown) == (8, 0)


@pytest.mark.parametrize("opcode", [0x3E, 0x43, 0x73, 0x79, 0x7A, 0xF3, 0xF9])
def test_unused_opcodes_are_counted_as_instructions_of_one_unit(opcode: int) -> None:
    dex = opened(one_class(method([opcode | 0x1A00, 0x0E])))
    assert (dex.swept.instructions, dex.swept.unknown) == (2, 1)


@pytest.mark.parametrize("opcode", range(0xE3, 0xF3))
def test_opcodes_that_a_runtime_put_in_are_unknown_and_nothing_behind_them_is_misread(opcode: int) -> None:
    """The units behind look like a string load; iget-quick takes one of them, invoke-virtual-quick two."""
    operands = [0x001A, 0x001A] if opcode in {0xE9, 0xEA} else [0x001A]
    dex = opened(one_class(method([opcode, *operands, *w.const_string(0, "A"), 0x0E])))
    assert (dex.swept.instructions, dex.swept.unknown) == (3, 1)
    assert dex.references.pc.tolist() == [1 + len(operands)]
    assert dex.instructions.opcode.tolist() == [opcode, 0x1A, 0x0E]
    assert str(next(listing(dex, 0))) == f"0000: unused-{opcode:02x}"
    assert list(dex.problems) == []


def test_invoke_polymorphic_refers_to_its_method_and_to_its_prototype() -> None:
    invoke = w.MethodId(
        "Ljava/lang/invoke/MethodHandle;", "invoke", w.Proto("Ljava/lang/Object;", ("[Ljava/lang/Object;",))
    )
    proto = w.Proto("I", ("J",))
    operands: list[w.Unit] = [w.Index("method", invoke), 0, w.Index("proto", proto)]
    writer = w.Writer([w.Class("LA;", [method([0x10FA, *operands, 0x01FB, *operands, 0x0E])])], version="038")
    dex = opened(writer.write())
    rows = zip(*(getattr(dex.references, name).tolist() for name in ("pc", "opcode", "kind", "index")), strict=True)
    named = writer.ids.index("method", invoke), writer.ids.index("proto", proto)
    assert list(rows) == [
        (0, 0xFA, 4, named[0]),
        (0, 0xFA, 7, named[1]),
        (4, 0xFB, 4, named[0]),
        (4, 0xFB, 7, named[1]),
    ]
    assert [pc for _, pc in dex.places(Reference.PROTO, named[1])] == [0, 4]
    assert dex.references.starts.tolist() == [0, 4]


@pytest.mark.parametrize("proto", [9, 0x7FFF, 0x8000, 0xFFFF])
def test_a_prototype_that_does_not_exist_is_no_reference(proto: int) -> None:
    dex = opened(one_class(method([0x10FA, 0, 0, proto, 0x0E])))
    assert dex.references.kind.tolist() == [4]
    assert [problem.what for problem in dex.problems] == [NO_SUCH]


@pytest.mark.parametrize(
    "code",
    [
        [0x1A],
        [0x1B, 0],
        [0x6E, 0],
        [0x18, 0, 0, 0],
        [0xFA, 0, 0],
        [0x0100],
        [0x0100, 0, 0],
        [0x0100, 1, 0, 0, 0],
        [0x0200],
        [0x0200, 1, 0, 0, 0],
        [0x0300, 1, 1],
        [0x0300, 1, 1, 0],
        [0x0300, 2, 2, 0, 0],
        [0x0300, 0xFFFF, 0xFFFF, 0xFFFF],
        [0x0100, 0xFFFF, 0, 0],
    ],
)
def test_a_method_that_ends_within_an_instruction(code: list[w.Unit]) -> None:
    dex = opened(one_class(method([0x0E, *code])))
    assert dex.swept.instructions == 1
    assert [problem.what for problem in dex.problems] == [TRUNCATED]


@pytest.mark.parametrize(
    "payload", [[0x0100, 0, 0, 0], [0x0200, 0], [0x0300, 1, 0, 0], [0x0300, 1, 1, 0, 0], [0x0300, 8, 1, 0, 0, 0, 0, 0]]
)
def test_a_payload_at_the_very_end_is_whole(payload: list[w.Unit]) -> None:
    dex = opened(one_class(method([0x0E, *payload])))
    assert (dex.swept.instructions, dex.swept.payload_units.tolist(), list(dex.problems)) == (1, [len(payload)], [])


@pytest.mark.parametrize("unit", [0x0400, 0xFF00, 0x0500])
def test_a_nop_with_another_upper_byte_is_an_instruction(unit: int) -> None:
    assert opened(one_class(method([unit, 0x0E]))).swept.instructions == 2


def test_the_largest_index_in_a_table_is_a_reference_and_one_more_is_not() -> None:
    strings = len(w.Writer([w.Class("LA;", direct=[method([0x0E])])]).ids.strings)
    for index, problems, rows in ((strings - 1, [], 1), (strings, [NO_SUCH], 0), (0xFFFF, [NO_SUCH], 0)):
        dex = opened(one_class(method([0x1A, index, 0x0E])))
        assert [problem.what for problem in dex.problems] == problems
        assert len(dex.references.pc) == rows


@pytest.mark.parametrize("opcode", [0xFC, 0xFD])
def test_call_sites_need_a_table_of_call_sites(opcode: int) -> None:
    dex = opened(one_class(method([opcode, 0, 0])))
    assert [problem.what for problem in dex.problems] == [NO_SUCH]


def test_a_jumbo_index_has_both_halves() -> None:
    dex = opened(one_class(method([0x1B, 0, 0x8000, 0x1B, 1, 0])))
    assert (dex.references.pc.tolist(), dex.references.index.tolist()) == ([3], [1])


def test_the_place_of_a_problem_is_its_instruction() -> None:
    writer = w.Writer([w.Class("LA;", direct=[method([0x0E, 0x1A, 0xFFFF])])])
    raw = writer.write()
    (problem,) = opened(raw).problems
    (code,) = writer.code_offsets.values()
    assert problem.place == f"0x{code + 16 + 2:x}+4"
    assert raw[code + 18 : code + 22] == b"\x1a\0\xff\xff"


def test_a_file_of_odd_size_is_read() -> None:
    raw = sample().write()
    odd = with_u4(raw + b"\0", 32, len(raw) + 1)
    assert len(opened(odd).references.pc) == 3
