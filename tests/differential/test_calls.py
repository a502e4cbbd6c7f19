"""Call edges, each with its place and opcode, as dexllm finds them."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from assay.bytecode.dex import DexFile
from assay.bytecode.opcodes import Reference
from assay.model.source import BufferSource
from tests.differential import dexllm_code
from tests.differential.differences import Table, hold
from tests.differential.material import MOST_SEARCHED, archives, code

pytestmark = pytest.mark.differential
KNOWN: Table = {}

Edge = tuple[str, int, int, str]
"""Caller, place of the call in 16-bit units, opcode, callee as the call names it."""


def ours(raw: bytes) -> Iterator[Edge]:
    dex = DexFile(BufferSource(raw))
    rows, names = np.flatnonzero(dex.references.kind == Reference.METHOD), [*map(dex.method_name, range(count(dex)))]
    columns = (getattr(dex.references, column)[rows].tolist() for column in ("method", "pc", "opcode", "index"))
    for method, pc, opcode, callee in zip(*columns, strict=True):
        yield names[method], pc, opcode, names[callee]


def count(dex: DexFile) -> int:
    return len(dex.tables.methods)


def theirs(raw: bytes) -> Iterator[Edge]:
    dex = dexllm_code.opened(raw)
    for method in dexllm_code.methods(dex):
        for site in dex.find_call_sites_from(method):
            assert site.bytecode_offset % 2 == 0
            yield site.caller_descriptor, site.bytecode_offset // 2, site.invoke_opcode, site.callee_descriptor


@archives
def test_calls_are_those_of_dexllm(archive: Path) -> None:
    for name, raw in code(archive, MOST_SEARCHED):
        hold(name, ours(raw), theirs(raw), KNOWN)
