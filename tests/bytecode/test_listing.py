"""Each format as one exact line."""

import pytest

from assay.bytecode.listing import listing
from tests.bytecode import dex_writer as w
from tests.bytecode.samples import CONTAINS, COUNT, method, one_class, opened, sample

PROTO = w.Proto("I", ("J",))


def lines(code: list[w.Unit]) -> list[str]:
    return [str(line) for line in listing(opened(one_class(method(code))), 0)]


def test_a_method() -> None:
    assert [str(line) for line in listing(opened(sample().write()), 0)] == [
        '0000: const-string v0, "a word"',
        "0002: invoke-virtual {v0, v0}, Ljava/lang/String;->contains(Ljava/lang/CharSequence;)Z",
        "0005: move-result v1",
        "0006: if-nez v1, :0000",
        "0008: sget v1, Lorg/example/Main;->count:I",
        "000a: packed-switch v0, :000e",
        "000d: return-void",
    ]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ([0x00], "nop"),
        ([0xF3], "unused-f3"),
        ([0xE3, 0x10], "unused-e3"),
        ([0x2101], "move v1, v2"),
        ([0xF212], "const/4 v2, -1"),
        ([0x0513, 0xFFFE], "const/16 v5, -2"),
        ([0x0114, 0x5678, 0x1234], "const v1, 305419896"),
        ([0x0115, 0x8000], "const/high16 v1, -2147483648"),
        ([0x0118, 1, 0, 0, 0x8000], "const-wide v1, -9223372036854775807"),
        ([0x0118, 0xFFFF, 0xFFFF, 0, 0], "const-wide v1, 4294967295"),
        ([0x0119, 1], "const-wide/high16 v1, 281474976710656"),
        ([0x0302, 0xFFFF], "move/from16 v3, v65535"),
        ([0x0003, 256, 257], "move/16 v256, v257"),
        ([0x0228], "goto :0002"),
        ([0xFE28], "goto :-2"),
        ([0x2132, 5], "if-eq v1, v2, :0005"),
        ([0x0190, 0x0302], "add-int v1, v2, v3"),
        ([0x21D0, 0xFFFF], "add-int/lit16 v1, v2, -1"),
        ([0x01D8, 0xFF02], "add-int/lit8 v1, v2, -1"),
        ([0x2152, w.Index("field", COUNT)], "iget v1, v2, Lorg/example/Main;->count:I"),
        ([0x2120, w.Index("type", "[I")], "instance-of v1, v2, [I"),
        (w.invoke(0x71, CONTAINS), "invoke-static {}, Ljava/lang/String;->contains(Ljava/lang/CharSequence;)Z"),
        (
            w.invoke(0x6F, CONTAINS, 1, 2, 3, 4, 15),
            "invoke-super {v1, v2, v3, v4, v15}, Ljava/lang/String;->contains(Ljava/lang/CharSequence;)Z",
        ),
        (
            [0x0374, w.Index("method", CONTAINS), 20],
            "invoke-virtual/range {v20 .. v22}, Ljava/lang/String;->contains(Ljava/lang/CharSequence;)Z",
        ),
        (
            [0x10FA, w.Index("method", CONTAINS), 1, w.Index("proto", PROTO)],
            "invoke-polymorphic {v1}, Ljava/lang/String;->contains(Ljava/lang/CharSequence;)Z, (J)I",
        ),
        (
            [0x01FB, w.Index("method", CONTAINS), 9, w.Index("proto", PROTO)],
            "invoke-polymorphic/range {v9 .. v9}, Ljava/lang/String;->contains(Ljava/lang/CharSequence;)Z, (J)I",
        ),
        ([0x01FF, w.Index("proto", PROTO)], "const-method-type v1, (J)I"),
        ([0x10FC, 7, 1], "invoke-custom {v1}, call_site@7"),
        ([0x01FE, 7], "const-method-handle v1, method_handle@7"),
        ([0x011A, 0xFFFF], "const-string v1, string@65535"),
        ([0x0171, 0xFFFF, 0], "invoke-static {}, method@65535"),
        (w.const_string(1, "a\ud800"), r'const-string v1, bytes "a\xed\xa0\x80"'),
        (w.const_string_jumbo(1, 'say "\n\u202e\0'), 'const-string/jumbo v1, "say \\"\\n\\u202e\\u0000"'),
    ],
)
def test_formats(code: list[w.Unit], line: str) -> None:
    assert lines(code) == [f"0000: {line}"]
