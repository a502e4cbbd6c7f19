"""What is left of a text where words were replaced, held against the text before: by length, and by equality."""

import pytest

from tests.bytecode import dex_writer as w
from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l

STRING = "Ljava/lang/String;"


def replaced(by: str) -> list[w.Unit]:
    """Register 0: the text, in which words are replaced."""
    call = l.virtual("Lout/Words;", "replaceIn", l.proto(STRING, STRING, STRING), f.WORDS, f.TEXT, 2)
    return [*l.text(2, by), *call, 0x0C]


def length(of: int, into: int) -> list[w.Unit]:
    return [*l.virtual(STRING, "length", l.proto("I"), of), 0x0A | into << 8]


@pytest.mark.parametrize(
    ("by", "test", "operands", "follows"),
    [
        ("", f.IF_GE, (0, f.TEXT), True),
        ("", f.IF_EQ, (0, f.TEXT), True),
        ("", f.IF_LT, (0, f.TEXT), False),
        ("", f.IF_GE, (f.TEXT, 0), False),
        ("", f.IF_GE, (0, f.WORDS), False),
        ("***", f.IF_EQ, (0, f.TEXT), True),
        ("***", f.IF_GE, (0, f.TEXT), True),
    ],
)
def test_a_message_behind_a_test_of_lengths(by: str, test: int, operands: tuple[int, int], *, follows: bool) -> None:
    lengths = [*length(operands[0], 3), *length(operands[1], 4)]
    found = f.what_follows(replaced(by), lengths, (test, 3, 4, "end"), f.toast(), "end", operator="replace")
    assert ("message" in found.consequences) == follows


@pytest.mark.parametrize(
    ("other", "test", "follows"),
    [(f.TEXT, f.IF_NEZ, True), (f.TEXT, f.IF_EQZ, False), (f.WORDS, f.IF_NEZ, False), (0, f.IF_NEZ, False)],
)
def test_a_message_behind_a_test_of_equality(other: int, test: int, *, follows: bool) -> None:
    equal = [*l.virtual(STRING, "equals", l.proto("Z", l.OBJECT), 0, other), 0x0A | 3 << 8]
    found = f.what_follows(replaced("***"), equal, (test, 3, -1, "end"), f.toast(), "end", operator="replace")
    assert ("message" in found.consequences) == follows
