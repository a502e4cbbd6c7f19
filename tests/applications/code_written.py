"""Apps of written classes, and a table of one invented SDK that is made of what such classes hold."""

import hashlib
from collections.abc import Iterable
from datetime import date

from assay.applications.application import Application
from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.program.part import Part
from assay.bytecode.shapes.features import features
from assay.model.source import BufferSource
from assay.reference.sdks import Observed, Sdk, Sdks
from tests.bytecode import dex_writer as w

_CALLS = [w.MethodId("Ljava/net/Socket;", name, w.Proto("V")) for name in ("close", "reset", "open", "bind", "wait")]


def a_class(name: str, number: int, *, texts: int = 3) -> w.Class:
    """A class whose texts and calls are those of its number, whatever its name."""
    own = w.MethodId(name, "m", w.Proto("V"))
    code: list[w.Unit] = []
    for turn in range(texts):
        code += w.const_string(0, f"line {number} is in state {turn}")
    for turn, call in enumerate(_CALLS):
        code += w.invoke(0x6E, call, turn) if number >> turn & 1 else []
    return w.Class(name, [w.Method(own, [*code, *w.RETURN_VOID])])


def app(classes: Iterable[w.Class], package: str = "org.example.app", archives: Iterable[object] = ()) -> Application:
    raw = w.write(list(classes))
    dex = DexFile(BufferSource(raw))
    part = Part(hashlib.sha256(raw).hexdigest(), "classes.dex", columns.build(dex), lambda: dex)
    return Application(package, tuple(archives), lambda: [part])  # type: ignore[arg-type]


def table(numbers: Iterable[int], prefix: str = "org.lines") -> Sdks:
    """One SDK ``lines`` with the features of the classes of these numbers, and one of a package only."""
    dex = DexFile(BufferSource(w.write([a_class(f"Lorg/lines/C{number};", number) for number in numbers])))
    found = sorted(set(features(dex, columns.build(dex)).hashes.tolist()))
    observed = Observed(versions=("1.0",), hashes=" ".join(f"{one:012x}" for one in found))
    lines = Sdk(
        id="lines", name="Lines", publisher="Example", category="networking", prefixes=(prefix,), source="written here",
        as_of=date(2026, 1, 2), verified="verified", classes=1, observed=(observed,),
    )  # fmt: skip
    silent = Sdk(
        id="silent", name="Silent", publisher="Example", category="push", prefixes=("org.silent",), source="none",
        as_of=date(2026, 1, 2), verified="unverified",
    )  # fmt: skip
    return Sdks([lines, silent])
