"""What can be reached at all, against programs written out by hand."""

from assay.bytecode.provenance.links_reach import NEVER, Reach
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.program.opened import only, program
from tests.bytecode.provenance import linked as l

STATIC = w.FieldId("LHeld;", "held", l.OBJECT)


def distances(*classes: k.Kin, further: bool = False) -> dict[str, int]:
    """How far each definition lies from LMain;->m()V."""
    opened = program(list(classes))
    start = only(opened, "LMain;->m()V")
    pairs = [(start, only(opened, "LFar;->go()V"))] if further else []
    found = Reach(opened, opened.callbacks, pairs).distances([start], []).tolist()
    return {opened.method_name(row): distance for row, distance in enumerate(found)}


def main(*code: w.Unit) -> k.Kin:
    return k.kin("LMain;", l.static("LMain;", "m", l.VOID, list(code)))


def test_calls_are_followed_and_what_nothing_calls_is_never_reached() -> None:
    far = k.kin("LFar;", l.static("LFar;", "go", l.VOID, l.statically("LFar;", "on", l.VOID)),
                l.static("LFar;", "on", l.VOID, []), l.static("LFar;", "not", l.VOID, []))  # fmt: skip
    found = distances(main(*l.statically("LFar;", "go", l.VOID)), far)
    assert found == {"LMain;->m()V": 0, "LFar;->go()V": 1, "LFar;->on()V": 2, "LFar;->not()V": NEVER}


def test_an_object_that_is_made_can_be_called_back_and_so_can_what_it_inherits() -> None:
    above = k.kin("LAbove;", l.method("LAbove;", "stop", l.VOID, []), interfaces=("Lout/Stop;",))
    below = l.runner("LMine;", above="LAbove;")
    found = distances(main(*l.new(2, "LMine;")), above, below, l.runner("LOther;"))
    assert found["LMine;->run()V"] > 0
    assert found["LAbove;->stop()V"] > 0
    assert found["LOther;->run()V"] == NEVER


def test_a_class_whose_field_is_read_is_initialised() -> None:
    first = l.method("LHeld;", "<clinit>", l.VOID, [], k.STATIC | k.CONSTRUCTOR)
    held = k.kin("LHeld;", first, fields=(STATIC,))
    assert distances(main(*l.got_static(2, STATIC)), held)["LHeld;-><clinit>()V"] > 0
    assert distances(main(), held)["LHeld;-><clinit>()V"] == NEVER


def test_edges_that_are_told_count_too() -> None:
    far = k.kin("LFar;", l.static("LFar;", "go", l.VOID, []))
    assert distances(main(), far)["LFar;->go()V"] == NEVER
    assert distances(main(), far, further=True)["LFar;->go()V"] == 1


def test_calls_with_more_targets_than_are_listed_reach_all_of_them() -> None:
    ear = k.kin("LEar;", k.method("LEar;", "heard", k.PUBLIC | k.ABSTRACT), flags=k.PUBLIC | k.INTERFACE | k.ABSTRACT)
    names = [f"LEar{number:02};" for number in range(60)]
    ears = [
        k.kin(name, l.constructor(name), l.method(name, "heard", l.VOID, []), interfaces=("LEar;",)) for name in names
    ]
    made = k.kin("LMade;", l.static("LMade;", "m", l.VOID, [unit for name in names for unit in l.new(1, name)]))
    found = distances(main(*l.interfaced("LEar;", "heard", l.VOID, 2)), ear, made, *ears)
    assert all(found[f"{name}->heard()V"] > 0 for name in names)


def test_an_empty_program_reaches_nothing() -> None:
    assert Reach(program([]), program([]).callbacks).distances([], []).tolist() == []
