import base64 as standard
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.encodings import base64
from assay.registry import BENCH
from tests.encodings.one_liners import in_shell

WRITERS: dict[str, Callable[[bytes], bytes]] = {
    "standard": standard.b64encode,
    "url-safe": standard.urlsafe_b64encode,
    "in lines": standard.encodebytes,
    "without padding": lambda raw: standard.b64encode(raw).rstrip(b"="),
    "url-safe without padding": lambda raw: standard.urlsafe_b64encode(raw).rstrip(b"="),
}


@pytest.mark.parametrize("writer", WRITERS)
@given(raw=st.binary(min_size=1))
def test_decoding_gives_back_what_was_encoded(writer: str, raw: bytes) -> None:
    assert base64.decode(WRITERS[writer](raw)) == raw


@given(st.binary())
def test_noise_gives_bytes_or_nothing(noise: bytes) -> None:
    raw = base64.decode(noise)
    assert raw is None or len(raw) <= len(noise) * 3 // 4


@pytest.mark.parametrize("other", [b"", b"=", b"YWI+-", b"YW.I", b"YWJjZ", b"YWI=YWI", b"YWI===", b"\xc3\xa9", b"  "])
def test_what_cannot_be_base64_is_not(other: bytes) -> None:
    assert base64.decode(other) is None


@pytest.mark.parametrize("wrapped", [b"-_-_", b"+/+/", b"YW\nJj\n", b"YQ", b"YQ==", b"YWI"])
def test_the_one_liner_does_the_same(wrapped: bytes) -> None:
    assert in_shell(BENCH.decoders["base64"].one_liner, wrapped) == base64.decode(wrapped)
