"""Where objects go, against programs written out by hand."""

import gc
import weakref

from assay.bytecode.provenance.heap_walk import MOST_READERS
from assay.bytecode.provenance.links_record import MOST_CONTEXT
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.linked import Linked

TAKES, GIVES = l.proto("V", l.OBJECT), l.proto(l.OBJECT)
HELD = w.FieldId("LMain;", "held", l.OBJECT)
BAG = w.FieldId("LMain;", "bag", "Lout/Bag;")
SEEN, LAST = ("LMain;->see(Ljava/lang/Object;)V", "invoke-static", 0), 15
SEE = l.static("LMain;", "see", TAKES, l.statically("Lout/Log;", "write", TAKES, LAST))
ADD, GET = l.proto("V", l.OBJECT), GIVES


def main(*methods: w.Method, fields: tuple[w.FieldId, ...] = (HELD, BAG)) -> Linked:
    return Linked(k.kin("LMain;", SEE, *methods, fields=fields), k.kin("LThing;", l.constructor("LThing;")))


def see(register: int) -> list[w.Unit]:
    return l.statically("LMain;", "see", TAKES, register)


def start(*code: w.Unit) -> w.Method:
    return l.static("LMain;", "m", l.VOID, [*l.new(0, "LThing;"), *code])


def test_a_copy_a_cast_and_a_junction_are_the_same_object() -> None:
    code = [
        *l.constant(1, 0),
        0x0438, 3,  # if-eqz v4: past the copy
        0x0107,  # move-object v1, v0
        0x011F, w.Index("type", "LThing;"),  # check-cast v1
        *see(1),
    ]  # fmt: skip
    opened = main(start(*code))
    assert SEEN in opened.uses("LMain;->m()V", "new-instance")


def test_what_is_returned_goes_to_the_call_that_it_came_in_by() -> None:
    same = l.static("LMain;", "same", l.proto(l.OBJECT, l.OBJECT), l.given_back(LAST))
    through = l.statically("LMain;", "same", l.proto(l.OBJECT, l.OBJECT), 0)
    one = start(*through, *l.result(1), *l.put_static(1, HELD))
    other = l.static("LMain;", "n", l.VOID, [*l.new(0, "LMain;"), *through, *l.result(1), *see(1)])
    opened = main(same, one, other)
    assert ("LMain;->m()V", "sput-object", 0) in opened.uses("LMain;->m()V", "new-instance")
    assert SEEN not in opened.uses("LMain;->m()V", "new-instance")
    assert SEEN in opened.uses("LMain;->n()V", "new-instance")


def test_what_is_made_and_returned_goes_to_all_callers() -> None:
    make = l.static("LMain;", "make", GIVES, [*l.new(0, "LThing;"), *l.given_back(0)])
    use = l.static("LMain;", "n", l.VOID, [*l.statically("LMain;", "make", GIVES), *l.result(2), *see(2)])
    opened = main(make, use)
    assert SEEN in opened.uses("LMain;->make()Ljava/lang/Object;", "new-instance")
    assert opened.lost("LMain;->make()Ljava/lang/Object;", "new-instance") == [
        "passed to Lout/Log;->write(Ljava/lang/Object;)V"
    ]


def test_a_static_field_and_a_field_lead_to_their_readers() -> None:
    inside = w.FieldId("LThing;", "inside", l.OBJECT)
    write = start(*l.put_static(0, HELD), *l.put(0, 1, inside))
    read = l.static("LMain;", "r", l.VOID, [*l.got_static(2, HELD), *see(2)])
    deep = l.static("LMain;", "d", l.VOID, [*l.got(3, 4, inside), *l.virtual("Lout/A;", "x", TAKES, 5, 3)])
    found = main(write, read, deep).uses("LMain;->m()V", "new-instance")
    assert {SEEN, ("LMain;->d()V", "invoke-virtual", 1), ("LMain;->m()V", "iput-object", 0)} <= found


def test_an_element_of_an_array_is_read_again() -> None:
    fill = l.array(2, 1, "[Ljava/lang/Object;")
    opened = main(start(*fill, *l.put_element(0, 2, 3), *l.got_element(4, 2, 5), *see(4)))
    assert SEEN in opened.uses("LMain;->m()V", "new-instance")


def test_a_collection_in_a_field_is_read_elsewhere() -> None:
    add = start(*l.got_static(1, BAG), *l.virtual("Lout/Bag;", "add", ADD, 1, 0))
    back = [*l.got_static(1, BAG), *l.virtual("Lout/Bag;", "same", l.proto("Lout/Bag;"), 1), *l.result(2)]
    get = l.static("LMain;", "g", l.VOID, [*back, *l.virtual("Lout/Bag;", "get", GET, 2), *l.result(3), *see(3)])
    assert SEEN in main(add, get).uses("LMain;->m()V", "new-instance")


