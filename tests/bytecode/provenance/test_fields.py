"""What fields hold: by object, by class, before anything is written."""

from assay.bytecode.provenance.terms import Kind
from tests.bytecode import dex_writer as w
from tests.bytecode.dex_parts import Value
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.evaluated import Evaluated
from tests.bytecode.provenance.test_evaluator import GIVES, SAME, TYPED, M

WORD = w.FieldId("LBox;", "word", l.STRING)
STATIC = w.FieldId("LBox;", "shared", l.STRING)
GET = "LBox;->get()Ljava/lang/String;"


def box(*methods: w.Method) -> k.Kin:
    """A class whose constructor takes a text, and with get()."""
    kept = l.constructor("LBox;", l.put(15, 14, WORD), l.proto("V", l.STRING))
    get = l.method("LBox;", "get", GIVES, [*l.got(0, 15, WORD), *l.given_back(0)])
    made = k.kin("LBox;", kept, get, *methods)
    made.instance_fields = [WORD]
    made.static_fields = [STATIC]
    return made


def boxed(register: int, text: int) -> list[w.Unit]:
    return l.made(register, "LBox;", text, of=l.proto("V", l.STRING))


def main(*code: w.Unit, kept: k.Kin | None = None) -> Evaluated:
    return Evaluated(k.kin("LMain;", l.static("LMain;", "m", GIVES, [*code, *l.given_back(0)])), kept or box())


def test_objects_of_one_class_are_told_apart() -> None:
    code = [
        *l.text(1, "a"),
        *boxed(2, 1),
        *l.text(1, "b"),
        *boxed(3, 1),
        *l.virtual("LBox;", "get", GIVES, 2),
        *l.result(0),
    ]
    opened = main(*code)
    assert opened.returned(M).value == "a"
    assert opened.ends(GET) == ["a", "b"]


def test_an_object_made_in_a_shared_method_is_told_apart_by_the_way_there() -> None:
    make = l.static("LBox;", "make", l.proto("LBox;", l.STRING), [*boxed(0, 15), *l.given_back(0)])
    calls = []
    for register, text in ((2, "a"), (3, "b")):
        calls += [*l.text(1, text), *l.statically("LBox;", "make", l.proto("LBox;", l.STRING), 1), *l.result(register)]
    opened = main(*calls, *l.virtual("LBox;", "get", GIVES, 3), *l.result(0), kept=box(make))
    assert opened.returned(M).value == "b"


def test_a_setter_writes_to_the_object_that_it_is_called_on() -> None:
    change = l.method("LBox;", "set", l.proto("V", l.STRING), l.put(15, 14, WORD))
    code = [*l.text(1, "a"), *boxed(2, 1), *boxed(3, 1), *TYPED, *l.result(4),
            *l.virtual("LBox;", "set", l.proto("V", l.STRING), 3, 4)]  # fmt: skip
    for register, ends in ((2, ["a"]), (3, ["a", "text.typed"])):
        opened = main(*code, *l.virtual("LBox;", "get", GIVES, register), *l.result(0), kept=box(change))
        assert sorted(map(str, opened.ends(M))) == ends


def test_a_field_that_no_constructor_writes_begins_as_nothing() -> None:
    change = l.method("LBox;", "set", l.proto("V", l.STRING), l.put(15, 14, WORD))
    bare = k.kin("LBox;", l.constructor("LBox;"), change)
    bare.instance_fields = [WORD]
    code = [*l.made(2, "LBox;"), *TYPED, *l.result(4), *l.virtual("LBox;", "set", l.proto("V", l.STRING), 2, 4),
            *l.got(0, 2, WORD)]  # fmt: skip
    assert sorted(map(str, main(*code, kept=bare).ends(M))) == ["None", "text.typed"]


