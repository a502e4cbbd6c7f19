import zlib as standard

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.encodings import zlib
from assay.model.errors import Unreadable
from assay.registry import BENCH
from tests.encodings.one_liners import in_shell


@given(st.binary(), st.integers(0, 9))
def test_decoding_gives_back_what_was_encoded(raw: bytes, level: int) -> None:
    assert zlib.decode(standard.compress(raw, level)) == raw


@given(st.binary())
def test_noise_behind_the_header_gives_bytes_or_is_unreadable(noise: bytes) -> None:
    try:
        raw = zlib.decode(b"\x78\x9c" + noise)
    except Unreadable:
        return
    assert raw == standard.decompressobj().decompress(b"\x78\x9c" + noise)


@pytest.mark.parametrize("other", [b"", b"x", b"x+", b"\x78\x20" + bytes(8), b"velvet"])
def test_what_has_no_header_is_not(other: bytes) -> None:
    assert zlib.decode(other) is None


def test_the_one_liner_does_the_same() -> None:
    assert in_shell(BENCH.decoders["zlib"].one_liner, standard.compress(b"velvet kestrel")) == b"velvet kestrel"
