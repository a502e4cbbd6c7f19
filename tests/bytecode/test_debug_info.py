"""Line numbers and variables: what the state machine of the specification makes of byte codes."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode import debug_info
from assay.bytecode.debug_info import DebugInfo, Line, Variable
from assay.bytecode.dex import DexFile
from tests.bytecode import dex_parts as p
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import opened, with_u4

SIZE = 12
VIRTUAL = w.MethodId("LA;", "m", w.Proto("V", ("I", "J", "[D", "D", "LB;")))
"""With `this` in v8, it has I in v9, J in v10, [D in v12, D in v13 and LB; in v15."""


def method(debug: p.Debug | None, access: int = 0x1) -> w.Method:
    return w.Method(VIRTUAL, [0x0E] * SIZE, access=access, debug=debug, registers=16)


def written(debug: p.Debug | None, access: int = 0x1) -> tuple[w.Writer, DexFile]:
    """A file whose one method takes eight words, so that its parameters end with v15."""
    writer = w.Writer([w.Class("LA;", virtual=[method(debug, access)])])
    raw, at = writer.write(), writer.code_offsets[VIRTUAL]
    passed = struct.pack("<H", 8 if access == 0x1 else 7)
    return writer, opened(raw[: at + 2] + passed + raw[at + 4 :])


def read(debug: p.Debug) -> DebugInfo:
    return written(debug)[1].debug_info(0)


def steps(*distances: tuple[int, int]) -> tuple[p.Op, ...]:
    """Byte codes that move by (code units, lines) each; those that fit in a special one are one."""
    ops: list[p.Op] = []
    for units, lines in distances:
        if -4 <= lines <= 10 and 15 * units + lines + 4 <= 0xF5:
            ops.append(p.Op(p.FIRST_SPECIAL + 15 * units + lines + 4))
        else:
            ops += [p.Op(p.ADVANCE_PC, (units,)), p.Op(p.ADVANCE_LINE, (lines,)), p.Op(p.FIRST_SPECIAL + 4)]
    return tuple(ops)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(-40, 300)), max_size=4), st.integers(200, 2**32 - 2000))
def test_lines_by_the_distances_between_them(distances: list[tuple[int, int]], first: int) -> None:
    found = read(p.Debug(first, ops=steps(*distances)))
    pcs, lines = ([sum(each[i] for each in distances[: n + 1]) for n in range(len(distances))] for i in (0, 1))
    assert found.problems == ()
    assert list(found.lines) == [Line(pc, first + line) for pc, line in zip(pcs, lines, strict=True)]


def test_the_line_of_an_instruction() -> None:
    found = read(p.Debug(10, ops=steps((2, 0), (3, 5))))
    assert [found.line(pc) for pc in (0, 1, 2, 4, 5, 11)] == [None, None, 10, 10, 15, 15]
    assert DebugInfo().line(0) is None


def test_the_file_of_lines_that_stem_from_another() -> None:
    ops = (
        *steps((0, 0)),
        p.Op(p.SET_FILE, names=(("string", "B.kt"),)),
        *steps((1, 1)),
        p.Op(p.SET_FILE, names=(("string", None),)),
        *steps((1, 1)),
    )
    writer, dex = written(p.Debug(1, ops=ops))
    assert [each.file for each in dex.debug_info(0).lines] == [None, writer.ids.index("string", "B.kt"), None]


def test_parameters_and_this_are_variables_from_the_start() -> None:
    writer, dex = written(p.Debug(1, ("count", None, "list", "ratio", "b"), steps((0, 0))))
    found, index = dex.debug_info(0), writer.ids.index
    names = ["count", None, "list", "ratio", "b"]
    assert found.parameters == tuple(None if n is None else index("string", n) for n in names)
    places = zip((9, 10, 12, 13, 15), names, VIRTUAL.proto.parameters, strict=True)
    expected = [Variable(8, 0, SIZE, None, index("type", "LA;"), is_this=True)]
    expected += [
        Variable(register, 0, SIZE, None if name is None else index("string", name), index("type", type_))
        for register, name, type_ in places
    ]
    assert list(found.variables) == expected


def test_a_static_method_has_no_this() -> None:
    writer, dex = written(p.Debug(1, ("count",)), access=0x9)
    expected = Variable(9, 0, SIZE, writer.ids.index("string", "count"), writer.ids.index("type", "I"))
    assert dex.debug_info(0).variables[0] == expected
    assert not any(each.is_this for each in dex.debug_info(0).variables)


def local(register: int, name: str, type_: str = "I") -> p.Op:
    return p.Op(p.START_LOCAL, (register,), (("string", name), ("type", type_)))


def test_runs_of_variables() -> None:
    extended = p.Op(p.START_EXTENDED, (1,), (("string", "y"), ("type", "LB;"), ("string", "LB<TT;>;")))
    ops = (
        local(0, "x"), *steps((2, 1)), extended, *steps((2, 1)), p.Op(p.END_LOCAL, (0,)), *steps((2, 1)),
        p.Op(p.RESTART_LOCAL, (0,)), *steps((2, 1)), local(0, "z"), p.Op(p.END_LOCAL, (3,)),
    )  # fmt: skip
    writer, dex = written(p.Debug(1, ops=ops), access=0x9)
    text = {name: writer.ids.index("string", name) for name in ("x", "y", "z", "LB<TT;>;")}
    kind = {name: writer.ids.index("type", name) for name in ("I", "LB;")}
    assert [each for each in dex.debug_info(0).variables if each.register < 8] == [
        Variable(0, 0, 4, text["x"], kind["I"]),
        Variable(0, 6, 8, text["x"], kind["I"]),
        Variable(0, 8, SIZE, text["z"], kind["I"]),
        Variable(1, 2, SIZE, text["y"], kind["LB;"], text["LB<TT;>;"]),
    ]
    assert dex.debug_info(0).problems == ()


def test_prologue_and_epilogue_change_nothing() -> None:
    found = read(p.Debug(1, ops=(p.Op(p.PROLOGUE_END), *steps((1, 1)), p.Op(p.EPILOGUE_BEGIN), *steps((1, 1)))))
    assert (found.lines, found.problems) == ((Line(1, 2), Line(2, 3)), ())


def test_methods_without_code_or_debug_information_have_none() -> None:
    abstract = w.Method(w.MethodId("LA;", "a", w.Proto("V")), access=0x401)
    dex = opened(w.write([w.Class("LA;", virtual=[abstract, method(None)])]))
    assert [dex.debug_info(row).lines for row in (0, 1)] == [(), ()]
    assert [dex.entries(row) == () for row in (0, 1)] == [True, False]


@pytest.mark.parametrize("definition", [-1, 1, 2**31])
def test_a_definition_outside_the_table_is_an_error_of_the_caller(definition: int) -> None:
    dex = written(None)[1]
    with pytest.raises(IndexError):
        dex.debug_info(definition)
    with pytest.raises(IndexError):
        dex.entries(definition)


def said(found: DebugInfo) -> list[str]:
    return [problem.what for problem in found.problems]


def test_the_last_unit_can_begin_a_line_and_the_one_behind_it_cannot() -> None:
    assert read(p.Debug(1, ops=steps((SIZE - 1, 0)))).lines == (Line(SIZE - 1, 1),)
    found = read(p.Debug(1, ops=steps((0, 0), (SIZE, 0))))
    assert found.lines == (Line(0, 1),)
    assert said(found) == [f"debug information break off: a line begins at code unit {SIZE}, the method has {SIZE}"]


@pytest.mark.parametrize(("first", "step"), [(0, -1), (2**32 - 1, 1), (5, -(2**31))])
def test_lines_that_no_file_has(first: int, step: int) -> None:
    found = read(p.Debug(first, ops=(p.Op(p.ADVANCE_LINE, (step,)), p.Op(p.FIRST_SPECIAL + 4))))
    assert found.lines == ()
    assert said(found) == [f"debug information break off: the line number becomes {first + step}"]


def test_a_register_that_held_nothing_cannot_begin_anew() -> None:
    found = read(p.Debug(1, ops=(p.Op(p.RESTART_LOCAL, (3,)), p.Op(p.RESTART_LOCAL, (2**32 - 1,)), *steps((1, 1)))))
    assert found.lines == (Line(1, 2),)
    assert said(found) == ["2 variables begin anew in a register that held none; the first here"]


@pytest.mark.parametrize("value", [0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
def test_debug_information_outside_the_file(value: int) -> None:
    writer = w.Writer([w.Class("LA;", virtual=[method(p.Debug(1))])])
    raw = with_u4(writer.write(), writer.code_offsets[VIRTUAL] + 8, value)
    assert said(opened(raw).debug_info(0)) == [
        f"debug information break off: 1 bytes at 0x{value:x} lie outside the file"
    ]


@pytest.mark.parametrize("value", [2**31, 2**32 - 1])
def test_numbers_of_parameters_beyond_the_file(value: int) -> None:
    raw = w.write([w.Class("LA;", virtual=[method(None)])])
    found = debug_info.read_debug_info(memoryview(raw + b"\x01" + w.uleb128(value)), len(raw), SIZE, ())
    assert len(said(found)) == 1
    assert "lie outside the file" in said(found)[0]


def test_as_many_byte_codes_as_the_limit_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debug_info, "MAX_STEPS", 4)
    assert said(read(p.Debug(1, ops=steps(*[(1, 1)] * 3)))) == []
    found = read(p.Debug(1, ops=steps(*[(1, 1)] * 4)))
    assert (len(found.lines), said(found)) == (4, ["debug information break off: there are more than 4 byte codes"])
    found = read(p.Debug(1, (None,) * 5))
    assert said(found) == ["debug information break off: there are more than 4 names of parameters"]
