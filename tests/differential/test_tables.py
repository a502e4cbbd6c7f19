"""Every table, instruction and reference, row by row and index by index, as androguard reads them."""

from pathlib import Path
from typing import Any

import pytest

from assay.bytecode.dex import DexFile
from assay.model.source import BufferSource
from tests.differential import androguard_code
from tests.differential.differences import Table, hold
from tests.differential.material import MOST_BYTES, archives, code
from tests.differential.mutf8 import mutf8

pytestmark = pytest.mark.differential
KNOWN: Table = {}


def check_instructions(name: str, ours: DexFile, theirs: Any) -> None:
    rows = [(method, pc, each.get_op_value(), each) for method, pc, each in androguard_code.instructions(theirs)]
    code = ours.instructions
    found = zip(code.method.tolist(), code.pc.tolist(), code.opcode.tolist(), strict=True)
    hold(name, found, (row[:3] for row in rows), KNOWN)
    refers = ours.references
    named = zip(refers.method.tolist(), refers.pc.tolist(), refers.opcode.tolist(), refers.index.tolist(), strict=True)
    expected = ((*row[:3], index) for row in rows for index in androguard_code.indices(row[3]))
    hold(name, named, expected, KNOWN)


def check_names(ours: DexFile, theirs: Any) -> None:
    strings = [ours.string_bytes(index) for index in range(ours.string_count)]
    assert strings == [mutf8(each) for each in theirs.get_strings()]
    types = [theirs.CM.get_type(index) for index in range(len(ours.tables.types))]
    assert [ours.names.type(index) for index in range(len(types))] == types
    methods = [androguard_code.name(method) for method in theirs.get_methods()]
    assert [ours.method_name(index) for index in range(len(methods))] == methods
    fields = [f"{field.get_class_name()}->{field.get_name()}:{field.get_type()}" for field in theirs.get_fields()]
    assert [ours.names.field(index) for index in range(len(fields))] == fields


@archives
def test_tables_and_instructions_are_those_of_androguard(archive: Path) -> None:
    for name, raw in code(archive, MOST_BYTES):
        ours, theirs = DexFile(BufferSource(raw)), androguard_code.opened(raw)
        check_names(ours, theirs)
        check_instructions(name, ours, theirs)
