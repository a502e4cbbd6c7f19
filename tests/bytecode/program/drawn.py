"""Programs drawn at random: hierarchies with cycles, defaults and packages, calls, shadowed classes, several files."""

from hypothesis import strategies as st

from tests.bytecode import dex_items as items
from tests.bytecode.program import kin as k

CLASSES = ("Lp/A;", "Lp/B;", "Lq/C;", "Lp/D;", "Lq/E;")
INTERFACES = ("Lp/I;", "Lq/J;", "Lp/K;")
OUTSIDE = ("Lext/Base;", "Lext/Listener;")
SIGNATURES = (("m", "V"), ("n", "V"), ("toString", "Ljava/lang/String;"))
VISIBLE = (k.PUBLIC, k.PROTECTED, 0, k.PRIVATE)


def ids(owner: str) -> st.SearchStrategy[items.MethodId]:
    return st.sampled_from(SIGNATURES).map(lambda each: items.MethodId(owner, each[0], items.Proto(each[1])))


@st.composite
def code(draw: st.DrawFn) -> list[items.Unit]:
    units: list[items.Unit] = []
    for _ in range(draw(st.integers(0, 3))):
        owner = draw(st.sampled_from((*CLASSES, *INTERFACES, *OUTSIDE, k.OBJECT)))
        opcode = draw(st.sampled_from((k.VIRTUAL, k.VIRTUAL, k.INTERFACED, k.SUPER, k.DIRECT, k.STATICALLY)))
        called = draw(ids(owner))
        units += [opcode | 1 << 12, items.Index("method", called), 0]
    if draw(st.booleans()):
        units += k.new(draw(st.sampled_from(CLASSES)))
    return units


@st.composite
def members(draw: st.DrawFn, owner: str, flags: int, visible: tuple[int, ...]) -> list[items.Method]:
    chosen = draw(st.sets(ids(owner), max_size=3))
    found = []
    for each in sorted(chosen):
        access = k.PUBLIC if flags & k.INTERFACE else draw(st.sampled_from(visible))
        if flags & k.ABSTRACT and not access & k.PRIVATE and draw(st.booleans()):
            access |= k.ABSTRACT
        elif not flags & k.INTERFACE:
            access |= draw(st.sampled_from((0, 0, k.FINAL, k.NATIVE)))
        found.append(k.method(owner, each.name, access, draw(code()), each.proto))
    return found


@st.composite
def kins(draw: st.DrawFn, name: str, visible: tuple[int, ...]) -> k.Kin:
    interfaces = tuple(draw(st.lists(st.sampled_from((*INTERFACES, OUTSIDE[1])), unique=True, max_size=3)))
    if name in INTERFACES:
        flags, above = k.PUBLIC | k.INTERFACE | k.ABSTRACT, k.OBJECT
    else:
        flags = draw(st.sampled_from((k.PUBLIC, k.PUBLIC, k.PUBLIC | k.ABSTRACT, k.PUBLIC | k.FINAL)))
        above = draw(st.sampled_from((k.OBJECT, k.OBJECT, *CLASSES, OUTSIDE[0])))
    return k.kin(name, *draw(members(name, flags, visible)), superclass=above, interfaces=interfaces, flags=flags)


@st.composite
def programs(draw: st.DrawFn, visible: tuple[int, ...] = VISIBLE) -> list[list[k.Kin]]:
    """One to three files; a class that is in several of them is defined by the first."""
    parts = []
    for _ in range(draw(st.integers(1, 3))):
        names = draw(st.lists(st.sampled_from((*CLASSES, *INTERFACES)), unique=True, max_size=8))
        parts.append([draw(kins(name, visible)) for name in names])
    if draw(st.integers(0, 3)) == 0:
        top = k.method(k.OBJECT, "toString", k.PUBLIC, proto=items.Proto("Ljava/lang/String;"))
        parts.append([k.kin(k.OBJECT, top, superclass=None)])
    return parts
