import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts import json_rescue, json_scan
from assay.artefacts.json import JsonDocument, is_json, open_json
from assay.artefacts.json_rescue import rescue
from assay.artefacts.json_scan import extent
from assay.artefacts.json_values import MAX_INTEGER_DIGITS, FloatText
from assay.model import text as found
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from assay.registry import Document

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\ufdd0"), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers() | TEXTS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXTS, inner, max_size=5))
DOCUMENTS = st.lists(VALUES, max_size=6) | st.dictionaries(TEXTS, VALUES, max_size=6)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"])


def opened(data: bytes) -> JsonDocument:
    return open_json(BufferSource(data))


def recognised(data: bytes) -> bool:
    return is_json(BufferSource(data))


def resolved(value: Any, pointer: str) -> Any:
    """RFC 6901, section 4, written down independently."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


# --- sound documents -------------------------------------------------------------------------------


@given(DOCUMENTS, ENCODINGS, st.sampled_from([True, False]))
def test_what_the_standard_library_writes_is_read_back(value: Any, encoding: str, plain: Any) -> None:
    data = json.dumps(value, ensure_ascii=plain).encode(encoding)
    document = opened(data)
    assert document.value == value
    assert document.problems == []
    assert not document.lines
    assert recognised(data)
    assert isinstance(document, Document)


@given(DOCUMENTS)
def test_every_pointer_leads_to_its_value(value: Any) -> None:
    document = opened(json.dumps(value).encode())
    nodes = list(document.nodes())
    assert len({pointer for pointer, _ in nodes}) == len(nodes)
    assert all(resolved(value, pointer) is node or resolved(value, pointer) == node for pointer, node in nodes)
    assert [n for n in nodes if isinstance(n[1], list)] == list(document.arrays())
    assert len(list(document.leaves())) + len(list(document.arrays())) + len(list(document.objects())) == len(nodes)


def test_pointers_of_the_specification() -> None:
    document = opened(b'{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"m~n":8," ":7}')
    assert dict(document.leaves()) == {
        "/foo/0": "bar", "/foo/1": "baz", "/": 0, "/a~1b": 1, "/c%d": 2, "/m~0n": 8, "/ ": 7
    }  # fmt: skip


def test_floats_stay_as_they_are_written() -> None:
    values = opened(b"[1.10, 1e3, -0.0, 0.1000]").value
    assert values == ["1.10", "1e3", "-0.0", "0.1000"]
    assert {type(value) for value in values} == {FloatText}


def test_integers_are_exact_up_to_the_limit_of_digits() -> None:
    long, longer = "9" * MAX_INTEGER_DIGITS, "9" * (MAX_INTEGER_DIGITS + 1)
    value = opened(f"[9007199254740993, {long}, {longer}]".encode()).value
    assert value[:2] == [9007199254740993, int(long)]
    assert value[2] == longer
    assert isinstance(value[2], FloatText)


def test_a_key_that_repeats_keeps_its_first_and_last_value() -> None:
    document = opened(b'{"a":[1],"b":2,"a":[3],"a":{"c":0,"c":0}}')
    assert document.value == {"a": {"c": 0}, "b": 2}
    assert [tuple(d) for d in document.duplicates] == [("c", 0, 0), ("a", [1], {"c": 0})]
    assert ["'c'" in p.what or "'a'" in p.what for p in document.problems] == [True, True]


def test_a_lone_surrogate_is_kept_as_bytes() -> None:
    value = opened(b'["\\ud800", {"\\udfff": "\\ud83d\\ude00"}]').value
    assert value[1] == {found.from_bytes(b"\xed\xbf\xbf"): "\U0001f600"}
    assert found.to_bytes(value[0]) == b"\xed\xa0\x80"


def test_a_document_in_a_legacy_encoding_says_which() -> None:
    document = opened('{"词":["新闻自由","广告过滤","测试词语","独立运动"]}'.encode("gb18030"))
    assert document.encoding == "gb18030"
    assert document.value == {"词": ["新闻自由", "广告过滤", "测试词语", "独立运动"]}


def test_bytes_that_are_no_text_stay_bytes() -> None:
    good = ", ".join(f'"{word}"' for word in ("žodis", "naujas", "užrašas", "ąžuolas", "ėjo", "šimtas") * 60)
    document = opened(b'["a\xff", ' + good.encode() + b"]")
    assert found.to_bytes(document.value[0]) == b"a\xff"
    assert document.value[1] == "žodis"
    assert document.problems[0].place == "0x3+1"
    assert document.encoding == "utf-8 (damaged)"


# --- documents one behind the other ----------------------------------------------------------------


def test_json_lines_are_an_array_of_documents() -> None:
    document = opened(b'{"a":1}\n{"a":2}\r\n\n[3]\n')
    assert document.value == [{"a": 1}, {"a": 2}, [3]]
    assert document.lines
    assert document.problems == []


def test_lines_that_break_off_keep_those_before() -> None:
    document = opened(b'{"a":1}\n{"a":2,"b":[1,2')
    assert document.value == [{"a": 1}, {"a": 2, "b": [1, 2]}]
    assert [problem.place for problem in document.problems] == ["0x17+0"]


# --- damage ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "value", "place"),
    [
        (b'["a","b","c', ["a", "b"], "0x9+0"),
        (b'{"a":["b",', {"a": ["b"]}, "0xa+0"),
        (b'{"a":["b"],"c"', {"a": ["b"]}, "0xe+0"),
        (b'["a" "b"]', ["a"], "0x5+0"),
        (b'["a",]', ["a"], "0x5+0"),
        (b"[1,2,tru", [1, 2], "0x5+0"),
        (b"[1,02]", [1], "0x3+0"),
        (b'["\\x"]', [], "0x1+0"),
        (b'["a\nb"]', [], "0x1+0"),
        (b'{"x":NaN}', {}, "0x5+0"),
        (b"[[[", [[[]]], "0x3+0"),
        ('["ą", x]'.encode(), ["ą"], "0x7+0"),
    ],
)
def test_a_damaged_document_is_read_up_to_the_damage(data: bytes, value: Any, place: str) -> None:
    document = opened(data)
    assert document.value == value
    assert [problem.place for problem in document.problems] == [place]


def test_what_follows_a_document_is_a_problem() -> None:
    document = opened(b'{"words":["a"]} and so on')
    assert document.value == {"words": ["a"]}
    assert [problem.place for problem in document.problems] == ["0x10+0"]


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00\x01\x02", b"\x89PNG\r\n\x1a\n\0\0", b"'a'"])
def test_what_is_no_json_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        opened(data)


@given(DOCUMENTS, st.data())
def test_a_cut_document_is_a_part_of_the_whole(value: Any, data: st.DataObject) -> None:
    whole = json.dumps(value)
    cut = whole[: data.draw(st.integers(1, len(whole) - 1))]
    document = opened(cut.encode())
    assert len(document.problems) == 1
    assert _is_part(document.value, value)


def _is_part(part: Any, whole: Any) -> bool:
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(k in whole and _is_part(v, whole[k]) for k, v in part.items())
    if isinstance(part, list):
        return isinstance(whole, list) and all(map(_is_part, part, whole)) and len(part) <= len(whole)
    return bool(part == whole) or isinstance(whole, int)  # a number may have been cut between two digits


@given(VALUES)
def test_the_reader_of_damaged_documents_agrees_with_the_standard_library_on_sound_ones(value: Any) -> None:
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        reading = rescue(text, 0, depth=200, nodes=100_000)
        assert (reading.value, reading.end, reading.reason) == (value, len(text), "")


# --- depth and size, told before a document is read ---------------------------------------------------


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(_depth, inner), default=0)


def _nodes(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_nodes, inner)) + (isinstance(value, (dict, list)) and not value)


@given(VALUES, st.integers(1, 9))
def test_the_extent_is_counted_whatever_the_chunks(value: Any, chunk: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_scan, "CHUNK", chunk)
        for text in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
            assert extent(memoryview(text.encode())) == (_depth(value), _nodes(value))


# --- recognition -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b"{}", b" [ ]", b'\xef\xbb\xbf{"a"', b"[1, 2]", b"[-1.5e3]", b"[true]", b"[[", b"[1]\n[2]", b"{"]
)
def test_documents_are_recognised(data: bytes) -> None:
    assert recognised(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"{a", b"[section]\nkey=1", b"[ro.build.id]: [X]", b"[12:30] started", b"[1] a footnote", b"[2021-09-20] x",
     b"(1)", b'"text"', b"1", b"\x89[", b"{% if %}"],
)  # fmt: skip
def test_other_texts_are_not_recognised(data: bytes) -> None:
    assert not recognised(data)


def test_recognition_looks_at_the_beginning_only() -> None:
    assert recognised(b'["' + "ą".encode() * 100_000)


# --- hostile bytes ---------------------------------------------------------------------------------


@pytest.mark.mutation
def test_changed_bytes_end_in_a_value_or_unreadable(mutations: int) -> None:
    rng = random.Random(20_210_920)
    seed = json.dumps({"v": 1, "words": ["ą\u4e2d", "b\\c", "\ud83d\ude00"], "o": {"a": [1.5, -2, None]}}).encode()
    for _ in range(mutations):
        data = bytearray(seed)
        for _ in range(rng.randint(1, 4)):
            data[rng.randrange(len(data))] = rng.choice((rng.randrange(256), *b'"\\[]{},:u'))
        recognised(bytes(data))
        try:
            document = opened(bytes(data))
        except Unreadable:
            continue
        for pointer, value in document.nodes():
            assert pointer.encode().decode() == pointer
            assert not isinstance(value, str) or value.encode().decode() == value


def test_the_module_of_rescue_knows_the_words_of_json() -> None:
    assert json_rescue.rescue("null", 0, depth=1, nodes=1).value is None
    with pytest.raises(ValueError, match="no JSON value"):
        json_rescue.rescue("nul", 0, depth=1, nodes=1)


@pytest.mark.parametrize("written", ["\ufdd0base64:zz", "\\ufdd0base64:zz", "\\uFDD0base64:zz", "\ufdd0base64:AAAA"])
def test_text_that_begins_as_the_mark_of_bytes_stays_text(written: str) -> None:
    document = opened(f'["{written}", {{"{written}": 1}}]'.encode())
    text = json.loads(f'"{written}"')
    assert found.to_bytes(document.value[0]) == text.encode()
    assert [found.to_bytes(key) for key in document.value[1]] == [text.encode()]
