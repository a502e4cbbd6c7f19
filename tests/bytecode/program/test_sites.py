"""Where code calls, and what the calls name, as androguard's cross references have it."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assay.bytecode.program import sites
from assay.bytecode.program.program import Program
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import named, only, part, program

SPECIMENS = Path(__file__).parents[2] / "specimens" / "built"

Call = tuple[str, int, str]


def apk(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".dex")]


def called(opened: Program, row: int) -> str:
    """The method as the call names it."""
    found = opened.calls.sites
    number = int(opened.definition_part[found.callers[row]])
    method = int(found.references[row] - opened.linked.names.method_starts[number])
    owner, name, prototype = (each.decode() for each in opened.parts[number].columns.method_key(method))
    return f"{owner}->{name}{prototype}"


def ours(opened: Program, kinds: tuple[int, ...]) -> Iterator[Call]:
    found = opened.calls.sites
    for row in range(len(found.callers)):
        if found.kinds[row] in kinds:
            yield opened.method_name(int(found.callers[row])), 2 * int(found.pcs[row]), called(opened, row)


def full(method: Any) -> str:
    return f"{method.class_name}->{method.name}{method.descriptor.replace(' ', '')}"


def theirs(analysis: Any) -> Iterator[Call]:
    for method in analysis.get_methods():
        for _, callee, place in method.get_xref_to():
            yield full(method), place, full(callee)


def without_arrays(calls: Iterator[Call]) -> Iterator[Call]:
    """Calls as androguard keeps them: of arrays as of their elements, and none of arrays of numbers."""
    for caller, place, callee in calls:
        named = callee.lstrip("[")
        if named == callee or named.startswith("L"):
            yield caller, place, named


@pytest.mark.parametrize("name", [path.name for path in sorted(SPECIMENS.glob("*.apk"))])
def test_calls_superclasses_and_interfaces_are_those_of_androguard(name: str) -> None:
    compare(SPECIMENS / name)


@pytest.mark.parametrize("name", ["appium-uiautomator2-server-test.apk", "appium-settings-2.apk"])
def test_calls_of_real_applications(name: str, real_apk: Callable[[str], Path]) -> None:
    compare(real_apk(name))


def compare(path: Path) -> None:
    pytest.importorskip("loguru", reason="it comes with androguard").logger.disable("androguard")
    core = pytest.importorskip("androguard.core.dex", reason="androguard is a package of the tests")
    analysis = pytest.importorskip("androguard.core.analysis.analysis")
    raws = apk(path)
    opened, whole = Program([part(raw) for raw in raws]), analysis.Analysis()
    files = [core.DEX(raw) for raw in raws]
    for each in files:
        whole.add(each)
    whole.create_xref()
    plain = (sites.VIRTUAL, sites.SUPER, sites.DIRECT, sites.STATIC, sites.INTERFACE)
    found = sorted(without_arrays(ours(opened, plain)))
    assert found
    assert found == sorted(theirs(whole))
    for each in (one for file in files for one in file.get_classes()):
        row = opened.find_class(each.get_name().encode())
        assert row is not None
        assert opened.superclass_name(row) == each.get_superclassname().encode()
        assert opened.interface_names(row) == tuple(one.encode() for one in each.get_interfaces())
    defined = sorted(opened.method_name(row) for row in range(len(opened.definition_part)))
    assert defined
    assert defined == sorted(full(one) for file in files for one in file.get_encoded_methods())


def test_invoke_custom_is_a_call_that_androguard_has_no_reference_for() -> None:
    opened = Program([part(raw) for raw in apk(SPECIMENS / "notes-invoke-custom.apk")])
    assert (opened.calls.sites.kinds == sites.CUSTOM).sum() == 1


def test_an_invoke_polymorphic_is_one_call_though_it_has_two_references() -> None:
    invoke = w.MethodId("Ljava/lang/invoke/MethodHandle;", "invoke", w.Proto("V", ("[I",)))
    code: list[w.Unit] = [0x10FA, w.Index("method", invoke), 0, w.Index("proto", w.Proto("I", ("J",))), 0x0E]
    raw = w.write([w.Class("LA;", [w.Method(w.MethodId("LA;", "m", w.Proto("V")), code)])], version="038")
    opened = Program([part(raw)])
    assert opened.calls.sites.kinds.tolist() == [sites.POLYMORPHIC]
    assert called(opened, 0) == str(invoke)


def test_calls_in_shadowed_classes_are_counted_and_left_out() -> None:
    code = [*k.call(k.STATICALLY, "LA;", "m")]
    first = k.kin("LA;", k.method("LA;", "m", k.PUBLIC | k.STATIC, code))
    second = k.kin("LA;", k.method("LA;", "m", k.PUBLIC | k.STATIC, [*code, *code]))
    other = k.kin("LB;", k.method("LB;", "m", k.PUBLIC | k.STATIC, code))
    opened = program([first], [second, other])
    assert opened.calls.shadowed_sites == 2
    edges = zip(opened.calls.caller.tolist(), opened.calls.callee.tolist(), strict=True)
    found = {(named(opened, caller), named(opened, callee)) for caller, callee in edges}
    assert found == {((0, "LA;->m()V"), (0, "LA;->m()V")), ((1, "LB;->m()V"), (0, "LA;->m()V"))}
    assert opened.callers(only(opened, "LB;->m()V")).tolist() == []
