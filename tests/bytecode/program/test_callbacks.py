"""What the platform may call back, with its framework in the program and without."""

from assay.bytecode.program.callbacks import CERTAIN, NOT, POSSIBLE
from assay.bytecode.program.program import Program
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program

TEXT = w.Proto("Ljava/lang/String;")
APPLICATION = [
    k.kin("LMain;", k.method("LMain;", "onCreate"), k.method("LMain;", "own"), k.method("LMain;", "hidden", k.PRIVATE),
          k.method("LMain;", "<init>", k.PUBLIC | k.CONSTRUCTOR), superclass="Lfw/Activity;"),
    k.kin("LPlain;", k.method("LPlain;", "own"), k.method("LPlain;", "toString", proto=TEXT)),
]  # fmt: skip
FRAMEWORK = [
    k.kin(k.OBJECT, k.method(k.OBJECT, "toString", proto=TEXT), superclass=None),
    k.kin("Lfw/Activity;", k.method("Lfw/Activity;", "onCreate")),
]


def how(opened: Program, name: str) -> int:
    return int(opened.callbacks[only(opened, name)])


def test_without_the_framework_every_virtual_method_below_something_unseen_may_be_called_back() -> None:
    opened = program(APPLICATION)
    assert how(opened, "LMain;->onCreate()V") == how(opened, "LMain;->own()V") == POSSIBLE
    assert how(opened, "LMain;->hidden()V") == how(opened, "LMain;-><init>()V") == NOT
    assert how(opened, "LPlain;->own()V") == NOT
    assert how(opened, "LPlain;->toString()Ljava/lang/String;") == CERTAIN
    assert opened.overrides_external(only(opened, "LMain;->onCreate()V")) == (b"Lfw/Activity;",)
    assert opened.overrides_external(only(opened, "LPlain;->toString()Ljava/lang/String;")) == (b"Ljava/lang/Object;",)
    assert opened.overrides_external(only(opened, "LPlain;->own()V")) == ()


def test_with_the_framework_it_is_known() -> None:
    opened = program(APPLICATION, platform=[FRAMEWORK])
    assert how(opened, "LMain;->onCreate()V") == how(opened, "LPlain;->toString()Ljava/lang/String;") == CERTAIN
    assert how(opened, "LMain;->own()V") == how(opened, "LPlain;->own()V") == NOT
    assert how(opened, "Lfw/Activity;->onCreate()V") == NOT
    above = opened.overrides(only(opened, "LMain;->onCreate()V")).tolist()
    assert above == [only(opened, "Lfw/Activity;->onCreate()V")]
