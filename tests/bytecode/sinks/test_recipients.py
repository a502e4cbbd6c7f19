"""Addresses, numbers and names of stores that the code says."""

import pytest

from assay.bytecode.sinks.carried import Pieces, given
from assay.bytecode.sinks.recipients import Recipients, is_address
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import call, constant, new, proto, result, statically, text, virtual
from tests.bytecode.sinks.test_carried import OPEN, SEND, STRING, sent


def recipients(code: list[w.Unit], name: bytes) -> tuple[str, ...]:
    evaluator, at, found = sent(code, name)
    terms = [evaluator.term(found.definition, value) for value in given(at.body, at.call, found.model)]
    pieces = tuple(piece for term in terms for piece in Pieces(evaluator).of(term, found.model.sink))
    return Recipients(evaluator).of(at.body, at.call, found.model, (), pieces)


@pytest.mark.parametrize(
    ("text_", "expected"),
    [
        ("https://a.example.test/", True),
        ("market://details?id=a", True),
        ("tel:+370", True),
        ("a.example.test", False),
        ("file:notes.json", True),
        ("Content-Type: text", False),
        ("", False),
        ("://", False),
        ("note: this", False),
    ],
)
def test_addresses(text_: str, expected: bool) -> None:  # noqa: FBT001
    assert is_address(text_) is expected


def test_the_address_of_a_connection() -> None:
    assert recipients([*OPEN, *SEND], b"getResponseCode") == ("https://a.example.test/",)


def test_an_address_that_is_put_together_is_known_up_to_its_first_gap() -> None:
    builder, url = "Ljava/lang/StringBuilder;", "Ljava/net/URL;"
    append = proto(builder, STRING)
    code = [
        *new(0, builder),
        *call(k.DIRECT, builder, "<init>", proto("V"), 0),
        *text(1, "https://"),
        *virtual(builder, "append", append, 0, 1),
        *text(1, "b.example.test/?id="),
        *virtual(builder, "append", append, 0, 1),
        *virtual("LA;", "id", proto(STRING), 15),
        *result(1),
        *virtual(builder, "append", append, 0, 1),
        *virtual(builder, "toString", proto(STRING), 0),
        *result(1),
        *new(0, url),
        *call(k.DIRECT, url, "<init>", proto("V", STRING), 0, 1),
        *virtual(url, "openStream", proto("Ljava/io/InputStream;"), 0),
    ]
    assert recipients(code, b"openStream") == ("https://b.example.test/?id=",)


def test_the_number_of_a_message() -> None:
    sms, pending = "Landroid/telephony/SmsManager;", "Landroid/app/PendingIntent;"
    code = [
        *statically(sms, "getDefault", proto(sms)),
        *result(1),
        *constant(3, 0),
        *text(2, "+370 0000"),
        *text(4, "x"),
        *virtual(sms, "sendTextMessage", proto("V", STRING, STRING, STRING, pending, pending), 1, 2, 3, 4, 3),
    ]
    assert recipients(code, b"sendTextMessage") == ("+370 0000",)


def test_the_name_of_a_file() -> None:
    out = "Ljava/io/FileOutputStream;"
    code = [*new(0, out), *text(1, "/data/words.json"), *call(k.DIRECT, out, "<init>", proto("V", STRING), 0, 1)]
    assert recipients(code, b"<init>") == ("file:data/words.json",)
