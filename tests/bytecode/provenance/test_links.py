"""How control comes into definitions, against programs written out by hand."""

import pytest

from assay.bytecode.provenance.links import Link
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.linked import Linked

TAKES = l.proto("V", l.OBJECT)
LATER, RUN = l.proto("V", l.RUNNABLE), "LMine;->run()V"
HANDED = l.virtual("Lout/Pool;", "later", LATER, 3, 2)
ACTIVITY = "Landroid/app/Activity;"


def start(*code: w.Unit) -> w.Method:
    return l.static("LMain;", "m", l.VOID, list(code))


def main(*code: w.Unit, others: tuple[k.Kin, ...] = ()) -> Linked:
    return Linked(k.kin("LMain;", start(*code)), *others)


def test_a_call_binds_its_arguments() -> None:
    taken = l.static("LMain;", "take", TAKES, [])
    opened = Linked(k.kin("LMain;", taken, start(*l.new(4, "LMain;"), *l.statically("LMain;", "take", TAKES, 4))))
    (link,) = opened.into("LMain;->take(Ljava/lang/Object;)V")
    made = opened.value("LMain;->m()V", "new-instance")
    assert link == Link(opened.id("LMain;->m()V"), 1, link.callee, (made,), "call", result=True)
    assert opened.links.out_of(link.caller, 1) == (link,)
    assert opened.links.out_of(link.caller, 0) == ()


def test_a_runnable_is_linked_from_the_call_that_it_is_handed_to() -> None:
    opened = main(*l.made(2, "LMine;"), *HANDED, others=(l.runner("LMine;"), l.runner("LIdle;")))
    (link,) = opened.into(RUN)
    made = opened.value("LMain;->m()V", "new-instance")
    assert link == Link(opened.id("LMain;->m()V"), 2, opened.id(RUN), (made,), "post", result=False)
    assert opened.links.out_of(link.caller, 2) == (link,)
    assert not opened.links.is_root(link.callee)
    assert opened.into("LIdle;->run()V") == ()
    assert opened.links.root_kind(opened.id("LIdle;->run()V")) == "dead"


def test_an_object_made_elsewhere_is_bound_to_the_operand_of_the_call() -> None:
    pass_on = l.static("LMain;", "on", l.proto("V", l.RUNNABLE), l.virtual("Lout/Pool;", "later", LATER, 3, 15))
    opened = Linked(
        k.kin("LMain;", pass_on, start(*l.made(2, "LMine;"), *l.statically("LMain;", "on", LATER, 2))),
        l.runner("LMine;"),
    )
    (link,) = opened.into(RUN)
    assert (link.caller, link.arguments) == (opened.id("LMain;->on(Ljava/lang/Runnable;)V"), (15,))


def test_arguments_of_a_callback() -> None:
    taker = k.kin("LTaker;", l.constructor("LTaker;"), l.method(
        "LTaker;", "take", l.proto("V", l.OBJECT, l.OBJECT), []), interfaces=("Lout/Taker;",))  # fmt: skip
    handed = l.virtual("Lout/Pool;", "pass", l.proto("V", "Lout/Taker;", l.OBJECT), 3, 2, 4)
    opened = main(*l.made(2, "LTaker;"), *l.text(4, "x"), *handed, others=(taker,))
    (link,) = opened.into("LTaker;->take(Ljava/lang/Object;Ljava/lang/Object;)V")
    made, told = (opened.value("LMain;->m()V", opcode) for opcode in ("new-instance", "const-string"))
    assert (link.kind, link.arguments) == ("task", (made, told, None))


def test_elements_are_told_from_what_holds_them() -> None:
    see = k.kin("LSee;", l.constructor("LSee;"), l.method("LSee;", "see", TAKES, []), interfaces=("Lout/See;",))
    handed = l.virtual("Lout/Pool;", "each", l.proto("V", "Lout/See;"), 3, 2)
    (link,) = main(*l.made(2, "LSee;"), *handed, others=(see,)).into("LSee;->see(Ljava/lang/Object;)V")
    assert (link.arguments[1], link.elements) == (3, (1,))


def test_what_a_constructor_keeps_is_run_by_the_start() -> None:
    begin = l.static("LMain;", "go", l.proto("V", "Lout/Worker;"), l.virtual("Lout/Worker;", "start", l.VOID, 15))
    code = [
        *l.made(2, "LMine;"), *l.made(4, "Lout/Worker;", 2, of=LATER),
        *l.statically("LMain;", "go", l.proto("V", "Lout/Worker;"), 4),
    ]  # fmt: skip
    opened = Linked(k.kin("LMain;", begin, start(*code)), l.runner("LMine;"))
    (link,) = opened.into(RUN)
    assert (link.kind, opened.program.method_name(link.caller)) == ("thread", "LMain;->go(Lout/Worker;)V")
    made = opened.value("LMain;->m()V", "new-instance")
    assert link.arguments == (None,)
    assert link.elsewhere == ((0, opened.id("LMain;->m()V"), made),)


def test_a_subclass_of_what_is_started_is_run() -> None:
    mine = l.runner("LMine;", above="Lout/Worker;", interfaces=())
    opened = main(*l.made(2, "LMine;"), *l.virtual("LMine;", "start", l.VOID, 2), others=(mine,))
    (link,) = opened.into(RUN)
    assert (link.kind, link.row) == ("thread", opened.row("LMain;->m()V", "invoke-virtual"))


