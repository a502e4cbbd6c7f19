from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.encodings import form
from assay.registry import BENCH
from tests.encodings.one_liners import in_shell


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_decoding_is_that_of_the_standard_library(text: str) -> None:
    wrapped = form.encode(text.encode())
    assert parse_qsl("a=" + wrapped.decode("ascii"), keep_blank_values=True) == [("a", text)]
    assert b"+" not in wrapped or form.decode(wrapped) == text.encode()


@given(st.binary())
def test_bytes_without_a_plus_are_not_so_wrapped(raw: bytes) -> None:
    assert form.decode(raw.replace(b"+", b"")) is None


@pytest.mark.parametrize("binary", [b"a+b\x00", b"%41\x1f+", b"\x08+"])
def test_bytes_that_are_no_text_are_not_so_wrapped(binary: bytes) -> None:
    assert form.decode(binary) is None


def test_plus_is_a_space_and_an_escaped_plus_a_plus() -> None:
    assert form.decode(b"velvet+kestrel%2B1") == b"velvet kestrel+1"


def test_the_one_liner_does_the_same() -> None:
    assert in_shell(BENCH.decoders["form"].one_liner, b"velvet+kestrel%2B1") == b"velvet kestrel+1"
