"""A worker's words are held to the order in which an honest one speaks."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assay.engine import hand as module
from assay.engine.hand import Hand
from assay.engine.parts import load_bench
from assay.engine.records import (
    EXPANSION,
    Begun,
    Child,
    Examination,
    Expansion,
    Finished,
    Item,
    Ready,
    Stopped,
    Text,
    Word,
)
from assay.engine.sandbox.level import serial
from assay.engine.spool import Room
from assay.engine.wire import Line, Torn

SHA, OTHER = "ab" * 32, "cd" * 32
ITEM = Item(sha256=SHA, size=1, locator=SHA, analysers=None)
NEXT = Item(sha256=OTHER, size=1, locator=OTHER, analysers=None)
READY = Ready(serial())


def examined(sha256: str = SHA, **expansion: Any) -> Examination:
    found = Expansion(**{"kind": "unknown", **expansion})
    return Examination(sha256=sha256, expansion=found, analyses={})


class NoProcess:
    """Stands for a process that is alive until it is killed."""

    status: int | None = None

    def poll(self) -> int | None:
        return self.status

    def kill(self) -> None:
        self.status = -9

    def wait(self, _timeout: float | None = None) -> int | None:
        return self.status


Speak = Callable[..., list[Word]]


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[Hand, Speak]]:
    load_bench()
    reading, theirs = os.pipe()
    took, writing = os.pipe()
    monkeypatch.setattr(module, "_started", lambda _folder: (NoProcess(), Line(reading, writing)))
    one = Hand(b"start", Room(tmp_path))

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