def test_the_result_of_one_callback_is_the_argument_of_another() -> None:
    work, done = l.proto(l.OBJECT, l.OBJECT), TAKES
    job = k.kin(
        "LJob;", l.constructor("LJob;"), l.method("LJob;", "work", work, [*l.text(1, "w"), *l.given_back(1)]),
        l.method("LJob;", "done", done, []), superclass="Lout/Job;",
    )  # fmt: skip
    handed = l.virtual("LJob;", "begin", TAKES, 2, 4)
    opened = main(*l.made(2, "LJob;"), *l.text(4, "x"), *handed, others=(job,))
    name = "LJob;->work(Ljava/lang/Object;)Ljava/lang/Object;"
    assert opened.into(name)[0].arguments[1] == opened.value("LMain;->m()V", "const-string")
    (link,) = opened.into("LJob;->done(Ljava/lang/Object;)V")
    assert link.elsewhere == ((1, opened.id(name), opened.value(name, "const-string")),)


def test_a_listener_is_known_by_the_type_that_it_is_handed_over_as() -> None:
    mine = k.kin(
        "LMine;", l.constructor("LMine;"), l.method("LMine;", "run", l.VOID, []),
        l.method("LMine;", "heard", TAKES, []), interfaces=("Lout/Ear;", l.RUNNABLE),
    )  # fmt: skip
    heard = l.interfaced("Lout/Ear;", "heard", TAKES, 6, 7)  # says which type has it
    listen = l.statically("Lout/Sound;", "listen", l.proto("V", "Lout/Ear;"), 2)
    opened = main(*l.made(2, "LMine;"), *listen, others=(mine, k.kin("LUse;", l.static("LUse;", "u", l.VOID, heard))))
    kinds = {link.kind: link.arguments for link in opened.into("LMine;->heard(Ljava/lang/Object;)V")}
    assert kinds["listener"] == (opened.value("LMain;->m()V", "new-instance"), None)
    assert opened.into(RUN) == ()


def test_what_ends_listening_is_no_link() -> None:
    end = l.statically("Lout/Sound;", "removeListener", l.proto("V", l.RUNNABLE), 2)
    opened = main(*l.made(2, "LMine;"), *end, others=(l.runner("LMine;"),))
    assert opened.into(RUN) == ()


def test_calls_are_narrowed_to_the_objects_that_come_to_them() -> None:
    ear = k.kin("LEar;", k.method("LEar;", "heard", k.PUBLIC | k.ABSTRACT, None, TAKES),
                flags=k.PUBLIC | k.INTERFACE | k.ABSTRACT)  # fmt: skip
    ears = [k.kin(name, l.constructor(name), l.method(name, "heard", TAKES, []), interfaces=("LEar;",))
            for name in ("LOne;", "LTwo;")]  # fmt: skip
    tell = l.static("LMain;", "tell", l.proto("V", "LEar;"), l.interfaced("LEar;", "heard", TAKES, 15, 1))
    first = start(*l.made(2, "LOne;"), *l.statically("LMain;", "tell", l.proto("V", "LEar;"), 2))
    second = l.static("LMain;", "n", l.VOID, l.made(2, "LTwo;"))
    opened = Linked(k.kin("LMain;", tell, first, second), ear, *ears)
    (link,) = opened.into("LOne;->heard(Ljava/lang/Object;)V")
    assert link.caller == opened.id("LMain;->tell(LEar;)V")
    assert opened.into("LTwo;->heard(Ljava/lang/Object;)V") == ()
    assert opened.links.out_of(link.caller, link.row) == (link,)


def test_reflection_with_constant_names() -> None:
    found = l.proto("Ljava/lang/reflect/Method;", l.STRING, "[Ljava/lang/Class;")
    invoke = l.proto(l.OBJECT, l.OBJECT, "[Ljava/lang/Object;")
    code = [
        *l.text(0, "org.x.Far"),
        *l.statically("Ljava/lang/Class;", "forName", l.proto("Ljava/lang/Class;", l.STRING), 0),
        *l.result(1), *l.text(2, "go"), *l.virtual("Ljava/lang/Class;", "getMethod", found, 1, 2, 3), *l.result(4),
        *l.constant(5, 1), *l.array(6, 5, "[Ljava/lang/Object;"), *l.constant(5, 0), *l.put_element(2, 6, 5),
        *l.virtual("Ljava/lang/reflect/Method;", "invoke", invoke, 4, 3, 6),
    ]  # fmt: skip
    far = k.kin("Lorg/x/Far;", l.static("Lorg/x/Far;", "go", l.proto("V", l.STRING), []),
                l.static("Lorg/x/Far;", "stay", l.proto("V", l.STRING), []))  # fmt: skip
    opened = main(*code, others=(far,))
    (link,) = opened.into("Lorg/x/Far;->go(Ljava/lang/String;)V")
    assert (link.kind, link.arguments) == ("reflective", (opened.value("LMain;->m()V", "const-string", 1),))
    assert opened.links.out_of(link.caller, link.row) == (link,)
    assert opened.into("Lorg/x/Far;->stay(Ljava/lang/String;)V") == ()


@pytest.mark.parametrize("wrong", [-1, 2**31, 2**32 - 1])
def test_a_definition_that_is_none(wrong: int) -> None:
    opened = main()
    with pytest.raises(IndexError):
        opened.links.into(wrong)
    with pytest.raises(IndexError):
        opened.links.out_of(wrong, 0)
    with pytest.raises(IndexError):
        opened.links.out_of(opened.id("LMain;->m()V"), -1)
