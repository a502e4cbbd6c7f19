"""Nodes of automata that hold where words end: a step that falls back to the root is no match."""

import pytest

from tests.bytecode import dex_writer as w
from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l

NODE = "LNode;"
IGET = {"Z": 0x55, "C": 0x57, "I": 0x52, l.STRING: 0x54, "Ljava/util/Map;": 0x54}


def read(type_: str, holder: int) -> list[w.Unit]:
    """The field of a node into v1."""
    return [IGET[type_] | 1 << 8 | holder << 12, w.Index("field", w.FieldId(NODE, "end", type_))]


def stepped(type_: str, test: int, *, holder: int = 0, family: str = "trie") -> tuple[str, ...]:
    """What follows where a step gives a node, or else a new one is gone on with, and its field is asked for zero."""
    step = f.asks("step", NODE)
    onward: tuple[f.Item, ...] = ((f.IF_NEZ, 0, -1, "there"), l.made(0, NODE), "there")
    other = l.made(2, NODE)
    return f.what_follows(
        other, step, *onward, read(type_, holder), (test, 1, -1, "plain"), f.toast(), "plain",
        operator="trie-step", family=family, number=1,
    ).consequences  # fmt: skip


@pytest.mark.parametrize(("type_", "test"), [("Z", f.IF_EQZ), ("I", f.IF_EQZ), ("I", f.IF_LEZ), (l.STRING, f.IF_EQZ)])
def test_a_node_with_a_mark_is_a_match(type_: str, test: int) -> None:
    assert stepped(type_, test) == ("message",)


@pytest.mark.parametrize("test", [f.IF_NEZ, f.IF_GTZ])
def test_what_is_done_where_no_mark_is_does_not_follow_a_match(test: int) -> None:
    assert stepped("I", test) == ("refused",)


@pytest.mark.parametrize(
    ("type_", "holder", "family"),
    [("C", 0, "trie"), ("Ljava/util/Map;", 0, "trie"), ("Z", 2, "trie"), ("Z", 0, "whole")],
)
def test_characters_children_and_fields_of_other_objects_are_no_marks(type_: str, holder: int, family: str) -> None:
    assert stepped(type_, f.IF_EQZ, holder=holder, family=family) == ()
