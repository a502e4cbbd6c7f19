import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.model import text

MARK = "\ufdd0"


@given(st.one_of(st.binary(), st.text().map(str.encode), st.binary().map(lambda raw: MARK.encode() + raw)))
def test_text_as_found_is_lossless_for_any_bytes(raw: bytes) -> None:
    found = text.from_bytes(raw)
    assert text.to_bytes(found) == raw
    found.encode("utf-8")


@given(st.text(st.characters(codec="utf-8", exclude_characters=MARK)))
def test_text_stands_for_itself(found: str) -> None:
    assert text.from_bytes(found.encode()) == found
    assert not text.is_bytes(found)


@given(st.text(st.characters(exclude_categories=())))
def test_any_string_comes_into_a_form_that_encodes(found: str) -> None:
    kept = text.from_str(found)
    assert text.to_bytes(kept) == found.encode("utf-8", "surrogatepass")
    kept.encode("utf-8")


@given(st.binary(min_size=1), st.binary(min_size=1))
def test_different_bytes_are_different_texts(one: bytes, other: bytes) -> None:
    assert (text.from_bytes(one) == text.from_bytes(other)) == (one == other)


def test_undecodable_bytes_are_base64_behind_the_marker() -> None:
    assert text.from_bytes(b"\xff\x00") == MARK + "base64:/wA="
    assert text.is_bytes(MARK + "base64:/wA=")


def test_text_that_looks_like_the_marker_is_not_taken_for_it() -> None:
    forged = (MARK + "base64:/wA=").encode()
    assert text.from_bytes(forged) == MARK + "base64:" + base64.b64encode(forged).decode()
    assert text.to_bytes(text.from_bytes(forged)) == forged


@pytest.mark.parametrize("behind", ["*", "/w", "/wA=x", "é"])
def test_what_is_not_base64_behind_the_marker_is_refused(behind: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        text.to_bytes(MARK + "base64:" + behind)


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        ("plain é 屏", "plain é 屏"),
        ("a\nb", "a\\u000ab"),
        ("\u202eevil", "\\u202eevil"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("\x1b[31m", "\\u001b[31m"),
        ("\U000e0041", "\\U000e0041"),
        ("\U0001f6dc", "\\U0001f6dc"),
        (MARK + "base64:/wBB", "\\xff\\x00A"),
    ],
)
def test_what_is_shown_can_neither_move_the_cursor_nor_turn_the_line(found: str, shown: str) -> None:
    assert text.show(found) == shown


@given(st.text())
def test_what_is_shown_is_printable(found: str) -> None:
    assert text.show(text.from_str(found)).isprintable()


def test_a_marker_that_was_typed_is_shown_and_breaks_nothing() -> None:
    typed = text.MARKER + "no base64 at all"
    assert not text.is_bytes(typed)
    assert text.show(typed).startswith("\\ufdd0base64:no base64")
    assert text.is_bytes(text.from_str(typed))
