"""Seeded changes of sound files: features of what is left, or Unreadable; never anything else."""

import random

import numpy as np
import pytest

from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.shapes.features import BITS, features
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from tests.bytecode.samples import EXTREMES
from tests.bytecode.test_dex_mutations import bases

SEED, TRIALS = 20_261_122, 400


def _changed(raw: bytes, chance: random.Random) -> bytes:
    """Some words of four bytes become extreme ones, some bytes any; rarely the end is missing."""
    out = bytearray(raw)
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(8, len(out) - 4)
        if chance.random() < 0.5:
            out[at : at + 4] = (chance.choice(EXTREMES) & 0xFFFFFFFF).to_bytes(4, "little")
        else:
            out[at] = chance.randrange(256)
    return bytes(out[: chance.randrange(len(out) // 2, len(out))] if chance.random() < 0.1 else out)


@pytest.mark.mutation
def test_changed_files_have_features_of_classes_that_are_there() -> None:
    chance = random.Random(SEED)
    sound = bases()
    read = 0
    for _ in range(TRIALS):
        try:
            dex = DexFile(BufferSource(_changed(chance.choice(sound), chance)))
        except Unreadable:
            continue
        built = columns.build(dex)
        found = features(dex, built)
        read += 1
        assert len(found.instructions) == len(built.class_types)
        assert not len(found.classes) or int(found.classes.max()) < len(built.class_types)
        assert not np.any(found.hashes >> np.uint64(BITS))
        assert 0 <= found.instructions.sum() <= dex.swept.instructions
    assert read > TRIALS // 2
