"""Methods drawn at random, and files that hold them among others, so that every index is another one."""

import dataclasses

from hypothesis import strategies as st

from assay.bytecode.columns import Columns, build
from assay.bytecode.dex import DexFile
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import opened

OWNER = "Lorg/example/Main;"
STRINGS = ("a word", "another", "zebra", "\u00e9", "")
CALLEES = tuple(
    w.MethodId(owner, name, w.Proto("V", parameters))
    for owner in ("Ljava/lang/String;", "Lorg/example/Other;")
    for name in ("get", "put")
    for parameters in ((), ("I", "[J"))
)
FIELDS = (w.FieldId(OWNER, "count", "I"), w.FieldId("Lorg/example/Other;", "name", "Ljava/lang/String;"))
CAUGHT = ("Ljava/io/IOException;", "Lorg/example/Error;")
TARGET = w.MethodId(OWNER, "target", w.Proto("V", ("I",)))


def instruction() -> st.SearchStrategy[list[w.Unit]]:
    registers = st.integers(0, 15)
    return st.one_of(
        st.builds(w.const_string, registers, st.sampled_from(STRINGS)),
        st.builds(w.invoke, st.sampled_from([0x6E, 0x71]), st.sampled_from(CALLEES), registers),
        st.builds(lambda r, f: w.two(0x60, r, w.Index("field", f)), registers, st.sampled_from(FIELDS)),
        st.builds(lambda r, t: w.two(0x1C, r, w.Index("type", t)), registers, st.sampled_from([OWNER, *CAUGHT])),
        st.builds(lambda r, v: w.two(0x13, r, v), registers, st.integers(0, 0xFFFF)),
        st.builds(lambda r, v: w.two(0x38, r, v), registers, st.integers(-40, 40)),
        st.just([0x00]),
    )


@st.composite
def methods(draw: st.DrawFn) -> w.Method:
    """A method of some instructions, sometimes with a switch or a try range."""
    code = [unit for one in draw(st.lists(instruction(), max_size=12)) for unit in one] + w.RETURN_VOID
    size = len(code)
    if draw(st.booleans()):
        code += [0x00] * (size & 1) + [0x0100, 1, draw(st.integers(0, 9)), 0, 5, 0]
    tries = []
    if draw(st.booleans()):
        tries = [w.Try(0, size, ((draw(st.sampled_from(CAUGHT)), 0), (None, size - 1)))]
    return w.Method(TARGET, code, registers=draw(st.integers(1, 16)), tries=tries)


@st.composite
def strangers(draw: st.DrawFn) -> list[w.Class]:
    """Classes of other names, before and behind, with members of other names."""
    found = []
    for number in draw(st.lists(st.integers(0, 40), unique=True, max_size=5)):
        owner = f"L{draw(st.sampled_from('abkmz'))}/C{number};"
        ids = [w.MethodId(owner, f"{c}{number}", w.Proto("J", (owner,))) for c in draw(st.sets(st.sampled_from("agz")))]
        fields = [w.FieldId(owner, "f", owner)]
        found.append(w.Class(owner, [w.Method(i, [*w.const_string(1, owner), 0x0E]) for i in ids], [], fields))
    return list({one.name: one for one in found}.values())


def file(method: w.Method, others: list[w.Class], strings: list[str] | None = None) -> DexFile:
    own = w.Class(OWNER, [dataclasses.replace(method)], [], [FIELDS[0]])
    return opened(w.write([own, *others], strings))


def definition(columns: Columns) -> int:
    """Return the row that defines TARGET."""
    wanted = OWNER.encode(), b"target", b"(I)V"
    return [columns.method_key(row) for row in columns.definition_methods.tolist()].index(wanted)


def digest(dex: DexFile) -> tuple[int, ...]:
    columns = build(dex)
    return tuple(columns.definition_bodies[definition(columns)].tolist())
