from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.resource_chunk import StringPool, chunk_at, chunks
from assay.model.text import from_bytes, from_str
from tests.artefacts import resource_writer as w

TEXTS = st.lists(st.one_of(st.text(st.characters()), st.just("x" * 40_000), st.just("é" * 9000)), max_size=5)


def pool(raw: bytes) -> StringPool:
    view = memoryview(raw)
    chunk = chunk_at(view, 0, len(raw))
    assert chunk is not None
    return StringPool(view, chunk)


@given(TEXTS)
def test_wide_strings_of_any_length_are_read_back(texts: list[str]) -> None:
    read = pool(w.pool(texts))
    assert [read.text(index) for index in range(len(read))] == list(map(from_str, texts))
    assert read.text(len(texts)) is None
    assert read.text(-1) is None


@given(st.lists(st.text(st.characters(), max_size=300), max_size=5))
def test_narrow_strings_are_read_back_in_their_modified_form(texts: list[str]) -> None:
    read = pool(w.pool(texts, utf8=True))
    assert [read.text(index) for index in range(len(read))] == list(map(expected, texts))


def expected(text: str) -> str:
    """Return the text where it is one, and else the bytes as they stand in the pool."""
    lone = any(0xD800 <= ord(char) < 0xE000 for char in text)
    return from_bytes(w.modified_utf8(text)) if lone else from_str(text)


def test_bytes_that_are_no_text_stay_bytes() -> None:
    raw = bytearray(w.pool(["abc"], utf8=True))
    at = raw.index(b"abc")
    raw[at : at + 3] = b"\xffbc"
    assert pool(bytes(raw)).text(0) == from_bytes(b"\xffbc")


def test_zero_in_its_two_byte_form_is_zero() -> None:
    raw = bytearray(w.pool(["ab-"], utf8=True))
    at = raw.index(b"ab-")
    raw[at : at + 3] = b"a\xc0\x80"
    assert pool(bytes(raw)).text(0) == "a\0"


def test_a_string_is_cut_where_its_pool_ends() -> None:
    raw = w.pool(["abcdef"], utf8=True)
    view = memoryview(raw)[: raw.index(b"def")]
    chunk = chunk_at(view, 0, len(view))
    assert chunk is not None
    assert chunk.clipped
    assert StringPool(view, chunk).text(0) == "abc"


def test_chunks_end_where_one_does_not_say_where_the_next_begins() -> None:
    whole = w.chunk(1, b"", b"body") + w.chunk(2, b"")
    assert [chunk.type for chunk in chunks(memoryview(whole), 0, len(whole))] == [1, 2]
    broken = whole + w.chunk(3, b"", size=4) + w.chunk(4, b"")
    assert [chunk.type for chunk in chunks(memoryview(broken), 0, len(broken))] == [1, 2]
