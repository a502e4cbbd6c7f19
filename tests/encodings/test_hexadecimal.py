import binascii

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.encodings import hexadecimal
from assay.registry import BENCH
from tests.encodings.one_liners import in_shell


@pytest.mark.parametrize("between", ["", ":", "-", " "])
@given(raw=st.binary(min_size=1), upper=st.booleans())
def test_decoding_gives_back_what_was_encoded(between: str, raw: bytes, *, upper: bool) -> None:
    wrapped = binascii.hexlify(raw, between).decode() if between else raw.hex()
    assert hexadecimal.decode((wrapped.upper() if upper else wrapped).encode()) == raw


@given(st.binary())
def test_noise_gives_bytes_or_nothing(noise: bytes) -> None:
    raw = hexadecimal.decode(noise)
    assert raw is None or len(raw) <= len(noise) // 2


@pytest.mark.parametrize("other", [b"", b"0x", b"abc", b"ab:cd-ef", b"ab:cdef", b"gg", b"ab:", b":ab"])
def test_what_cannot_be_hexadecimal_is_not(other: bytes) -> None:
    assert hexadecimal.decode(other) is None


@pytest.mark.parametrize("wrapped", [b"0x4142", b"41:42:ff", b"4142\n", b"00 0A"])
def test_the_one_liner_does_the_same(wrapped: bytes) -> None:
    assert in_shell(BENCH.decoders["hex"].one_liner, wrapped) == hexadecimal.decode(wrapped)
