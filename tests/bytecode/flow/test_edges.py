"""Edges of generated programs against a model that knows only what each instruction may jump to; exceptions; limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.flow import edges as module
from assay.bytecode.flow.edges import ANY_EXCEPTION, EXCEPTIONS_EACH, EXCEPTIONS_FREE
from assay.bytecode.flow.graph import Graph, graph_of
from tests.bytecode import dex_writer as w
from tests.bytecode.flow.shapes import Op, assembled, places, programs, successors
from tests.bytecode.samples import method, one_class, opened

KINDS = ("onward", "taken", "case", "exception")


def graph(*codes: list[w.Unit], tries: list[w.Try] | None = None) -> Graph:
    methods = [
        w.Method(w.MethodId("LA;", f"m{n}", w.Proto("V")), code, tries=tries or []) for n, code in enumerate(codes)
    ]
    return graph_of(opened(w.write([w.Class("LA;", methods)])), range(len(codes)))


def leaving(found: Graph, row: int) -> list[tuple[str, int, int]]:
    """Return (kind, value, row) of what may come after an instruction, exceptions left out."""
    blocks, edges = found.blocks, found.edges
    block = int(blocks.of[row])
    if row + 1 < blocks.first[block + 1]:
        return [("onward", 0, row + 1)]
    rows = range(int(edges.starts[block]), int(edges.starts[block + 1]))
    return [
        (KINDS[edges.kind[e]], int(edges.value[e]), int(blocks.first[edges.target[e]]))
        for e in rows
        if edges.kind[e] < 3
    ]


@given(st.lists(programs(), min_size=1, max_size=3))
def test_programs(many: list[list[Op]]) -> None:
    found = graph(*map(assembled, many))
    before = 0
    for n, program in enumerate(many):
        at = places(program)
        assert found.code.pc[found.code.starts[n] : found.code.starts[n] + len(program)].tolist() == at[:-1]
        before = int(found.code.starts[n])
        expected = {
            row: [(kind, key, to + before) for kind, key, to in ways if to < len(program)]
            for row, ways in successors(program).items()
        }
        for row, ways in expected.items():
            there = leaving(found, row + before)
            padding = before + len(program)
            assert [way for way in there if way[2] != padding or padding == found.code.starts[n + 1]] == ways


@given(programs(), st.data())
def test_exceptions_reach_the_handlers_of_what_throws(program: list[Op], data: st.DataObject) -> None:
    at = places(program)
    low = data.draw(st.integers(0, len(program) - 1))
    high = data.draw(st.integers(low + 1, len(program)))
    typed, rest = (data.draw(st.integers(0, len(program) - 1)) for _ in range(2))
    tries = [w.Try(at[low], at[high] - at[low], (("LE;", at[typed]), (None, at[rest])))]
    found = graph(assembled(program), tries=tries)
    covered = {row for row in range(low, high) if program[row].name == "throw"}
    blocks, edges = found.blocks, found.edges
    got = {(int(edges.source[e]), int(blocks.first[edges.target[e]]), int(edges.value[e]))
           for e in range(len(edges.kind)) if edges.kind[e] == 3}  # fmt: skip
    type_ = int(found.tries.type[0])
    expected = {
        (int(blocks.of[row]), to, kind) for row in covered for to, kind in ((typed, type_), (rest, ANY_EXCEPTION))
    }
    assert got == expected


@given(programs())
def test_entering_is_the_reverse_of_leaving(program: list[Op]) -> None:
    edges = graph(assembled(program)).edges
    entering = [
        edges.entering[edges.entering_starts[b] : edges.entering_starts[b + 1]].tolist()
        for b in range(len(edges.starts) - 1)
    ]
    assert entering == [[e for e, to in enumerate(edges.target.tolist()) if to == b] for b in range(len(entering))]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ([0x38, 1, 0x0E], "lead outside the code"),
        ([0x38, 0x7FFF, 0x0E], "lead outside the code"),
        ([0x38, 0x8000, 0x0E], "lead outside the code"),
        ([0x2A, 0xFFFF, 0x7FFF], "lead outside the code"),
        ([0x2A, 0x0000, 0x8000], "lead outside the code"),
        ([0x12], "runs into data or past its end"),
        ([0x12, 0x0200, 0], "runs into data or past its end"),
        ([0x2B, 0xFFFF, 0xFFFF, 0x0E], "no payload of theirs"),
        ([0x2B, 0, 0x8000, 0x0E], "no payload of theirs"),
        ([0x2B, 0xFFFF, 0x7FFF, 0x0E], "no payload of theirs"),
    ],
)
def test_what_leads_nowhere_is_a_problem(code: list[w.Unit], said: str) -> None:
    found = graph(code)
    assert any(said in problem.what for problem in found.problems)
    assert found.edges.kind.tolist().count(1) == 0


def test_padding_that_nothing_enters_is_none() -> None:
    assert graph([0x0E, 0, 0x0200, 0]).problems == ()


def test_a_handler_in_the_middle_of_an_instruction() -> None:
    found = graph([0x27, 0x14, 0, 0, 0x0E], tries=[w.Try(0, 1, ((None, 2),))])
    assert any("handlers begin in the middle" in problem.what for problem in found.problems)
    assert len(found.edges.kind) == 0


def test_ranges_that_overlap_leave_the_code_to_the_first() -> None:
    code: list[w.Unit] = [0x1D, 0x1D, 0x1D, 0x0E, 0x0E, 0x0E]
    tries = [w.Try(0, 2, ((None, 4),)), w.Try(1, 2, ((None, 5),)), w.Try(0, 6, ((None, 3),))]
    found = graph(code, tries=tries)
    blocks = found.blocks
    assert [int(blocks.range[blocks.of[row]]) for row in range(6)] == [0, 0, 1, 2, 2, 2]


def test_the_limit_of_exception_edges() -> None:
    """One block of one instruction, so that 1,040 handlers are followed and one is not."""
    most = EXCEPTIONS_FREE + 2 * EXCEPTIONS_EACH
    for count, more in ((most, 0), (most + 1, 1)):
        found = graph([0x27, 0x0E], tries=[w.Try(0, 1, tuple((f"LE{n};", 1) for n in range(count)))])
        assert found.edges.kind.tolist().count(module.EXCEPTION) == most
        assert len(found.problems) == more


def test_no_such_definition() -> None:
    dex = opened(one_class(method([0x0E])))
    for wrong in (-1, 1):
        with pytest.raises(IndexError):
            graph_of(dex, [wrong])
