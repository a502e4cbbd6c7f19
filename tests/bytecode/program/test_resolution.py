"""Fields, and methods where the files hold less than all."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.bytecode.program.resolution import CONFLICT, DEFAULT, FOUND, GIVEN_UP, OPEN, OUTSIDE, UNINHERITED, Resolver
from tests.bytecode import dex_items as items
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import program

ABSTRACT_INTERFACE = k.PUBLIC | k.INTERFACE | k.ABSTRACT
NAMES = ("LA;", "LB;", "LC;", "LI;", "LJ;", "LK;")


@st.composite
def with_fields(draw: st.DrawFn) -> list[k.Kin]:
    found = []
    for name in NAMES:
        interfaces = tuple(draw(st.lists(st.sampled_from(NAMES[3:]), unique=True, max_size=3)))
        above = k.OBJECT if name in NAMES[3:] else draw(st.sampled_from((*NAMES[:3], k.OBJECT)))
        fields = tuple(w.FieldId(name, each, "I") for each in draw(st.sets(st.sampled_from("fg"))))
        flags = ABSTRACT_INTERFACE if name in NAMES[3:] else k.PUBLIC
        reads: list[w.Unit] = [
            0x60,
            items.Index("field", w.FieldId(draw(st.sampled_from(NAMES)), draw(st.sampled_from("fg")), "I")),
        ]
        method = k.method(name, "m", k.PUBLIC | k.STATIC, reads)
        found.append(k.kin(name, method, superclass=above, interfaces=interfaces, flags=flags, fields=fields))
    return found


def fields_of(kins: list[k.Kin], owner: str, name: str, seen: tuple[str, ...] = ()) -> str | None:
    """The class itself, its interfaces in order and depth, then the superclass (JVMS 5.4.3.2)."""
    kin = next((each for each in kins if each.name == owner), None)
    if kin is None or owner in seen:
        return None
    if any(each.name == name for each in kin.static_fields):
        return owner
    for above in (*kin.interfaces, kin.superclass or ""):
        found = fields_of(kins, above, name, (*seen, owner))
        if found:
            return found
    return None


def acyclic(kins: list[k.Kin]) -> bool:
    above = {each.name: {*each.interfaces, each.superclass} for each in kins}
    for _ in kins:
        above = {name: some.union(*(above.get(each or "", set()) for each in some)) for name, some in above.items()}
    return not any(name in some for name, some in above.items())


@settings(max_examples=60)
@given(with_fields())
def test_fields_are_found_in_the_class_its_interfaces_then_above(kins: list[k.Kin]) -> None:
    if not acyclic(kins):
        return
    opened = program(kins)
    part = opened.parts[0].columns
    for field in range(len(part.field_names)):
        owner, name, _ = (each.decode() for each in part.field_key(field))
        row = opened.resolve_field(0, field)
        found = None if row < 0 else part.field_key(int(part.defined_fields[row]))[0].decode()
        assert found == fields_of(kins, owner, name), (owner, name)


def how(kins: list[k.Kin], owner: str, name: str = "m") -> int:
    opened = program(kins)
    part = opened.parts[0].columns
    keys = [part.method_key(row)[:2] for row in range(len(part.method_names))]
    return int(opened.resolved.how[keys.index((owner.encode(), name.encode()))])


def calling(owner: str, name: str = "m") -> k.Kin:
    return k.kin("LCaller;", k.method("LCaller;", "call", k.PUBLIC | k.STATIC, k.call(k.VIRTUAL, owner, name)))


def test_how_a_method_was_found_is_said() -> None:
    one = k.kin("LI;", k.method("LI;", "m"), flags=ABSTRACT_INTERFACE)
    two = k.kin("LJ;", k.method("LJ;", "m"), flags=ABSTRACT_INTERFACE)
    more = k.kin("LK;", k.method("LK;", "m"), flags=ABSTRACT_INTERFACE, interfaces=("LI;", "LJ;"))
    assert how([one, k.kin("LA;", interfaces=("LI;",)), calling("LA;")], "LA;") == DEFAULT
    assert how([one, two, k.kin("LA;", interfaces=("LI;", "LJ;")), calling("LA;")], "LA;") == CONFLICT
    assert how([one, two, more, k.kin("LA;", interfaces=("LI;", "LK;")), calling("LA;")], "LA;") == DEFAULT
    assert how([one, k.kin("LA;", interfaces=("LI;",), superclass="Lext/B;"), calling("LA;")], "LA;") == OPEN
    private = k.kin("LP;", k.method("LP;", "m", k.PRIVATE))
    assert how([private, k.kin("LA;", superclass="LP;"), calling("LA;")], "LA;") == UNINHERITED
    assert how([private, calling("LP;")], "LP;") == FOUND
    assert how([calling("LA;")], "LA;") == OUTSIDE


def test_package_private_methods_are_not_inherited_through_another_package() -> None:
    top = k.kin("Lp/A;", k.method("Lp/A;", "m", 0))
    between = k.kin("Lq/B;", superclass="Lp/A;")
    bottom = k.kin("Lp/C;", superclass="Lq/B;")
    assert how([top, between, bottom, calling("Lp/C;")], "Lp/C;") == UNINHERITED
    assert how([top, k.kin("Lp/B;", superclass="Lp/A;"), calling("Lp/B;")], "Lp/B;") == FOUND


def test_steps_are_a_limit_that_is_said() -> None:
    interfaces = [k.kin(f"LI{n};", k.method(f"LI{n};", "m"), flags=ABSTRACT_INTERFACE) for n in range(20)]
    names = tuple(each.name for each in interfaces)
    opened = program([*interfaces, k.kin("LA;", interfaces=names), calling("LA;")])
    enough = Resolver(opened.linked, opened.hierarchy).all_methods()
    few = Resolver(opened.linked, opened.hierarchy, steps=20).all_methods()
    row = int(np.flatnonzero(enough.how == CONFLICT)[0])
    assert few.how[row] == GIVEN_UP
    assert few.definitions[row] == -1


def test_methods_of_arrays_are_those_of_object() -> None:
    clone = k.method(k.OBJECT, "clone", k.PROTECTED, proto=w.Proto(k.OBJECT))
    over = k.kin("LB;", k.method("LB;", "clone", proto=w.Proto(k.OBJECT)))
    code = [*k.new("LB;"), *k.call(k.VIRTUAL, "[LA;", "clone", w.Proto(k.OBJECT))]
    caller = k.kin("LA;", k.method("LA;", "call", k.PUBLIC | k.STATIC, code))
    opened = program([caller, over], platform=[[k.kin(k.OBJECT, clone, superclass=None)]])
    assert [opened.method_name(row) for row in opened.callees(0)] == ["Ljava/lang/Object;->clone()Ljava/lang/Object;"]
    assert program([caller]).calls.callee.tolist() == [-1]
