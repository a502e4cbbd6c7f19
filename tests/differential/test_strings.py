"""Which method loads which string, and which strings a file holds as data at all, as dexllm finds them."""

from collections import defaultdict
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
from tests.differential.mutf8 import mutf8

pytestmark = pytest.mark.differential
LOADED: Table = {}
HELD: Table = {}


def loaded(dex: DexFile) -> Iterator[tuple[str, bytes]]:
    """Yield (method, string) once for each string that a method loads."""
    references = dex.references
    rows = np.flatnonzero(references.kind == Reference.STRING)
    by_method = defaultdict(set)
    for method, string in zip(references.method[rows].tolist(), references.index[rows].tolist(), strict=True):
        by_method[method].add(string)
    for method, strings in by_method.items():
        yield from ((dex.method_name(method), dex.string_bytes(string)) for string in strings)


def held(dex: DexFile) -> set[bytes]:
    """Return every string that an instruction loads or a static field begins with."""
    found = set(dex.references.index[dex.references.kind == Reference.STRING].tolist())
    return {dex.string_bytes(string) for string in found | set(dex.static_strings.string.tolist())}


@archives
def test_strings_are_those_of_dexllm(archive: Path) -> None:
    for name, raw in code(archive, MOST_SEARCHED):
        ours, theirs = DexFile(BufferSource(raw)), dexllm_code.opened(raw)
        found = ((method, theirs.list_method_strings(method)) for method in dexllm_code.methods(theirs))
        uses = ((method, mutf8(text)) for method, texts in found for text in texts)
        hold(name, loaded(ours), uses, LOADED)
        hold(name, held(ours), map(mutf8, theirs.list_value_strings()), HELD)
