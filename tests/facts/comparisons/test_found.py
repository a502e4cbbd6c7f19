"""Comparisons that cross into native code: words, texts and answers that come from there."""

import pytest

from assay.applications.tracing import Tracing
from assay.bytecode.gates.truth import Truth
from assay.bytecode.sites.program import program_sites
from assay.facts.comparisons.found import Finder, Found
from tests.bytecode import dex_writer as w
from tests.bytecode.effects.followed import IF_EQZ, IF_GE, IF_GEZ, IF_LEZ, IF_LTZ, IF_NEZ, Item, laid
from tests.bytecode.program import kin as k
from tests.bytecode.provenance.linked import constant, interfaced, proto, result, statically, text, virtual
from tests.facts.weaknesses.apps import Stated, app

STRING, MAIN, NATIVE = "Ljava/lang/String;", "Lorg/example/app/Main;", "Lorg/example/app/Native;"
EDITABLE, ARRAY = "Landroid/text/Editable;", "[Ljava/lang/String;"
TEXT, WORDS, HANDLE = 5, 6, 8
TYPED = [
    *constant(0, 0), *virtual("Landroid/widget/EditText;", "getText", proto(EDITABLE), 0), *result(0),
    *virtual("Ljava/lang/Object;", "toString", proto(STRING), 0), *result(TEXT),
]  # fmt: skip
TOAST = virtual("Landroid/widget/Toast;", "show", proto("V"), 0)
CONTAINS = virtual(STRING, "contains", proto("Z", "Ljava/lang/CharSequence;"), TEXT, WORDS)
ANSWER: list[w.Unit] = [0x0A]


def natively(name: str, of: w.Proto) -> w.Method:
    return w.Method(w.MethodId(NATIVE, name, of), None, k.PUBLIC | k.STATIC | k.NATIVE)


def found(declared: w.Method, *items: Item) -> list[Found]:
    """What is found in a service that does this when it begins; register 0 is its own."""
    code = laid(*items, [0x0E])
    main = k.kin(MAIN, k.method(MAIN, "onCreate", k.PUBLIC, code), superclass="Landroid/app/Service;")
    opened = app([main, k.kin(NATIVE, declared)], [Stated("org.example.app.Main")])
    sites, finder = program_sites(opened.code), Finder(Tracing(opened))
    return [each for site in sites.taken(sites.kept) for each in finder.at(site)]


def asked(of: w.Proto, test: int, *registers: int) -> list[Found]:
    """What is found where a native method is asked about what was typed, and its answer tested before a message."""
    call = statically(NATIVE, "check", of, *registers)
    given: list[w.Unit] = [*TYPED, 0x16 | HANDLE << 8, 7]
    return found(natively("check", of), given, call, ANSWER, (test, 0, -1, "end"), TOAST, "end")


@pytest.mark.parametrize(
    ("of", "registers"),
    [
        (proto("Z", STRING), (TEXT,)),
        (proto("Z", "J", STRING), (HANDLE, HANDLE + 1, TEXT)),
        (proto("Z", "I", STRING, "J"), (HANDLE, TEXT, HANDLE, HANDLE + 1)),
    ],
)
def test_a_text_of_which_native_code_says_yes_or_no_is_compared_with_words_that_are_not_known(
    of: w.Proto, registers: tuple[int, ...]
) -> None:
    (one,) = asked(of, IF_EQZ, *registers)
    assert (one.list_side.word, one.text_side.word) == ("unknown", "typed")
    assert (one.outcome.consequences, one.remote_content) == (("message",), "unknown")
    assert {line.unset for line in one.gate.lines} == {Truth.YES}
    assert ("list origin", "a way to the list") in one.lost


@pytest.mark.parametrize("test", [IF_LEZ, IF_LTZ, IF_EQZ])
def test_a_number_that_native_code_answers_is_a_rank_or_a_place(test: int) -> None:
    (one,) = asked(proto("I", STRING), test, TEXT)
    assert one.outcome.consequences == ("message",)


@pytest.mark.parametrize("test", [IF_NEZ, IF_GEZ])
def test_a_message_where_nothing_is_found_is_none_of_a_match(test: int) -> None:
    assert [each.outcome.consequences for each in asked(proto("I", STRING), test, TEXT)] == [("refused",)]


def test_a_text_that_native_code_makes_of_another_is_no_answer() -> None:
    of = proto(STRING, STRING)
    call = [*statically(NATIVE, "check", of, TEXT), *result(0)]
    assert found(natively("check", of), TYPED, call, (IF_EQZ, 0, -1, "end"), TOAST, "end") == []


