"""Whole files: what went in comes out, under its names, at its places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.dex import MAX_DEX_BYTES, DexFile, open_dex
from assay.bytecode.opcodes import Reference
from assay.model.errors import Unreadable
from assay.model.source import BufferSource
from assay.registry import BENCH
from tests.bytecode import dex_writer as w

LOG = w.MethodId("Lorg/example/Log;", "say", w.Proto("V", ("Ljava/lang/String;", "I")))
RUN = w.MethodId("Lorg/example/Main;", "run", w.Proto("V"))
STOP = w.MethodId("Lorg/example/Main;", "stop", w.Proto("V"))
COUNT = w.FieldId("Lorg/example/Main;", "count", "I")

CODE: list[w.Unit] = [
    *w.const_string(0, "grüße"),
    *w.two(0x60, 1, w.Index("field", COUNT)),
    *w.invoke(0x71, LOG, 0, 1),
    *w.two(0x22, 2, w.Index("type", "Lorg/example/Log;")),
    *w.const_string(0, "grüße"),
    *w.RETURN_VOID,
]
MAIN = w.Class(
    "Lorg/example/Main;",
    direct=[w.Method(RUN, CODE)],
    virtual=[w.Method(STOP, access=0x101)],
    static_fields=[COUNT],
)


def dex(raw: bytes) -> DexFile:
    return open_dex(BufferSource(raw))


@pytest.fixture(scope="module")
def file() -> w.Writer:
    return w.Writer([MAIN], ["unused", "😀"])


@pytest.fixture(scope="module")
def opened(file: w.Writer) -> DexFile:
    return dex(file.write())


def test_a_sound_file_has_no_problems(opened: DexFile) -> None:
    assert list(opened.problems) == []


def test_strings_come_in_the_order_of_their_ids(file: w.Writer, opened: DexFile) -> None:
    assert [opened.string_text(i) for i in range(opened.string_count)] == file.ids.strings
    assert [opened.string_bytes(i) for i in range(opened.string_count)] == [w.mutf8(s) for s in file.ids.strings]


def test_string_offsets_are_those_of_the_string_data_items(file: w.Writer, opened: DexFile) -> None:
    raw = opened.data.tobytes()
    for offset, text in zip(opened.string_offsets.tolist(), file.ids.strings, strict=True):
        item = w.uleb128(len(w.utf16_units(text))) + w.mutf8(text) + b"\0"
        assert raw[offset : offset + len(item)] == item


def test_names(file: w.Writer, opened: DexFile) -> None:
    assert [opened.method_name(i) for i in range(len(file.ids.methods))] == [str(m) for m in file.ids.methods]
    assert [opened.names.field(i) for i in range(len(file.ids.fields))] == [str(f) for f in file.ids.fields]
    assert [opened.names.type(i) for i in range(len(file.ids.types))] == file.ids.types


def test_users_are_method_and_code_offset(file: w.Writer, opened: DexFile) -> None:
    run = file.ids.index("method", RUN)
    assert list(opened.string_users(file.ids.index("string", "grüße"))) == [(run, 0), (run, 9)]
    assert list(opened.string_users(file.ids.index("string", "unused"))) == []
    assert list(opened.places(Reference.FIELD, file.ids.index("field", COUNT))) == [(run, 2)]
    assert list(opened.places(Reference.METHOD, file.ids.index("method", LOG))) == [(run, 4)]
    assert list(opened.places(Reference.TYPE, file.ids.index("type", "Lorg/example/Log;"))) == [(run, 7)]


@pytest.mark.parametrize("index", [-1, 10_000, 2**31, 2**32 - 1])
def test_an_index_outside_the_table_is_an_error_of_the_caller(opened: DexFile, index: int) -> None:
    with pytest.raises(IndexError):
        opened.string_bytes(index)
    with pytest.raises(IndexError):
        list(opened.string_users(index))


@pytest.mark.parametrize("index", [-1, 10_000, 2**31, 2**32 - 1])
def test_a_name_outside_the_table_is_shown_by_number(opened: DexFile, index: int) -> None:
    assert opened.method_name(index) == f"method@{index}"
    assert opened.names.field(index) == f"field@{index}"
    assert opened.names.type(index) == f"type@{index}"


def test_definitions(file: w.Writer, opened: DexFile) -> None:
    run, stop, log = (file.ids.index("method", method) for method in (RUN, STOP, LOG))
    assert opened.methods.method.tolist() == [run, stop]
    assert opened.methods.access.tolist() == [0x9, 0x101]
    assert opened.methods.code.tolist() == [file.code_offsets[RUN], 0]
    assert opened.fields.field.tolist() == [file.ids.index("field", COUNT)]
    assert (opened.definition(run), opened.definition(stop), opened.definition(log)) == (0, 1, None)


def test_a_string_is_found_by_its_bytes(file: w.Writer, opened: DexFile) -> None:
    assert opened.find_string(w.mutf8("😀")) == [file.ids.index("string", "😀")]
    assert opened.find_string(b"not there") == []


@pytest.mark.parametrize("version", ["035", "036", "037", "038", "039", "040", "041"])
def test_versions(version: str) -> None:
    opened = dex(w.write([MAIN], version=version))
    assert (opened.version, list(opened.problems), len(opened.references.pc)) == (version, [], 5)


def test_a_file_at_any_address_gives_the_same_index(file: w.Writer) -> None:
    raw = file.write()
    for shift in range(4):
        moved = dex(memoryview(bytes(shift) + raw)[shift:].tobytes())
        placed = open_dex(BufferSource(memoryview(bytearray(bytes(shift) + raw))[shift:]))
        assert moved.references.index.tolist() == placed.references.index.tolist()


class _Claimed:
    """A source of a claimed size that holds nothing."""

    def __init__(self, size: int) -> None:
        self.size = size

    def read(self, _offset: int, _length: int) -> bytes:
        return b""

    def view(self) -> memoryview:
        return memoryview(b"")


def test_the_largest_file_is_read_and_one_byte_more_is_not() -> None:
    with pytest.raises(Unreadable, match="too few"):
        open_dex(_Claimed(MAX_DEX_BYTES))
    with pytest.raises(Unreadable, match="are more than"):
        open_dex(_Claimed(MAX_DEX_BYTES + 1))


def test_the_reader_recognises_the_magic_number_alone() -> None:
    (spec,) = (spec for spec in BENCH.readers if spec.kind == "dex")
    assert (spec.rank, spec.gives) == (60, DexFile)
    assert spec.recognise(BufferSource(b"dex\n035\0"))
    for other in (b"", b"dex\n", b"dex\n03x\0", b"dex\n035\n", b"cdex001\0", b"PK\3\4aaaa"):
        assert not spec.recognise(BufferSource(other))


IDENTIFIER = st.text(alphabet="abcXYZ_$äß中", min_size=1, max_size=5)
TEXT = st.text(alphabet=st.characters(codec="utf-16", exclude_characters="\ufdd0"), max_size=8)


@st.composite
def programs(draw: st.DrawFn) -> tuple[list[w.Class], list[tuple[w.MethodId, int, str, w.Item]]]:
    """Classes with random code, and what each instruction refers to: (method, code offset, kind, item)."""
    names = draw(st.lists(IDENTIFIER, min_size=1, max_size=4, unique=True))
    classes, expected = [], []
    for name in names:
        owner = f"L{name};"
        class_ = w.Class(owner)
        for method_name in draw(st.lists(IDENTIFIER, max_size=4, unique=True)):
            id_ = w.MethodId(
                owner, method_name, w.Proto("V", tuple(draw(st.lists(st.sampled_from("IJZ"), max_size=3))))
            )
            code, refers = draw(bodies())
            class_.direct.append(w.Method(id_, code))
            expected += [(id_, pc, kind, item) for pc, kind, item in refers]
        classes.append(class_)
    return classes, expected


Piece = tuple[list[w.Unit], str, w.Item]
"""Units, and kind and item of what they refer to, empty for nothing."""


def loads(draw: st.DrawFn) -> Piece:
    text = draw(TEXT)
    return draw(st.sampled_from([w.const_string, w.const_string_jumbo]))(0, text), "string", text


def calls(draw: st.DrawFn) -> Piece:
    method = w.MethodId("Ljava/lang/String;", draw(IDENTIFIER), w.Proto("Z", ("Ljava/lang/String;",)))
    return w.invoke(draw(st.sampled_from([*range(0x6E, 0x73), *range(0x74, 0x79)])), method, 1, 2), "method", method


def accesses(draw: st.DrawFn) -> Piece:
    member = w.FieldId("Lorg/example/F;", draw(IDENTIFIER), "I")
    opcode, registers = draw(st.integers(0x52, 0x6D)), draw(st.integers(0, 255))
    return w.two(opcode, registers, w.Index("field", member)), "field", member


def types(draw: st.DrawFn) -> Piece:
    return w.two(draw(st.sampled_from([0x1C, 0x1F, 0x20, 0x22, 0x23])), 0, w.Index("type", "[I")), "type", "[I"


def others(draw: st.DrawFn) -> Piece:
    if draw(st.booleans()):
        return [0x18, *draw(st.lists(st.integers(0, 0xFFFF), min_size=4, max_size=4))], "", ""
    return w.one(draw(st.sampled_from([0x00, 0x01, 0x0A, 0x12, 0x21, 0x28, 0x3E, 0x7B, 0xB0, 0xF3])), 4), "", ""


def payloads(draw: st.DrawFn) -> Piece:
    """Each holds units that would be string loads or calls if they were read as instructions."""
    count = draw(st.integers(0, 7))
    packed, sparse = [0x0100, count, 0, 0, *[0x1A] * 2 * count], [0x0200, count, *[0x6E] * 4 * count]
    array = [0x0300, 1, count, 0, *[0x1A1A] * ((count + 1) // 2)]
    return list(draw(st.sampled_from([packed, sparse, array]))), "", ""


@st.composite
def bodies(draw: st.DrawFn) -> tuple[list[w.Unit], list[tuple[int, str, w.Item]]]:
    code: list[w.Unit] = []
    refers: list[tuple[int, str, w.Item]] = []
    for make in draw(st.lists(st.sampled_from([loads, calls, accesses, types, others, payloads]), max_size=12)):
        units, kind, item = make(draw)
        if kind:
            refers.append((len(code), kind, item))
        code += units
    return code, refers


@given(programs())
def test_references_are_exactly_those_written(
    program: tuple[list[w.Class], list[tuple[w.MethodId, int, str, w.Item]]],
) -> None:
    classes, expected = program
    writer = w.Writer(classes)
    opened = dex(writer.write())
    kinds = {"string": 1, "type": 2, "field": 3, "method": 4}
    rows = opened.references
    found = zip(rows.method.tolist(), rows.pc.tolist(), rows.kind.tolist(), rows.index.tolist(), strict=True)
    wanted = [(writer.ids.index("method", m), pc, kinds[k], writer.ids.index(k, item)) for m, pc, k, item in expected]
    assert sorted(found) == sorted(wanted)
    assert list(opened.problems) == []


@given(st.lists(TEXT, unique=True))
def test_any_text_comes_back(texts: list[str]) -> None:
    writer = w.Writer([], texts)
    opened = dex(writer.write())
    assert [opened.string_text(i) for i in range(opened.string_count)] == writer.ids.strings
