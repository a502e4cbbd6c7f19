"""Flows of written apps: messages, intents that lead out, responses of requests, budgets, and near misses."""

import pytest

from assay.applications.tracing import Tracing
from assay.facts.code_flows import found as module
from assay.facts.code_flows.code_flows import code_flows
from assay.facts.code_flows.found import Finder, is_source, own_code
from assay.model.coverage import NotFollowed
from assay.vocabulary.comparisons import CodeFlow
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import call, class_of, constant, new, proto, result, statically, text, virtual
from tests.facts.weaknesses.apps import Stated, app

STRING, INTENT, CONTEXT = "Ljava/lang/String;", "Landroid/content/Intent;", "Landroid/content/Context;"
SMS, CIPHER = "Landroid/telephony/SmsManager;", "Ljavax/crypto/Cipher;"
PENDING = "Landroid/app/PendingIntent;"
NAME = "Lorg/example/app/Main;"
MANAGER = [*statically(SMS, "getDefault", proto(SMS)), *result(1), *constant(3, 0), *text(2, "+370 0000")]
SEND = virtual(SMS, "sendTextMessage", proto("V", STRING, STRING, STRING, PENDING, PENDING), 1, 2, 3, 4, 3)
NUMBER = [*virtual("Landroid/telephony/TelephonyManager;", "getDeviceId", proto(STRING), 0), *result(4)]


def main(code: list[w.Unit], name: str = "onCreate") -> k.Kin:
    return k.kin(NAME, k.method(NAME, name, k.PUBLIC, code), superclass="Landroid/app/Service;")


def all_of(code: list[w.Unit]) -> list[CodeFlow | NotFollowed]:
    return [each.row for each in code_flows(app([main(code)], [Stated("org.example.app.Main")]))]  # type: ignore[misc]


def flows(code: list[w.Unit]) -> list[CodeFlow]:
    return [each for each in all_of(code) if isinstance(each, CodeFlow)]


def test_a_message_with_a_constant_is_listed_all_the_same() -> None:
    (found,) = flows([*MANAGER, *text(4, "hello"), *SEND])
    assert (found.source, found.source_api, found.sink, found.recipient) == (
        "constant", "hello", "effect.sms", ("+370 0000",)
    )  # fmt: skip


def test_an_identifier_in_a_message_goes_before_constants() -> None:
    (found,) = flows([*NUMBER, *MANAGER, *SEND])
    assert (found.source, found.sink, found.through) == ("identifier.imei", "effect.sms", ())
    assert found.entry == "Lorg/example/app/Main;->onCreate()V"


def ciphered(mode: int) -> list[w.Unit]:
    """v4 = v4, by a cipher begun in a mode, as base64."""
    return [
        *virtual(STRING, "getBytes", proto("[B"), 4), *result(4), *text(5, "AES/GCM/NoPadding"),
        *statically(CIPHER, "getInstance", proto(CIPHER, STRING), 5), *result(5), *constant(6, mode), *constant(7, 0),
        *virtual(CIPHER, "init", proto("V", "I", "Ljava/security/Key;"), 5, 6, 7),
        *virtual(CIPHER, "doFinal", proto("[B", "[B"), 5, 4), *result(4), *constant(6, 2),
        *statically("Landroid/util/Base64;", "encodeToString", proto(STRING, "[B", "I"), 4, 6), *result(4),
    ]  # fmt: skip


@pytest.mark.parametrize(("mode", "word"), [(1, "encrypt"), (2, "decrypt"), (7, "cipher")])
def test_a_message_through_a_cipher(mode: int, word: str) -> None:
    (found,) = flows([*NUMBER, *ciphered(mode), *MANAGER, *SEND])
    assert (found.source, found.through) == ("identifier.imei", (word, "encode-base64"))


START = virtual(CONTEXT, "startActivity", proto("V", INTENT), 15, 0)
VIEW = [*new(0, INTENT), *text(1, "android.intent.action.VIEW")]
URI = "Landroid/net/Uri;"


def viewing(address: str) -> list[w.Unit]:
    return [*VIEW, *text(2, address), *statically(URI, "parse", proto(URI, STRING), 2), *result(2),
            *call(k.DIRECT, INTENT, "<init>", proto("V", STRING, URI), 0, 1, 2), *START]  # fmt: skip


@pytest.mark.parametrize("address", ["market://details?id=org.example.other", "https://shop.example.test/other.apk"])
def test_an_intent_that_leads_out(address: str) -> None:
    (found,) = flows(viewing(address))
    assert (found.source, found.sink) == ("constant", "effect.navigate")
    assert set(found.recipient) == {"action:android.intent.action.VIEW", address}


def test_an_intent_to_an_own_component_is_a_near_miss() -> None:
    own = [
        *new(0, INTENT),
        *class_of(1, NAME),
        *call(k.DIRECT, INTENT, "<init>", proto("V", CONTEXT, "Ljava/lang/Class;"), 0, 15, 1),
    ]
    assert flows([*own, *START]) == []


LOG = [*text(5, "tag"), *statically("Landroid/util/Log;", "i", proto("I", STRING, STRING), 5, 4)]


def test_logs_of_constants_are_near_misses_and_of_identifiers_not() -> None:
    assert flows([*text(4, "started"), *LOG]) == []
    assert [each.sink for each in flows([*NUMBER, *LOG])] == ["effect.log"]


def test_code_that_nothing_enters_is_counted_not_told() -> None:
    opened = app(
        [main([]), k.kin("LDead;", k.method("LDead;", "m", k.PRIVATE | k.STATIC, [*NUMBER, *LOG]))],
        [Stated("org.example.app.Main")],
    )
    assert [each.row for each in code_flows(opened)] == [
        NotFollowed("ways to calls with an effect that nothing enters", 1)
    ]


def test_the_number_of_calls_is_limited_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    code = [*NUMBER, *LOG, *LOG]
    monkeypatch.setattr(module, "MOST_CALLS", 2)
    assert not any(isinstance(each, NotFollowed) for each in all_of(code))
    monkeypatch.setattr(module, "MOST_CALLS", 1)
    assert NotFollowed("calls of effect.log beyond the first 1", 1) in all_of(code)


def test_own_code_comes_first_and_the_rest_falls_to_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    library = k.kin("Lcom/lib/A;", k.method("Lcom/lib/A;", "m", k.PUBLIC | k.STATIC, [*NUMBER, *LOG]))
    code = [*NUMBER, *LOG, *statically("Lcom/lib/A;", "m", proto("V"))]
    opened = app([library, main(code)], [Stated("org.example.app.Main")])
    finder = Finder(Tracing(opened), "org.example.app")
    assert [flow.body.key[0] for flow in finder.all()] == [NAME.encode(), b"Lcom/lib/A;"]
    monkeypatch.setattr(module, "MOST_WORK", 0)
    finder = Finder(Tracing(opened), "org.example.app")
    assert [flow.body.key[0] for flow in finder.all()] == [NAME.encode()]
    assert finder.left_out == {"calls with an effect beyond the budget of the app": 1}


def test_labels_of_sources_and_names_of_own_code() -> None:
    assert [
        is_source(label) for label in ("identifier.imei", "text.sms", "list.provider", "network.response", "constant")
    ] == [True, True, True, False, False]
    assert [own_code(name) for name in ("org.example.app", "single", "")] == ["Lorg/example", "Lsingle", "L"]
