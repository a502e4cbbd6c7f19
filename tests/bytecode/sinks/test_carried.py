"""What calls are handed: texts, parts, and what is written to streams."""

import pytest

from assay.bytecode.provenance.evaluator import Evaluator
from assay.bytecode.sinks import carried as module
from assay.bytecode.sinks.calls import ModelledCall, PlacedCall, modelled_calls, placed
from assay.bytecode.sinks.carried import Pieces, around, given
from assay.reference.models import models
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import program
from tests.bytecode.provenance.linked import call, new, proto, result, text, virtual

STRING, URL = "Ljava/lang/String;", "Ljava/net/URL;"
CONNECTION, OUT = "Ljava/net/HttpURLConnection;", "Ljava/io/OutputStream;"
TELEPHONY = "Landroid/telephony/TelephonyManager;"
OPEN = [
    *new(0, URL),
    *text(1, "https://a.example.test/"),
    *call(k.DIRECT, URL, "<init>", proto("V", STRING), 0, 1),
    *virtual(URL, "openConnection", proto("Ljava/net/URLConnection;"), 0),
    *result(0),
    0x1F,
    w.Index("type", CONNECTION),
]
NUMBER = [*virtual(TELEPHONY, "getDeviceId", proto(STRING), 15), *result(2)]
BODY = [
    *virtual(CONNECTION, "getOutputStream", proto(OUT), 0),
    *result(3),
    *virtual(STRING, "getBytes", proto("[B"), 2),
    *result(4),
    *virtual(OUT, "write", proto("V", "[B"), 3, 4),
]
HEADER = [*text(5, "X-Phone"), *virtual(CONNECTION, "setRequestProperty", proto("V", STRING, STRING), 0, 5, 2)]
SEND = virtual(CONNECTION, "getResponseCode", proto("I"), 0)


def sent(code: list[w.Unit], name: bytes = b"getResponseCode") -> tuple[Evaluator, PlacedCall, ModelledCall]:
    evaluator = Evaluator(program([k.kin("LA;", k.method("LA;", "m", k.PUBLIC | k.STATIC, code))]), models())
    for each in modelled_calls(evaluator.ground, lambda model: bool(model.sink)):
        at = placed(evaluator.ground, each.definition, each.pc)
        if at is not None and at.call.name == name:
            return evaluator, at, each
    raise AssertionError(name)


def labels(code: list[w.Unit]) -> set[tuple[str, str]]:
    evaluator, at, found = sent(code)
    values = given(at.body, at.call, found.model)
    carried = Pieces(evaluator).carried(found.definition, values, (), found.model.sink)
    return {(each.part, each.origin.label) for each in carried}


@pytest.mark.parametrize("written", [BODY, HEADER], ids=["body", "header"])
def test_what_is_written_to_a_connection_is_sent_with_it(written: list[w.Unit]) -> None:
    assert "identifier.imei" in {label for _, label in labels([*OPEN, *NUMBER, *written, *SEND])}


def test_an_identifier_that_is_read_and_not_written_is_not_sent() -> None:
    assert "identifier.imei" not in {label for _, label in labels([*OPEN, *NUMBER, *SEND])}


def test_the_content_of_the_body_of_another_connection_is_not_sent() -> None:
    other = [*OPEN, *NUMBER, *BODY, *OPEN, *SEND]
    assert "identifier.imei" not in {label for _, label in labels(other)}


def test_a_stream_that_is_opened_is_what_is_given() -> None:
    context = "Landroid/content/Context;"
    code = [
        *text(1, "a.txt"),
        0x12 | 2 << 8,
        *virtual(context, "openFileOutput", proto("Ljava/io/FileOutputStream;", STRING, "I"), 0, 1, 2),
        *result(3),
    ]
    _, at, found = sent(code, b"openFileOutput")
    assert given(at.body, at.call, found.model) == (at.body.result(at.call.row),)
    _, at, found = sent(code[:-1], b"openFileOutput")
    assert given(at.body, at.call, found.model) == ()


def test_streams_belong_to_their_connection() -> None:
    _, at, found = sent([*OPEN, *NUMBER, *BODY, *SEND])
    (connection,) = given(at.body, at.call, found.model)
    stream = at.body.result(next(each.row for each in at.body.calls if each.name == b"getOutputStream"))
    assert {connection, stream} <= set(around(at.body, (connection,)))


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluator, at, found = sent([*OPEN, *NUMBER, *BODY, *SEND])
    term = evaluator.term(found.definition, given(at.body, at.call, found.model)[0])
    own = Pieces(evaluator)
    whole = len(own.of(term, "effect.network"))
    assert (own.cut, own.steps > 0) == (0, True)
    monkeypatch.setattr(module, "MOST_PIECES", whole)
    assert len(own.of(term, "effect.network")) == whole
    monkeypatch.setattr(module, "MOST_PIECES", whole - 1)
    assert len(own.of(term, "effect.network")) == whole - 1
    monkeypatch.setattr(module, "MOST_STEPS", 0)
    assert (own.of(term, "effect.network"), own.cut > 0) == ((), True)
