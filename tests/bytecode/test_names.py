"""Names that are missing, too long, or lie."""

import struct

from assay.bytecode.names import MAX_NAME_BYTES, MAX_PARAMETERS
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import opened, with_u4


def method_names(*ids: w.MethodId) -> list[str]:
    dex = opened(w.write([w.Class("LA;", direct=[w.Method(id_) for id_ in ids])]))
    return [dex.method_name(row) for row in range(len(dex.tables.methods))]


def test_the_longest_name_is_shown_and_one_byte_more_is_not() -> None:
    for length, shown in ((MAX_NAME_BYTES, "n" * MAX_NAME_BYTES), (MAX_NAME_BYTES + 1, "string@3")):
        assert method_names(w.MethodId("LA;", "n" * length, w.Proto("V"))) == [f"LA;->{shown}()V"]


def test_the_most_parameters_are_shown_and_no_more() -> None:
    for count in (MAX_PARAMETERS, MAX_PARAMETERS + 1):
        (name,) = method_names(w.MethodId("LA;", "m", w.Proto("V", ("I",) * count)))
        assert name == f"LA;->m({'I' * MAX_PARAMETERS})V"


def test_the_longest_prototype_is_shown_and_one_character_more_is_not() -> None:
    type_ = f"L{'t' * (MAX_NAME_BYTES // 2 - 4)};"
    longest, longer = w.Proto("V", (type_, type_, "I")), w.Proto("V", (type_, type_, "I", "I"))
    assert (len(str(longest)), len(str(longer))) == (MAX_NAME_BYTES, MAX_NAME_BYTES + 1)
    assert method_names(w.MethodId("LA;", "m", longest)) == [f"LA;->m{longest}"]
    assert method_names(w.MethodId("LA;", "m", longer)) == ["LA;->mproto@0"]


def test_a_parameter_list_outside_the_file_is_empty() -> None:
    raw = w.write([w.Class("LA;", direct=[w.Method(w.MethodId("LA;", "m", w.Proto("V", ("I",))))])])
    (protos,) = struct.unpack_from("<I", raw, 0x4C)
    for offset in (len(raw) - 3, len(raw), 0x7FFFFFFF, 0xFFFFFFFF):
        assert opened(with_u4(raw, protos + 8, offset)).method_name(0) == "LA;->m()V"


def test_a_name_that_is_not_text_is_shown_byte_by_byte() -> None:
    for owner, name, shown in (
        ("LA;", "a\ud800", r"LA;->a\xed\xa0\x80()V"),
        ("\ud800", "m", r"\xed\xa0\x80->m()V"),
        ("\ufdd0", "m", r"\xef\xb7\x90->m()V"),
    ):
        dex = opened(w.write([w.Class("LB;", direct=[w.Method(w.MethodId(owner, name, w.Proto("V")))])]))
        assert dex.method_name(0) == shown
