import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts import axml
from assay.artefacts.axml import BinaryXml, Element, is_axml
from assay.model.errors import Unreadable
from assay.model.limits import MAX_JSON_DEPTH
from assay.model.source import BufferSource
from assay.model.text import from_str
from tests.artefacts import resource_writer as w
from tests.artefacts.resource_writer import Attribute, Node

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
VALUES = st.one_of(
    TEXTS, st.tuples(st.sampled_from([w.REFERENCE, w.DECIMAL, w.BOOLEAN, 0x1C]), st.integers(0, 2**32 - 1))
)
ATTRIBUTES = st.builds(
    Attribute, TEXTS, VALUES, st.sampled_from([0, 0x01010003, 0x0101021B]), st.sampled_from(["", "urn:x"])
)
LEAVES = st.builds(Node, TEXTS, st.lists(ATTRIBUTES, max_size=4), text=st.one_of(st.just(""), TEXTS))
TREES = st.recursive(
    LEAVES,
    lambda inner: st.builds(Node, TEXTS, st.lists(ATTRIBUTES, max_size=3), st.lists(inner, max_size=3)),
    max_leaves=8,
)


def opened(data: bytes) -> BinaryXml:
    return BinaryXml(BufferSource(data))


def what(document: BinaryXml) -> str:
    return " | ".join(problem.what for problem in document.problems)


def same(element: Element, node: Node) -> bool:
    return (
        element.name == from_str(node.name)
        and element.line == 7
        and "".join(element.text) == from_str(node.text)
        and [_seen(one) for one in element.attributes] == [_written(one) for one in node.attributes]
        and len(element.children) == len(node.children)
        and all(map(same, element.children, node.children))
    )


def _seen(one: axml.Attribute) -> tuple[object, ...]:
    value = one.value.string if one.value.kind == w.STRING else (one.value.kind, one.value.data)
    return one.namespace, one.name, one.resource_id, value


def _written(one: Attribute) -> tuple[object, ...]:
    value = from_str(one.value) if isinstance(one.value, str) else one.value
    return one.namespace, from_str(one.name), one.resource_id, value


@given(TREES, st.sampled_from([True, False]))
def test_trees_are_read_back(tree: Node, utf8: bool) -> None:  # noqa: FBT001 - drawn
    data = w.xml(tree, utf8=utf8)
    document = opened(data)
    assert is_axml(BufferSource(data))
    assert same(document.root, tree)
    assert document.problems == ()
    for element in document.elements():
        assert data[element.offset : element.offset + 2] == b"\x02\x01"


def test_values_are_found_by_id_and_text_by_plain_name() -> None:
    root = opened(
        w.xml(
            Node("manifest", [
                Attribute("disguised", "1.0", 0x0101021C, "urn:x"),
                Attribute("package", "org.example.a"),
                Attribute("package", "org.example.b", 0, "urn:x"),
                Attribute("flag", (w.BOOLEAN, 0xFFFFFFFF)),
            ])
        )
    ).root  # fmt: skip
    version = root.by_id(0x0101021C)
    assert version is not None
    assert str(version) == "1.0"
    assert root.by_id(0x01010003) is None
    assert root.by_name("package") == "org.example.a"
    assert root.by_name("flag") == "true"
    assert root.by_name("disguised") is None


# --- known disguises -------------------------------------------------------------------------------

PLAIN = Node("manifest", [Attribute("package", "org.example.a")], [Node("application")])


def test_an_outer_type_that_is_not_xml_is_named_and_read_through() -> None:
    document = opened(w.xml(PLAIN, kind=0))
    assert same(document.root, PLAIN)
    assert "of type 0x0000" in what(document)


def test_unknown_chunks_are_passed_over() -> None:
    document = opened(w.xml(PLAIN, before=w.chunk(0x1234, b"", b"junk")))
    assert same(document.root, PLAIN)
    assert "unknown type 0x1234" in what(document)


def test_reading_goes_on_behind_bytes_that_are_no_chunk() -> None:
    document = opened(w.xml(PLAIN, before=struct.pack("<2HI", 0x55, 8, 3) + b"\0" * 24))
    assert same(document.root, PLAIN)
    assert "no chunk begins here" in what(document)


def test_wider_attributes_are_read_at_their_distance() -> None:
    tree = Node("a", [Attribute("x", "1"), Attribute("y", "2")], attribute_size=28)
    document = opened(w.xml(tree))
    assert [_seen(one) for one in document.root.attributes] == [_written(one) for one in tree.attributes]
    assert "attributes of 28 bytes" in what(document)


