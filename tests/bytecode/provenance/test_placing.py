"""What stands for an object where it is read: what was written into it, also into what a call opens for writing."""

import pytest

from assay.bytecode.provenance.origins import origins
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.evaluated import Evaluated
from tests.bytecode.provenance.test_evaluator import FETCH, GIVES, TYPED, M

STREAM, WRITER = "Lout/Stream;", "Lout/Writer;"
FILE: list[w.Unit] = [*l.text(1, "f"), *l.statically("Lout/File;", "out", l.proto(STREAM, l.STRING), 1), *l.result(2)]
CONNECTION: list[w.Unit] = [*l.statically("Lout/Net;", "body", l.proto(STREAM)), *l.result(2)]
OTHER: list[w.Unit] = [*l.text(1, "g"), *l.statically("Lout/Words;", "lower", l.proto(STREAM, l.STRING), 1),
                       *l.result(2)]  # fmt: skip


def write(into: int, *value: w.Unit, owner: str = STREAM) -> list[w.Unit]:
    return [*value, *l.result(5), *l.virtual(owner, "write", l.proto("V", l.STRING), into, 5)]


def wrapped(into: int, around: int) -> list[w.Unit]:
    return l.made(into, WRITER, around, of=l.proto("V", STREAM))


def read(*code: w.Unit) -> tuple[Evaluated, int]:
    """A program that gives v2 back, and what stands for it where it is read."""
    own = l.static("LMain;", "m", GIVES, [*code, *l.given_back(2)])
    opened = Evaluated(k.kin("LMain;", own))
    return opened, opened.evaluator.text(opened.read(M))


def begins(*code: w.Unit) -> list[str]:
    """The labels of what is in v2, without the call itself that opens it."""
    opened, term = read(*code)
    return [each.label for each in origins(opened.terms, term) if each.term != opened.read(M)]


@pytest.mark.parametrize("opening", [FILE, CONNECTION])
def test_what_is_opened_for_writing_stands_for_what_is_written_into_it(opening: list[w.Unit]) -> None:
    assert begins(*opening, *write(2, *TYPED)) == ["text.typed"]
    assert begins(*opening, *write(2, *FETCH), *write(2, *TYPED)) == ["network.response", "text.typed"]


@pytest.mark.parametrize("opening", [FILE, CONNECTION])
def test_what_a_writer_around_it_is_given_is_written_into_it(opening: list[w.Unit]) -> None:
    assert begins(*opening, *wrapped(3, 2), *write(3, *TYPED, owner=WRITER)) == ["text.typed"]
    twice = [*wrapped(3, 2), *l.made(4, WRITER, 3, of=l.proto("V", WRITER))]
    assert begins(*opening, *twice, *write(4, *TYPED, owner=WRITER)) == ["text.typed"]


@pytest.mark.parametrize("opening", [FILE, CONNECTION])
def test_what_nothing_is_written_into_stands_for_itself(opening: list[w.Unit]) -> None:
    opened, term = read(*opening)
    assert term == opened.read(M)


@pytest.mark.parametrize("opening", [FILE, CONNECTION])
def test_what_is_written_into_another_is_not_in_it(opening: list[w.Unit]) -> None:
    other = [*l.text(1, "other"), *l.statically("Lout/File;", "out", l.proto(STREAM, l.STRING), 1), *l.result(4)]
    opened, term = read(*opening, *other, *write(4, *TYPED))
    assert term == opened.read(M)


def test_what_a_call_gives_that_opens_nothing_stands_for_itself() -> None:
    opened, term = read(*OTHER, *write(2, *TYPED))
    assert term == opened.read(M)


def test_a_class_of_the_program_stands_for_itself() -> None:
    own = l.static("LMain;", "m", GIVES, [*l.made(2, "LOwn;"), *l.given_back(2)])
    opened = Evaluated(k.kin("LMain;", own), k.kin("LOwn;", l.constructor("LOwn;")))
    assert opened.evaluator.text(opened.read(M)) == opened.read(M)
