"""Classes and members of several files as one."""

import struct

import msgspec
import numpy as np

from assay.bytecode.kernel import settled
from assay.bytecode.program.part import Part
from assay.bytecode.program.program import Program
from tests.bytecode import dex_items as items
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import named, part, program


def test_nothing_is_a_program_too() -> None:
    for opened in (Program([]), program([])):
        assert opened.problems == ()
        assert len(opened.calls.caller) == 0
        assert opened.find_class(b"LA;") is None
        assert opened.unknowns == ()
        assert len(opened.calls.bottom_up) == 0


def test_running_numbers_go_over_the_parts_and_then_the_platform() -> None:
    opened = program(
        [k.kin("LA;", k.method("LA;", "m"))], [k.kin("LB;")], platform=[[k.kin("LC;", k.method("LC;", "n"))]]
    )
    assert [opened.class_name(row) for row in range(3)] == ["LA;", "LB;", "LC;"]
    assert opened.class_id(2, 0) == 2
    assert opened.class_part.tolist() == [0, 1, 2]
    assert opened.class_row.tolist() == [0, 0, 0]
    assert opened.definition_id(2, 0) == 1
    assert opened.application_definitions == 1


def test_a_planted_hash_merges_nothing() -> None:
    """Two files whose strings, types and prototypes all have one hash are linked as if each had its own."""
    parts = [[k.kin("LA;", k.method("LA;", "m", code=k.call(k.STATICALLY, "LB;", "n")))],
             [k.kin("LB;", k.method("LB;", "n", k.PUBLIC | k.STATIC), k.method("LB;", "m"))]]  # fmt: skip
    planted = []
    for each in parts:
        opened = part(k.write(each))
        same = {
            name: settled(np.full_like(getattr(opened.columns, name), 5))
            for name in ("string_hashes", "type_hashes", "proto_hashes", "method_hashes")
        }
        columns = msgspec.structs.replace(opened.columns, **same)
        planted.append(Part(sha256=opened.sha256, name=opened.name, columns=columns, dex=opened.dex))
    found, plain = Program(planted), program(*parts)
    assert found.linked.classes == 2
    assert [found.class_name(row) for row in range(2)] == ["LA;", "LB;"]
    assert found.calls.callee.tolist() == plain.calls.callee.tolist() == [plain.find_definition(b"LB;", b"n", b"()V")]


def test_a_member_that_another_class_defines_is_not_linked() -> None:
    stranger = w.Method(w.MethodId("LB;", "m", items.Proto("V")), [0x0E], k.PUBLIC)
    field = w.FieldId("LB;", "f", "I")
    opened = program([k.kin("LA;", stranger, fields=(field,)), k.kin("LB;")])
    assert opened.find_definition(b"LB;", b"m", b"()V") is None
    assert opened.find_definition(b"LA;", b"m", b"()V") is None
    assert [each.what[:9] for each in opened.problems] == ["2 members"]


def test_ids_outside_their_tables_are_never_equal() -> None:
    """Names of methods and superclasses that point outside: nothing links them, nothing breaks."""
    raw = bytearray(k.write([k.kin("LA;", k.method("LA;", "m"), superclass="LB;"), k.kin("LB;", k.method("LB;", "m"))]))
    methods, method_ids = struct.unpack_from("<II", raw, 0x58)
    for row in range(methods):
        struct.pack_into("<I", raw, method_ids + 8 * row + 4, 0xFFFFFFFF)
    classes, class_defs = struct.unpack_from("<II", raw, 0x60)
    for row, value in zip(range(classes), (0x80000000, 0x7FFFFFFF), strict=True):
        struct.pack_into("<I", raw, class_defs + 32 * row + 8, value)
    opened = Program([part(bytes(raw))])
    assert opened.linked.definition_signatures.tolist() == [-1, -1]
    assert opened.superclass(0) == -1
    assert opened.superclass_name(0) is None
    assert opened.overrides(0).tolist() == []
    assert opened.resolve(0, 0) == -1


def test_of_two_definitions_of_a_class_in_one_file_the_first_is_found() -> None:
    opened = program([k.kin("LA;", k.method("LA;", "m")), k.kin("LA;", k.method("LA;", "n"))])
    assert opened.shadowed.tolist() == [1]
    assert named(opened, opened.resolve(0, 0)) == (0, "LA;->m()V")
    assert opened.resolve(0, 1) == -1
