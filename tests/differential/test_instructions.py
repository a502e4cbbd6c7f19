"""Every instruction of every method with all its operands, as dexllm decodes them."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from assay.bytecode.dex import DexFile
from assay.bytecode.listing import listing
from assay.model.source import BufferSource
from tests.differential import dexllm_code
from tests.differential.differences import Table, hold
from tests.differential.material import MOST_BYTES, archives, code

pytestmark = pytest.mark.differential
KNOWN: Table = {}

Row = tuple[str, int, str, str]


def payloads(dex: DexFile) -> Iterator[Row]:
    """Yield the place of each payload as dexllm shows it: a nop, with nothing of what is in it."""
    left, bodies = deque(dex.swept.payloads.tolist()), dex.bodies
    for row, (first, end) in enumerate(zip(bodies.first.tolist(), dex.swept.ends.tolist(), strict=True)):
        while left and first <= left[0] < end:
            yield dex.method_name(int(dex.methods.method[row])), left.popleft() - first, "nop", ""
    assert not left


def ours(raw: bytes) -> Iterator[Row]:
    dex = DexFile(BufferSource(raw))
    assert list(dex.problems) == []
    yield from payloads(dex)
    for row, method in enumerate(dex.methods.method.tolist()):
        name = dex.method_name(method)
        for line in listing(dex, row):
            opcode, _, operands = line.text.partition(" ")
            yield name, line.pc, opcode, shown(opcode, operands)


def shown(opcode: str, operands: str) -> str:
    """Return what of the operands both tools show alike; strings and call sites are compared elsewhere, by index."""
    if opcode.startswith("invoke-custom"):
        return operands.partition("}")[0]
    return operands.partition(",")[0] if opcode.startswith("const-string") else operands


def theirs(raw: bytes) -> Iterator[Row]:
    dex = dexllm_code.opened(raw)
    for method in dexllm_code.methods(dex):
        for pc, opcode, operands in dexllm_code.instructions(dex, method):
            yield method, pc, opcode, shown(opcode, operands)


@archives
def test_instructions_are_those_of_dexllm(archive: Path) -> None:
    for name, raw in code(archive, MOST_BYTES):
        hold(name, ours(raw), theirs(raw), KNOWN)
