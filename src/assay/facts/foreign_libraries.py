"""Foreign libraries: shared objects that carry another language's program as machine code, named as not examined."""

import re
from collections.abc import Iterator

import msgspec

from assay.artefacts.elf import ElfFile
from assay.artefacts.elf_symbols import Symbol
from assay.model.coverage import NotFollowed
from assay.model.locator import ByteRange
from assay.registry import Yielded, analyser
from assay.vocabulary.containers import ForeignCode

SNAPSHOT = re.compile(rb"\xf5\xf5\xdc\xdc.{16}([0-9a-f]{32})", re.DOTALL)
"""A Dart snapshot's header: magic number, length and kind of eight bytes each, and a hash that stands for a version."""


class Engine(msgspec.Struct, frozen=True, kw_only=True):
    """What a library of an engine exports, and what it then is."""

    form: str
    exports: frozenset[bytes]
    what: str


ENGINES = (
    Engine(
        form="dart-aot",
        exports=frozenset((b"_kDartVmSnapshotData", b"_kDartIsolateSnapshotData")),
        what="a Dart program compiled ahead of time (Flutter)",
    ),
    Engine(form="il2cpp", exports=frozenset((b"il2cpp_init",)), what="a .NET program compiled ahead of time (Unity)"),
    Engine(
        form="mono-aot",
        exports=frozenset((b"mono_aot_file_info",)),
        what="a .NET assembly compiled ahead of time (Mono, Xamarin)",
    ),
)


@analyser(
    question="Does this library carry a program of another language, compiled to machine code?",
    reads=ElfFile,
    emits=ForeignCode,
    blind_to=(
        "programs of engines that export none of the names that are known here",
        "the program itself: its functions, names and strings as the engine orders them",
        "the names and the layout of engines that were not held against real libraries here",
    ),
)
def find_foreign_libraries(library: ElfFile) -> Iterator[Yielded]:
    """Yield one row for each engine whose names the library exports."""
    exported = {symbol.name: symbol for symbol in library.symbols.exports()}
    for engine in ENGINES:
        held = sorted(engine.exports & exported.keys())
        if held:
            yield _row(library, engine, exported[held[-1]])
            yield NotFollowed("libraries that carry a program of another language", 1)


def _row(library: ElfFile, engine: Engine, symbol: Symbol) -> ForeignCode:
    offset = symbol.offset
    return ForeignCode(
        place="" if offset is None else str(ByteRange(offset, symbol.size)),
        form=engine.form,
        version="" if offset is None else snapshot_version(bytes(library.memory.view[offset : offset + 64])),
        states=f"exports {symbol.name.decode('ascii')}",
        reason=f"{engine.what}: this code is known by name and not examined",
    )


def snapshot_version(header: bytes) -> str:
    """Return the hash that stands for the version of Dart in a snapshot's header, empty where there is none."""
    match = SNAPSHOT.match(header)
    return "" if match is None else match[1].decode("ascii")