def test_words_that_are_handed_to_native_code_with_the_text_are_the_list() -> None:
    of = proto("Z", STRING, ARRAY)
    words = [*constant(1, 2), 0x23 | WORDS << 8 | 1 << 12, w.Index("type", ARRAY), *constant(1, 0), *text(2, "word"),
             0x4D | 2 << 8, WORDS | 1 << 8]  # fmt: skip
    call = [*statically(NATIVE, "check", of, TEXT, WORDS), *ANSWER]
    (one,) = found(natively("check", of), TYPED, words, call, (IF_EQZ, 0, -1, "end"), TOAST, "end")
    assert (one.list_side.word, one.text_side.word) == ("constants", "typed")
    assert one.outcome.consequences == ("message",)


def looped(before: list[w.Unit]) -> tuple[Item, ...]:
    """A text asked for one word of the array in register 3 after the other, with a message on a match."""
    each: list[w.Unit] = [0x46 | WORDS << 8, 3 | 1 << 8]
    again = ("again", each, CONTAINS, ANSWER, (IF_EQZ, 0, -1, "next"), TOAST, "next")
    return before, *again, virtual("Ljava/util/Random;", "nextBoolean", proto("Z"), 0), ANSWER, (IF_NEZ, 0, -1, "again")


@pytest.mark.parametrize(
    ("of", "registers"), [(proto(ARRAY), ()), (proto(ARRAY, "J", STRING), (HANDLE, HANDLE + 1, 2))]
)
def test_words_that_come_out_of_native_code_are_not_known(of: w.Proto, registers: tuple[int, ...]) -> None:
    words = [*constant(1, 0), 0x16 | HANDLE << 8, 7, *text(2, "words"), *statically(NATIVE, "all", of, *registers)]
    (one,) = found(natively("all", of), *looped([*TYPED, *words, *result(3)]))
    assert (one.list_side.word, one.text_side.word, one.remote_content) == ("unknown", "typed", "unknown")
    assert one.outcome.consequences == ("message",)
    assert {line.unset for line in one.gate.lines} == {Truth.YES}


def test_a_text_that_comes_out_of_native_code_is_not_known_and_compared_with_known_words() -> None:
    of = proto(STRING)
    native = [*statically(NATIVE, "next", of), *result(TEXT)]
    words = [*constant(1, 2), 0x23 | 3 << 8 | 1 << 12, w.Index("type", ARRAY), *constant(1, 0), *text(2, "word"),
             0x4D | 2 << 8, 3 | 1 << 8]  # fmt: skip
    (one,) = found(natively("next", of), *looped([*native, *words]))
    assert (one.list_side.word, one.text_side.word, one.remote_content) == ("constants", "unknown", "no")
    assert one.outcome.consequences == ("message",)


def test_words_of_native_code_and_a_text_of_which_nothing_is_known_say_nothing() -> None:
    native = [*constant(1, 0), *statically(NATIVE, "all", proto(ARRAY)), *result(3)]
    some = [*virtual("Lout/Some;", "some", proto(STRING), 0), *result(TEXT)]
    assert found(natively("all", proto(ARRAY)), *looped([*some, *native])) == []


def test_how_many_words_native_code_gives_leaves_no_doubt_about_what_else_is_asked() -> None:
    settings = "Landroid/content/SharedPreferences;"
    wanted: list[w.Unit] = [*TYPED, *constant(0, 0), *constant(1, 0), *text(2, "filter")]
    wanted += [*interfaced(settings, "getBoolean", proto("Z", STRING, "Z"), 0, 2, 1), *ANSWER]
    words = [*statically(NATIVE, "all", proto(ARRAY)), *result(3), *constant(1, 0)]
    length: list[w.Unit] = [0x21 | 4 << 8 | 3 << 12]
    each: list[w.Unit] = [0x46 | WORDS << 8, 3 | 1 << 8]
    onward: list[w.Unit] = [0xD8 | 1 << 8, 1 | 1 << 8]
    (one,) = found(
        natively("all", proto(ARRAY)), wanted, (IF_EQZ, 0, -1, "end"), words, length, "again", (IF_GE, 1, 4, "end"),
        each, CONTAINS, ANSWER, (IF_NEZ, 0, -1, "match"), onward, (IF_GE, 4, 4, "again"), "match", TOAST, "end",
    )  # fmt: skip
    lines = {(line.unset, line.server_opens, line.user_opens) for line in one.gate.lines}
    assert lines == {(Truth.NO, Truth.NO, Truth.YES)}
