"""Which consequence a call is: by what is written into what it opens, by what an intent asks for."""

from typing import Any

import pytest

from assay.reference.models import models
from tests.bytecode import dex_writer as w
from tests.bytecode.effects import followed as f
from tests.bytecode.provenance import linked as l

STREAM, WRITER, INTENT, DESK = "Lout/Stream;", "Lout/Writer;", "Lout/Intent;", "Lout/Desk;"
CONNECTION: list[w.Unit] = [*l.statically("Lout/Conn;", "body", l.proto(STREAM)), *l.result(2)]
FILE: list[w.Unit] = [*l.text(3, "f"), *l.statically("Lout/File;", "open", l.proto(STREAM, l.STRING), 3),
                      *l.result(2)]  # fmt: skip
OPENED = [(CONNECTION, "reported"), (FILE, "stored")]


def on_match(*items: f.Item) -> tuple[str, ...]:
    return f.what_follows(f.asks("contains", "Z"), (f.IF_EQZ, 0, -1, "plain"), *items, "plain").consequences


def without(*items: f.Item, **more: Any) -> tuple[str, ...]:
    """What follows where something is done without a match alone."""
    return f.what_follows(
        f.asks("contains", "Z"), (f.IF_NEZ, 0, -1, "match"), *items, "match", **more
    ).consequences  # fmt: skip


def write(into: int, value: int, owner: str = STREAM) -> list[w.Unit]:
    return l.virtual(owner, "write", l.proto("V", l.STRING), into, value)


@pytest.mark.parametrize(("opening", "word"), OPENED)
def test_the_text_that_is_written_into_what_a_match_opens_goes_there(opening: list[w.Unit], word: str) -> None:
    assert on_match(opening, write(2, f.TEXT)) == (word,)


@pytest.mark.parametrize(("opening", "word"), OPENED)
def test_so_does_what_a_writer_around_it_is_given(opening: list[w.Unit], word: str) -> None:
    around = l.made(4, WRITER, 2, of=l.proto("V", STREAM))
    assert on_match(opening, around, write(4, f.TEXT, WRITER)) == (word,)


@pytest.mark.parametrize(("opening", "word"), OPENED)
def test_so_does_a_text_that_it_is_joined_with(opening: list[w.Unit], word: str) -> None:
    assert on_match(opening, l.text(3, "hit: "), write(2, 3), write(2, f.TEXT)) == (word,)


@pytest.mark.parametrize(("opening", "_"), OPENED)
def test_what_something_else_is_written_into_does_not_take_the_text(opening: list[w.Unit], _: str) -> None:
    assert on_match(opening, l.text(3, "alive"), write(2, 3)) == ()
    assert on_match(opening) == ()
    elsewhere = [*l.made(4, WRITER, 5, of=l.proto("V", STREAM)), *write(4, f.TEXT, WRITER)]
    assert on_match(opening, l.new(5, STREAM), elsewhere) == ()


CLOSE = l.virtual(STREAM, "close", l.VOID, 2)


@pytest.mark.parametrize(("opening", "word"), OPENED)
def test_what_a_match_opens_ends_where_it_is_closed(opening: list[w.Unit], word: str) -> None:
    assert on_match(opening, write(2, f.TEXT), CLOSE) == (word,)


@pytest.mark.parametrize(("opening", "_"), OPENED)
def test_what_was_opened_before_is_stopped_where_a_match_closes_it(opening: list[w.Unit], _: str) -> None:
    asked: list[f.Item] = [f.asks("contains", "Z"), (f.IF_EQZ, 0, -1, "plain"), CLOSE, "plain"]
    assert f.what_follows(opening, *asked, number=1).consequences == ("refused",)


def test_what_may_have_been_opened_before_is_stopped_too() -> None:
    """One of two, of which a match opens only the second."""
    asked: list[f.Item] = [f.asks("contains", "Z"), (f.IF_EQZ, 0, -1, "plain")]
    either = [*l.statically("Lout/Other;", "open", l.proto("Z")), 0x0A | 5 << 8]
    found = f.what_follows(
        CONNECTION, *asked, either, (f.IF_EQZ, 5, -1, "close"), CONNECTION, "close", CLOSE, "plain", number=1
    )
    assert found.consequences == ("refused",)


def test_what_is_stopped_by_a_static_call_was_there_before() -> None:
    assert on_match(l.statically(STREAM, "close", l.VOID)) == ("refused",)


def intent(*more: w.Unit, action: str = "VIEW") -> list[w.Unit]:
    return [*l.text(3, action), *l.made(4, INTENT, 3, of=l.proto("V", l.STRING)), *more]


def start() -> list[w.Unit]:
    return [*l.new(6, DESK), *l.virtual(DESK, "start", l.proto("V", INTENT), 6, 4)]


PACKAGE: list[w.Unit] = [*l.text(3, "package"), *l.virtual(INTENT, "kind", l.proto("V", l.STRING), 4, 3)]
EXTRA: list[w.Unit] = [*l.text(3, "body"), *l.virtual(INTENT, "put", l.proto("V", l.STRING, l.STRING), 4, 3, f.TEXT)]


@pytest.mark.parametrize(
    ("started", "word"),
    [
        (intent(), "navigation"),
        (intent(action="INSTALL"), "install"),
        (intent(*PACKAGE), "install"),
        (intent(action="CALL"), "refused"),
        (intent(action="SEND"), "refused"),
        (intent(action="SENDING"), "navigation"),
    ],
)
def test_what_is_not_started_on_a_match_is_told_by_action_and_type(started: list[w.Unit], word: str) -> None:
    assert without(started, start()) == (word,)


def test_a_type_that_is_put_in_as_an_extra_is_no_type() -> None:
    extra = [
        *l.text(3, "type"),
        *l.text(5, "package"),
        *l.virtual(INTENT, "put", l.proto("V", l.STRING, l.STRING), 4, 3, 5),
    ]
    assert without(intent(*extra), start()) == ("navigation",)


def test_what_is_sent_on_a_match_is_reported_where_it_carries_the_text() -> None:
    assert on_match(intent(*EXTRA, action="SEND"), start()) == ("reported",)
    assert on_match(intent(action="SEND"), start()) == ()
    assert on_match(intent(*EXTRA), start()) == ()


def test_an_action_that_may_be_either_is_none_of_them() -> None:
    either: list[f.Item] = [
        [*l.statically("Lout/Other;", "open", l.proto("Z")), 0x0A | 5 << 8],
        l.text(3, "SEND"), (f.IF_EQZ, 5, -1, "made"), l.text(3, "CALL"), "made",
    ]  # fmt: skip
    made = l.made(4, INTENT, 3, of=l.proto("V", l.STRING))
    assert without(*either, made, start()) == ("navigation",)


def test_arguments_of_a_static_call_are_counted_without_a_receiver() -> None:
    started = l.statically(DESK, "start", l.proto("V", INTENT), 4)
    assert without(intent(action="INSTALL"), started) == ("install",)


@pytest.mark.parametrize(
    ("action", "word"),
    [("android.intent.action.INSTALL_PACKAGE", "install"), ("android.intent.action.SEND", "refused"),
     ("android.intent.action.VIEW", "navigation")],
)  # fmt: skip
def test_with_the_models_that_come_with_the_bench(action: str, word: str) -> None:
    real, context = "Landroid/content/Intent;", "Landroid/content/Context;"
    made = [*l.text(3, action), *l.made(4, real, 3, of=l.proto("V", l.STRING))]
    started = [*l.new(6, context), *l.virtual(context, "startActivity", l.proto("V", real), 6, 4)]
    assert without(made, started, models=models()) == (word,)
