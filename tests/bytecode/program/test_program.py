"""Linked programs against an oracle of plain dictionaries."""

from hypothesis import given

from assay.bytecode.program.calls import Precision
from assay.bytecode.program.program import Program
from tests.bytecode.program import kin as k
from tests.bytecode.program.drawn import programs
from tests.bytecode.program.opened import named, program
from tests.bytecode.program.oracle import Oracle


def class_names(opened: Program, rows: object) -> set[str]:
    return {opened.class_name(int(row)) for row in rows}  # type: ignore[attr-defined]


@given(programs())
def test_hierarchy(parts: list[list[k.Kin]]) -> None:
    opened, oracle = program(*parts), Oracle(parts)
    for name in oracle.winner:
        row = opened.find_class(name.encode())
        assert row is not None
        assert int(opened.class_part[row]) == oracle.winner[name][0]
        outside = {each.decode() for each in opened.external_supertypes(row)}
        assert class_names(opened, opened.supertypes(row)) | outside == oracle.above[name]
        assert class_names(opened, opened.subtypes(row)) == oracle.below(name)
        above = oracle.superclass(name)
        assert opened.superclass(row) == (opened.find_class(above.encode()) if above in oracle.winner else -1)
    assert class_names(opened, opened.hierarchy.cyclic) == oracle.cyclic
    assert bool(oracle.cyclic) == any("their own supertypes" in each.what for each in opened.problems)
    shadowed = [(int(opened.class_part[row]), opened.class_name(int(row))) for row in opened.shadowed]
    expected = [(n, c.name) for n, part in enumerate(parts) for c in part if oracle.winner[c.name][0] != n]
    assert sorted(shadowed) == sorted(expected)


@given(programs())
def test_resolution(parts: list[list[k.Kin]]) -> None:
    opened, oracle = program(*parts), Oracle(parts)
    for number, part in enumerate(opened.parts):
        whole = opened.resolve_part(number).tolist()
        for method in range(len(part.columns.method_names)):
            owner, name, proto = (each.decode() for each in part.columns.method_key(method))
            means = oracle.resolve(owner, (name, proto))
            found = opened.resolve(number, method)
            assert found == whole[method]
            assert named(opened, found) == (oracle.key(means) if means else None), (owner, name)


@given(programs())
def test_overrides(parts: list[list[k.Kin]]) -> None:
    opened, oracle = program(*parts), Oracle(parts)
    pairs = set()
    for lower in range(len(opened.definition_part)):
        for upper in opened.overrides(lower).tolist():
            assert lower in opened.overridden_by(upper)
            pairs.add((named(opened, lower), named(opened, upper)))
    assert pairs == oracle.overrides()


@given(programs(visible=(k.PUBLIC, k.PROTECTED, k.PRIVATE)))
def test_calls(parts: list[list[k.Kin]]) -> None:
    opened, oracle = program(*parts), Oracle(parts)
    calls = opened.calls
    found = set()
    for row in range(len(calls.caller)):
        how = Precision(int(calls.precision[row])).name.lower()
        caller, callee = named(opened, int(calls.caller[row])), named(opened, int(calls.callee[row]))
        found.add((caller, int(calls.pc[row]), callee, how, int(calls.fan_out[row])))
    assert len(found) == len(calls.caller)
    assert found == oracle.edges(calls.cap)
