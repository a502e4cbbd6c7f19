import os
import struct
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.engine import wire
from assay.engine.wire import Counterpart, Line, Torn

Ends = tuple[Line, Counterpart, int]


@pytest.fixture
def ends() -> Iterator[Ends]:
    reading, theirs_out = os.pipe()
    theirs_in, writing = os.pipe()
    line = Line(reading, writing)
    yield line, Counterpart(theirs_in, theirs_out), theirs_out
    line.close()
    os.close(theirs_in)
    os.close(theirs_out)


def _heard(line: Line) -> list[bytes]:
    return list(line.hear())


def test_words_come_whole_in_both_directions(ends: Ends) -> None:
    line, other, _ = ends
    for word in (b"", b"a", b"\0" * 5000):
        line.say(word)
        assert other.hear() == word
        other.say(word)
        assert _heard(line) == [word]
    assert _heard(line) == []


@given(words=st.lists(st.binary(max_size=40), max_size=5), cut=st.integers(1, 30))
def test_words_are_the_same_however_they_are_cut(words: list[bytes], cut: int) -> None:
    reading, theirs = os.pipe()
    raw = b"".join(struct.pack("<Q", len(word)) + word for word in words)
    line = Line(reading, os.dup(theirs))
    heard: list[bytes] = []
    for at in range(0, len(raw), cut):
        os.write(theirs, raw[at : at + cut])
        heard += line.hear()
    line.close()
    os.close(theirs)
    assert heard == words


@pytest.mark.parametrize("more", [0, 1])
def test_a_word_is_as_long_as_it_may_be(ends: Ends, monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    line, other, _ = ends
    monkeypatch.setattr(wire, "MAX_WORD_BYTES", 100)
    other.say(b"x" * (100 + more))
    if more:
        with pytest.raises(Torn, match="more than 100 bytes"):
            _heard(line)
    else:
        assert _heard(line) == [b"x" * 100]


@pytest.mark.parametrize("length", [1 << 31, (1 << 32) - 1, 1 << 40, (1 << 64) - 1])
def test_a_length_beyond_everything_is_refused_before_its_word_comes(ends: Ends, length: int) -> None:
    line, _, out = ends
    os.write(out, struct.pack("<Q", length))
    with pytest.raises(Torn):
        _heard(line)


def test_who_does_not_take_what_is_said_holds_nobody_up(ends: Ends) -> None:
    line, other, _ = ends
    long = b"y" * (3 << 20)
    line.say(long)
    assert line.unsaid
    read = bytearray()
    while len(read) < len(long) + 8:
        read += other._exactly(min(1024, len(long) + 8 - len(read)))
        line.push()
    assert bytes(read[8:]) == long
    assert not line.unsaid


def test_the_end_of_a_line_is_told() -> None:
    reading, theirs = os.pipe()
    there, writing = os.pipe()
    line = Line(reading, writing)
    os.close(theirs)
    with pytest.raises(EOFError):
        _heard(line)
    os.close(there)
    line.say(b"to nobody")
    assert not line.unsaid
    line.close()


def test_a_supervisor_that_is_gone_is_told() -> None:
    reading, theirs = os.pipe()
    os.write(theirs, struct.pack("<Q", 10) + b"half")
    os.close(theirs)
    with pytest.raises(EOFError):
        Counterpart(reading, reading).hear()
    os.close(reading)
