import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.encodings import structure
from assay.model.limits import MAX_JSON_DEPTH

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def expected(value: Any, pointer: str = "") -> dict[str, bytes]:
    """The scalars of a value by JSON pointer, computed another way than the product does: from RFC 6901 alone."""
    if isinstance(value, dict):
        steps = {key.replace("~", "~0").replace("/", "~1"): item for key, item in value.items()}
    elif isinstance(value, list):
        steps = {str(index): item for index, item in enumerate(value)}
    else:
        text = value if isinstance(value, str) else json.dumps(value)
        return {f"json:{pointer}": text.encode()}
    return {key: text for step, item in steps.items() for key, text in expected(item, f"{pointer}/{step}").items()}


@given(value=st.lists(JSON, max_size=4) | st.dictionaries(TEXTS, JSON, max_size=4), ascii_only=st.booleans())
def test_every_scalar_of_a_json_text_is_a_leaf(value: Any, *, ascii_only: bool) -> None:
    leaves = list(structure.json_leaves(json.dumps(value, ensure_ascii=ascii_only).encode()))
    assert {leaf.address: leaf.data for leaf in leaves if leaf.name is not None} == expected(value)


@given(st.binary())
def test_noise_is_opened_or_left(noise: bytes) -> None:
    for leaf in structure.open_structure(noise):
        leaf.address.encode("utf-8")


def test_numbers_keep_the_digits_they_were_written_with() -> None:
    leaves = structure.json_leaves(b'{"a":1.50,"b":54.68720,"c":1e5,"d":123456789012345678901234567890,"e":NaN}')
    assert [leaf.data for leaf in leaves if leaf.name] == [
        b"1.50",
        b"54.68720",
        b"1e5",
        b"123456789012345678901234567890",
        b"NaN",
    ]


def test_a_name_given_twice_gives_both_values() -> None:
    leaves = [leaf for leaf in structure.json_leaves(b'{"a":1,"a":2}') if leaf.name]
    assert [(leaf.address, leaf.data) for leaf in leaves] == [("json:/a", b"1"), ("json:/a", b"2")]


def test_names_are_leaves_that_do_not_show_in_their_address() -> None:
    leaves = [leaf for leaf in structure.json_leaves(b'{"a":{"kestrel":1}}') if leaf.name is None]
    assert [(leaf.address, leaf.data) for leaf in leaves] == [("json-name:/#0", b"a"), ("json-name:/a/#0", b"kestrel")]


def test_members_of_an_array_go_by_its_name() -> None:
    assert [leaf.name for leaf in structure.json_leaves(b'{"apps":["x",["y"]]}')] == [None, "apps", "apps"]


@pytest.mark.parametrize(("depth", "opened"), [(MAX_JSON_DEPTH, True), (MAX_JSON_DEPTH + 1, False)])
def test_nesting_is_followed_to_the_limit(depth: int, *, opened: bool) -> None:
    assert bool(list(structure.json_leaves(b"[" * depth + b"1" + b"]" * depth))) is opened


def test_brackets_in_strings_are_no_nesting() -> None:
    text = json.dumps(["[" * 400 + '"']).encode()
    assert [leaf.data for leaf in structure.json_leaves(text)] == [b"[" * 400 + b'"']


def test_very_deep_nesting_and_open_strings_end_cleanly() -> None:
    assert list(structure.json_leaves(b"[" * 200_000)) == []
    assert list(structure.json_leaves(b'["' + b"[\\" * 100_000)) == []


def test_lines_of_json_are_opened_each() -> None:
    leaves = [leaf for leaf in structure.line_leaves(b'{"a":1}\n{"a":2}\n') if leaf.name]
    assert [(leaf.address, leaf.data) for leaf in leaves] == [("line:1|json:/a", b"1"), ("line:2|json:/a", b"2")]
    assert list(structure.line_leaves(b'{"a":1}\nplain\n')) == []


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        (b"aid=1&b=%20x", [("form:aid", b"1"), ("form:b", b"%20x")]),
        (b"a=&b=2", [("form:a", b""), ("form:b", b"2")]),
        (b"flag&a=1", []),
        (b"eyJhIjoxfQ==", []),
        (b"no form at all", []),
        (b"x=1 y=2", []),
    ],
)
def test_text_that_looks_like_a_form_is_opened(text: bytes, leaves: list[tuple[str, bytes]]) -> None:
    assert [(leaf.address, leaf.data) for leaf in structure.form_leaves(text)] == leaves


def test_fields_without_a_value_are_values() -> None:
    fields = structure.fields(b"kestrel&a=1&&=2", b"&", "query")
    assert [(leaf.address, leaf.data) for leaf in fields] == [
        ("query:#0", b"kestrel"),
        ("query:a", b"1"),
        ("query:", b"2"),
    ]


def test_the_query_of_a_url_is_opened() -> None:
    leaves = list(structure.url_leaves(b"https://a.example.test/x?u=1&v=2#end"))
    assert [(leaf.address, leaf.data) for leaf in leaves] == [("query:u", b"1"), ("query:v", b"2")]


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize("closed", [True, False])
def test_parts_of_a_multipart_body_are_opened(end: bytes, *, closed: bool) -> None:
    lines = [b"--b7", b'Content-Disposition: form-data; name="id"', b"", b"kestrel", b"--b7"]
    lines += [b'Content-Disposition: form-data; name="f"; filename="a.txt"', b"Content-Type: text/plain", b"", b"x\ny"]
    body = end.join([*lines, b"--b7--", b""] if closed else [*lines, b""])
    leaves = [(leaf.address, leaf.data) for leaf in structure.multipart_leaves(body, b"b7")]
    assert leaves == [("multipart:id", b"kestrel"), ("multipart:f", b"x\ny"), ("multipart-file-name:#1", b"a.txt")]


@given(st.binary(), st.binary(min_size=1, max_size=3))
def test_noise_as_a_multipart_body_is_opened_or_left(noise: bytes, boundary: bytes) -> None:
    for leaf in structure.multipart_leaves(noise, boundary):
        assert len(leaf.data) <= len(noise)


@pytest.mark.parametrize(("length", "cut"), [(256, False), (257, True)])
def test_a_name_is_written_in_full_up_to_the_limit_and_told_by_its_digest_beyond(length: int, cut: bool) -> None:  # noqa: FBT001
    names = ["n" * length, "n" * (length - 1) + "m"]
    leaves = [
        leaf for leaf in structure.json_leaves(json.dumps(dict.fromkeys(names, "v")).encode()) if leaf.name is not None
    ]
    digest = hashlib.sha256(names[0].encode()).hexdigest()[:16]
    assert leaves[0].address == "json:/" + ("n" * 256 + "…" + digest if cut else names[0])
    assert len({leaf.address for leaf in leaves}) == 2


def test_addresses_below_long_and_many_names_stay_short_and_distinct() -> None:
    value: object = [1, 2]
    for _ in range(100):
        value = {"k" * 200: value, "l": 3}
    leaves = list(structure.json_leaves(json.dumps(value).encode()))
    assert max(len(leaf.address) for leaf in leaves) < 1400
    assert len({leaf.address for leaf in leaves}) == len(leaves) == 302
