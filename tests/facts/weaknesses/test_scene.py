"""What searches stand on: overriding methods once, calls up to a limit, and whether code is reached."""

import pytest

from assay.facts.weaknesses import scene as module
from assay.facts.weaknesses.scene import Scene, name_of
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import made, proto, statically, text
from tests.facts.weaknesses.apps import Stated, app

LOG = [
    *text(0, "a"),
    *statically("Landroid/util/Log;", "i", proto("I", "Ljava/lang/String;", "Ljava/lang/String;"), 0, 0),
]
CALLER = k.kin("LA;", k.method("LA;", "m", k.PUBLIC | k.STATIC, [*LOG, *LOG]))


def test_calls_by_name_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene(app([CALLER]))
    found = list(scene.called((b"Landroid/util/Log;",), (b"i", b"nowhere")))
    assert [(each.call.pc, name_of(each.call)) for each in found] == [
        (2, "android.util.Log.i"),
        (7, "android.util.Log.i"),
    ]
    assert scene.left_out == 0
    monkeypatch.setattr(module, "MOST_CALLS", 1)
    assert len(list(scene.called((b"Landroid/util/Log;",), (b"i",)))) == 1
    assert scene.left_out == 1


def test_a_method_that_two_classes_answer_with_comes_once() -> None:
    above = k.kin("LB;", k.method("LB;", "run", k.PUBLIC, []), interfaces=("Ljava/lang/Runnable;",))
    below = k.kin("LC;", superclass="LB;")
    scene = Scene(app([above, below]))
    found = [
        (body.key[0], scene.class_name(name))
        for body, name in scene.overriding((b"Ljava/lang/Runnable;",), b"run", b"()V")
    ]
    assert found == [(b"LB;", "LB;")]
    assert list(scene.overriding((b"LNowhere;",), b"run", b"()V")) == []


def test_whether_objects_are_made_where_the_system_enters() -> None:
    service = k.kin(
        "Lorg/example/S;",
        k.method("Lorg/example/S;", "onCreate", k.PUBLIC, made(0, "LUsed;")),
        superclass="Landroid/app/Service;",
    )
    dead = k.kin("LDead;", k.method("LDead;", "m", k.PRIVATE | k.STATIC, made(0, "LUnused;")))
    classes = [service, dead, k.kin("LUsed;"), k.kin("LUnused;"), k.kin("LNever;")]
    scene = Scene(app(classes, [Stated("org.example.S")]))
    told = {name: scene.made(scene.ground.find_class(name.encode()) or 0) for name in ("LUsed;", "LUnused;", "LNever;")}
    assert told == {"LUsed;": "yes", "LUnused;": "no", "LNever;": "unknown"}


def test_nothing_is_asked_once_the_budget_is_spent(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene(app([CALLER]))
    (at, _) = scene.called((b"Landroid/util/Log;",), (b"i",))
    assert scene.constants(at, 1) == ("a",)
    monkeypatch.setattr(module, "MOST_WORK", -1)
    assert (scene.constants(at, 1), scene.begins(0), scene.left_out) == ((), (), 1)
    assert scene.constants(at, 9) == ()
    assert scene.left_out == 1


def test_open_components_and_what_they_inherit_from() -> None:
    base = k.kin("LBase;", superclass="Landroid/app/Service;")
    one = k.kin("Lorg/example/One;", superclass="LBase;")
    scene = Scene(app([base, one], [Stated("org.example.One"), Stated("org.example.Missing")]))
    assert {scene.class_name(each): name for each, name in scene.open_components.items()} == {
        "Lorg/example/One;": "org.example.One",
        "LBase;": "org.example.One",
    }
