"""Register types: random code run step by step by an interpreter of the test, and single cases by hand."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.dex import DexFile
from assay.bytecode.flow import register_types as module
from assay.bytecode.flow import type_values as t
from assay.bytecode.flow.graph import graph_of
from assay.bytecode.flow.known_types import known_types
from assay.bytecode.flow.register_types import RegisterTypes, register_types
from assay.model.errors import Unreadable
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import opened

REGISTERS = 6
OWNER = "Lorg/example/T;"
INIT = w.MethodId("Lorg/example/Made;", "<init>", w.Proto("V"))
STRINGS = w.MethodId("Lorg/example/S;", "all", w.Proto("[Lorg/example/T;"))


def types_of(
    code: list[w.Unit], proto: w.Proto | None = None, name: str = "m", access: int = 9, ins: int = 0,
    registers: int = REGISTERS,
    tries: list[w.Try] | None = None,
) -> tuple[DexFile, RegisterTypes]:  # fmt: skip
    method = w.Method(w.MethodId(OWNER, name, proto or w.Proto("V")), code, access, registers, tries=tries or [])
    raw = bytearray(w.write([w.Class(OWNER, [method])]))
    dex = opened(bytes(raw))
    at = 2 * int(dex.bodies.first[0]) - 16
    raw[at + 2 : at + 4] = ins.to_bytes(2, "little")
    dex = opened(bytes(raw))
    return dex, register_types(dex, graph_of(dex, [0]), known_types(dex))


def told(dex: DexFile, value: int) -> str:
    if value < 0:
        return f"new at {-value - 1}"
    return dex.names.type(value - t.FIRST_TYPE) if value >= t.FIRST_TYPE else t.NAMES[value]


def before(row: int, *args: object, **more: object) -> list[str]:
    dex, types = types_of(*args, **more)  # type: ignore[arg-type]
    return [told(dex, value) for value in types.before(row).tolist()]


# --- an interpreter --------------------------------------------------------------------------------------------------

Step = tuple[str, int, int, int]
"""Name, register written or tested, register read, instruction that a branch goes to."""

REG = st.integers(0, REGISTERS - 1)
STEPS = st.tuples(
    st.sampled_from(["zero", "const", "wide", "string", "cast", "move", "move-wide", "add", "add-float", "to-long",
                     "double", "new", "init", "if", "goto", "length"]),
    REG, REG, st.integers(0, 11),
)  # fmt: skip


def units(program: list[Step], row: int, at: list[int]) -> list[w.Unit]:
    name, a, b, to = program[row]
    step = (at[min(to, len(program))] - at[row]) & 0xFFFF
    codes: dict[str, list[w.Unit]] = {
        "zero": [0x12 | a << 8],
        "const": [0x12 | a << 8 | 1 << 12],
        "wide": [0x16 | a << 8, 3],
        "string": w.const_string(a, "x"),
        "cast": [0x1F | a << 8, w.Index("type", OWNER)],
        "move": [0x01 | a << 8 | b << 12],
        "move-wide": [0x04 | a << 8 | b << 12],
        "add": [0x90 | a << 8, b | b << 8],
        "add-float": [0xA6 | a << 8, b | b << 8],
        "to-long": [0x81 | a << 8 | b << 12],
        "double": [0x83 | a << 8 | b << 12],
        "new": [0x22 | a << 8, w.Index("type", INIT.owner)],
        "init": w.invoke(0x70, INIT, a),
        "if": [0x38 | a << 8, step],
        "goto": [0x29, step],
        "length": [0x21 | a << 8 | b << 12],
    }
    return codes[name]


SIZES = {"zero": 1, "const": 1, "move": 1, "move-wide": 1, "to-long": 1, "double": 1, "length": 1, "init": 3}
PAIRS = {"wide": "wide", "to-long": "long", "double": "double"}


def run(program: list[Step], choice: random.Random, steps: int) -> list[tuple[int, list[str]]]:
    """Return what was in the registers before each instruction of one run."""
    held, row, seen = ["unset"] * REGISTERS, 0, []
    for _ in range(steps):
        seen.append((row, list(held)))
        if row == len(program):
            break
        name, a, b, to = program[row]
        follow = row + 1
        if name in {"if", "goto"}:
            follow = min(to, len(program)) if name == "goto" or choice.random() < 0.5 else follow
        elif name == "init":
            made = held[a]
            held = [INIT.owner if made.startswith("new at") and each == made else each for each in held]
        elif name in PAIRS or name == "move-wide":
            kind = PAIRS.get(name, held[b].partition(",")[0])
            whole = name in PAIRS or (b + 1 < REGISTERS and held[b + 1] == held[b] + ", high")
            put(held, a, [kind, kind + ", high"] if whole else ["torn", "torn"])
        else:
            single = {"zero": "zero", "const": "const", "string": "Ljava/lang/String;", "add": "int", "length": "int",
                      "add-float": "float", "new": f"new at {row}", "move": held[b],
                      "cast": "zero" if held[a] == "zero" else OWNER}[name]  # fmt: skip
            put(held, a, [single])
        row = follow
    return seen


def put(held: list[str], a: int, values: list[str]) -> None:
    """Write one register or two; a pair that loses a half is torn."""
    if a > 0 and held[a].endswith(", high"):
        held[a - 1] = "torn"
    end = a + len(values)
    if end < REGISTERS and held[end].endswith(", high"):
        held[end] = "torn"
    for n, value in enumerate(values):
        if a + n < REGISTERS:
            held[a + n] = value if end <= REGISTERS else "torn"


ALLOWED = {
    "unset": {"unset"},
    "torn": set(),
    "zero": {"zero or null", "int or float", "int", "float", "object", OWNER, "Ljava/lang/String;", INIT.owner},
    "const": {"int or float", "int", "float"},
    "int": {"int"},
    "float": {"float"},
    "wide": {"long or double", "long", "double"},
    "wide, high": {"long or double, high half", "long, high half", "double, high half"},
    "long": {"long"},
    "long, high": {"long, high half"},
    "double": {"double"},
    "double, high": {"double, high half"},
}


def covers(type_: str, held: str) -> bool:
    """A half of a pair that was copied alone is neither."""
    if type_ == "conflict":
        return True
    if held in ALLOWED:
        return type_ in ALLOWED[held]
    return type_ == held or (not held.startswith("new at") and type_ == "object")


@given(st.lists(STEPS, min_size=1, max_size=12), st.integers(0, 1 << 30))
def test_what_a_run_holds_is_what_the_types_say(program: list[Step], seed: int) -> None:
    at = [0]
    for name, *_ in program:
        at.append(at[-1] + SIZES.get(name, 2))
    code = [unit for row in range(len(program)) for unit in units(program, row, at)]
    dex, types = types_of([*code, 0x0E])
    choice = random.Random(seed)
    for _ in range(4):
        for row, held in run(program, choice, 40):
            names = [told(dex, value) for value in types.before(row).tolist()]
            assert all(map(covers, names, held)), (row, names, held)


# --- by hand ---------------------------------------------------------------------------------------------------------


def test_parameters_stand_last() -> None:
    proto = w.Proto("V", ("J", "[I", "Z", "D"))
    assert before(0, [0x0E], proto, ins=6, registers=8) == [
        "unset", "unset", "long", "long, high half", "[I", "int", "double", "double, high half",
    ]  # fmt: skip
    assert before(0, [0x0E], w.Proto("V", ("F",)), access=1, ins=2, registers=2) == [OWNER, "float"]
    assert before(0, [0x0E], name="<init>", access=0x10001, ins=1, registers=1) == ["uninitialised this"]


@pytest.mark.parametrize(("ins", "registers"), [(0, 1), (1, 1), (5, 1), (0xFFFF, 0), (0xFFFF, 3), (3, 0xFFFF)])
def test_hostile_numbers_of_registers(ins: int, registers: int) -> None:
    _, types = types_of([0x1512, 0x0E], w.Proto("V", ("J", "J")), ins=ins, registers=registers)
    assert len(types.before(1)) == registers


def test_a_constructor_finishes_this() -> None:
    code = [*w.invoke(0x70, INIT, 5), 0x0E]
    assert before(1, code, name="<init>", access=0x10001, ins=1)[5] == OWNER


def test_results_fields_and_elements() -> None:
    code: list[w.Unit] = [
        *w.invoke(0x71, STRINGS), 0x0C, 0x1112,  # v0 = S.all(); v1 = 1
        0x0246, 0 | 1 << 8,  # aget-object v2, v0, v1
        0x0352, w.Index("field", w.FieldId(OWNER, "f", "F")),  # iget v3, v0
        0x0460, w.Index("field", w.FieldId(OWNER, "i", "I")),  # sget v4
        0x0561, w.Index("field", w.FieldId(OWNER, "d", "D")),  # sget-wide v5: half of it has no room
        0x0E,
    ]  # fmt: skip
    assert before(7, code) == ["[Lorg/example/T;", "int or float", OWNER, "float", "int", "conflict"]


def test_an_element_of_something_else_is_not_known() -> None:
    assert before(2, [0x12, 0x0244, 0x0000, 0x0346, 0x0000, 0x0E])[2:4] == ["int or float", "unset"]
    assert before(3, [0x12, 0x0244, 0x0000, 0x0346, 0x0000, 0x0E])[3] == "object"


def test_exceptions_carry_what_held_before_the_instruction() -> None:
    code: list[w.Unit] = [0x12, *w.const_string(0, "x"), 0x0E, 0x010D, 0x0E]
    tries = [w.Try(1, 2, (("Lorg/example/E;", 4),))]
    assert before(3, code, tries=tries)[:2] == ["zero or null", "unset"]
    assert before(4, code, tries=tries)[1] == "Lorg/example/E;"
    assert before(4, code, tries=[w.Try(1, 2, (("Lorg/example/E;", 4), (None, 4)))])[1] == "object"


def test_two_types_become_an_object() -> None:
    cast: list[w.Unit] = [0x001F, w.Index("type", OWNER)]
    code: list[w.Unit] = [0x001F, w.Index("type", INIT.owner), 0x0238, 4, *cast, 0x0E]
    assert before(3, code, access=1, ins=6)[0] == "object"
    assert before(2, code, access=1, ins=6)[0] == INIT.owner
    assert before(2, [0x0022, w.Index("type", OWNER), 0x0238, 3, 0x12, 0x0E])[0] == "new at 0"
    assert before(3, [0x0022, w.Index("type", OWNER), 0x0238, 3, 0x12, 0x0E])[0] == "conflict"


def test_what_nothing_reaches_is_unset() -> None:
    assert before(1, [0x0E, 0x12, 0x0E], ins=0) == ["unset"] * REGISTERS


def test_the_limit_of_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CELLS", REGISTERS)
    types_of([0x0E])
    with pytest.raises(Unreadable, match="follow types"):
        types_of([0x0E], registers=REGISTERS + 1)


def test_rows_outside() -> None:
    _, types = types_of([0x0E])
    for row in (-1, 1):
        with pytest.raises(IndexError):
            types.before(row)
