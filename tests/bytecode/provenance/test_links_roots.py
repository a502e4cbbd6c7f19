"""Where control comes in from outside, against programs written out by hand."""

import pytest

from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.linked import Linked

ACTIVITY, SERVICE, VIEW = "Landroid/app/Activity;", "Landroid/app/Service;", "Landroid/view/View;"
CLICK = "Landroid/view/View$OnClickListener;"
CLICKED, CREATED = l.proto("V", VIEW), l.proto("V", "Landroid/os/Bundle;")
LATER = l.proto("V", l.RUNNABLE)
HELP = l.static("LScreen;", "help", l.VOID, [])
CREATE = "LScreen;->onCreate(Landroid/os/Bundle;)V"


def screen(*methods: w.Method, code: list[w.Unit] | None = None, interfaces: tuple[str, ...] = ()) -> k.Kin:
    create = l.method("LScreen;", "onCreate", CREATED, code or l.statically("LScreen;", "help", l.VOID))
    own = (l.constructor("LScreen;"), HELP, create, *methods)
    return k.kin("LScreen;", *own, superclass=ACTIVITY, interfaces=interfaces)


def kind(opened: Linked, name: str) -> tuple[str, bool]:
    return opened.links.root_kind(opened.id(name)), opened.links.reachable_from_roots(opened.id(name))


def test_a_declared_component_is_entered_by_the_system() -> None:
    opened = Linked(screen(), components=["LScreen;"])
    assert kind(opened, CREATE) == ("component", True)
    assert kind(opened, "LScreen;-><init>()V") == ("component", True)
    assert kind(opened, "LScreen;->help()V") == ("", True)
    assert opened.links.is_root(opened.id(CREATE))
    assert not opened.links.is_root(opened.id("LScreen;->help()V"))


def test_a_component_that_no_manifest_declares_is_no_way_in() -> None:
    opened = Linked(screen(), components=[])
    assert kind(opened, CREATE) == ("undeclared", False)
    assert kind(opened, "LScreen;->help()V") == ("", False)


def test_without_a_manifest_all_components_count() -> None:
    assert kind(Linked(screen()), CREATE) == ("component", True)


def test_what_a_component_inherits_is_entered_too() -> None:
    below = k.kin("LBelow;", l.constructor("LBelow;"), superclass="LScreen;")
    opened = Linked(screen(), below, components=["LBelow;"])
    assert kind(opened, CREATE) == ("component", True)


def test_code_that_nothing_calls_is_dead_and_what_it_calls_is_not_reached() -> None:
    unused = l.static("LIdle;", "unused", l.VOID, l.statically("LIdle;", "below", l.VOID))
    idle = k.kin("LIdle;", unused, l.static("LIdle;", "below", l.VOID, l.statically("LIdle;", "unused", l.VOID)))
    alone = k.kin("LAlone;", l.static("LAlone;", "m", l.VOID, []))
    opened = Linked(screen(), idle, alone, components=["LScreen;"])
    assert kind(opened, "LIdle;->below()V") == ("", False)
    assert kind(opened, "LIdle;->unused()V") == ("", False)
    assert kind(opened, "LAlone;->m()V") == ("dead", False)


@pytest.mark.parametrize(("public", "expected"), [(k.PUBLIC, "layout"), (k.PROTECTED, "component")])
def test_a_public_method_that_takes_a_view_may_be_named_in_a_layout(public: int, expected: str) -> None:
    opened = Linked(screen(l.method("LScreen;", "onSend", CLICKED, [], public)), components=["LScreen;"])
    assert kind(opened, "LScreen;->onSend(Landroid/view/View;)V") == (expected, True)


def test_a_listener_of_a_component_is_entered_where_it_is_registered() -> None:
    register = l.virtual(VIEW, "setOnClickListener", l.proto("V", CLICK), 3, 14)
    click = l.method("LScreen;", "onClick", CLICKED, [])
    opened = Linked(screen(click, code=register, interfaces=(CLICK,)), components=["LScreen;"])
    name = "LScreen;->onClick(Landroid/view/View;)V"
    (link,) = opened.into(name)
    assert (opened.program.method_name(link.caller), link.kind, link.arguments) == (CREATE, "listener", (14, None))
    assert kind(opened, name) == ("", True)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (l.made(2, "LMine;"), ("dead", False)),
        ([*l.made(2, "LMine;"), *l.statically("Lout/Log;", "keep", l.proto("V", l.OBJECT), 2)], ("unregistered", True)),
        ([*l.made(2, "LMine;"), *l.virtual("Lout/Pool;", "later", LATER, 3, 2)], ("", True)),
        ([], ("dead", False)),
    ],
)  # fmt: skip
def test_a_callback_counts_where_its_object_may_be_called(code: list[w.Unit], expected: tuple[str, bool]) -> None:
    opened = Linked(screen(code=[*code, *l.constant(0, 0)]), l.runner("LMine;"), components=["LScreen;"])
    assert kind(opened, "LMine;->run()V") == expected


def test_an_initialiser_runs_where_its_class_is_used() -> None:
    first = l.method("LUsed;", "<clinit>", l.VOID, [], k.STATIC | k.CONSTRUCTOR)
    idle = l.method("LIdle;", "<clinit>", l.VOID, [], k.STATIC | k.CONSTRUCTOR)
    used = k.kin("LUsed;", first, l.static("LUsed;", "m", l.VOID, []))
    opened = Linked(
        screen(code=l.statically("LUsed;", "m", l.VOID)), used, k.kin("LIdle;", idle), components=["LScreen;"]
    )
    assert kind(opened, "LUsed;-><clinit>()V") == ("initialiser", True)
    assert kind(opened, "LIdle;-><clinit>()V")[1] is False


def test_what_scripts_of_a_page_can_call() -> None:
    bridge = k.kin("LBridge;", l.constructor("LBridge;"), l.method("LBridge;", "say", l.proto("V", l.STRING), []))
    add = l.virtual("Landroid/webkit/WebView;", "addJavascriptInterface", l.proto("V", l.OBJECT, l.STRING), 3, 2, 4)
    opened = Linked(screen(code=[*l.made(2, "LBridge;"), *add]), bridge, components=["LScreen;"])
    (link,) = opened.into("LBridge;->say(Ljava/lang/String;)V")
    assert (link.kind, link.arguments[1]) == ("listener", None)
    assert opened.links.reachable_from_roots(opened.id("LBridge;->say(Ljava/lang/String;)V"))