def test_attributes_that_do_not_fit_are_left_out() -> None:
    document = opened(w.xml(Node("a", [Attribute("x", "1")], count=5)))
    assert [one.name for one in document.root.attributes] == ["x"]
    assert "5 attributes declared where 1 fit" in what(document)


def test_names_of_no_length_are_read() -> None:
    tree = Node("a", [Attribute("", "1.0", 0x0101021C)])
    value = opened(w.xml(tree)).root.by_id(0x0101021C)
    assert value is not None
    assert value.string == "1.0"


def test_more_strings_than_fit_and_unknown_flags_of_the_pool_are_read_through() -> None:
    strings = ["a", "b"]
    start = w.chunk(0x102, struct.pack("<2I", 1, w.NO_ENTRY), struct.pack("<2I6H", w.NO_ENTRY, 1, 20, 20, 0, 0, 0, 0))
    document = opened(w.chunk(3, b"", w.pool(strings, count=10_000, flags=0xF0000000) + start))
    assert document.root.name == "b"
    assert "declares 10000 strings" in what(document)


def test_a_document_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    data = w.xml(PLAIN)
    document = opened(data[:-40])
    assert document.root.name == "manifest"
    assert "more bytes than there are" in what(document)


# --- limits ----------------------------------------------------------------------------------------


def nested(depth: int) -> Node:
    node = Node(f"n{depth}")
    for level in range(depth - 1, 0, -1):
        node = Node(f"n{level}", children=[node])
    return node


def test_depth_is_held_at_its_limit() -> None:
    allowed = opened(w.xml(nested(MAX_JSON_DEPTH)))
    refused = opened(w.xml(nested(MAX_JSON_DEPTH + 1)))
    assert len(list(allowed.elements())) == MAX_JSON_DEPTH
    assert allowed.problems == ()
    assert len(list(refused.elements())) == MAX_JSON_DEPTH
    assert f"deeper than {MAX_JSON_DEPTH}" in what(refused)


def test_size_is_held_at_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = w.xml(PLAIN)
    monkeypatch.setattr(axml, "MAX_BYTES", len(data))
    assert opened(data).root.name == "manifest"
    with pytest.raises(Unreadable, match="larger than the limit"):
        opened(data + b"\0")


def test_strings_that_overlap_to_many_times_the_pool_are_refused() -> None:
    text = b"\xff\x7f" + b"x\0" * 0x7FFF + b"\0\0"
    count = 2000
    header = struct.pack("<5I", count, 0, 0, 28 + 4 * count, 0)
    bomb = w.chunk(1, header, bytes(4 * count) + text + b"\0\0")
    start = w.chunk(0x102, struct.pack("<2I", 1, w.NO_ENTRY), struct.pack("<2I6H", w.NO_ENTRY, 1, 20, 20, 0, 0, 0, 0))
    document = opened(w.chunk(3, b"", bomb + start))
    assert document.root.name == ""
    assert f"overlap to {count * 2 * 0x7FFF} bytes" in what(document)


def test_problems_are_held_at_their_limit() -> None:
    document = opened(w.xml(PLAIN, before=b"".join(w.chunk(0x1000 + number, b"") for number in range(1500))))
    assert same(document.root, PLAIN)
    assert len(document.problems) == 1001
    assert "more than 1000 problems" in what(document)


@pytest.mark.parametrize("data", [b"", b"\x03\0\x08\0", w.chunk(3, b""), w.chunk(3, b"", w.pool(["a"]))])
def test_bytes_without_an_element_are_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        opened(data)


@pytest.mark.mutation
def test_mutated_documents_end_in_trees_problems_or_unreadable(mutations: int) -> None:
    rng = random.Random(21)
    tree = Node("manifest", [Attribute("package", "org.example.a"), Attribute("v", (16, 3), 0x0101021B)], [
        Node("application", [Attribute("n", "x" * 200, 0x01010003)], [Node("activity", text="text")]), Node("b"),
    ])  # fmt: skip
    bases = [w.xml(tree), w.xml(tree, utf8=True)]
    for number in range(3 * mutations):
        data = bytearray(rng.choice(bases))
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(len(data))] = rng.choice([0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)])
        if number % 4 == 0:
            del data[rng.randrange(len(data)) :]
        try:
            document = opened(bytes(data))
        except Unreadable:
            continue
        assert sum(1 + len(element.attributes) for element in document.elements()) <= len(data)
        for element in document.elements():
            texts = [element.name, *element.text, *(str(one.value) for one in element.attributes)]
            assert all(text.encode("utf-8").decode("utf-8") == text for text in texts)