def test_a_collection_that_a_caller_hands_over_is_read_by_the_caller() -> None:
    fill = l.static("LMain;", "fill", l.proto("V", "Lout/Bag;"), [
        *l.new(0, "LThing;"), *l.virtual("Lout/Bag;", "add", ADD, LAST, 0),
    ])  # fmt: skip
    own = [*l.made(1, "Lout/Bag;"), *l.statically("LMain;", "fill", l.proto("V", "Lout/Bag;"), 1)]
    read = [*own, *l.virtual("Lout/Bag;", "get", GET, 1), *l.result(3), *see(3)]
    opened = main(fill, l.static("LMain;", "m", l.VOID, read))
    assert SEEN in opened.uses("LMain;->fill(Lout/Bag;)V", "new-instance")


def test_two_collections_are_told_apart() -> None:
    code = [
        *l.made(1, "Lout/Bag;"), *l.made(2, "Lout/Bag;"), *l.virtual("Lout/Bag;", "add", ADD, 1, 0),
        *l.virtual("Lout/Bag;", "get", GET, 2), *l.result(3), *see(3),
    ]  # fmt: skip
    assert SEEN not in main(start(*code)).uses("LMain;->m()V", "new-instance")


def test_a_method_of_the_object_is_that_of_its_class() -> None:
    thing = k.kin("LThing;", l.method("LThing;", "run", l.VOID, l.statically("LMain;", "see", TAKES, LAST)),
                  interfaces=(l.RUNNABLE,))  # fmt: skip
    other = k.kin("LOther;", l.method("LOther;", "run", l.VOID, l.statically("Lout/Log;", "write", TAKES, LAST)),
                  interfaces=(l.RUNNABLE,))  # fmt: skip
    code = l.static("LMain;", "m", l.VOID, [*l.new(0, "LThing;"), *l.interfaced(l.RUNNABLE, "run", l.VOID, 0)])
    found = Linked(k.kin("LMain;", SEE, code), thing, other).uses("LMain;->m()V", "new-instance")
    assert SEEN in found
    assert not any(method.startswith("LOther;") for method, _, _ in found)


def test_a_callback_is_entered_with_what_it_is_bound_to() -> None:
    taker = k.kin("LTaker;", l.constructor("LTaker;"), l.method(
        "LTaker;", "take", l.proto("V", l.OBJECT, l.OBJECT), l.statically("LMain;", "see", TAKES, 14),
    ), interfaces=("Lout/Taker;",))  # fmt: skip
    handed = l.virtual("Lout/Pool;", "pass", l.proto("V", "Lout/Taker;", l.OBJECT), 3, 2, 0)
    code = start(*l.made(2, "LTaker;"), *handed)
    opened = Linked(k.kin("LMain;", SEE, code), k.kin("LThing;"), taker)
    assert SEEN in opened.uses("LMain;->m()V", "new-instance")


def test_native_code_and_what_no_model_knows_are_lost() -> None:
    native = w.Method(w.MethodId("LMain;", "kept", TAKES), None, k.PUBLIC | k.STATIC | k.NATIVE)
    opened = main(native, start(*l.statically("LMain;", "kept", TAKES, 0)))
    assert opened.lost("LMain;->m()V", "new-instance") == ["passed to a native method"]
    opened = main(start(*l.statically("Lout/Log;", "write", TAKES, 0)))
    assert opened.lost("LMain;->m()V", "new-instance") == ["passed to Lout/Log;->write(Ljava/lang/Object;)V"]
    assert main(start()).lost("LMain;->m()V", "new-instance") == []


def test_recursion_comes_to_an_end() -> None:
    again = l.static("LMain;", "again", TAKES, l.statically("LMain;", "again", TAKES, LAST))
    opened = main(again, start(*l.statically("LMain;", "again", TAKES, 0)))
    found = opened.links.heap.uses(opened.id("LMain;->m()V"), opened.value("LMain;->m()V", "new-instance"))
    assert found.complete
    assert max(len(use.context) for use in found.uses) == MOST_CONTEXT


def test_readers_of_a_field_at_the_limit_and_beyond() -> None:
    for count, lost in ((MOST_READERS, 0), (MOST_READERS + 1, 1)):
        reads = l.static("LMain;", "r", l.VOID, [unit for _ in range(count) for unit in l.got_static(2, HELD)])
        opened = main(start(*l.put_static(0, HELD)), reads)
        assert len(opened.lost("LMain;->m()V", "new-instance")) == lost


def test_writers_and_readers_as_rows() -> None:
    opened = main(start(*l.put_static(0, HELD)), l.static("LMain;", "r", l.VOID, l.got_static(2, HELD)))
    columns = opened.program.parts[0].columns
    field = next(row for row in range(len(columns.field_names)) if columns.field_key(row)[1] == b"held")
    assert opened.links.heap.writers_of_field(0, field) == [(opened.id("LMain;->m()V"), 1)]
    assert opened.links.heap.readers_of_field(0, field) == [(opened.id("LMain;->r()V"), 0)]


def test_a_value_that_is_no_value_has_no_uses() -> None:
    opened = main(start())
    assert opened.links.heap.uses(opened.id("LMain;->m()V"), -1).uses == ()
    assert opened.links.heap.uses(opened.id("LMain;->m()V"), 2**31).uses == ()


def test_nothing_keeps_a_program_that_was_let_go() -> None:
    opened = main(start(*see(0)))
    assert opened.links.heap.uses(opened.id("LMain;->m()V"), 0) is not None
    program = weakref.ref(opened.program)
    del opened
    gc.collect()
    assert program() is None
