"""Digests of method bodies: the same wherever the method stands, another when anything of it changes."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.columns import body_sha256, build, same_body
from tests.bytecode import dex_writer as w
from tests.bytecode.columns.code_drawn import (
    CALLEES,
    CAUGHT,
    FIELDS,
    TARGET,
    definition,
    digest,
    file,
    methods,
    strangers,
)

CODE: list[w.Unit] = [
    *w.const_string(0, "a word"),
    *w.invoke(0x71, CALLEES[0], 1, 2),
    *w.two(0x60, 1, w.Index("field", FIELDS[0])),
    *w.two(0x13, 3, 77),
    *w.two(0x38, 1, -4),
    0x002B, 4, 0,
    0x0E,
    *(0x0100, 1, 7, 0, 5, 0),
]  # fmt: skip
TRY = w.Try(0, 6, ((CAUGHT[0], 2), (None, 4)))
METHOD = w.Method(TARGET, CODE, tries=[TRY])


def replaced(old: list[w.Unit], new: list[w.Unit]) -> w.Method:
    at = next(i for i in range(len(CODE)) if CODE[i : i + len(old)] == old)
    return dataclasses.replace(METHOD, code=[*CODE[:at], *new, *CODE[at + len(old) :]])


CHANGES = {
    "a string": replaced(w.const_string(0, "a word"), w.const_string(0, "another")),
    "a register": replaced(w.const_string(0, "a word"), w.const_string(1, "a word")),
    "a callee's class": replaced(w.invoke(0x71, CALLEES[0], 1, 2), w.invoke(0x71, CALLEES[4], 1, 2)),
    "a callee's name": replaced(w.invoke(0x71, CALLEES[0], 1, 2), w.invoke(0x71, CALLEES[2], 1, 2)),
    "a callee's parameters": replaced(w.invoke(0x71, CALLEES[0], 1, 2), w.invoke(0x71, CALLEES[1], 1, 2)),
    "an argument": replaced(w.invoke(0x71, CALLEES[0], 1, 2), w.invoke(0x71, CALLEES[0], 1, 3)),
    "an opcode": replaced(w.invoke(0x71, CALLEES[0], 1, 2), w.invoke(0x6E, CALLEES[0], 1, 2)),
    "a field": replaced(
        w.two(0x60, 1, w.Index("field", FIELDS[0])), w.two(0x60, 1, w.Index("field", FIELDS[1]))
    ),
    "a number": replaced(w.two(0x13, 3, 77), w.two(0x13, 3, 78)),
    "a distance": replaced(w.two(0x38, 1, -4), w.two(0x38, 1, -6)),
    "a case of a switch": replaced([0x0100, 1, 7, 0], [0x0100, 1, 8, 0]),
    "a target of a switch": replaced([0x0100, 1, 7, 0, 5, 0], [0x0100, 1, 7, 0, 6, 0]),
    "the registers": dataclasses.replace(METHOD, registers=15),
    "an exception": dataclasses.replace(METHOD, tries=[w.Try(0, 6, ((CAUGHT[1], 2), (None, 4)))]),
    "a handler": dataclasses.replace(METHOD, tries=[w.Try(0, 6, ((CAUGHT[0], 4), (None, 4)))]),
    "a try range": dataclasses.replace(METHOD, tries=[w.Try(0, 4, ((CAUGHT[0], 2), (None, 4)))]),
    "no try range": dataclasses.replace(METHOD, tries=[]),
}  # fmt: skip


@given(methods(), strangers(), strangers())
def test_a_body_is_the_same_among_any_others(method: w.Method, some: list[w.Class], others: list[w.Class]) -> None:
    one, other = file(method, some), file(method, others, ["strings", "of", "others"])
    assert digest(one) == digest(other) != (0, 0)
    rows = definition(build(one)), definition(build(other))
    assert same_body(one, rows[0], other, rows[1])
    assert body_sha256(one, rows[0]) == body_sha256(other, rows[1])


@given(methods(), methods())
def test_digests_are_equal_exactly_where_canonical_bytes_are(one: w.Method, other: w.Method) -> None:
    files = file(one, []), file(other, [])
    rows = [definition(build(dex)) for dex in files]
    assert (digest(files[0]) == digest(files[1])) == same_body(files[0], rows[0], files[1], rows[1])


@pytest.mark.parametrize("what", CHANGES)
def test_one_change_makes_another_body(what: str) -> None:
    before, after = file(METHOD, []), file(CHANGES[what], [])
    assert digest(before) != digest(after)
    assert body_sha256(before, definition(build(before))) != body_sha256(after, definition(build(after)))


def test_a_method_without_code_has_no_digest() -> None:
    dex = file(dataclasses.replace(METHOD, code=None, tries=[]), [])
    assert digest(dex) == (0, 0)


@given(st.integers(-3, 3), st.booleans())
def test_a_jumbo_string_counts_as_a_short_one(extra: int, covered: bool) -> None:  # noqa: FBT001
    def method(load: list[w.Unit]) -> w.Method:
        size = len(load)
        code = [*w.two(0x38, 1, size + 2 + 1), *load, 0x00, 0x0E, *w.two(0x38, 1, -(size + 3) + (extra == 0))]
        tries = [w.Try(2, size, ((CAUGHT[0], 2 + size),))] if covered else []
        return w.Method(TARGET, code, tries=tries)

    short, jumbo = (file(method(make(0, "a word")), []) for make in (w.const_string, w.const_string_jumbo))
    assert digest(short) == digest(jumbo)
    assert same_body(short, definition(build(short)), jumbo, definition(build(jumbo)))


def test_an_index_outside_its_table_is_kept_as_it_is() -> None:
    one, same, other = (file(w.Method(TARGET, [*w.two(0x1A, 0, index), 0x0E]), []) for index in (900, 900, 901))
    assert digest(one) == digest(same) != digest(other)


@pytest.mark.parametrize("row", [-1, 5, 1 << 31])
def test_a_row_outside_is_an_index_error(row: int) -> None:
    with pytest.raises(IndexError):
        body_sha256(file(METHOD, []), row)
