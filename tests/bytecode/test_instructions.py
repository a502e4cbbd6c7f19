"""Every format, encoded here by hand as the specification draws it, comes out of the columns."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from assay.bytecode.dex import DexFile
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w

RUN = w.MethodId("Lorg/example/Main;", "run", w.Proto("V"))
Row = tuple[int, int, int, int]

nibble, byte, unit = st.integers(0, 15), st.integers(0, 255), st.integers(0, 0xFFFF)
signed4, signed8 = st.integers(-8, 7), st.integers(-128, 127)
signed16, signed32 = st.integers(-(2**15), 2**15 - 1), st.integers(-(2**31), 2**31 - 1)


def halves(value: int) -> list[int]:
    return list(struct.unpack("<2H", struct.pack("<i", value)))


@st.composite
def instructions(draw: st.DrawFn) -> tuple[list[int], Row]:
    """Units and (opcode, a, b, c) of one instruction of a random format."""
    make = draw(st.sampled_from(MAKERS))
    units, row = make(draw)
    return list(units), row


def f10x(_draw: st.DrawFn) -> tuple[list[int], Row]:
    return [0x0E], (0x0E, 0, 0, 0)


def f12x(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, b, op = draw(nibble), draw(nibble), draw(st.sampled_from([0x01, 0x07, 0x21, 0x7B, 0x8F, 0xB0, 0xCF]))
    return [op | a << 8 | b << 12], (op, a, b, 0)


def f11n(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, b = draw(nibble), draw(signed4)
    return [0x12 | a << 8 | (b & 15) << 12], (0x12, a, b, 0)


def f11x(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, op = draw(byte), draw(st.sampled_from([0x0A, 0x0D, 0x0F, 0x1D, 0x27]))
    return [op | a << 8], (op, a, 0, 0)


def f10t(draw: st.DrawFn) -> tuple[list[int], Row]:
    a = draw(signed8)
    return [0x28 | (a & 255) << 8], (0x28, a, 0, 0)


def f20t(draw: st.DrawFn) -> tuple[list[int], Row]:
    a = draw(signed16)
    return [0x29, a & 0xFFFF], (0x29, a, 0, 0)


def f30t(draw: st.DrawFn) -> tuple[list[int], Row]:
    a = draw(signed32)
    return [0x2A, *halves(a)], (0x2A, a, 0, 0)


def f22x(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, b, op = draw(byte), draw(unit), draw(st.sampled_from([0x02, 0x05, 0x08]))
    return [op | a << 8, b], (op, a, b, 0)


def f21s(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, b, op = draw(byte), draw(signed16), draw(st.sampled_from([0x13, 0x15, 0x16, 0x19, 0x38, 0x3D]))
    return [op | a << 8, b & 0xFFFF], (op, a, b, 0)


def f21c(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, b, op = draw(byte), draw(unit), draw(st.sampled_from([0x1A, 0x1C, 0x1F, 0x22, 0x60, 0x6D, 0xFE, 0xFF]))
    return [op | a << 8, b], (op, a, b, 0)


def f23x(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, b, c, op = draw(byte), draw(byte), draw(byte), draw(st.sampled_from([0x2D, 0x44, 0x51, 0x90, 0xAF]))
    return [op | a << 8, b | c << 8], (op, a, b, c)


def f22b(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, b, c, op = draw(byte), draw(byte), draw(signed8), draw(st.sampled_from([0xD8, 0xE2]))
    return [op | a << 8, b | (c & 255) << 8], (op, a, b, c)


def f22t(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, b, c, op = draw(nibble), draw(nibble), draw(signed16), draw(st.sampled_from([0x32, 0x37, 0xD0, 0xD7]))
    return [op | a << 8 | b << 12, c & 0xFFFF], (op, a, b, c)


def f22c(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, b, c, op = draw(nibble), draw(nibble), draw(unit), draw(st.sampled_from([0x20, 0x23, 0x52, 0x5F]))
    return [op | a << 8 | b << 12, c], (op, a, b, c)


def f32x(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, b, op = draw(unit), draw(unit), draw(st.sampled_from([0x03, 0x06, 0x09]))
    return [op, a, b], (op, a, b, 0)


def f31i(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, b, op = draw(byte), draw(signed32), draw(st.sampled_from([0x14, 0x17, 0x1B, 0x26, 0x2B, 0x2C]))
    return [op | a << 8, *halves(b)], (op, a, b, 0)


def f35c(draw: st.DrawFn) -> tuple[list[int], Row]:
    count, index, op = draw(nibble), draw(unit), draw(st.sampled_from([0x24, 0x6E, 0x72, 0xFC]))
    c, d, e, f, g = (draw(nibble) for _ in range(5))
    packed = c | d << 4 | e << 8 | f << 12
    return [op | g << 8 | count << 12, index, packed], (op, count, index, packed | g << 16)


def f3rc(draw: st.DrawFn) -> tuple[list[int], Row]:
    count, index, first, op = draw(byte), draw(unit), draw(unit), draw(st.sampled_from([0x25, 0x74, 0x78, 0xFD]))
    return [op | count << 8, index, first], (op, count, index, first)


def f45cc(draw: st.DrawFn) -> tuple[list[int], Row]:
    (first, index, packed), (_, count, _, registers) = f35c(draw)
    proto = draw(unit)
    return [first & 0xFF00 | 0xFA, index, packed, proto], (0xFA, count | proto << 8, index, registers)


def f4rcc(draw: st.DrawFn) -> tuple[list[int], Row]:
    count, index, first, proto = draw(byte), draw(unit), draw(unit), draw(unit)
    return [0xFB | count << 8, index, first, proto], (0xFB, count | proto << 8, index, first)


def f51l(draw: st.DrawFn) -> tuple[list[int], Row]:
    a, low, high = draw(byte), draw(signed32), draw(signed32)
    return [0x18 | a << 8, *halves(low), *halves(high)], (0x18, a, low, high)


MAKERS = (
    f10x, f12x, f11n, f11x, f10t, f20t, f30t, f22x, f21s, f21c, f23x, f22b, f22t, f22c, f32x, f31i, f35c, f3rc, f45cc,
    f4rcc, f51l,
)  # fmt: skip


def decoded(code: list[int]) -> list[tuple[int, Row]]:
    raw = w.write([w.Class("Lorg/example/Main;", direct=[w.Method(RUN, list(code))])])
    rows = DexFile(BufferSource(raw)).instructions
    operands = zip(rows.opcode.tolist(), rows.a.tolist(), rows.b.tolist(), rows.c.tolist(), strict=True)
    return list(zip(rows.pc.tolist(), operands, strict=True))


@given(st.lists(instructions(), max_size=20))
def test_every_format(program: list[tuple[list[int], Row]]) -> None:
    code: list[int] = []
    expected = []
    for units, row in program:
        expected.append((len(code), row))
        code += units
    assert decoded(code) == expected


def test_payloads_are_no_rows() -> None:
    payloads = [0x0100, 1, 0, 0, 0x1A, 0x1A, 0x0200, 1, 5, 0, 6, 0, 0x0300, 1, 3, 0, 0x1A1A, 0x1A]
    assert decoded([0x00, *payloads, 0x0E]) == [(0, (0, 0, 0, 0)), (19, (0x0E, 0, 0, 0))]


def test_what_breaks_off_is_no_row_and_the_next_method_is_whole() -> None:
    for broken in ([0x12, 0x1A], [0x12, 0x0100, 9, 0, 0], [0x12, 0x0300], [0x12, 0x18, 1, 2]):
        first = w.Method(w.MethodId("LA;", "a", w.Proto("V")), list(broken))
        second = w.Method(w.MethodId("LA;", "b", w.Proto("V")), [0x0112, 0x0E])
        opened = DexFile(BufferSource(w.write([w.Class("LA;", direct=[first, second])])))
        assert opened.instructions.opcode.tolist() == [0x12, 0x12, 0x0E]
        assert opened.instructions.a.tolist() == [0, 1, 0]
        assert opened.instructions.starts.tolist() == [0, 1, 3]
        assert [problem.what for problem in opened.problems] == [
            "methods end within an instruction or a payload (1; the first here)"
        ]
