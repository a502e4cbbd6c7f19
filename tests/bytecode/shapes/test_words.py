"""Words: the same for all own classes, the names of the platform's members for the rest."""

from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.shapes.words import OTHER, OWN, OWN_ARRAY, reference_words, type_words
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w

APPEND = w.MethodId("Ljava/lang/StringBuilder;", "append", w.Proto("V"))
INIT = w.MethodId("Ljava/lang/Object;", "<init>", w.Proto("V"))
TRIM = w.MethodId("Ljava/lang/String;", "trim", w.Proto("V"))


def _built(code: list[w.Unit]) -> columns.Columns:
    id_ = w.MethodId("Lorg/example/A;", "m", w.Proto("V", ("[Lorg/example/B;", "I")))
    return columns.build(DexFile(BufferSource(w.write([w.Class("Lorg/example/A;", [w.Method(id_, code)])]))))


def test_own_types_are_all_the_same_and_arrays_of_them_too() -> None:
    built = _built([*w.RETURN_VOID])
    words, platform = type_words(built)
    found = {built.descriptor(row): word for row, word in enumerate(words.tolist())}
    assert (found[b"Lorg/example/A;"], found[b"[Lorg/example/B;"]) == (OWN, OWN_ARRAY)
    assert {built.descriptor(row) for row in platform.nonzero()[0].tolist()} >= {b"I", b"V"}


def test_what_every_class_calls_tells_nothing() -> None:
    code = [*w.invoke(0x6E, APPEND, 0), *w.invoke(0x70, INIT, 0), *w.invoke(0x6E, TRIM, 0), *w.RETURN_VOID]
    assert reference_words(_built(code)).telling.tolist() == [False, False, True]


def test_texts_tell_from_three_bytes_on() -> None:
    code = [*w.const_string(0, "ab"), *w.const_string(0, "abc"), *w.const_string_jumbo(0, "abc"), *w.RETURN_VOID]
    found = reference_words(_built(code))
    assert found.telling.tolist() == [False, True, True]
    assert found.words[1] == found.words[2] != found.words[0]
    assert OTHER not in found.words
