"""Operations as the platform computes them; expected values by hand from the Java Language Specification."""

import pytest

from assay.bytecode.gates import java
from assay.bytecode.gates.possible import Scalar, Thing


@pytest.mark.parametrize(("name", "a", "b", "result"), [
    ("add-int", 2**31 - 1, 1, -(2**31)), ("add-long", 2**31 - 1, 1, 2**31), ("sub-int/2addr", 0, 1, -1),
    ("rsub-int", 3, 10, 7), ("mul-int/lit8", 65536, 65536, 0), ("div-int", -7, 2, -3), ("rem-int", -7, 3, -1),
    ("rem-int/lit8", 7, -3, 1), ("and-int", -1, 255, 255), ("or-int", 1, 2, 3), ("xor-int/lit16", 5, 1, 4),
    ("shl-int", 1, 33, 2), ("shr-int", -8, 1, -4), ("ushr-int", -1, 28, 15), ("ushr-long", -1, 60, 15),
    ("cmp-long", 5, 9, -1), ("cmp-long", 9, 9, 0),
])  # fmt: skip
def test_binary_operations(name: str, a: int, b: int, result: int) -> None:
    assert java.binary(name, a, b) == result


def test_what_cannot_be_computed_says_so() -> None:
    with pytest.raises(ZeroDivisionError):
        java.binary("div-int", 1, 0)
    with pytest.raises(ValueError, match="add-float"):
        java.binary("add-float", 1, 1)
    with pytest.raises(TypeError):
        java.binary("add-int", "1", 1)


@pytest.mark.parametrize(("name", "a", "result"), [
    ("int-to-byte", 200, -56), ("int-to-char", -1, 65535), ("int-to-short", 40000, -25536),
    ("neg-int", -(2**31), -(2**31)),
    ("not-int", 0, -1), ("long-to-int", 2**32 + 5, 5),
])  # fmt: skip
def test_unary_operations(name: str, a: int, result: int) -> None:
    assert java.unary(name, a) == result


@pytest.mark.parametrize(("text", "result"), [("", 0), ("LT", 2440), ("Aa", 2112), ("BB", 2112),
                                              ("💡", 31 * 0xD83D + 0xDCA1),
                                              ("polygenelubricants", -(2**31))])  # fmt: skip
def test_hash_codes_of_strings(text: str, result: int) -> None:
    assert java.hash_code(text) == result


@pytest.mark.parametrize(("test", "a", "b", "holds"), [
    ("eq", None, 0, True), ("ne", "x", None, True), ("eq", "x", "x", True), ("lt", -1, 0, True), ("ge", 0, 0, True),
    ("eq", 1, 0, False), ("eq", "", None, False),
])  # fmt: skip
def test_branches(test: str, a: Scalar, b: Scalar, *, holds: bool) -> None:
    assert java.tested(test, a, b) is holds


def test_objects_of_which_one_alone_is_made_are_the_same_or_not() -> None:
    one, other = Thing(1, once=True), Thing(2, once=True)
    assert java.tested("eq", one, Thing(1, once=True))
    assert not java.tested("eq", one, other)
    assert java.tested("ne", one, other)
    assert java.tested("ne", one, None)


@pytest.mark.parametrize(
    ("one", "other"), [(Thing(1), Thing(1)), (Thing(1), Thing(2)), (Thing(1, once=True), Thing(1)), (Thing(1), "x")]
)
def test_objects_of_which_several_may_be_made_are_not_told_apart(one: Thing, other: Scalar) -> None:
    for pair in ((one, other), (other, one)):
        with pytest.raises(ValueError, match=r"^$"):
            java.tested("eq", *pair)


def test_patterns_that_could_take_long_are_not_tried() -> None:
    assert java.PREDICATES["matches-regex"]("CN", "CN|HK")
    with pytest.raises(ValueError, match="a"):
        java.PREDICATES["find-regex"]("aaaa", "(a+)+$")


@pytest.mark.parametrize(
    ("sent", "text"), [("b24=", "on"), ("b24", "on"), ("w7w_", "\u00fc?"), ("", ""), ("Q04=\n", "CN")]
)
def test_what_base64_stands_for(sent: str, text: str) -> None:
    """Values by RFC 4648, of both alphabets."""
    assert java.decoded(sent) == text


def test_what_is_no_base64_of_a_text_is_not_decoded() -> None:
    for sent in ("a", "/w==", "*", 1, None):
        with pytest.raises(TypeError):
            java.decoded(sent)


@pytest.mark.parametrize(("pattern", "given", "text"), [
    ("region_%s", ("LT",), "region_LT"), ("%d-%s", (7, "x"), "7-x"), ("%2$s%1$s", ("a", "b"), "ba"), ("all", (), "all"),
])  # fmt: skip
def test_plain_formats(pattern: str, given: tuple[Scalar, ...], text: str) -> None:
    assert java.formatted(pattern, *given) == text


@pytest.mark.parametrize(("pattern", "given"), [("%05d", (1,)), ("%s", ()), ("%%", ()), ("%2$s", ("a",))])
def test_other_formats_are_not_computed(pattern: str, given: tuple[Scalar, ...]) -> None:
    with pytest.raises(ValueError, match="%"):
        java.formatted(pattern, *given)
