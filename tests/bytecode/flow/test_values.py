"""Reaching definitions against sets that are handed on instruction by instruction until nothing changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.flow import values as module
from assay.bytecode.flow.graph import graph_of
from assay.bytecode.flow.values import Values, values_of
from assay.model.errors import Unreadable
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import CONTAINS, opened

REGISTERS = 4
REG = st.integers(0, REGISTERS - 1)
Step = tuple[str, int, int, int]
STEPS = st.tuples(
    st.sampled_from(["const", "wide", "move", "div", "if", "goto", "return", "call", "move-wide"]), REG, REG,
    st.integers(0, 9),
)  # fmt: skip
SIZES = {"const": 1, "move": 1, "move-wide": 1, "return": 1, "call": 3}


def units(step: Step, at: int, to: int) -> list[w.Unit]:
    name, a, b, _ = step
    codes: dict[str, list[w.Unit]] = {
        "const": [0x12 | a << 8],
        "wide": [0x16 | a << 8, 3],
        "move": [0x01 | a << 8 | b << 12],
        "move-wide": [0x04 | a << 8 | b << 12],
        "div": [0x93 | a << 8, b | a << 8],  # div-int a, b, a
        "if": [0x38 | a << 8, to - at & 0xFFFF],
        "goto": [0x29, to - at & 0xFFFF],
        "return": [0x0F | a << 8],
        "call": w.invoke(0x6E, CONTAINS, b, a),
    }
    return codes[name]


def reads(step: Step) -> list[int]:
    name, a, b, _ = step
    return {"move": [b], "move-wide": [b], "div": [b, a], "if": [a], "return": [a], "call": [b, a]}.get(name, [])


def writes(step: Step) -> list[int]:
    name, a, *_ = step
    wide = {"wide": 2, "move-wide": 2, "const": 1, "move": 1, "div": 1}.get(name, 0)
    return [register for register in range(a, a + wide) if register < REGISTERS]


def by_sets(program: list[Step], covered: range, handler: int) -> list[list[set[int]] | None]:
    """Return the definitions that reach each register before each instruction; below REGISTERS those of the start."""
    size = len(program)
    before: list[list[set[int]] | None] = [None] * (size + 1)
    before[0] = [{register} for register in range(REGISTERS)]
    changed = True
    while changed:
        changed = False
        for row, step in enumerate(program):
            here = before[row]
            if here is None:
                continue
            out = [{REGISTERS + row} if r in writes(step) else set(here[r]) for r in range(REGISTERS)]
            target = min(step[3], size)
            follow = {"goto": [target], "return": [], "if": [row + 1, target]}.get(step[0], [row + 1])
            ways = [(to, out) for to in follow]
            if row in covered and step[0] in {"div", "call"}:
                ways.append((handler, here))
            for to, held in ways:
                old = before[to] or [set() for _ in range(REGISTERS)]
                new = [a | b for a, b in zip(old, held, strict=True)]
                if before[to] is None or new != old:
                    before[to], changed = new, True
    return before


def built(program: list[Step], covered: range, handler: int) -> Values:
    at = [0]
    for name, *_ in program:
        at.append(at[-1] + SIZES.get(name, 2))
    code = [unit for row, step in enumerate(program) for unit in units(step, at[row], at[min(step[3], len(program))])]
    tries = [w.Try(at[covered.start], at[covered.stop] - at[covered.start], ((None, at[handler]),))]
    method = w.Method(w.MethodId("LA;", "m", w.Proto("V")), [*code, 0x0E], registers=REGISTERS, tries=tries)
    dex = opened(w.write([w.Class("LA;", [method])]))
    return values_of(dex, graph_of(dex, [0]))


@given(st.lists(STEPS, min_size=1, max_size=10), st.data())
def test_reaching_definitions(program: list[Step], data: st.DataObject) -> None:
    low = data.draw(st.integers(0, len(program) - 1))
    covered = range(low, data.draw(st.integers(low + 1, len(program))))
    handler = data.draw(st.integers(0, len(program)))
    values, before = built(program, covered, handler), by_sets(program, covered, handler)
    for row, step in enumerate(program):
        there = before[row]
        found = values.read(row)
        assert [register for register, _ in found] == reads(step)
        for register, value in found:
            if there is None:
                assert value == -1
            else:
                assert set(values.sources(value)) == there[register]
                assert row in values.readers(value)
    for junction in range(len(values.junction_block)):
        met = values.meeting[values.meeting_starts[junction] : values.meeting_starts[junction + 1]].tolist()
        assert met == sorted(set(met))
        assert len(met) > 1


def test_a_loop_that_changes_nothing_needs_no_junction() -> None:
    """v1 is not written in the loop, v0 is."""
    program: list[Step] = [
        ("const", 0, 0, 0),
        ("if", 0, 0, 4),
        ("div", 0, 1, 0),
        ("goto", 0, 0, 1),
        ("return", 1, 0, 0),
    ]
    values = built(program, range(1), 4)
    assert values.read(2) == [(1, 1), (0, values.first_junction)]
    assert values.read(4) == [(1, 1)]
    assert values.junction_block.tolist() == [1]
    assert values.junction_register.tolist() == [0]
    assert values.meeting.tolist() == [REGISTERS + 0, REGISTERS + 2]
    assert values.readers(REGISTERS + 2) == []


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    program: list[Step] = [("if", 0, 0, 2), ("const", 0, 0, 0), ("return", 0, 0, 0)]
    monkeypatch.setattr(module, "MAX_CELLS", 4 * REGISTERS)
    built(program, range(1), 0)
    monkeypatch.setattr(module, "MAX_CELLS", 4 * REGISTERS - 1)
    with pytest.raises(Unreadable, match="to follow values in"):
        built(program, range(1), 0)
    monkeypatch.undo()
    monkeypatch.setattr(module, "MAX_MEETINGS", 2)
    built(program, range(1), 0)
    monkeypatch.setattr(module, "MAX_MEETINGS", 1)
    with pytest.raises(Unreadable, match="values meet"):
        built(program, range(1), 0)


def test_no_such_row() -> None:
    values = built([("return", 0, 0, 0)], range(1), 0)
    for row in (-1, 2):
        with pytest.raises(IndexError):
            values.read(row)
