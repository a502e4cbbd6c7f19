from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.encodings import percent
from assay.registry import BENCH
from tests.encodings.one_liners import in_shell


@given(st.binary())
def test_decoding_gives_back_what_was_encoded(raw: bytes) -> None:
    assert (percent.decode(percent.encode(raw)) or percent.encode(raw)) == raw


@given(st.binary())
def test_encoding_is_that_of_the_standard_library(raw: bytes) -> None:
    assert percent.encode(raw).decode() == quote_from_bytes(raw, safe="")


@given(st.binary())
def test_bytes_without_an_escape_are_not_so_wrapped(raw: bytes) -> None:
    assert percent.decode(raw.replace(b"%", b"")) is None


@pytest.mark.parametrize(
    ("wrapped", "raw"),
    [
        (b"a%20b", b"a b"),
        (b"%41%6a%6A", b"Ajj"),
        (b"100%%20", b"100% "),
        (b"%zz%41", b"%zzA"),
        (b"%4", None),
        (b"%41\x00", None),
    ],
)
def test_escapes_are_undone_and_stray_signs_stay(wrapped: bytes, raw: bytes | None) -> None:
    assert percent.decode(wrapped) == raw


def test_the_one_liner_does_the_same() -> None:
    assert in_shell(BENCH.decoders["percent"].one_liner, b"a%20b\n%E2%82%AC%zz") == b"a b\n\xe2\x82\xac%zz"
