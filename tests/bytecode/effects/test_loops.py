"""Comparisons in loops: the flag that is set, the hits that are counted, the characters that are the same."""

from tests.bytecode import dex_writer as w
from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l

LENGTH: list[w.Unit] = [*l.virtual("Ljava/lang/String;", "length", l.proto("I"), f.TEXT), 0x0A | 3 << 8]
ADD_ONE: list[w.Unit] = [0xD8 | 2 << 8, 2 | 1 << 8]


def turning(*inside: f.Item) -> tuple[f.Item, ...]:
    """A loop over the places of a text: register 2 counts up to 3."""
    return (
        l.constant(2, 0),
        LENGTH,
        "again",
        (f.IF_GE, 2, 3, "end"),
        *inside,
        ADD_ONE,
        (f.GOTO, 0, -1, "again"),
        "end",
    )


def test_hits_that_are_counted_are_more_than_none() -> None:
    found = f.what_follows(
        l.constant(4, 0),
        *turning(f.asks("contains", "Z"), (f.IF_EQZ, 0, -1, "on"), [0xD8 | 4 << 8, 4 | 1 << 8], "on"),
        (f.IF_LEZ, 4, -1, "plain"), f.toast(), [0x0E], "plain", f.send(), number=1,
    )  # fmt: skip
    assert found.consequences == ("message", "refused")


def test_a_flag_that_a_match_sets_stays_set() -> None:
    found = f.what_follows(
        l.constant(4, 0),
        *turning(f.asks("contains", "Z"), (f.IF_EQZ, 0, -1, "on"), l.constant(4, 1), "on"),
        (f.IF_EQZ, 4, -1, "plain"), f.toast(), [0x0E], "plain", f.send(), number=1,
    )  # fmt: skip
    assert found.consequences == ("message", "refused")


def test_a_flag_that_is_set_beside_the_match_is_none_of_it() -> None:
    found = f.what_follows(
        l.constant(4, 0),
        *turning(f.asks("contains", "Z"), (f.IF_EQZ, 0, -1, "on"), l.constant(5, 1), "on", l.constant(4, 1)),
        (f.IF_EQZ, 4, -1, "plain"), f.toast(), [0x0E], "plain", f.send(), number=1,
    )  # fmt: skip
    assert found.effects == ()


def characters(*behind: f.Item) -> tuple[f.Item, ...]:
    """Characters against each other until they differ: register 2 says how far that came."""
    read: list[w.Unit] = [*l.virtual("Ljava/lang/String;", "charAt", l.proto("C", "I"), f.TEXT, 2), 0x0A]
    other: list[w.Unit] = [*l.virtual("Ljava/lang/String;", "charAt", l.proto("C", "I"), f.WORDS, 2), 0x0A | 1 << 8]
    return (
        l.constant(2, 0), "again", LENGTH, (f.IF_GE, 2, 3, "end"), read, other, (f.IF_NE, 0, 1, "end"), ADD_ONE,
        (f.GOTO, 0, -1, "again"), "end", LENGTH, *behind,
    )  # fmt: skip


def test_characters_that_are_the_same_to_the_end_are_a_match() -> None:
    found = f.what_follows(
        *characters((f.IF_NE, 2, 3, "plain"), f.toast(), [0x0E], "plain", f.send()),
        operator="character-loop", family="characters", at="if-ne",
    )  # fmt: skip
    assert found.consequences == ("message", "refused")


def test_what_is_done_however_far_it_came_does_not_follow() -> None:
    found = f.what_follows(*characters(f.toast(), f.send()), operator="character-loop", family="characters", at="if-ne")
    assert found.effects == ()


def test_a_loop_that_goes_on_until_a_flag_is_set_ends_by_a_match() -> None:
    found = f.what_follows(
        l.constant(4, 0),
        *turning((f.IF_NEZ, 4, -1, "end"), f.asks("contains", "Z", 4)),
        (f.IF_EQZ, 4, -1, "plain"), f.toast(), [0x0E], "plain", f.send(), number=1,
    )  # fmt: skip
    assert found.consequences == ("message", "refused")
