import json
from collections import OrderedDict
from enum import Enum, StrEnum

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.model import canonical


class Colour(StrEnum):
    RED = "red"


class Level(Enum):
    LOW = 1


class Inner(msgspec.Struct, frozen=True):
    zebra: int
    apple: str


texts = st.text(st.characters(codec="utf-8", exclude_characters="\ufdd0"))
leaves = st.one_of(st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), texts)
values = st.recursive(leaves, lambda inner: st.one_of(st.lists(inner), st.dictionaries(texts, inner)), max_leaves=20)


@given(values)
def test_a_line_is_json_of_the_same_value_on_one_line(value: object) -> None:
    line = canonical.line(value)
    assert json.loads(line) == value
    assert b"\n" not in line


@given(st.dictionaries(texts, leaves, min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, object]) -> None:
    turned = OrderedDict(reversed(list(value.items())))
    assert canonical.line(turned) == canonical.line(value)


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ({"b": 1, "a": [True, None]}, b'{"a":[true,null],"b":1}'),
        ({"\U00010000": 1, "\uffff": 2}, '{"\uffff":2,"\U00010000":1}'.encode()),
        ("é\u2028", '"é\u2028"'.encode()),
        ('"\\\n\t\x00', b'"\\"\\\\\\n\\t\\u0000"'),
        (2**53 - 1, b"9007199254740991"),
        (2**53, b'"9007199254740992"'),
        (-(2**53) + 1, b"-9007199254740991"),
        (-(2**53), b'"-9007199254740992"'),
        (True, b"true"),
        (b"\xff\x00", b'{"base64":"/wA="}'),
        (bytearray(b"\xff\x00"), b'{"base64":"/wA="}'),
        (memoryview(b"\xff\x00"), b'{"base64":"/wA="}'),
        ("\ufdd0base64:/wA=", b'{"base64":"/wA="}'),
        ((1, 2), b"[1,2]"),
        ({"b", "a"}, b'["a","b"]'),
        (frozenset(), b"[]"),
        (Colour.RED, b'"red"'),
        (Level.LOW, b"1"),
        (Inner(zebra=1, apple="x"), b'{"apple":"x","zebra":1}'),
        ({"in": [Inner(zebra=2**60, apple="")]}, b'{"in":[{"apple":"","zebra":"1152921504606846976"}]}'),
    ],
)
def test_golden_lines(value: object, line: bytes) -> None:
    assert canonical.line(value) == line


@pytest.mark.parametrize("value", [1.0, float("nan"), [0.5], {"a": 1e300}, object(), {1: 2}, {"a": {b"k": 1}}])
def test_floats_unknown_types_and_keys_that_are_no_text_are_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical.line(value)


def test_text_that_cannot_be_encoded_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical.line("\ud800")


def test_digests_are_stable() -> None:
    # printf '{"a":1}' | sha256sum
    assert canonical.digest({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


def test_lines_end_in_newlines() -> None:
    assert canonical.lines([1, "a"]) == b'1\n"a"\n'
    assert canonical.lines([]) == b""
