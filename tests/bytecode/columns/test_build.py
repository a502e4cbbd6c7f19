"""Columns of a DEX file, held against the file's model and against names put together by hand."""

import io
import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given

from assay.bytecode.columns import NONE, UNNAMED, Columns, build, checks, read, write
from assay.bytecode.columns.canonical import body_bytes
from assay.bytecode.columns.hashes import hash_of_field, hash_of_method, hash_of_prototype
from assay.bytecode.columns.linking import Linker
from assay.bytecode.dex import DexFile
from assay.bytecode.strings import hash_of
from assay.model.errors import Unreadable
from tests.bytecode import dex_writer as w
from tests.bytecode.columns.code_drawn import FIELDS, OWNER, file, methods, strangers
from tests.bytecode.samples import EXTREMES, opened, sample, with_u4
from tests.bytecode.test_dex_mutations import bases, mutated


def users_by_hand(columns: Columns, kind: int, rows: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(rows)]
    pairs = zip(columns.reference_kinds.tolist(), columns.reference_indices.tolist(), strict=True)
    for row, (sort, index) in enumerate(pairs):
        if sort == kind:
            found[index].append(row)
    return found


@given(methods(), strangers())
def test_names_are_those_of_the_file(method: w.Method, others: list[w.Class]) -> None:
    own = w.Writer([w.Class(OWNER, [method], [], [FIELDS[0]]), *others])
    columns, ids = build(opened(own.write())), own.ids
    assert [columns.string(row) for row in range(len(ids.strings))] == list(map(w.mutf8, ids.strings))
    assert [columns.descriptor(row).decode() for row in range(len(ids.types))] == ids.types
    assert [columns.prototype(row).decode() for row in range(len(ids.protos))] == list(map(str, ids.protos))
    keys = [tuple(part.decode() for part in columns.method_key(row)) for row in range(len(ids.methods))]
    assert keys == [(one.owner, one.name, str(one.proto)) for one in ids.methods]
    keys = [tuple(part.decode() for part in columns.field_key(row)) for row in range(len(ids.fields))]
    assert keys == [(one.owner, one.name, one.type) for one in ids.fields]


@given(methods(), strangers())
def test_users_are_those_found_by_looking_at_every_reference(method: w.Method, others: list[w.Class]) -> None:
    columns = build(file(method, others))
    tables = (
        (1, columns.string_user_starts, columns.string_users),
        (2, columns.type_user_starts, columns.type_users),
        (3, columns.field_user_starts, columns.field_users),
        (4, columns.method_user_starts, columns.method_users),
    )
    for kind, starts, rows in tables:
        found = [rows[low:high].tolist() for low, high in zip(starts.tolist(), starts.tolist()[1:], strict=False)]
        assert found == users_by_hand(columns, kind, len(starts) - 1)


@given(methods(), strangers(), strangers())
def test_a_name_has_the_same_hash_in_every_file(method: w.Method, some: list[w.Class], others: list[w.Class]) -> None:
    one, other = build(file(method, some)), build(file(method, others))

    def hashes(columns: Columns) -> dict[object, int]:
        found: dict[object, int] = {}
        for key, column in ((columns.method_key, columns.method_hashes), (columns.field_key, columns.field_hashes)):
            found |= {key(row): value for row, value in enumerate(column.tolist())}
        found |= {("p", columns.prototype(row)): value for row, value in enumerate(columns.proto_hashes.tolist())}
        return found | {("t", columns.descriptor(row)): value for row, value in enumerate(columns.type_hashes.tolist())}

    a, b = hashes(one), hashes(other)
    assert a.keys() & b.keys()
    assert {key: a[key] for key in a.keys() & b.keys()} == {key: b[key] for key in a.keys() & b.keys()}
    assert len(set(a.values())) == len(a)


def test_hashes_of_names_are_those_in_the_columns() -> None:
    columns = build(opened(sample().write()))
    rows = [columns.method_key(row) for row in range(len(columns.method_names))]
    row = rows.index((b"Lorg/example/Main;", b"run", b"(I[I)V"))
    prototype = hash_of_prototype(b"V", (b"I", b"[I"))
    assert columns.method_hashes[row] == hash_of_method(b"Lorg/example/Main;", b"run", prototype)
    assert columns.field_hashes[0] == hash_of_field(b"Lorg/example/Main;", b"count", b"I")
    assert columns.string_hashes[0] == hash_of(columns.string(0))


