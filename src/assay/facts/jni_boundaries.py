"""Where the Java code of an app ends in native code: its native methods, and the functions that they may enter.

Source: Java Native Interface Specification, chapter 2; AOSP art/runtime/jni/java_vm_ext.cc (Libraries::FindNativeMethod
looks for the short name, then for the long one).
"""

import re
from collections import Counter
from collections.abc import Iterator

import msgspec
import numpy as np

from assay.applications.application import Application, Archive
from assay.artefacts.elf import ElfFile
from assay.artefacts.elf_header import is_elf
from assay.artefacts.elf_jni import Registration
from assay.artefacts.jni_names import PREFIX, symbols_of
from assay.bytecode.program.part import Part
from assay.bytecode.program.shown import method, shown
from assay.bytecode.strings import text_of
from assay.model import text as found
from assay.model.coverage import NotFollowed
from assay.model.errors import Unreadable
from assay.model.ids import sha256_hex
from assay.model.locator import InnerPlace
from assay.registry import In, Member, analyser
from assay.vocabulary.native import JniBoundary

MAX_LIBRARIES = 2000
"""Most libraries of one app that are opened; all machines together, the largest apps have some hundred."""
MAX_ROWS = 100_000
"""Most boundaries written down of one app."""

_NATIVE = 0x100
_LIBRARY = re.compile(rb".*\.so", re.DOTALL)

Key = tuple[bytes, bytes, bytes]


class Library(msgspec.Struct, frozen=True, eq=False):
    """The entries of one library: exported names, and rows of tables by name and signature."""

    name: str
    sha256: str
    abi: str
    exports: dict[bytes, int | None]
    rows: dict[tuple[bytes, bytes], int]


@analyser(
    question="Where does the code of this app enter native code, and which function of which library may that be?",
    reads=Application,
    emits=JniBoundary,
    blind_to=(
        "what the native code does, and calls from it back into Java",
        "libraries whose names do not end in .so, those of the system, and those that are downloaded or unpacked",
        "functions that are bound by tables made at run time: such methods are not found",
        "which class a table is bound to, and which library the app loads: one method may have several rows",
        f"libraries beyond {MAX_LIBRARIES}, rows beyond {MAX_ROWS}",
    ),
)
def jni_boundaries(app: Application) -> Iterator[In]:
    """Yield one row for each native method and function it may enter, in the order of the DEX files."""
    methods = [(part, key) for part in app.code.parts[: app.code.application_parts] for key in _native(part)]
    if not methods:
        return
    libraries, unread = _libraries(app)
    namesakes = Counter(key[1:] for _, key in methods)
    count = 0
    for part, key in methods:
        for boundary in _boundaries(app.package, key, libraries, namesakes[key[1:]]):
            count += 1
            if count <= MAX_ROWS:
                yield In(part.sha256, boundary)
    if unread:
        yield In(
            app.base.sha256, NotFollowed("libraries of this app that cannot be read or lie beyond the limit", unread)
        )
    if count > MAX_ROWS:
        yield In(
            app.base.sha256, NotFollowed("boundaries to native code beyond the limit of one app", count - MAX_ROWS)
        )


def _native(part: Part) -> Iterator[Key]:
    columns = part.columns
    rows = np.flatnonzero(columns.definition_access & _NATIVE)
    return (columns.method_key(method_id) for method_id in columns.definition_methods[rows].tolist())


def _boundaries(package: str, key: Key, libraries: list[Library], namesakes: int) -> Iterator[JniBoundary]:
    stated = JniBoundary(
        place=str(InnerPlace("method", method(*key))),
        package=package,
        class_name=shown(key[0]),
        method=f"{shown(key[1])}{shown(key[2])}",
        how="not found",
        library="",
        library_sha256="",
        abi="",
        symbol="",
        offset=None,
        namesakes=namesakes,
    )
    hits = [hit for library in libraries for hit in _hits(stated, key, library)]
    yield from hits or [stated]


def _hits(stated: JniBoundary, key: Key, library: Library) -> Iterator[JniBoundary]:
    """Yield the boundary into one library: by the first name that the runtime finds, else by a table."""
    places = {"library": library.name, "library_sha256": library.sha256, "abi": library.abi}
    symbol = next((name for name in _symbols(key) if name in library.exports), None)
    if symbol is not None:
        yield msgspec.structs.replace(
            stated, how="exported-name", symbol=symbol.decode("ascii"), offset=library.exports[symbol], **places
        )
    elif key[1:] in library.rows:
        yield msgspec.structs.replace(stated, how="registration-table", offset=library.rows[key[1:]], **places)


def _symbols(key: Key) -> list[bytes]:
    """Return the exported names that a method has by the rules; none for names that are no text."""
    texts = [text_of(part) for part in key]
    sound = len(texts[0]) > 2 and texts[2].startswith("(") and ")" in texts[2]
    if not sound or any(map(found.is_bytes, texts)):
        return []
    return [name.encode("ascii") for name in symbols_of(texts[0], texts[1], texts[2])]


def _libraries(app: Application) -> tuple[list[Library], int]:
    """Return the libraries in the order of the archives, each content once an archive, and how many were not read."""
    read: list[Library] = []
    unread = 0
    for number, (archive, member) in enumerate(app.members(_LIBRARY)):
        library = _opened(archive, member) if number < MAX_LIBRARIES else None
        if library is None:
            unread += 1
        else:
            read.append(library)
    return read, unread


def _opened(archive: Archive, member: Member) -> Library | None:
    """Return a library, None for a member that cannot be read as one."""
    try:
        source = member.open()
        elf = ElfFile(source) if is_elf(source) else None
    except Unreadable:
        return None
    if elf is None:
        return None
    return Library(
        name=f"{archive.name}!zip:{found.from_bytes(member.name)}",
        sha256=sha256_hex(source.view()),
        abi=elf.header.abi,
        exports=_exports(elf),
        rows={(row.name, row.signature.removeprefix(b"!")): _begin(elf, row) for row in reversed(elf.registrations)},
    )


def _exports(elf: ElfFile) -> dict[bytes, int | None]:
    """Return the offset of each exported name that begins as those of native methods do; the first of a name counts."""
    rows = (
        (name, index) for index in elf.symbols.exported.tolist() if (name := elf.symbols.name(index)).startswith(PREFIX)
    )
    places: dict[bytes, int | None] = {}
    for name, index in rows:
        places.setdefault(name, elf.code_offset(elf.symbols.symbol(index).offset))
    return places


def _begin(elf: ElfFile, row: Registration) -> int:
    return elf.code_offset(row.function) or 0
