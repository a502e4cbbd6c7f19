"""The same rows from androguard, timed and compared: string loads and calls with their place."""

import importlib.util
import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from assay.bytecode.dex import DexFile
from assay.bytecode.opcodes import Reference
from assay.model.source import BufferSource

Row = tuple[int, int, int, int]
"""Method index, code offset in 16-bit units, opcode, index of the string or of the called method."""

MISSING = "androguard is not installed: it is a package of the tests"
STRING_LOAD, JUMBO = 0x1A, 0x1B
CALLS = frozenset({*range(0x6E, 0x73), *range(0x74, 0x79), 0xFA, 0xFB})


def available() -> bool:
    """Say whether androguard can be imported."""
    return importlib.util.find_spec("androguard") is not None


def compare(files: Sequence[bytes]) -> tuple[float, int]:
    """Return androguard's CPU seconds for all files, and the number of rows, which are equal to ours.

    Raises: AssertionError where they are not.
    """
    seconds, rows = 0.0, 0
    for data in files:
        began = time.process_time()
        theirs = list(_theirs(data))
        seconds += time.process_time() - began
        ours = _ours(DexFile(BufferSource(data)))
        assert sorted(theirs) == sorted(ours)
        rows += len(ours)
    return seconds, rows


def _ours(dex: DexFile) -> list[Row]:
    columns = dex.references
    kept = np.isin(columns.kind, (Reference.STRING, Reference.METHOD))
    picked = (columns.method[kept], columns.pc[kept], columns.opcode[kept], columns.index[kept])
    return list(zip(*(column.tolist() for column in picked), strict=True))


def _theirs(data: bytes) -> Iterator[Row]:
    from androguard.core.dex import DEX  # noqa: PLC0415 - only the tests' environment has it
    from loguru import logger  # noqa: PLC0415 - the same: it comes with androguard

    logger.disable("androguard")
    for method in DEX(data).get_encoded_methods():
        code = method.get_code()
        if code is not None:
            yield from _body(method.get_method_idx(), code.get_bc().get_instructions())


def _body(method: int, instructions: Iterator[Any]) -> Iterator[Row]:
    """Yield the rows of one body; androguard keeps an index where the format's name has it, in BBBB or BBBBBBBB."""
    place = 0
    for instruction in instructions:
        opcode = instruction.get_op_value()
        if opcode == JUMBO:
            yield method, place, opcode, instruction.BBBBBBBB
        elif opcode == STRING_LOAD or opcode in CALLS:
            yield method, place, opcode, instruction.BBBB
        place += instruction.get_length() // 2
