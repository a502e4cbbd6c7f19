"""A sound file with a row in every table, and single numbers of it changed."""

import struct

from assay.bytecode.dex import DexFile
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w

EXTREMES = (0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
CONTAINS = w.MethodId("Ljava/lang/String;", "contains", w.Proto("Z", ("Ljava/lang/CharSequence;",)))
RUN = w.MethodId("Lorg/example/Main;", "run", w.Proto("V", ("I", "[I")))
STOP = w.MethodId("Lorg/example/Main;", "stop", w.Proto("V"))
COUNT = w.FieldId("Lorg/example/Main;", "count", "I")


def sample() -> w.Writer:
    """A loop around a comparison, a field, a switch with its payload."""
    code: list[w.Unit] = [
        *w.const_string(0, "a word"),
        *w.invoke(0x6E, CONTAINS, 0, 0),
        *w.one(0x0A, 1),
        *w.two(0x39, 1, -6),
        *w.two(0x60, 1, w.Index("field", COUNT)),
        *(0x002B, 4, 0),
        0x0E,
        *(0x0100, 1, 0, 0, 5, 0),
    ]
    methods = [w.Method(RUN, code), w.Method(STOP, list(w.RETURN_VOID))]
    return w.Writer([w.Class("Lorg/example/Main;", direct=methods, static_fields=[COUNT])], ["another"])


def with_u4(raw: bytes, offset: int, value: int) -> bytes:
    return raw[:offset] + struct.pack("<I", value) + raw[offset + 4 :]


def opened(raw: bytes) -> DexFile:
    return DexFile(BufferSource(raw))


def said_of(raw: bytes) -> list[str]:
    return [problem.what for problem in opened(raw).problems]


def method(code: list[w.Unit], name: str = "m") -> w.Method:
    return w.Method(w.MethodId("LA;", name, w.Proto("V")), code)


def one_class(*methods: w.Method) -> bytes:
    return w.write([w.Class("LA;", direct=list(methods))])
