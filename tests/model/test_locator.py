import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.model.locator import (
    ByteRange,
    InnerPlace,
    Locator,
    Place,
    Step,
    is_name,
    parse_place,
    percent_decode,
    percent_encode,
)

EXHIBIT = "6f1c" + "0" * 60

names = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
steps = st.builds(Step, names, st.binary(max_size=24))
ranges = st.builds(ByteRange, st.integers(0, 2**70), st.integers(0, 2**70))
inners = st.builds(InnerPlace, names, st.text(st.characters(exclude_categories=()), max_size=24))
places: st.SearchStrategy[Place] = st.one_of(ranges, inners)
locators = st.builds(
    Locator,
    st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    st.lists(steps, max_size=5).map(tuple),
    st.one_of(st.none(), places),
)


@given(locators)
def test_printing_and_parsing_are_inverse(locator: Locator) -> None:
    assert Locator.parse(str(locator)) == locator


@given(locators)
def test_a_printed_locator_is_printable_ascii_without_a_space(locator: Locator) -> None:
    assert all(0x21 <= ord(char) <= 0x7E for char in str(locator))


@given(st.binary())
def test_percent_encoding_is_inverse_over_raw_bytes(raw: bytes) -> None:
    assert percent_decode(percent_encode(raw)) == raw


@given(st.text(st.characters(max_codepoint=0x17F), max_size=12))
def test_what_percent_decoding_accepts_is_exactly_what_encoding_prints(text: str) -> None:
    try:
        raw = percent_decode(text)
    except ValueError:
        return
    assert percent_encode(raw) == text


def test_every_byte_has_the_form_that_the_grammar_gives_it() -> None:
    printed = {byte: percent_encode(bytes([byte])) for byte in range(256)}
    plain = {byte for byte, text in printed.items() if len(text) == 1}
    assert plain == set(range(0x21, 0x7F)) - set(b"%!@")
    assert printed[0x00] == "%00"
    assert printed[0x20] == "%20"
    assert printed[0x21] == "%21"
    assert printed[0x25] == "%25"
    assert printed[0x40] == "%40"
    assert printed[0xFF] == "%FF"
    assert printed[0x2F] == "/"


def test_the_example_of_the_grammar_reads_as_it_says() -> None:
    text = f"{EXHIBIT}!payload:system!erofs:/app/Foo/Foo.apk!zip:classes2.dex@0x1f40+22"
    locator = Locator.parse(text)
    assert locator.exhibit == EXHIBIT
    assert locator.steps == (
        Step("payload", b"system"),
        Step("erofs", b"/app/Foo/Foo.apk"),
        Step("zip", b"classes2.dex"),
    )
    assert locator.place == ByteRange(8000, 22)
    assert str(locator) == text


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("json:/a/0", "json", "/a/0"),
        ("json:", "json", ""),
        ("line:12", "line", "12"),
        ("method:Lorg/A;->m()V+0x2c", "method", "Lorg/A;->m()V+0x2c"),
        ("json:/%C3%A9%20%40", "json", "/é @"),
    ],
)
def test_inner_places_are_read_in_the_terms_of_the_format(text: str, scheme: str, value: str) -> None:
    assert parse_place(text) == InnerPlace(scheme, value)
    assert str(InnerPlace(scheme, value)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0" * 63,
        "0" * 65,
        "A" * 64,
        EXHIBIT + "@",
        EXHIBIT + "!",
        EXHIBIT + "!zip",
        EXHIBIT + "!Zip:a",
        EXHIBIT + "!:a",
        EXHIBIT + "!zip:a b",
        EXHIBIT + "!zip:a%2",
        EXHIBIT + "!zip:a%2f",
        EXHIBIT + "!zip:a%2F",
        EXHIBIT + "!zip:é",
        EXHIBIT + "!zip:a\n",
        EXHIBIT + "\n",
        EXHIBIT + "!zip:a@0x01+2",
        EXHIBIT + "!zip:a@0xA+2",
        EXHIBIT + "!zip:a@0x1+02",
        EXHIBIT + "!zip:a@0x1+-2",
        EXHIBIT + "!zip:a@0x1",
        EXHIBIT + "!zip:a@json:/%FF",
        EXHIBIT + "!zip:a@json:/a@json:/b",
        EXHIBIT + "!zip:a@JSON:/a",
        "../../etc/passwd",
    ],
)
def test_what_is_not_in_the_grammar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Locator.parse(text)


@pytest.mark.parametrize(("offset", "length"), [(-1, 0), (0, -1)])
def test_a_range_before_the_first_byte_is_refused(offset: int, length: int) -> None:
    with pytest.raises(ValueError, match="not a run of bytes"):
        ByteRange(offset, length)


def test_a_locator_that_would_not_print_in_the_grammar_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="container format"):
        Locator(EXHIBIT).child("a!b", b"x")
    with pytest.raises(ValueError, match="scheme"):
        InnerPlace("a:b", "x")


def test_members_places_and_parents() -> None:
    top = Locator(EXHIBIT)
    inner = top.child("zip", b"a").child("har", b"b")
    assert str(inner.inside(ByteRange(0, 1))) == f"{EXHIBIT}!zip:a!har:b@0x0+1"
    assert inner.inside(ByteRange(0, 1)).parent() == top.child("zip", b"a")
    with pytest.raises(ValueError, match="no container"):
        top.parent()


def test_names_of_formats() -> None:
    assert is_name("shared-prefs_2")
    assert not any(map(is_name, ("", "2a", "A", "a b", "a!", "é", "a\n")))
