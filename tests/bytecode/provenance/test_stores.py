"""Reads of named stores and the writes under the same name, against programs written out by hand."""

import pytest

from assay.bytecode.provenance.store_names import Named
from assay.bytecode.provenance.terms import Kind
from tests.bytecode import dex_writer as w
from tests.bytecode.program import kin as k
from tests.bytecode.provenance import linked as l
from tests.bytecode.provenance.evaluated import Evaluated
from tests.bytecode.provenance.test_evaluator import FETCH, GIVES, TYPED, M

PREFS, STREAM = "Lout/Prefs;", "Lout/Stream;"
OPEN, EDIT = l.proto(PREFS, l.STRING), l.proto(PREFS)
READ, WRITE = l.proto(l.STRING, l.STRING, l.STRING), l.proto(PREFS, l.STRING, l.STRING)


def opened(register: int, name: str) -> list[w.Unit]:
    return [*l.text(9, name), *l.statically(PREFS, "open", OPEN, 9), *l.result(register)]


def read(name: str, key: str, default: str = "none") -> list[w.Unit]:
    return [
        *opened(1, name),
        *l.text(2, key),
        *l.text(3, default),
        *l.virtual(PREFS, "read", READ, 1, 2, 3),
        *l.result(0),
    ]


def write(name: str, key: str, *value: w.Unit) -> list[w.Unit]:
    """Through an editor; the value comes into v4."""
    return [*opened(1, name), *l.virtual(PREFS, "edit", EDIT, 1), *l.result(1), *value, *l.text(2, key),
            *l.virtual(PREFS, "write", WRITE, 1, 2, 4), *l.result(1)]  # fmt: skip


def program(reading: list[w.Unit], *writing: list[w.Unit], others: tuple[w.Method, ...] = ()) -> Evaluated:
    methods = [l.static("LOther;", f"w{n}", l.VOID, code) for n, code in enumerate(writing)]
    own = l.static("LMain;", "m", GIVES, [*reading, *l.given_back(0)])
    return Evaluated(k.kin("LMain;", own), k.kin("LOther;", *methods, *others))


def test_a_read_is_joined_with_the_writers_of_its_file_and_key() -> None:
    wanted = write("p", "k", *FETCH, *l.result(4))
    others = write("p", "n", *l.text(4, "wrong key")), write("q", "k", *l.text(4, "wrong file"))
    found = program(read("p", "k"), wanted, *others)
    term = found.returned(M)
    assert (term.kind, term.name) == (Kind.STORE, "preference:p/k")
    assert found.ends(M) == ["none", "network.response"]


def test_a_store_that_nobody_writes_has_its_default() -> None:
    found = program(read("p", "k", "d"))
    assert found.ends(M) == ["d"]
    assert found.shown(M) == 'preference:p/k{"d"}'


def test_a_helper_that_writes_under_a_given_key_does_not_mix_keys() -> None:
    of = l.proto("V", l.STRING, l.STRING)
    helper = l.static("LOther;", "set", of, [*opened(0, "p"), *l.virtual(PREFS, "write", WRITE, 0, 14, 15)])
    calls = []
    for key, value in (("k", "a"), ("n", "b")):
        calls += [*l.text(1, key), *l.text(2, value), *l.statically("LOther;", "set", of, 1, 2)]
    assert program(read("p", "k"), calls, others=(helper,)).ends(M) == ["none", "a"]


def test_a_helper_that_reads_a_given_key_is_told_apart_by_its_callers() -> None:
    of = l.proto(l.STRING, l.STRING)
    get = l.static("LOther;", "get", of, [*opened(0, "p"), *l.virtual(PREFS, "read", READ, 0, 15, 15), *l.result(0),
                                          *l.given_back(0)])  # fmt: skip
    reading = [*l.text(1, "k"), *l.statically("LOther;", "get", of, 1), *l.result(0)]
    writers = write("p", "k", *TYPED, *l.result(4)), write("p", "n", *l.text(4, "other"))
    found = program(reading, *writers, others=(get,))
    assert found.returned(M).name == "preference:p/k"
    assert found.ends(M) == ["k", "text.typed"]


def test_a_file_holds_what_was_written_to_its_stream() -> None:
    reading = [*l.text(1, "f"), *l.statically("Lout/File;", "in", l.proto(l.STRING, l.STRING), 1), *l.result(0)]
    out = [*l.text(1, "f"), *l.statically("Lout/File;", "out", l.proto(STREAM, l.STRING), 1), *l.result(2)]
    plain = [*out, *FETCH, *l.result(3), *l.virtual(STREAM, "write", l.proto("V", l.STRING), 2, 3)]
    found = program(reading, plain)
    assert found.returned(M).name == "file:f"
    assert "network.response" in found.ends(M)
    writer = "Lout/Writer;"
    wrapped = [*out, *l.made(4, writer, 2, of=l.proto("V", STREAM)), *FETCH, *l.result(3),
               *l.virtual(writer, "write", l.proto("V", l.STRING), 4, 3)]  # fmt: skip
    assert "network.response" in program(reading, wrapped).ends(M)


def test_a_value_that_is_written_back_is_cut_where_it_comes_round() -> None:
    again = [*read("p", "k"), 0x07 | 4 << 8, *write("p", "k")]
    assert program(read("p", "k"), again).ends(M) == ["none", "cycle"]


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        (("a", "k"), ("a", "k"), True),
        (("a", "k"), ("b", "k"), False),
        (("a", "k"), ("a", "n"), False),
        (("?", "k"), ("a", "k"), True),
        (("a", "?"), ("a", "k"), True),
        (("?", "?"), ("a", "k"), False),
        (("?", "k"), ("a", "n"), False),
        (("a", ""), ("a", ""), True),
        (("?", ""), ("a", ""), False),
    ],
)
def test_which_names_meet(one: tuple[str, str], other: tuple[str, str], meet: bool) -> None:  # noqa: FBT001
    assert Named(*one).meets(Named(*other)) is meet
    assert Named(*other).meets(Named(*one)) is meet
