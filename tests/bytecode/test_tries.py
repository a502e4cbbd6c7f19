"""Try ranges and handlers: all of them, those of one method, and broken ones."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.bodies import Bodies
from assay.bytecode.dex import DexFile
from assay.bytecode.tries import BYTES_EACH, CATCH_ALL, UNKNOWN_TYPE, Tries, catch_types, read_tries, tries_of
from assay.model.problem import Problem
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import EXTREMES, opened

TYPES = ("Ljava/io/IOException;", "Lorg/example/Error;", "[I")
NAMES = st.sampled_from([*TYPES, None])


@st.composite
def covered(draw: st.DrawFn) -> tuple[int, list[w.Try]]:
    """A number of nops, and rising ranges over them."""
    size = draw(st.integers(1, 12))
    edges = sorted(draw(st.lists(st.integers(0, size), max_size=6).map(lambda x: x[: len(x) & ~1])))
    handler = st.tuples(st.sampled_from(TYPES), st.integers(0, size - 1))
    lists = st.tuples(st.lists(handler, max_size=4), st.none() | st.integers(0, size - 1)).filter(
        lambda both: bool(both[0]) or both[1] is not None
    )
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return size, [w.Try(low, high - low, rows(draw(lists))) for low, high in pairs]


def rows(both: tuple[list[tuple[str, int]], int | None]) -> tuple[tuple[str | None, int], ...]:
    typed, rest = both
    return (*typed, *([] if rest is None else [(None, rest)]))


def read(dex: DexFile) -> tuple[Tries, list[Problem]]:
    return read_tries(dex.data, dex.units, dex.bodies, len(dex.tables.types))


def read_one(dex: DexFile, definition: int) -> tuple[list[w.Try], list[str]]:
    ranges, problems = tries_of(dex.data, dex.units, dex.bodies, definition, len(dex.tables.types))
    names = {CATCH_ALL: None, UNKNOWN_TYPE: "?"}
    found = [
        w.Try(r.first, r.units, tuple((names.get(t, dex.names.type(t)), a) for t, a in r.handlers)) for r in ranges
    ]
    return found, [problem.what for problem in problems]


def method(name: str, size: int, tries: list[w.Try]) -> w.Method:
    return w.Method(w.MethodId("LA;", name, w.Proto("V")), [0x0E] * size, tries=tries)


@given(st.lists(covered(), min_size=1, max_size=4))
def test_what_was_written_is_read(bodies: list[tuple[int, list[w.Try]]]) -> None:
    methods = [method(f"m{n}", size, tries) for n, (size, tries) in enumerate(bodies)]
    dex = opened(w.write([w.Class("LA;", [*methods, w.Method(w.MethodId("LA;", "n", w.Proto("V")))])]))
    assert [read_one(dex, row) for row in range(len(bodies) + 1)] == [(tries, []) for _, tries in bodies] + [([], [])]
    whole, problems = read(dex)
    assert problems == []
    assert whole.first.tolist() == [each.first for _, tries in bodies for each in tries]
    assert np.diff(whole.starts).tolist() == [*(len(tries) for _, tries in bodies), 0]
    assert whole.address.tolist() == [at for _, tries in bodies for each in tries for _, at in each.handlers]


@given(st.lists(covered(), min_size=1, max_size=4))
def test_types_that_handlers_name(bodies: list[tuple[int, list[w.Try]]]) -> None:
    dex = opened(w.write([w.Class("LA;", [method(f"m{n}", size, tries) for n, (size, tries) in enumerate(bodies)])]))
    definitions, types = catch_types(read(dex)[0])
    found = zip(definitions.tolist(), map(dex.names.type, types.tolist()), strict=True)
    expected = {(n, t) for n, (_, tries) in enumerate(bodies) for each in tries for t, _ in each.handlers if t}
    pairs = list(found)
    assert set(pairs) == expected
    assert len(pairs) == len(expected)


@pytest.mark.parametrize("definition", [-1, 1, 2**31])
def test_a_definition_outside_the_table_is_an_error_of_the_caller(definition: int) -> None:
    dex = opened(w.write([w.Class("LA;", [method("m", 1, [])])]))
    with pytest.raises(IndexError):
        read_one(dex, definition)


def broken(patch: bytes, at: int) -> tuple[list[w.Try], list[str]]:
    """Read a method of three units whose bytes behind the code are patched, `at` counted from its try_items.

    The list of handlers, at 8: 1 list; -1 handlers, type 0, address 2; address 1. Behind it lies another code_item.
    """
    wanted = method("m", 3, [w.Try(0, 2, (("[I", 2), (None, 1)))])
    writer = w.Writer([w.Class("LA;", [wanted, method("n", 20, [])])])
    raw = bytearray(writer.write())
    table = writer.code_offsets[wanted.id] + 16 + 8
    raw[table + at : table + at + len(patch)] = patch
    return read_one(opened(bytes(raw)), 0)


SOUND = w.Try(0, 2, (("[I", 2), (None, 1)))


def test_the_place_that_is_patched_is_that_of_the_list() -> None:
    assert broken(b"", 0) == ([SOUND], [])


@pytest.mark.parametrize("first", [1, 3, *EXTREMES])
def test_a_range_beyond_the_code_is_cut_to_it(first: int) -> None:
    found, said = broken(struct.pack("<IH", first, 3), 0)
    low = min(first, 3)
    assert found == [w.Try(low, 3 - low, SOUND.handlers)]
    assert said == ["try ranges reach beyond the code of their method (1; the first here)"]


def test_a_range_up_to_the_end_is_whole() -> None:
    assert broken(struct.pack("<IH", 0, 3), 0) == ([w.Try(0, 3, SOUND.handlers)], [])


def test_ranges_that_do_not_rise_are_kept_and_said() -> None:
    tries = [w.Try(1, 1, ((None, 0),)), w.Try(0, 1, ((None, 0),))]
    dex = opened(w.write([w.Class("LA;", [method("m", 2, tries)])]))
    assert read_one(dex, 0) == (tries, ["try ranges overlap or do not rise (1; the first here)"])


def test_handlers_outside_the_file() -> None:
    found, said = broken(struct.pack("<H", 0xFFFF), 6)
    assert (found, said) == ([w.Try(0, 2, ())], ["try ranges lead to handlers outside the file (1; the first here)"])


def test_handlers_that_break_off_are_read_up_to_there() -> None:
    found, said = broken(b"\xff" * 6, 8 + 4)
    assert found == [w.Try(0, 2, SOUND.handlers[:1])]
    assert said == ["lists of exception handlers break off (1; the first here)"]


def test_handlers_that_end_with_the_file() -> None:
    wanted = method("m", 1, [w.Try(0, 1, ((None, 0),))])
    writer = w.Writer([w.Class("LA;", [wanted])])
    raw = bytearray(writer.write())
    table = writer.code_offsets[wanted.id] + 16 + 4
    raw[table + 6 : table + 8] = struct.pack("<H", len(raw) - 1 - table - 8)
    assert raw[-1] == 0
    said = ["lists of exception handlers break off (1; the first here)"]
    assert read_one(opened(bytes(raw)), 0) == ([w.Try(0, 1, ())], said)


@pytest.mark.parametrize("count", [b"\x7f", b"\xff\xff\xff\xff\x07", b"\x80\x80\x80\x80\x78"])
def test_counts_of_handlers_beyond_the_file_end(count: bytes) -> None:
    """-1, 2**31 - 1 and -2**31: each ends with the file, never in a hang."""
    found, _ = broken(count, 8 + 1)
    assert len(found[0].handlers) <= 200


@pytest.mark.parametrize("type_", [b"\x7f", b"\xff\xff\xff\xff\x0f"])
def test_a_type_that_does_not_exist_is_kept_as_unknown(type_: bytes) -> None:
    found, said = broken(b"\x01" + type_ + b"\x02", 8 + 1)
    assert found == [w.Try(0, 2, (("?", 2),))]
    assert said == ["exception handlers name a type that is not in its table (1; the first here)"]


def test_a_handler_outside_the_code_is_left_out() -> None:
    found, said = broken(b"\x7f\x00\x03\x02", 8 + 1)
    assert found == [w.Try(0, 2, ((None, 2),))]
    assert said == ["exception handlers lead outside the code of their method (1; the first here)"]


def test_ranges_beyond_the_file() -> None:
    wanted = method("m", 1, [SOUND])
    writer = w.Writer([w.Class("LA;", [wanted])])
    raw, at = writer.write(), writer.code_offsets[wanted.id]
    dex = opened(raw[: at + 6] + b"\xff\xff" + raw[at + 8 :])
    assert "lists of try ranges break off (1; the first here)" in [problem.what for problem in read(dex)[1]]


def test_handlers_that_all_ranges_share_are_read_up_to_the_limit() -> None:
    many = tuple(("[I", 0) for _ in range(300))
    raw = w.write([w.Class("LA;", [method("m", 200, [w.Try(n, 1, many) for n in range(100)])])])
    whole, problems = read(opened(raw))
    assert len(problems) == 1
    assert problems[0].what.startswith("try ranges or exception handlers are shared so often")
    assert len(whole.address) == len(raw) // BYTES_EACH


def test_ranges_that_all_methods_share_are_read_up_to_the_limit() -> None:
    raw = w.write([w.Class("LA;", [method("m", 40, [w.Try(n, 1, ((None, 0),)) for n in range(40)])])])
    dex = opened(raw)
    assert len(read(dex)[0].first) == 40
    bodies = Bodies(np.repeat(dex.bodies.first[:1], 1000), np.repeat(dex.bodies.size[:1], 1000))
    whole, problems = read_tries(dex.data, dex.units, bodies, len(dex.tables.types))
    assert (len(whole.first), len(problems)) == (len(raw) // BYTES_EACH, 1)
