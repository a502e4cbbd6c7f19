"""The same DEX file as androguard reads it."""

from collections.abc import Iterator
from typing import Any

import pytest

from assay.bytecode.opcodes import OPCODES, Format, Reference

loguru = pytest.importorskip("loguru", reason="it comes with androguard")
androguard = pytest.importorskip("androguard.core.dex", reason="androguard is a package of the tests")
loguru.logger.disable("androguard")


def opened(raw: bytes) -> Any:
    return androguard.DEX(raw)


def name(method: Any) -> str:
    """Return the name of a method in our notation."""
    return f"{method.get_class_name()}->{method.get_name()}{method.get_descriptor().replace(' ', '')}"


def instructions(dex: Any) -> Iterator[tuple[int, int, Any]]:
    """Yield (method index, code offset in 16-bit units, instruction) of everything but payloads."""
    for method in dex.get_encoded_methods():
        code, place = method.get_code(), 0
        for each in code.get_bc().get_instructions() if code is not None else ():
            if not each.get_name().endswith("-payload"):
                yield method.get_method_idx(), place, each
            place += each.get_length() // 2


def indices(instruction: Any) -> Iterator[int]:
    """Yield what an instruction names, from the fields of its format: an index, none, or a method and a prototype."""
    opcode = OPCODES[instruction.get_op_value()]
    if opcode.reference is not Reference.NONE:
        yield int(getattr(instruction, {Format.F22C: "CCCC", Format.F31C: "BBBBBBBB"}.get(opcode.format, "BBBB")))
    if opcode.format in {Format.F45CC, Format.F4RCC}:
        yield int(instruction.HHHH)
