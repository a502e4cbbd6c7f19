"""Seeded mutations of a DEX file: a scan gives sites that lie in the file, or the file cannot be opened."""

import random
from pathlib import Path

import pytest

from assay.bytecode.dex import DexFile
from assay.bytecode.sites.record import Sites
from assay.bytecode.sites.scan import sites
from assay.model.errors import Unreadable
from assay.model.source import BufferSource

MOTIFS = (Path(__file__).parent / "motifs" / "motifs.dex").read_bytes()
EXTREMES = (0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
TRIALS = 400


def mutated(seed: int) -> bytes:
    choice, raw = random.Random(seed), bytearray(MOTIFS)
    for _ in range(choice.randint(1, 8)):
        place = choice.randrange(0x70, len(raw) - 4)
        if choice.random() < 0.3:
            raw[place : place + 4] = choice.choice(EXTREMES).to_bytes(4, "little")
        else:
            raw[place] = choice.randrange(256)
    return bytes(raw)


def sound(found: Sites, dex: DexFile) -> bool:
    code = dex.instructions
    rows = code.starts[found.definition + 1] - code.starts[found.definition]
    inside = (found.definition >= 0) & (found.definition < len(dex.methods.method))
    operands = (found.text_row < rows) & (found.list_row < rows) & (found.head < rows)
    return bool((inside & operands & (found.row >= 0) & (found.row < rows)).all())


@pytest.mark.mutation
def test_mutated_files_are_scanned_or_refused() -> None:
    scanned = 0
    for seed in range(TRIALS):
        try:
            dex = DexFile(BufferSource(mutated(seed)))
        except Unreadable:
            continue
        found = sites(dex)
        assert sound(found, dex), seed
        assert list(found) == list(sites(dex)), seed
        scanned += 1
    assert scanned > TRIALS // 2
