"""What invoke-custom calls, for lambdas, concatenations and everything else; and broken call sites."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.call_sites import CallSite, HandleKind, MethodHandle, implementation, recipe
from assay.bytecode.dex import DexFile
from assay.bytecode.opcodes import Reference
from tests.bytecode import dex_parts as p
from tests.bytecode import dex_writer as w
from tests.bytecode import values_drawn as drawn
from tests.bytecode.samples import EXTREMES, opened, with_u4

LOOKUP = ("Ljava/lang/invoke/MethodHandles$Lookup;", "Ljava/lang/String;", "Ljava/lang/invoke/MethodType;")


def bootstrap(owner: str, name: str) -> w.MethodId:
    return w.MethodId(f"Ljava/lang/invoke/{owner};", name, w.Proto("Ljava/lang/invoke/CallSite;", LOOKUP))


RUN = w.Proto("V")
LAMBDA = w.MethodId("Lorg/example/Main;", "lambda$start$0", w.Proto("V"))
MAKE = w.Proto("Ljava/lang/Runnable;")
START = w.MethodId("Lorg/example/Main;", "start", w.Proto("V"))
FIELD = w.FieldId("Lorg/example/Main;", "count", "I")
HANDLES: list[tuple[int, w.MethodId | w.FieldId]] = [
    (4, bootstrap("LambdaMetafactory", "metafactory")),
    (4, LAMBDA),
    (4, bootstrap("StringConcatFactory", "makeConcatWithConstants")),
    (4, bootstrap("LambdaMetafactory", "altMetafactory")),
    (1, FIELD),
    (4, bootstrap("Other", "metafactory")),
]


def site(handle: int, *arguments: p.Value, name: str = "run", proto: w.Proto = MAKE) -> list[p.Value]:
    return [p.Value(p.METHOD_HANDLE, handle), p.Value(p.STRING, name), p.Value(p.METHOD_TYPE, proto), *arguments]


def lambda_site(handle: int) -> list[p.Value]:
    types = p.Value(p.METHOD_TYPE, RUN)
    return site(handle, types, p.Value(p.METHOD_HANDLE, 1), types)


SITES = [
    lambda_site(0),
    lambda_site(3),
    site(2, p.Value(p.STRING, "\x01 of \x02"), p.Value(p.INT, 7), name="makeConcatWithConstants"),
    lambda_site(5),
    site(0, p.Value(p.METHOD_TYPE, RUN), p.Value(p.STRING, "no handle")),
    site(4),
]


def file(sites: list[list[p.Value]] | None = None) -> w.Writer:
    code: list[w.Unit] = [0xFC, w.Index("call_site", 0), 0, 0x0E]
    main = w.Class("Lorg/example/Main;", [w.Method(START, code), w.Method(LAMBDA, [0x0E])])
    return w.Writer([main], version="038", call_sites=SITES if sites is None else sites, handles=HANDLES)


def test_call_sites_are_resolved_to_what_they_run() -> None:
    writer = file()
    dex, method = opened(writer.write()), writer.ids.index("method", LAMBDA)
    found = [implementation(dex.call_site(row), dex.tables, dex.names) for row in range(len(SITES))]
    handle = MethodHandle(HandleKind.INVOKE_STATIC, method)
    assert found == [handle, handle, None, None, None, None]
    recipes = [recipe(dex.call_site(row), dex.tables, dex.names) for row in range(len(SITES))]
    assert recipes == [None, None, writer.ids.index("string", "\x01 of \x02"), None, None, None]
    assert [dex.call_site(row).problems for row in range(len(SITES))] == [()] * len(SITES)
    assert list(dex.places(Reference.CALL_SITE, 0)) == [(writer.ids.index("method", START), 0)]


@given(st.lists(drawn.leaves.filter(lambda value: value.sort != p.METHOD_HANDLE), max_size=5))
def test_what_was_written_is_read(arguments: list[p.Value]) -> None:
    writer = file([site(5, *arguments)])
    dex = opened(writer.write())
    found = dex.call_site(0)
    index = writer.ids.index
    assert (found.bootstrap, found.name, found.prototype) == (5, index("string", "run"), index("proto", MAKE))
    assert list(map(drawn.plain, found.arguments)) == [drawn.expected(each, writer.ids) for each in arguments]


def test_method_handles() -> None:
    writer = file()
    dex = opened(writer.write())
    index = writer.ids.index
    assert dex.method_handle(1) == MethodHandle(HandleKind.INVOKE_STATIC, index("method", LAMBDA))
    assert dex.method_handle(4) == MethodHandle(HandleKind.STATIC_GET, index("field", FIELD))
    assert [dex.method_handle(row) for row in (-1, len(HANDLES), 2**31)] == [None] * 3


@pytest.mark.parametrize("field", [(0, 9), (0, 0xFFFF), (4, 0x7FFF), (4, 0xFFFF)])
def test_handles_of_a_kind_or_member_that_does_not_exist_are_none(field: tuple[int, int]) -> None:
    writer = file()
    raw = writer.write()
    at = writer.sections[7][1] + field[0]
    dex = opened(raw[:at] + struct.pack("<H", field[1]) + raw[at + 2 :])
    assert dex.method_handle(0) is None
    assert implementation(dex.call_site(0), dex.tables, dex.names) is None


@pytest.mark.parametrize("index", [-1, 6, 2**31])
def test_a_call_site_outside_the_table_is_an_error_of_the_caller(index: int) -> None:
    with pytest.raises(IndexError):
        opened(file().write()).call_site(index)


def said(dex: DexFile) -> list[str]:
    return [problem.what for problem in dex.call_site(0).problems]


@pytest.mark.parametrize("value", EXTREMES)
def test_a_call_site_outside_the_file(value: int) -> None:
    writer = file()
    dex = opened(with_u4(writer.write(), writer.sections[6][1], value))
    assert said(dex) == [f"call sites break off: 1 bytes at 0x{value:x} lie outside the file"]
    assert dex.call_site(0).bootstrap is None


@pytest.mark.parametrize("values", [[], SITES[0][:2], SITES[0][1:], [p.Value(p.NULL)] * 3])
def test_call_sites_without_what_they_must_hold(values: list[p.Value]) -> None:
    dex = opened(file([values]).write())
    assert said(dex) == ["a call site does not begin with a method handle, a name and a prototype"]
    assert implementation(dex.call_site(0), dex.tables, dex.names) is None
    assert recipe(dex.call_site(0), dex.tables, dex.names) is None


def test_indices_of_a_call_site_that_are_not_in_their_table() -> None:
    dex = opened(file([site(0x7F)]).write())
    assert said(dex) == ["1 values of a call site are not in a table"]
    assert dex.call_site(0).bootstrap == 0x7F
    assert implementation(dex.call_site(0), dex.tables, dex.names) is None


def test_nothing_is_resolved_where_there_is_nothing() -> None:
    dex = opened(file().write())
    assert implementation(CallSite(), dex.tables, dex.names) is None
