"""The row of an index, and what it does not follow."""

from assay.bytecode.dex import DexFile
from assay.bytecode.digest import index_sha256
from assay.facts.code_index import code_index
from assay.model.coverage import NotFollowed
from assay.model.problem import Problem
from assay.model.source import BufferSource
from assay.registry import BENCH
from assay.vocabulary.code import CodeIndex
from tests.bytecode import dex_writer as w
from tests.bytecode import test_call_sites as call_sites
from tests.bytecode.dex_parts import TYPE, Note, Value
from tests.bytecode.samples import CONTAINS, COUNT, method, one_class, opened, sample, with_u4


def test_the_row_counts_what_was_written() -> None:
    code: list[w.Unit] = [
        *w.const_string(0, "a"),
        *w.const_string_jumbo(0, "b"),
        *w.invoke(0x6E, CONTAINS, 0, 0),
        *w.invoke(0x78, CONTAINS, 0, 0),
        *w.invoke(0x71, CONTAINS, 0, 0),
        *w.two(0x60, 1, w.Index("field", COUNT)),
        *w.two(0x1C, 1, w.Index("type", "[I")),
        0x0E,
    ]
    note = Note("LNote;", (("value", Value(TYPE, "LE;")),))
    hidden, free = w.FieldId("LA;", "f", "I"), w.FieldId("LA;", "g", "I")
    body = method(code)
    body.tries = [w.Try(0, 2, (("LE;", 0), ("LE;", 0), (None, 0)))]
    empty = w.Method(w.MethodId("LA;", "n", w.Proto("V")), hidden=2)
    class_ = w.Class(
        "LA;", [body, empty], static_fields=[hidden, free], hidden={hidden: 1, free: 8}, annotations=[note]
    )
    writer = w.Writer([class_], version="039")
    dex = opened(writer.write())
    assert list(code_index(dex)) == [
        CodeIndex(
            version="039",
            strings=len(writer.ids.strings),
            types=len(writer.ids.types),
            fields=3,
            methods=3,
            classes=1,
            bodies=1,
            instructions=8,
            calls=3,
            string_uses=2,
            field_uses=1,
            type_uses=1,
            caught_types=1,
            annotation_uses=2,
            hidden_members=2,
            index_sha256=index_sha256(dex),
        )
    ]


def test_what_is_not_followed_is_counted() -> None:
    native = w.Method(w.MethodId("LA;", "n", w.Proto("V")), access=0x109)
    dex = opened(one_class(native, method([0x3E, 0x73, 0x0E])))
    row, *rest = code_index(dex)
    assert isinstance(row, CodeIndex)
    assert rest == [NotFollowed("native methods", 1), NotFollowed("instructions of unused opcodes", 2)]


def test_calls_that_no_table_of_the_file_leads_on_are_counted() -> None:
    known, unknown = call_sites.SITES[0], call_sites.SITES[3]
    sites = [known, unknown, call_sites.SITES[2]]
    code: list[w.Unit] = [unit for row in (0, 1, 1, 2) for unit in (0xFC, w.Index("call_site", row), 0)]
    proto = w.Index("proto", call_sites.MAKE)
    code += [0x10FA, w.Index("method", call_sites.LAMBDA), 0, proto, 0x0E]
    main = w.Class("Lorg/example/Main;", [w.Method(call_sites.START, code), w.Method(call_sites.LAMBDA, [0x0E])])
    raw = w.Writer([main], version="038", call_sites=sites, handles=call_sites.HANDLES).write()
    row, *rest = code_index(opened(raw))
    assert isinstance(row, CodeIndex)
    assert row.calls == 5
    assert rest == [
        NotFollowed("calls through invoke-custom whose target is not known", 2),
        NotFollowed("calls through method handles", 1),
    ]


def test_problems_of_handlers_and_hidden_members_are_told() -> None:
    body = method([0x0E])
    body.tries = [w.Try(0, 2, ((None, 0),))]
    assert changed(w.write([w.Class("LA;", [body])]))[0].endswith(
        "try ranges reach beyond the code of their method (1; the first here)"
    )


def test_interfaces_and_parameters_that_cannot_be_read_are_told() -> None:
    proto = w.Proto("V", ("I",))
    raw = w.write([w.Class("LA;", [w.Method(w.MethodId("LA;", "m", proto), None, access=0x109)])])
    whole = [one for one in code_index(opened(raw)) if isinstance(one, Problem)]
    classes, protos = (int.from_bytes(raw[at : at + 4], "little") for at in (0x64, 0x4C))
    raw = with_u4(with_u4(raw, classes + 12, len(raw)), protos + 8, len(raw) - 2)
    said = [one.what for one in code_index(opened(raw)) if isinstance(one, Problem) and one not in whole]
    outside = "lists of types lie outside the file or off the grid of four bytes (1; the first here)"
    assert [what for what in said if "lists of types" in what] == [outside, outside]


def changed(raw: bytes) -> list[str]:
    dex = DexFile(BufferSource(raw))
    return [f"{each.place} {each.what}" for each in code_index(dex) if isinstance(each, Problem)]


def test_a_changed_file_is_said() -> None:
    raw = sample().write()
    said = "in the header is not that of the bytes: the file was changed after it was made"
    checksum, signature = f"0x8+4 the checksum {said}", f"0xc+20 the signature {said}"
    assert changed(raw) == []
    assert changed(with_u4(raw, 8, 0)) == [checksum]
    assert changed(with_u4(raw, 12, 0)) == [checksum, signature]
    assert changed(raw[:-2] + b"\1\1") == [checksum, signature]
    assert changed(raw + b"behind the end, which no checksum covers") == []


def test_the_analyser_is_registered() -> None:
    (spec,) = (spec for spec in BENCH.analysers if spec.name == "code_index")
    assert (spec.reads, spec.emits) == ((DexFile,), (CodeIndex,))
