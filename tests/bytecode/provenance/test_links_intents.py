"""Links into components from where they are started, against programs written out by hand."""

from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.linked import Linked

INTENT, CONTEXT, CLASS = "Landroid/content/Intent;", "Landroid/content/Context;", "Ljava/lang/Class;"
PENDING, ALARMS = "Landroid/app/PendingIntent;", "Landroid/app/AlarmManager;"
COMMAND = l.proto("I", INTENT, "I", "I")
NAMED = l.made(2, INTENT, 4, 5, of=l.proto("V", CONTEXT, CLASS))
STARTED = l.virtual(CONTEXT, "startService", l.proto("Landroid/content/ComponentName;", INTENT), 4, 2)
NAME = "LLater;->onStartCommand(Landroid/content/Intent;II)I"


def later() -> k.Kin:
    command = l.method("LLater;", "onStartCommand", COMMAND, [*l.constant(0, 0), 0x000F])
    return k.kin("LLater;", l.constructor("LLater;"), command, superclass="Landroid/app/Service;")


def opened(code: list[w.Unit], *others: k.Kin, components: list[str], actions: tuple[str, ...] = ()) -> Linked:
    main = k.kin("LMain;", l.static("LMain;", "m", l.VOID, code))
    return Linked(main, *others, components=components, actions=actions)


def test_a_service_is_started_by_its_class() -> None:
    found = opened([*l.class_of(5, "LLater;"), *NAMED, *STARTED], later(), components=["LLater;"])
    (link,) = found.into(NAME)
    made = found.value("LMain;->m()V", "new-instance")
    assert (link.kind, link.row, link.arguments) == ("service", 3, (None, made, None, None))
    assert found.links.out_of(link.caller, link.row) == (link,)
    assert found.links.is_root(link.callee)


def test_a_service_that_no_manifest_declares_is_not_started() -> None:
    found = opened([*l.class_of(5, "LLater;"), *NAMED, *STARTED], later(), components=[])
    assert found.into(NAME) == ()
    assert not found.links.reachable_from_roots(found.id(NAME))


def test_an_intent_that_is_never_started_links_nothing() -> None:
    assert opened([*l.class_of(5, "LLater;"), *NAMED], later(), components=["LLater;"]).into(NAME) == ()


def test_a_service_is_started_by_an_action_of_its_manifest() -> None:
    code = [*l.text(5, "org.x.GO"), *l.made(2, INTENT, 5, of=l.proto("V", l.STRING)), *STARTED]
    assert len(opened(code, later(), components=["LLater;"], actions=("org.x.GO",)).into(NAME)) == 1
    assert opened(code, later(), components=["LLater;"], actions=("org.x.GONE",)).into(NAME) == ()


def test_an_alarm_starts_a_receiver_by_a_pending_intent_of_another_method() -> None:
    received = l.proto("V", CONTEXT, INTENT)
    receiver = k.kin("LLater;", l.method("LLater;", "onReceive", received, []),
                     superclass="Landroid/content/BroadcastReceiver;")  # fmt: skip
    packed = l.proto(PENDING, CONTEXT, "I", INTENT, "I")
    pack = [*l.class_of(5, "LLater;"), *NAMED, *l.statically(PENDING, "getBroadcast", packed, 4, 0, 2, 0),
            *l.result(6), *l.given_back(6)]  # fmt: skip
    alarm = [*l.statically("LPack;", "pack", l.proto(PENDING)), *l.result(7),
             *l.virtual(ALARMS, "set", l.proto("V", "I", "J", PENDING), 8, 0, 1, 2, 7)]  # fmt: skip
    packs = k.kin("LPack;", l.static("LPack;", "pack", l.proto(PENDING), pack))
    found = opened(alarm, packs, receiver, components=["LLater;"])
    (link,) = found.into("LLater;->onReceive(Landroid/content/Context;Landroid/content/Intent;)V")
    assert (found.program.method_name(link.caller), link.kind, link.arguments) == (
        "LMain;->m()V",
        "intent",
        (None,) * 3,
    )
    name = "LPack;->pack()Landroid/app/PendingIntent;"
    assert link.elsewhere == ((2, found.id(name), found.value(name, "new-instance")),)


def test_a_worker_needs_no_manifest() -> None:
    worker = k.kin("LLater;", l.method("LLater;", "doWork", l.VOID, []), superclass="Landroidx/work/ListenableWorker;")
    builder, request = "Landroidx/work/OneTimeWorkRequest$Builder;", "Landroidx/work/WorkRequest;"
    code = [
        *l.class_of(5, "LLater;"), *l.made(2, builder, 5, of=l.proto("V", CLASS)),
        *l.virtual(builder, "build", l.proto(request), 2), *l.result(3),
        *l.virtual("Landroidx/work/WorkManager;", "enqueue", l.proto("V", request), 4, 3),
    ]  # fmt: skip
    found = opened(code, worker, components=[])
    (link,) = found.into("LLater;->doWork()V")
    assert (link.kind, found.links.reachable_from_roots(link.caller)) == ("intent", False)
