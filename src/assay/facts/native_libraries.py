"""Native libraries: what they are, and where Java enters them."""

import re
from collections.abc import Iterator
from itertools import islice

from assay.artefacts.elf import ElfFile
from assay.artefacts.elf_jni import Registration
from assay.artefacts.elf_symbols import Symbol
from assay.artefacts.jni_names import PREFIX, native_name
from assay.model import text as found
from assay.model.coverage import NotFollowed
from assay.model.locator import ByteRange
from assay.registry import analyser
from assay.vocabulary.native import NativeEntry, NativeLibrary

MAX_ENTRIES = 50_000
"""Most exported names of native methods written down of one library."""
MAX_NAMED = 1000
"""Most names of shared objects written down of one library."""

_SHARED_OBJECT = re.compile(r"[\w.+/-]{1,250}\.so(?:\.\d{1,9})*", re.ASCII)


@analyser(
    question="What is this native library: for which machine, what does it link, offer and say, where does Java enter?",
    reads=ElfFile,
    emits=(NativeLibrary, NativeEntry),
    blind_to=(
        "what the native code does",
        "functions that JNI_OnLoad binds from tables it computes, and the class that a table is bound to",
        f"exported names of native methods beyond {MAX_ENTRIES}, names of shared objects beyond {MAX_NAMED}",
    ),
)
def native_libraries(library: ElfFile) -> Iterator[NativeLibrary | NativeEntry | NotFollowed]:
    """Yield one row for the library and one for each entry it names."""
    exports = _java_exports(library)
    entries = [*islice((entry for symbol in exports for entry in _exported(library, symbol)), MAX_ENTRIES)]
    yield _library(library, len(exports))
    yield from entries
    yield from (_registered(library, row) for row in library.registrations)
    if len(exports) > len(entries):
        yield NotFollowed("exported names that begin with Java_ and name no method, or lie beyond the limit",
                          len(exports) - len(entries))  # fmt: skip


def _java_exports(library: ElfFile) -> list[Symbol]:
    names = library.symbols
    return [names.symbol(index) for index in names.exported.tolist() if names.name(index).startswith(PREFIX)]


def _exported(library: ElfFile, symbol: Symbol) -> Iterator[NativeEntry]:
    name = native_name(symbol.name)
    if name is None:
        return
    offset = library.code_offset(symbol.offset)
    yield NativeEntry(
        place="" if offset is None else str(ByteRange(offset, symbol.size)),
        how="exported-name",
        symbol=found.from_bytes(symbol.name),
        offset=offset,
        class_name=name.class_name,
        method=name.method,
        prototype=None if name.parameters is None else f"({name.parameters})",
        library=found.from_bytes(library.soname),
    )


def _registered(library: ElfFile, row: Registration) -> NativeEntry:
    return NativeEntry(
        place=str(ByteRange(row.offset, row.length)),
        how="registration-table",
        symbol="",
        offset=library.code_offset(row.function),
        class_name=None,
        method=found.from_bytes(row.name),
        prototype=found.from_bytes(row.signature.removeprefix(b"!")),
        library=found.from_bytes(library.soname),
    )


def _library(library: ElfFile, java_exports: int) -> NativeLibrary:
    strings = library.strings()
    return NativeLibrary(
        abi=library.header.abi,
        machine=library.header.machine,
        bits=library.header.bits,
        kind=library.header.type,
        soname=found.from_bytes(library.soname),
        needed=tuple(map(found.from_bytes, library.needed)),
        build_id=library.build_id,
        stripped=library.stripped,
        imports=len(library.symbols.imported),
        exports=len(library.symbols.exported),
        jni_exports=java_exports,
        jni_registrations=len(library.registrations),
        jni_on_load=library.symbols.find(b"JNI_OnLoad") is not None,
        strings=len(strings),
        string_bytes=int(strings.lengths.sum()),
        names_libraries=_named(library),
    )


def _named(library: ElfFile) -> tuple[str, ...]:
    view, strings = library.memory.view, library.strings()
    short = strings.lengths <= 255
    places = zip(strings.offsets[short].tolist(), strings.lengths[short].tolist(), strict=True)
    named = {raw for at, length in places if b".so" in (raw := bytes(view[at : at + length]))}
    texts = (found.from_bytes(raw) for raw in sorted(named))
    return tuple(islice((text for text in texts if _SHARED_OBJECT.fullmatch(text)), MAX_NAMED))
