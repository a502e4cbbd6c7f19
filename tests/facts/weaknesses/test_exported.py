"""What any app can make a component do, and what it cannot."""

import pytest

from assay.facts.weaknesses.exported import exported
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import constant, proto, result, statically, text, virtual
from tests.facts.weaknesses.apps import Stated, seen

STRING, INTENT, SMS = "Ljava/lang/String;", "Landroid/content/Intent;", "Landroid/telephony/SmsManager;"
COMMAND = proto("I", INTENT, "I", "I")
SEND = virtual(
    SMS,
    "sendTextMessage",
    proto("V", STRING, STRING, STRING, "Landroid/app/PendingIntent;", "Landroid/app/PendingIntent;"),
    1,
    2,
    3,
    4,
    3,
)
MANAGER = [*statically(SMS, "getDefault", proto(SMS)), *result(1), *constant(3, 0)]
EXTRA = [*text(4, "text"), *virtual(INTENT, "getStringExtra", proto(STRING, STRING), 13, 4), *result(4)]
LOG = [*text(2, "tag"), *statically("Landroid/util/Log;", "i", proto("I", STRING, STRING), 2, 4)]


def service(code: list[w.Unit], above: str = "Landroid/app/Service;") -> k.Kin:
    body = [*code, *constant(0, 1), 0x0F]
    return k.kin(
        "Lorg/example/Post;",
        k.method("Lorg/example/Post;", "onStartCommand", k.PUBLIC, body, COMMAND),
        superclass=above,
    )


OPEN = Stated("org.example.Post")
CONSTANT_TEXT = [*MANAGER, *text(2, "+370 0000"), *text(4, "hello"), *SEND]


def test_a_message_that_any_app_can_have_sent() -> None:
    detail = (
        "Lorg/example/Post;->onStartCommand(Landroid/content/Intent;II)I leads to "
        "android.telephony.SmsManager.sendTextMessage (effect.sms)"
    )
    assert seen(exported, service(CONSTANT_TEXT), components=[OPEN]) == [
        ("exported-component-acts", "org.example.Post", detail)
    ]


def test_what_the_caller_hands_over_is_told() -> None:
    ((_, _, detail),) = seen(exported, service([*EXTRA, *MANAGER, *text(2, "+370 0000"), *SEND]), components=[OPEN])
    assert detail.endswith(", with what the caller hands over")


@pytest.mark.parametrize(
    "stated",
    [
        [Stated("org.example.Post", exported=False)],
        [Stated("org.example.Post", permission="org.example.SEND")],
        [Stated("org.example.Other")],
        [],
    ],
    ids=["not exported", "with a permission", "another component", "none"],
)
def test_components_that_strangers_cannot_start(stated: list[Stated]) -> None:
    assert seen(exported, service(CONSTANT_TEXT), components=stated) == []


def test_an_open_component_that_only_writes_a_log_is_a_near_miss() -> None:
    assert seen(exported, service([*EXTRA, *LOG]), components=[OPEN]) == []


def test_a_method_that_no_entry_leads_to_is_a_near_miss() -> None:
    other = k.kin("LOther;", k.method("LOther;", "send", k.PUBLIC | k.STATIC, CONSTANT_TEXT))
    assert seen(exported, service([]), other, components=[OPEN]) == []


def test_a_call_on_the_way_is_followed() -> None:
    other = k.kin("LOther;", k.method("LOther;", "send", k.PUBLIC | k.STATIC, CONSTANT_TEXT))
    ((_, subject, _),) = seen(exported, service(statically("LOther;", "send", proto("V"))), other, components=[OPEN])
    assert subject == "org.example.Post"


@pytest.mark.parametrize(("command", "expected"), [([], 0), (EXTRA, 1)], ids=["its own", "the caller's"])
def test_programs_count_where_the_caller_says_which(command: list[w.Unit], expected: int) -> None:
    runtime = "Ljava/lang/Runtime;"
    run = [
        *statically(runtime, "getRuntime", proto(runtime)),
        *result(1),
        *(command or text(4, "ls")),
        *virtual(runtime, "exec", proto("Ljava/lang/Process;", STRING), 1, 4),
    ]
    assert len(seen(exported, service(run), components=[OPEN])) == expected
