"""The same files through androguard: every table, every instruction, every reference, row by row."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assay.bytecode.dex import DexFile
from assay.bytecode.opcodes import OPCODES, Format, Reference
from assay.model.source import BufferSource
from assay.model.text import is_bytes

loguru = pytest.importorskip("loguru", reason="it comes with androguard")
androguard = pytest.importorskip("androguard.core.dex", reason="androguard is a package of the tests")
loguru.logger.disable("androguard")
SPECIMENS = Path(__file__).parents[1] / "specimens" / "built"
SMALL_REAL = ("appium-uiautomator2-server-test.apk", "uiautomator2.apk")


def dex_files(path: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".dex"):
                yield f"{path.name}!{name}", archive.read(name)


def instructions(dex: Any) -> Iterator[tuple[int, int, Any]]:
    """Yield (method index, code offset in units, instruction) of everything but payloads."""
    for method in dex.get_encoded_methods():
        code, place = method.get_code(), 0
        for each in code.get_bc().get_instructions() if code is not None else ():
            if not each.get_name().endswith("-payload"):
                yield method.get_method_idx(), place, each
            place += each.get_length() // 2


def index_of(instruction: Any) -> int:
    """The index an instruction names, from the field of its format that holds it."""
    format_ = OPCODES[instruction.get_op_value()].format
    return int(getattr(instruction, {Format.F22C: "CCCC", Format.F31C: "BBBBBBBB"}.get(format_, "BBBB")))


def check(name: str, raw: bytes) -> None:
    ours, theirs = DexFile(BufferSource(raw)), androguard.DEX(raw)
    assert list(ours.problems) == [], name
    check_names(ours, theirs)
    rows = list(instructions(theirs))
    code = ours.instructions
    found = zip(code.method.tolist(), code.pc.tolist(), code.opcode.tolist(), strict=True)
    assert sorted(found) == sorted((method, place, each.get_op_value()) for method, place, each in rows), name
    refers = ours.references
    named = zip(refers.method.tolist(), refers.pc.tolist(), refers.opcode.tolist(), refers.index.tolist(), strict=True)
    expected = [
        (method, place, each.get_op_value(), index_of(each))
        for method, place, each in rows
        if OPCODES[each.get_op_value()].reference is not Reference.NONE
    ]
    assert sorted(named) == sorted(expected), name


def check_names(ours: DexFile, theirs: Any) -> None:
    texts = [ours.string_text(index) for index in range(ours.string_count)]
    for text, other in zip(texts, theirs.get_strings(), strict=True):
        assert text == str(other) or is_bytes(text)
    types = [theirs.CM.get_type(index) for index in range(len(ours.tables.types))]
    assert [ours.names.type(index) for index in range(len(types))] == types
    methods = [
        f"{method.get_class_name()}->{method.get_name()}{method.get_descriptor().replace(' ', '')}"
        for method in theirs.get_methods()
    ]
    assert [ours.method_name(index) for index in range(len(methods))] == methods
    fields = [f"{field.get_class_name()}->{field.get_name()}:{field.get_type()}" for field in theirs.get_fields()]
    assert [ours.names.field(index) for index in range(len(fields))] == fields


def test_specimens() -> None:
    paths = sorted(SPECIMENS.glob("*.apk"))
    assert paths
    for path in paths:
        for name, raw in dex_files(path):
            check(name, raw)


@pytest.mark.parametrize("name", SMALL_REAL)
def test_real_applications(name: str, real_apk: Callable[[str], Path]) -> None:
    for label, raw in dex_files(real_apk(name)):
        check(label, raw)
