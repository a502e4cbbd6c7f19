"""Pending intents, statements and broadcasts that are open to other apps, and near misses."""

import pytest

from assay.facts.weaknesses.intents import intents
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import call, class_of, constant, new, proto, result, statically, text, virtual
from tests.facts.weaknesses.apps import kinds, seen

STRING, INTENT, CONTEXT = "Ljava/lang/String;", "Landroid/content/Intent;", "Landroid/content/Context;"
PENDING, DATABASE = "Landroid/app/PendingIntent;", "Landroid/database/sqlite/SQLiteDatabase;"
TELEPHONY = "Landroid/telephony/TelephonyManager;"
IMPLICIT = [*new(0, INTENT), *text(1, "org.example.DONE"), *call(k.DIRECT, INTENT, "<init>", proto("V", STRING), 0, 1)]
EXPLICIT = [
    *new(0, INTENT),
    *class_of(1, "LA;"),
    *call(k.DIRECT, INTENT, "<init>", proto("V", CONTEXT, "Ljava/lang/Class;"), 0, 15, 1),
]
TO_PACKAGE = [*IMPLICIT, *text(1, "org.example.app"), *virtual(INTENT, "setPackage", proto(INTENT, STRING), 0, 1)]
GET = [*constant(2, 0), *statically(PENDING, "getBroadcast", proto(PENDING, CONTEXT, "I", INTENT, "I"), 15, 2, 0, 3)]
IMMUTABLE: list[w.Unit] = [0x15 | 3 << 8, 0x0400]
MUTABLE: list[w.Unit] = [0x15 | 3 << 8, 0x0200]


def one(*code: w.Unit) -> k.Kin:
    return k.kin("LA;", k.method("LA;", "m", k.PUBLIC | k.STATIC, list(code), proto("V", INTENT, CONTEXT)))


def test_a_pending_intent_that_names_nobody_and_can_be_changed() -> None:
    expected = [("open-pending-intent", "org.example.DONE", "flags 0x0")]
    assert seen(intents, one(*IMPLICIT, *constant(3, 0), *GET)) == expected
    assert seen(intents, one(*IMPLICIT, *MUTABLE, *GET)) == [
        ("open-pending-intent", "org.example.DONE", "flags 0x2000000")
    ]


@pytest.mark.parametrize(
    "code",
    [[*IMPLICIT, *IMMUTABLE], [*EXPLICIT, *constant(3, 0)], [*TO_PACKAGE, *constant(3, 0)], [*EXPLICIT, *IMMUTABLE]],
    ids=["immutable", "explicit", "to a package", "both"],
)
def test_pending_intents_that_are_closed(code: list[w.Unit]) -> None:
    assert kinds(intents, one(*code, *GET)) == []


HANDED = [*text(2, "word"), *virtual(INTENT, "getStringExtra", proto(STRING, STRING), 14, 2), *result(2)]
BUILDER = "Ljava/lang/StringBuilder;"
PUT_TOGETHER = [
    *new(3, BUILDER),
    *call(k.DIRECT, BUILDER, "<init>", proto("V"), 3),
    *text(4, "SELECT * FROM a WHERE b='"),
    *virtual(BUILDER, "append", proto(BUILDER, STRING), 3, 4),
    *virtual(BUILDER, "append", proto(BUILDER, STRING), 3, 2),
    *virtual(BUILDER, "toString", proto(STRING), 3),
    *result(4),
]
QUERY = virtual(DATABASE, "rawQuery", proto("Landroid/database/Cursor;", STRING, "[Ljava/lang/String;"), 13, 4, 5)


def test_text_of_another_app_in_a_statement() -> None:
    (found,) = seen(intents, one(*constant(5, 0), *HANDED, *PUT_TOGETHER, *QUERY))
    assert found[:2] == ("sql-from-outside", "android.database.sqlite.SQLiteDatabase.rawQuery")
    assert "getStringExtra" in found[2] or "bundle-extra" in found[2]


def test_text_that_is_bound_to_a_statement_is_a_near_miss() -> None:
    array: list[w.Unit] = [
        *constant(6, 1),
        0x23 | 5 << 8 | 6 << 12,
        w.Index("type", "[Ljava/lang/String;"),
        *constant(6, 0),
        0x4D | 2 << 8,
        5 | 6 << 8,
    ]
    assert kinds(intents, one(*HANDED, *array, *text(4, "SELECT * FROM a WHERE b=?"), *QUERY)) == []


NUMBER = [*virtual(TELEPHONY, "getDeviceId", proto(STRING), 13), *result(2)]
PUT = [*text(3, "id"), *virtual(INTENT, "putExtra", proto(INTENT, STRING, STRING), 0, 3, 2)]
SEND = virtual(CONTEXT, "sendBroadcast", proto("V", INTENT), 15, 0)
SEND_TO = [*text(4, "org.example.RIGHT"), *virtual(CONTEXT, "sendBroadcast", proto("V", INTENT, STRING), 15, 0, 4)]


def test_an_identifier_for_everybody() -> None:
    assert seen(intents, one(*IMPLICIT, *NUMBER, *PUT, *SEND)) == [
        ("identifier-in-broadcast", "org.example.DONE", "identifier.imei")
    ]


@pytest.mark.parametrize(
    "code",
    [
        [*EXPLICIT, *NUMBER, *PUT, *SEND],
        [*TO_PACKAGE, *NUMBER, *PUT, *SEND],
        [*IMPLICIT, *NUMBER, *PUT, *SEND_TO],
        [*IMPLICIT, *text(2, "done"), *PUT, *SEND],
    ],
    ids=["explicit", "to a package", "with a permission", "no identifier"],
)
def test_broadcasts_that_tell_nobody(code: list[w.Unit]) -> None:
    assert kinds(intents, one(*code)) == []