def test_a_component_is_one_object() -> None:
    field = w.FieldId("LScreen;", "word", l.STRING)
    begin = l.method("LScreen;", "begin", l.VOID, [*TYPED, *l.result(0), *l.put(0, 15, field)])
    show = l.method("LScreen;", "show", GIVES, [*l.got(0, 15, field), *l.given_back(0)])
    screen = k.kin("LScreen;", begin, show, superclass="Landroid/app/Activity;")
    screen.instance_fields = [field]
    assert sorted(map(str, Evaluated(screen).ends("LScreen;->show()Ljava/lang/String;"))) == ["None", "text.typed"]


def test_static_fields_hold_what_is_written_and_what_they_begin_with() -> None:
    code = [*TYPED, *l.result(1), *l.put_static(1, STATIC), *l.got_static(0, STATIC)]
    kept = box()
    assert main(*code, kept=kept).ends(M) == ["text.typed", None]
    kept = box()
    kept.values = [Value(0x17, "first")]
    assert main(*code, kept=kept).ends(M) == ["text.typed", "first"]
    kept = box()
    kept.values = [Value(0x17, "only")]
    assert main(*l.got_static(0, STATIC), kept=kept).returned(M).value == "only"


def test_fields_of_what_was_parsed_have_remote_names() -> None:
    bare = k.kin("LBox;", l.constructor("LBox;"))
    bare.instance_fields = [WORD]
    read = l.proto("Ljava/lang/Object;", l.STRING, "Ljava/lang/Class;")
    code = [*TYPED, *l.result(1), *l.class_of(2, "LBox;"), *l.statically("Lout/Json;", "read", read, 1, 2),
            *l.result(3), *l.got(0, 3, WORD)]  # fmt: skip
    opened = main(*code, kept=bare)
    found = opened.returned(M)
    assert (found.kind, found.name) == (Kind.FIELD, "word")
    assert "text.typed" in opened.ends(M)
    assert opened.evaluator.remote_name(opened.read(M)) == "word"


def test_an_unknown_object_has_all_that_is_written() -> None:
    take = l.static("LMain;", "take", l.proto(l.STRING, "LBox;"), [*l.got(0, 15, WORD), *l.given_back(0)])
    make = l.static("LMain;", "m", SAME, [*l.text(1, "a"), *boxed(2, 1), *l.given_back(15)])
    opened = Evaluated(k.kin("LMain;", take, make), box())
    assert opened.ends("LMain;->take(LBox;)Ljava/lang/String;") == ["a"]


def test_an_object_that_a_library_made_of_an_answer_has_fields_of_the_answer() -> None:
    bare = k.kin("LBox;", l.constructor("LBox;", l.put(15, 15, WORD)))
    bare.instance_fields = [WORD]
    fetched = [*l.statically("Lout/Net;", "fetch", l.proto("LBox;")), *l.result(1), *l.got(0, 1, WORD)]
    found = main(*fetched, kept=bare).returned(M)
    assert (found.kind, found.name) == (Kind.FIELD, "word")
    typed = [*l.statically("Lout/Screen;", "typed", l.proto("LBox;")), *l.result(1), *l.got(0, 1, WORD)]
    assert main(*typed, kept=bare).returned(M).kind is not Kind.FIELD


def test_what_is_put_into_a_field_of_the_platform_is_read_from_it() -> None:
    """An out.Letter is filled and handed to a method that reads it; another one is filled with something else."""
    held = w.FieldId("Lout/Letter;", "held", l.STRING)
    read = l.static("LBox;", "read", l.proto(l.STRING, "Lout/Letter;"), [*l.got(0, 15, held), *l.given_back(0)])
    code = [*l.made(2, "Lout/Letter;"), *TYPED, *l.result(4), *l.put(4, 2, held),
            *l.made(3, "Lout/Letter;"), *l.text(5, "other"), *l.put(5, 3, held),
            *l.statically("LBox;", "read", l.proto(l.STRING, "Lout/Letter;"), 2), *l.result(0)]  # fmt: skip
    assert main(*code, kept=box(read)).ends(M) == ["text.typed"]
    unread = [*l.made(2, "Lout/Letter;"), *l.got(0, 2, held)]
    found = main(*unread).returned(M)
    assert (found.kind, found.name) == (Kind.CALL, "Lout/Letter;->held:Ljava/lang/String;")
