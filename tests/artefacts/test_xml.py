import random
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.artefacts.xml import XmlDocument, is_xml, open_xml
from assay.artefacts.xml_elements import MAX_PATH, Element
from assay.model import limits
from assay.model import text as found
from assay.model.errors import Unreadable
from assay.model.source import BufferSource

NAME = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\ufeff"), max_size=12)
TREE = st.recursive(
    st.tuples(NAME, st.dictionaries(NAME, TEXT, max_size=3), TEXT, st.just(())),
    lambda inner: st.tuples(
        NAME, st.dictionaries(NAME, TEXT, max_size=3), TEXT, st.lists(inner, max_size=4).map(tuple)
    ),
    max_leaves=12,
)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-8-sig"])


def opened(data: bytes) -> XmlDocument:
    return open_xml(BufferSource(data))


def recognised(data: bytes) -> bool:
    return is_xml(BufferSource(data))


def built(tree: tuple[str, dict[str, str], str, tuple[object, ...]]) -> ET.Element:
    name, attributes, text, children = tree
    element = ET.Element(name, attributes)
    element.text = text
    element.extend(built(child) for child in children)  # type: ignore[arg-type]
    return element


def same(ours: Element, theirs: ET.Element) -> bool:
    return (
        (ours.name, ours.attributes, ours.text) == (theirs.tag, theirs.attrib, theirs.text or "")
        and len(ours.children) == len(theirs)
        and all(map(same, ours.children, theirs))
    )


@given(TREE, ENCODINGS)
def test_what_the_standard_library_writes_is_read_back(
    tree: tuple[str, dict[str, str], str, tuple[object, ...]], encoding: str
) -> None:
    theirs = built(tree)
    declared = "utf-16" if encoding == "utf-16" else "utf-8"
    data = f'<?xml version="1.0" encoding="{declared}"?>\n{ET.tostring(theirs, encoding="unicode")}'.encode(encoding)
    document = opened(data)
    assert same(document.root, theirs)
    assert document.problems == []
    assert recognised(data)


@given(TREE)
def test_every_path_leads_to_its_element(tree: tuple[str, dict[str, str], str, tuple[object, ...]]) -> None:
    theirs = built(tree)
    document = opened(ET.tostring(theirs))
    paths = [element.path for element in document.elements()]
    assert len(set(paths)) == len(paths)
    wrapper = ET.Element("above")
    wrapper.append(theirs)
    assert [wrapper.find("." + path).tag for path in paths] == [e.name for e in document.elements()]  # type: ignore[union-attr]


def test_lines_and_paths_by_hand() -> None:
    document = opened(b'<?xml version="1.0"?>\n<a>\n <b x="1">t<c/>u</b>\n <b/>\n</a>')
    assert [(element.path, element.line) for element in document.elements()] == [
        ("/a[1]", 2), ("/a[1]/b[1]", 3), ("/a[1]/b[1]/c[1]", 3), ("/a[1]/b[2]", 4)
    ]  # fmt: skip
    assert document.root.children[0].text == "tu"
    assert document.root.children[0].attributes == {"x": "1"}


def test_character_references_and_sections_are_read() -> None:
    assert opened(b"<a>&lt;&#x41;&amp;<![CDATA[<b>]]></a>").root.text == "<A&<b>"


@pytest.mark.parametrize("codec", ["gb2312", "gbk", "big5", "shift_jis", "euc-kr", "iso-8859-1", "koi8-r"])
def test_the_declared_encoding_is_read(codec: str) -> None:
    text = {
        "gb2312": "自由",
        "gbk": "自由",
        "big5": "獨立",
        "shift_jis": "検索",
        "euc-kr": "한국어",
        "iso-8859-1": "né",
    }.get(codec, "слово")
    document = opened(f'<?xml version="1.0" encoding="{codec}"?><a>{text}</a>'.encode(codec))
    assert (document.root.text, document.encoding) == (text, codec)


def test_a_wrong_declaration_gives_way_to_the_bytes() -> None:
    document = opened('<?xml version="1.0" encoding="no-such"?><a>žodis</a>'.encode())
    assert (document.root.text, document.encoding) == ("žodis", "utf-8")


# --- entities --------------------------------------------------------------------------------------


def test_declared_entities_are_not_expanded_in_text() -> None:
    document = opened(b'<!DOCTYPE a [<!ENTITY e "hello">]><a>1&e;2</a>')
    assert document.root.text == "1&e;2"
    assert "declares the entity e" in document.problems[0].what


@pytest.mark.parametrize(
    "declaration",
    [
        b'<!ENTITY e SYSTEM "file:///etc/hostname">', b'<!ENTITY e PUBLIC "x" "http://cfg.example.test/x">',
        b'<!ENTITY d "x"><!ENTITY e "&d;&d;&d;">', b'<!ENTITY % p "x"> %p;',
        b'<!ENTITY % p SYSTEM "http://x.test/"> %p;',
    ],
)  # fmt: skip
def test_entities_that_reach_out_or_multiply_are_refused(declaration: bytes) -> None:
    with pytest.raises(Unreadable, match="refused"):
        opened(b"<!DOCTYPE a [" + declaration + b"]><a>&e;</a>")