def test_definitions_and_classes_are_those_of_the_file() -> None:
    dex = opened(sample().write())
    columns = build(dex)
    assert [columns.descriptor(row) for row in columns.class_types.tolist()] == [b"Lorg/example/Main;"]
    assert columns.descriptor(int(columns.class_supers[0])) == b"Ljava/lang/Object;"
    assert columns.definition_methods.tolist() == dex.methods.method.tolist()
    assert columns.definition_code.tolist() == dex.methods.code.tolist()
    assert columns.problems == ()
    assert columns.dex_size == len(sample().write())


def test_every_column_is_settled() -> None:
    columns = build(opened(sample().write()))
    arrays = [getattr(columns, name) for name in columns.__struct_fields__]
    arrays = [array for array in arrays if isinstance(array, np.ndarray)]
    assert len(arrays) == 48
    assert all(array.flags["C_CONTIGUOUS"] and array.flags["ALIGNED"] for array in arrays)
    assert not any(array.flags["WRITEABLE"] for array in arrays)


def sections(raw: bytes) -> dict[str, int]:
    """Return the offset of each table of ids."""
    names = ("strings", "types", "protos", "fields", "methods", "classes")
    return {name: int.from_bytes(raw[0x3C + 8 * n : 0x40 + 8 * n], "little") for n, name in enumerate(names)}


def broken(table: str, at: int, value: int) -> DexFile:
    raw = sample().write()
    return opened(with_u4(raw, sections(raw)[table] + at, value))


@pytest.mark.parametrize("value", EXTREMES)
def test_what_points_outside_its_table_names_nothing(value: int) -> None:
    assert build(broken("types", 0, value)).type_strings[0] == NONE
    assert build(broken("types", 0, value)).descriptor(0) == UNNAMED
    assert build(broken("methods", 4, value)).method_key(0)[1] == UNNAMED
    assert build(broken("protos", 4, value)).prototype(0).endswith(UNNAMED)
    assert build(broken("classes", 8, value)).class_supers[0] == NONE


@pytest.mark.parametrize("value", EXTREMES)
def test_lists_of_types_outside_the_file_are_problems(value: int) -> None:
    columns = build(broken("protos", 12 + 8, value))
    assert any("lists of types lie outside" in problem.what for problem in columns.problems)
    assert np.all(np.diff(columns.proto_parameter_starts.astype(np.int64)) >= 0)


@pytest.mark.parametrize("index", [-1, 1 << 20])
def test_a_row_outside_is_an_index_error(index: int) -> None:
    columns = build(opened(sample().write()))
    for of in (columns.string, columns.descriptor, columns.prototype, columns.method_key, columns.field_key):
        with pytest.raises((IndexError, ValueError)):
            of(index)


@pytest.mark.mutation
def test_columns_of_changed_files_keep_every_rule(mutations: int) -> None:
    choice, files, linker = random.Random(20_260_102), bases(), Linker(3)
    became = Counter[str]()
    for number in range(max(600, mutations)):
        raw = mutated(files[number % len(files)], choice)
        try:
            dex = opened(raw)
        except Unreadable:
            became["unreadable"] += 1
            continue
        columns, stream = build(dex), io.BytesIO()
        assert checks.broken(columns) == ""
        write(columns, stream)
        again = read(stream.getvalue())
        assert again.problems == columns.problems
        numbers = linker.add(again)
        assert len(numbers.methods) == len(numbers.bodies) == len(columns.definition_methods)
        for row in range(len(columns.method_names)):
            again.method_key(row)
        for row in range(len(columns.definition_methods)):
            assert (body_bytes(dex, row) != b"") == bool(columns.definition_bodies[row].any())
        became["problems" if columns.problems else "columns"] += 1
    assert set(became) == {"unreadable", "problems", "columns"}
