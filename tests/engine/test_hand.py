"""A worker's words are held to the order in which an honest one speaks."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assay.engine import hand as module
from assay.engine.code_records import IndexCode
from assay.engine.forked import Ended, Forked
from assay.engine.hand import Hand
from assay.engine.parts import load_bench
from assay.engine.records import (
    EXPANSION,
    Analysis,
    Begun,
    Child,
    Examination,
    Expansion,
    Finished,
    Item,
    Ready,
    Row,
    Stopped,
    Text,
    Word,
)
from assay.engine.sandbox.level import serial
from assay.engine.spool import Room
from assay.engine.wire import Line, Torn
from assay.model.coverage import Coverage, NotFollowed, Outcome
from assay.registry import BENCH
from assay.vocabulary import fact_id
from assay.vocabulary.handset import BuildProperty

SHA, OTHER = "ab" * 32, "cd" * 32
ITEM = Item(sha256=SHA, size=1, locator=SHA, analysers=None)
NEXT = Item(sha256=OTHER, size=1, locator=OTHER, analysers=None)
READY = Ready(serial())


def examined(sha256: str = SHA, **expansion: Any) -> Examination:
    found = Expansion(**{"kind": "unknown", **expansion})
    return Examination(sha256=sha256, expansion=found, analyses={})


class NoServer:
    """Stands for a server whose worker is alive until it is killed."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def fork(self, _folder: Path) -> tuple[Forked, Line]:
        return Forked(self, 0), self.line  # type: ignore[arg-type]

    def end(self, _worker: int, _seconds: float) -> Ended:
        return Ended(status=-9, killed=True)


Speak = Callable[..., list[Word]]


@pytest.fixture
def hand(tmp_path: Path) -> Iterator[tuple[Hand, Speak]]:
    load_bench()
    reading, theirs = os.pipe()
    took, writing = os.pipe()
    one = Hand(b"start", Room(tmp_path), NoServer(Line(reading, writing)))  # type: ignore[arg-type]

    def speak(*words: Word) -> list[Word]:
        for word in words:
            raw = msgspec.msgpack.encode(word)
            os.write(theirs, len(raw).to_bytes(8, "little") + raw)
        return list(one.hear())

    yield one, speak
    one.end()
    os.close(theirs)
    os.close(took)


def test_an_honest_worker_is_heard_out(hand: tuple[Hand, Speak]) -> None:
    one, speak = hand
    one.give((ITEM, NEXT))
    assert speak(READY) == [READY]
    one.ready = READY
    assert speak(Begun(0, EXPANSION), Finished(0, examined())) == [Begun(0, EXPANSION), Finished(0, examined())]
    one.finish()
    assert one.left() == (NEXT,)
    assert len(speak(Begun(1, EXPANSION))) == 1


BEGUN = (READY, Begun(0, EXPANSION))


@pytest.mark.parametrize(
    "words",
    [
        pytest.param((READY, READY), id="ready twice"),
        pytest.param((Begun(0, EXPANSION),), id="not ready"),
        pytest.param((READY, Begun(1, EXPANSION)), id="another's task"),
        pytest.param((READY, Begun(-1, EXPANSION)), id="no task"),
        pytest.param((READY, Begun(2**63, EXPANSION)), id="far beyond"),
        pytest.param((READY, Begun(0, "no_such_part")), id="a part that there is not"),
        pytest.param((*BEGUN, Begun(0, EXPANSION)), id="the same part again"),
        pytest.param((READY, Finished(0, examined())), id="finished what it had not begun"),
        pytest.param((*BEGUN, Finished(1, examined(OTHER))), id="another's answer"),
        pytest.param((*BEGUN, Finished(0, examined(OTHER))), id="about another artefact"),
        pytest.param((*BEGUN, Finished(0, Text(content=b""))), id="an answer of another sort"),
        pytest.param((*BEGUN, Finished(0, examined(kind="no-such-kind"))), id="an unknown kind"),
        pytest.param((*BEGUN, Finished(0, examined(kind="zip", step="!", reader="zip@1"))), id="a step of its own"),
        pytest.param(
            (*BEGUN, Finished(0, examined(children=(Child(member=b"", sha256="../x", size=1),)))),
            id="a name for a sha256",
        ),
    ],
)
def test_what_no_honest_worker_says_is_no_word(hand: tuple[Hand, Speak], words: tuple[Word, ...]) -> None:
    one, speak = hand
    one.give((ITEM, NEXT))
    *before, last = words
    for word in before:
        assert speak(word) == [word]
        one.ready = READY
    with pytest.raises(Torn, match="it sent what is no word"):
        speak(last)


LOOKS = "read_build_properties"
ASKED = msgspec.structs.replace(ITEM, analysers=(LOOKS,))


def answered(change: Callable[[Analysis], Analysis] = lambda found: found) -> Examination:
    spec = next(spec for spec in BENCH.analysers if spec.name == LOOKS)
    missed = (NotFollowed("lines", 2**63 - 1),)
    coverage = Coverage(analyser=spec.id, artefact=SHA, outcome=Outcome.LOOKED, not_followed=missed)
    values = {"place": "", "name": "ro.a", "value": "b"}
    fact = fact_id(SHA, BuildProperty(name="ro.a", value="b"))
    row = Row(table="build_property", fact=fact, artefact=SHA, values=values)  # type: ignore[arg-type]
    return Examination(sha256=SHA, expansion=None, analyses={LOOKS: change(Analysis(coverage=coverage, rows=(row,)))})