def test_entities_that_multiply_cost_nothing() -> None:
    levels = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 10) for n in range(1, 12))
    with pytest.raises(Unreadable):
        opened(b'<!DOCTYPE a [<!ENTITY e0 "ha">' + levels + b"]><a>&e11;</a>")


def test_a_document_type_elsewhere_is_not_fetched() -> None:
    assert opened(b'<!DOCTYPE a SYSTEM "http://cfg.example.test/a.dtd"><a>x</a>').root.text == "x"


# --- damage and limits -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"<a><b>x</b>\n<c>y", "abc"),
        (b"<a><b></a>", "ab"),
        (b"<a/><b/>", "a"),
        (b"<a><b/>\n\x01</a>", "ab"),
        (b"<a>&x;<b/></a>", "a"),
    ],
)
def test_a_damaged_document_is_read_up_to_the_damage(data: bytes, names: str) -> None:
    document = opened(data)
    assert "".join(element.name for element in document.elements()) == names
    assert len(document.problems) == 1
    assert document.problems[0].place.startswith("line:")


@pytest.mark.parametrize("data", [b"", b"hello", b"\x00\x01\x02\x03", b"<", b"<?xml version='1.0'?>", b"<a"])
def test_what_is_no_xml_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        opened(data)


def test_nesting_is_read_at_the_limit_and_cut_one_deeper() -> None:
    most = limits.MAX_JSON_DEPTH
    assert opened(b"<a>" * most + b"</a>" * most).problems == []
    deeper = opened(b"<a>" * (most + 1) + b"</a>" * (most + 1))
    assert len(list(deeper.elements())) == most
    assert "deeper" in deeper.problems[0].what


def test_elements_are_read_at_the_limit_and_cut_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_STRUCTURE_NODES", 3)
    assert opened(b"<a><b/><c/></a>").problems == []
    more = opened(b"<a><b/><c/><d/></a>")
    assert [element.name for element in more.elements()] == ["a", "b", "c"]
    assert "more than 3 elements" in more.problems[0].what


def test_size_is_read_at_the_limit_and_refused_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT_BYTES", 4)
    assert opened(b"<a/>").root.name == "a"
    with pytest.raises(Unreadable):
        opened(b"<ab/>")


@pytest.mark.parametrize(
    "data",
    [
        b"<a/>",
        b"\xef\xbb\xbf<a>",
        b"<?xml version='1.0'?>\n<!-- <b> -->\n<map>",
        b"<!DOCTYPE x><x y='1'>",
        b" <ns:a xmlns:ns='u'/>",
    ],
)
def test_documents_are_recognised(data: bytes) -> None:
    assert recognised(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a < b > c",
        b"<!DOCTYPE html><html><p>",
        b"<html>",
        b"<3 you",
        b"< a>",
        b"#include <stdio.h>",
        b"<?php echo 1 ?>",
    ],
)
def test_other_texts_are_not_recognised(data: bytes) -> None:
    assert not recognised(data)


@pytest.mark.mutation
def test_changed_bytes_end_in_elements_or_unreadable(mutations: int) -> None:
    rng = random.Random(3)
    seed = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e "x">]><r a="{escape("ą")}"><s>&e;</s><s>&#x41;</s></r>'.encode()
    )
    for _ in range(mutations):
        data = bytearray(seed)
        for _ in range(rng.randint(1, 4)):
            data[rng.randrange(len(data))] = rng.choice((rng.randrange(256), *b"<>&;/\"'"))
        recognised(bytes(data))
        try:
            document = opened(bytes(data))
        except Unreadable:
            continue
        assert all(
            element.path.startswith("/") and element.text.encode() is not None for element in document.elements()
        )


def test_names_on_the_way_to_an_element_are_read_up_to_the_limit_and_cut_beyond() -> None:
    name, rest = "n" * 500, "m" * (MAX_PATH - 1000)
    document = opened(f"<{name}><{name}><{rest}/><{rest}/></{name}><b/></{name}>".encode())
    assert [len(element.name) for element in document.elements()] == [500, 500, len(rest), len(rest), 1]
    assert document.problems == []
    document = opened(f"<{name}><{name}><{rest}x/></{name}></{name}>".encode())
    assert [len(element.name) for element in document.elements()] == [500, 500]
    assert [problem.place for problem in document.problems] == ["line:1"]


def test_an_attribute_that_begins_as_the_mark_of_bytes_stays_text() -> None:
    (element,) = opened('<a b="\ufdd0base64:zz"/>'.encode()).elements()
    assert found.to_bytes(element.attributes["b"]) == "\ufdd0base64:zz".encode()
