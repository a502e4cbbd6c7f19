"""Links into the bodies of lambdas, against programs written out by hand and a specimen that keeps invoke-custom."""

from pathlib import Path
from zipfile import ZipFile

from tests.bytecode import dex_items as items
from tests.bytecode import dex_parts as parts
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import part
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.linked import Linked

BUILT = Path(__file__).parents[2] / "specimens" / "built"
TAKEN = l.proto("V", l.STRING, l.OBJECT)
BODY = items.MethodId("LMain;", "body", TAKEN)
METAFACTORY = items.MethodId("Ljava/lang/invoke/LambdaMetafactory;", "metafactory", items.Proto("V"))
NAME = "LMain;->body(Ljava/lang/String;Ljava/lang/Object;)V"


def site(interface: str) -> list[parts.Value]:
    taken = parts.Value(parts.METHOD_TYPE, l.proto("V", l.OBJECT))
    made = parts.Value(parts.METHOD_TYPE, l.proto(interface, l.STRING))
    body = parts.Value(parts.METHOD_HANDLE, 1)
    return [parts.Value(parts.METHOD_HANDLE, 0), parts.Value(parts.STRING, "see"), made, taken, body, taken]


def opened(code: list[w.Unit], *methods: w.Method, interface: str = "Lout/See;") -> Linked:
    make: list[w.Unit] = [*l.text(1, "held"), 0xFC | 1 << 12, w.Index("call_site", 0), 1, *l.result(2)]
    see = k.kin("LSee;", k.method("LSee;", "see", k.PUBLIC | k.ABSTRACT, None, l.proto("V", l.OBJECT)),
                flags=k.PUBLIC | k.INTERFACE | k.ABSTRACT)  # fmt: skip
    main = k.kin(
        "LMain;", l.static("LMain;", "m", l.VOID, [*make, *code]), l.static("LMain;", "body", TAKEN, []), *methods
    )
    raw = k.write([main, see], version="038", call_sites=[site(interface)], handles=[(4, METAFACTORY), (4, BODY)])
    return Linked(parts=[part(raw)])


def test_the_platform_runs_a_lambda_with_what_it_captured_and_is_given() -> None:
    found = opened(l.virtual("Lout/Pool;", "each", l.proto("V", "Lout/See;"), 3, 2))
    (link,) = found.into(NAME)
    assert link.method == "see"
    assert (link.kind, link.arguments, link.elements) == (
        "lambda",
        (found.value("LMain;->m()V", "const-string"), 3),
        (1,),
    )
    assert found.links.out_of(link.caller, link.row) == (link,)


def test_a_call_in_the_program_runs_a_lambda_that_was_made_elsewhere() -> None:
    tell = l.static(
        "LMain;", "tell", l.proto("V", "LSee;"), l.interfaced("LSee;", "see", l.proto("V", l.OBJECT), 15, 4)
    )
    found = opened(l.statically("LMain;", "tell", l.proto("V", "LSee;"), 2), tell, interface="LSee;")
    (link,) = found.into(NAME)
    assert (found.program.method_name(link.caller), link.kind, link.result) == ("LMain;->tell(LSee;)V", "lambda", True)
    assert (link.arguments, link.method) == ((None, 4), "")
    assert link.elsewhere == ((0, found.id("LMain;->m()V"), found.value("LMain;->m()V", "const-string")),)
    assert found.links.out_of(link.caller, link.row) == (link,)


def test_a_lambda_that_goes_nowhere_is_not_run() -> None:
    found = opened(l.constant(0, 0))
    assert found.into(NAME) == ()
    assert found.links.root_kind(found.id(NAME)) == "dead"


def test_a_lambda_that_a_compiler_kept() -> None:
    found = specimen("notes-invoke-custom")
    name = next(n for n in names(found) if "->lambda$toast" in n)
    (link,) = found.into(name)
    assert found.program.method_name(link.caller).endswith("NoteEditor;->toast(Ljava/lang/CharSequence;)V")
    assert link.arguments == found.body(found.program.method_name(link.caller)).parameters


def test_a_runnable_is_handed_to_an_executor_inside_a_posted_one() -> None:
    found, editor = specimen("notes-g1"), "Lorg/example/notes/NoteEditor"
    (save,) = found.into(f"{editor}$Save;->run()V")
    assert found.program.method_name(save.caller) == f"{editor}$1;->run()V"
    (posted,) = found.into(f"{editor}$1;->run()V")
    clicked = f"{editor};->onSaveClicked(Landroid/view/View;)V"
    assert found.program.method_name(posted.caller) == clicked
    assert found.links.root_kind(found.id(clicked)) == "layout"
    assert posted.arguments == (found.value(clicked, "new-instance", 1),)


def test_an_alarm_and_a_thread_of_a_receiver() -> None:
    found, receiver = specimen("notes-g1"), "Lorg/example/notes/UpdateReceiver;"
    (link,) = found.into(f"{receiver}->onReceive(Landroid/content/Context;Landroid/content/Intent;)V")
    assert (link.kind, found.program.method_name(link.caller)) == (
        "intent", f"{receiver}->schedule(Landroid/content/Context;)V",
    )  # fmt: skip
    (thread,) = found.into("Lorg/example/notes/GuardUpdater;->run()V")
    assert found.program.method_name(thread.caller).startswith(f"{receiver}->onReceive")


def test_a_listener_of_the_program_and_an_executor() -> None:
    found, feed = specimen("ads"), "Lorg/example/ads/FeedActivity"
    (offers,) = found.into(f"{feed};->onOffers(Ljava/util/List;)V")
    assert (offers.kind, found.program.method_name(offers.caller)) == (
        "call", "Lorg/example/ads/AdvertisementFeed;->fetch(Lorg/example/ads/AdvertisementFeed$Listener;)V",
    )  # fmt: skip
    (run,) = found.into(f"{feed}$1;->run()V")
    assert found.program.method_name(run.caller) == f"{feed};->onResume()V"
    assert found.links.reachable_from_roots(offers.callee)


def specimen(name: str) -> Linked:
    with ZipFile(BUILT / f"{name}.apk") as archive:
        return Linked(parts=[part(archive.read("classes.dex"))])


def names(found: Linked) -> list[str]:
    return [found.program.method_name(row) for row in range(found.program.application_definitions)]
