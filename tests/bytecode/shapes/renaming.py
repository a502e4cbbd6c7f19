"""A small library written several times: under other names, in another order, with other registers and forms."""

from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.shapes.features import Features, features
from assay.model.source import BufferSource
from tests.bytecode import dex_writer as w

LOG = w.MethodId("Landroid/util/Log;", "w", w.Proto("I", ("Ljava/lang/String;",)))
OPEN = w.MethodId("Ljava/net/Socket;", "<init>", w.Proto("V", ("Ljava/lang/String;", "I")))
CLOSE = w.MethodId("Ljava/net/Socket;", "close", w.Proto("V"))
TEXTS = ("closing the line", "waiting for an answer")


def library(
    owner: str = "Lorg/example/line/Line;",
    name: str = "shut",
    *,
    texts: tuple[str, ...] = TEXTS,
    calls: tuple[w.MethodId, ...] = (LOG, OPEN, CLOSE),
    register: int = 1,
    before: tuple[str, ...] = (),
) -> bytes:
    """One class with one method that loads texts, calls the platform, then itself; other classes named before it."""
    own = w.MethodId(owner, name, w.Proto("V", (owner, "[" + owner)))
    code: list[w.Unit] = []
    for text in texts:
        code += w.const_string(register, text)
    for call in calls:
        code += w.invoke(0x6E, call, register)
    code += [*w.invoke(0x71, own, register, register), *w.RETURN_VOID]
    others = [w.Class(other, []) for other in before]
    return w.write([*others, w.Class(owner, [w.Method(own, code)])])


def read(raw: bytes) -> Features:
    dex = DexFile(BufferSource(raw))
    return features(dex, columns.build(dex))


def hashes(raw: bytes, kind: int) -> set[int]:
    found = read(raw)
    return set(found.hashes[found.kinds == kind].tolist())


def below(raw: bytes, parent: str) -> bytes:
    """The same file with its last class below another type that the file names."""
    dex = DexFile(BufferSource(raw))
    (row,) = [row for row in range(len(dex.tables.types)) if dex.names.type(row) == parent]
    at = dex.header.classes.offset + 32 * (len(dex.tables.classes) - 1) + 8
    return raw[:at] + row.to_bytes(4, "little") + raw[at + 4 :]
