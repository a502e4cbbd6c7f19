import gzip as standard

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.encodings import gzip
from assay.model.errors import Unreadable
from assay.registry import BENCH
from tests.encodings.one_liners import in_shell


@given(st.binary(), st.integers(0, 9))
def test_decoding_gives_back_what_was_encoded(raw: bytes, level: int) -> None:
    assert gzip.decode(standard.compress(raw, level)) == raw


@given(st.binary())
def test_the_same_bytes_are_written_for_the_same_bytes(raw: bytes) -> None:
    encode = BENCH.decoders["gzip"].encode
    assert encode is not None
    assert encode(raw) == encode(raw)
    assert gzip.decode(encode(raw)) == raw


@given(st.binary())
def test_bytes_without_the_magic_number_are_not_so_wrapped(noise: bytes) -> None:
    assert gzip.decode(b"\x1e" + noise) is None


@given(st.binary(min_size=1), st.data())
def test_a_stream_cut_short_is_unreadable(raw: bytes, data: st.DataObject) -> None:
    wrapped = standard.compress(raw)
    with pytest.raises(Unreadable):
        gzip.decode(wrapped[: data.draw(st.integers(3, len(wrapped) - 1))])


def test_the_one_liner_does_the_same() -> None:
    assert in_shell(BENCH.decoders["gzip"].one_liner, standard.compress(b"velvet kestrel")) == b"velvet kestrel"
