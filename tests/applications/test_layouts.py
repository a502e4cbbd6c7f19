"""Names in layouts, against archives written for the test."""

import hashlib

import pytest

from assay.applications import layouts
from assay.applications.application import Application, Archive
from assay.applications.layouts import layout_names
from assay.artefacts.apk import Apk
from assay.model.source import BufferSource
from tests.artefacts import applications as a
from tests.artefacts import resource_writer as r
from tests.artefacts.resource_writer import Attribute, Node

CLICKED = 0x0101026F


def layout(*nodes: Node) -> bytes:
    return r.xml(Node("LinearLayout", [], list(nodes)))


def button(method: str, name: str = "onClick", number: int = CLICKED) -> Node:
    return Node("Button", [Attribute(name, method, number, a.ANDROID)])


def app(*raws: bytes) -> Application:
    """An app of one archive; archives at hand behind the first are splits."""
    archives = [Archive(hashlib.sha256(raw).hexdigest(), f"{at}.apk", Apk(BufferSource(raw)))
                for at, raw in enumerate(raws)]  # fmt: skip
    return Application("org.example.app", archives, list)


def packed(**files: bytes) -> bytes:
    return a.apk(a.manifest(), **files)


def test_methods_and_classes_are_named_by_any_binary_document_of_any_archive() -> None:
    one = packed(res__layout__main_xml=layout(button("send"), Node("org.example.app.Own$View")))
    two = packed(r__a=layout(Node("view", [Attribute("class", "org.example.app.Shown")])))
    expected = frozenset({b"send", b"Lorg/example/app/Own$View;", b"Lorg/example/app/Shown;"})
    assert layout_names(app(one, two)) == expected


def test_what_is_no_method_of_a_click_and_no_class_is_left_out() -> None:
    document = layout(button("tag", "tag", 0x010100D1), Node("Button"), Node("a..b"), Node("1.2"), Node("../x.y"))
    assert layout_names(app(packed(res__layout__main_xml=document))) == frozenset()


def test_files_that_are_no_binary_documents_name_nothing() -> None:
    files = {"assets__page_xml": b"<a b='org.example.A'/>", "res__raw__b": b"\x03\0\x08\0", "c": b""}
    assert layout_names(app(packed(**files))) == frozenset()


def test_a_document_that_cannot_be_read_leaves_the_names_unknown() -> None:
    broken = layout(button("send"))[:40]
    assert layout_names(app(packed(res__layout__main_xml=broken))) is None


@pytest.mark.parametrize(("documents", "known"), [(2, True), (3, False)])
def test_more_documents_than_the_limit_leave_the_names_unknown(
    documents: int, known: bool, monkeypatch: pytest.MonkeyPatch  # noqa: FBT001 - a parameter of the test
) -> None:  # fmt: skip
    monkeypatch.setattr(layouts, "MOST_DOCUMENTS", 3)
    files = {f"r__{at}": layout(button(f"m{at}")) for at in range(documents + 1)}
    found = layout_names(app(packed(**files)))
    assert (found is not None) == known
    assert found is None or len(found) == documents + 1


@pytest.mark.parametrize(("more", "known"), [(0, True), (1, False)])
def test_more_names_than_the_limit_leave_them_unknown(
    more: int, known: bool, monkeypatch: pytest.MonkeyPatch  # noqa: FBT001 - a parameter of the test
) -> None:  # fmt: skip
    monkeypatch.setattr(layouts, "MOST_NAMES", 2)
    document = layout(*(button(f"m{at}") for at in range(2 + more)))
    assert (layout_names(app(packed(r__a=document))) is not None) == known
