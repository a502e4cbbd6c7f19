"""The digest of an index follows the bytes and nothing else."""

import hashlib
import json

import numpy as np

from assay.bytecode.digest import arrays, index_sha256
from tests.bytecode.samples import opened, sample, with_u4


def test_the_digest_is_that_of_names_types_lengths_and_bytes() -> None:
    dex = opened(sample().write())
    state = hashlib.sha256()
    for name, array in arrays(dex):
        columns = [list(column) for column in array.dtype.descr]
        state.update(json.dumps([name, columns, len(array)], separators=(",", ":")).encode() + b"\n" + array.tobytes())
    assert index_sha256(dex) == state.hexdigest()


def test_numbers_are_little_endian() -> None:
    dex = opened(sample().write())
    assert all(array.dtype.newbyteorder("<") == array.dtype for _, array in arrays(dex))
    assert np.dtype("<u4") in {array.dtype for _, array in arrays(dex)}


def test_the_same_file_has_the_same_digest_and_a_changed_one_another() -> None:
    writer = sample()
    raw = writer.write()
    (code, _) = writer.code_offsets.values()
    changed = with_u4(raw, code + 16, 0x0000_011A)
    assert index_sha256(opened(raw)) == index_sha256(opened(bytes(bytearray(raw))))
    assert index_sha256(opened(changed)) != index_sha256(opened(raw))