def with_values(analysis: Analysis, **values: Any) -> Analysis:
    row = msgspec.structs.replace(analysis.rows[0], values={**analysis.rows[0].values, **values})
    return msgspec.structs.replace(analysis, rows=(row,))


def with_row(analysis: Analysis, **columns: Any) -> Analysis:
    return msgspec.structs.replace(analysis, rows=(msgspec.structs.replace(analysis.rows[0], **columns),))


def missing(analysis: Analysis, count: int) -> Analysis:
    coverage = msgspec.structs.replace(analysis.coverage, not_followed=(NotFollowed("lines", count),))
    return msgspec.structs.replace(analysis, coverage=coverage)


def test_an_answer_with_rows_of_what_was_asked_is_taken(hand: tuple[Hand, Speak]) -> None:
    one, speak = hand
    one.give((ASKED,))
    speak(READY)
    one.ready = READY
    assert len(speak(Begun(0, LOOKS), Finished(0, answered()))) == 2


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda: answered(lambda one: with_values(one, artefact=OTHER)), id="a column that is another's"),
        pytest.param(lambda: answered(lambda one: with_values(one, analyser="x")), id="a column that is ours"),
        pytest.param(lambda: answered(lambda one: with_values(one, value="c")), id="an id of another row"),
        pytest.param(lambda: answered(lambda one: with_row(one, fact="f-0000000000000000")), id="an invented id"),
        pytest.param(lambda: answered(lambda one: with_row(one, fact="\x1b[2J")), id="an id that is no id"),
        pytest.param(lambda: answered(lambda one: with_row(one, values={})), id="no columns"),
        pytest.param(lambda: answered(lambda one: with_row(one, artefact=OTHER)), id="a row about another artefact"),
        pytest.param(lambda: answered(lambda one: missing(one, 2**63)), id="a count that no table holds"),
        pytest.param(lambda: answered(lambda one: missing(one, -1)), id="a count below nothing"),
        pytest.param(lambda: Examination(sha256=SHA, expansion=None, analyses={}), id="silence"),
        pytest.param(lambda: msgspec.structs.replace(answered(), columns=(OTHER,)), id="columns of another file"),
        pytest.param(lambda: msgspec.structs.replace(examined(), analyses=answered().analyses), id="another kind"),
    ],
)
def test_an_answer_that_says_more_or_less_than_was_asked_is_no_word(
    hand: tuple[Hand, Speak], answer: Callable[[], Examination]
) -> None:
    one, speak = hand
    one.give((ASKED,))
    speak(READY)
    one.ready = READY
    speak(Begun(0, LOOKS))
    with pytest.raises(Torn, match="it sent what is no word"):
        speak(Finished(0, answer()))


def test_every_analyser_that_applies_must_have_answered(hand: tuple[Hand, Speak]) -> None:
    one, speak = hand
    one.give((ITEM,))
    speak(READY)
    one.ready = READY
    speak(Begun(0, EXPANSION))
    reader = next(spec for spec in BENCH.readers if spec.kind == "properties")
    with pytest.raises(Torn, match="it sent what is no word"):
        speak(Finished(0, examined(kind="properties", reader=f"properties@{reader.version}")))


def test_a_worker_without_work_has_nothing_to_say(hand: tuple[Hand, Speak]) -> None:
    one, speak = hand
    speak(READY)
    one.ready = READY
    with pytest.raises(Torn):
        speak(Stopped(SHA))


def test_only_whole_words_are_signs_of_life(hand: tuple[Hand, Speak]) -> None:
    one, speak = hand
    one.give((ITEM,))
    speak(READY)
    one.ready = READY
    one.heard -= 10
    assert one.silent(9.0)
    speak(Begun(0, EXPANSION))
    assert not one.silent(9.0)


@pytest.mark.parametrize("words", [3, 4])
def test_a_worker_begins_as_many_parts_as_there_can_be(
    hand: tuple[Hand, Speak], monkeypatch: pytest.MonkeyPatch, words: int
) -> None:
    monkeypatch.setattr(module, "MOST_PARTS", 3)
    one, speak = hand
    one.give((IndexCode(sha256=SHA),))
    speak(READY)
    one.ready = READY
    said = [Begun(0, f"{SHA}!zip:{number}") for number in range(words)]
    if words == 3:
        assert speak(*said) == said
    else:
        with pytest.raises(Torn):
            speak(*said)


@pytest.mark.parametrize(("length", "taken"), [(1024, True), (1025, False)])
def test_the_name_of_a_part_has_a_longest_length(hand: tuple[Hand, Speak], length: int, taken: bool) -> None:  # noqa: FBT001
    one, speak = hand
    one.give((IndexCode(sha256=SHA),))
    speak(READY)
    one.ready = READY
    word = Begun(0, SHA.ljust(length, "x"))
    if taken:
        assert speak(word) == [word]
    else:
        with pytest.raises(Torn):
            speak(word)
