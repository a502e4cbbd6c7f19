"""Instructions of DEX files of tests, unit by unit.

Source: Android Open Source Project, "Dalvik bytecode".
"""

from tests.bytecode.dex_items import Index, MethodId, Unit


def const_string(register: int, text: str) -> list[Unit]:
    return [0x1A | register << 8, Index("string", text)]


def const_string_jumbo(register: int, text: str) -> list[Unit]:
    return [0x1B | register << 8, Index("string", text), Index("string", text, high=True)]


def invoke(opcode: int, method: MethodId, *registers: int) -> list[Unit]:
    c, d, e, f, g = (*registers, 0, 0, 0, 0, 0)[:5]
    return [opcode | g << 8 | len(registers) << 12, Index("method", method), c | d << 4 | e << 8 | f << 12]


def one(opcode: int, high: int = 0) -> list[Unit]:
    """An instruction of one unit."""
    return [opcode | (high & 0xFF) << 8]


def two(opcode: int, high: int, second: Unit) -> list[Unit]:
    """An instruction of two units."""
    return [opcode | (high & 0xFF) << 8, second & 0xFFFF if isinstance(second, int) else second]


RETURN_VOID: list[Unit] = [0x0E]
