"""Files of an app's archives that its code names."""

import re
from collections.abc import Iterator

import numpy as np

from assay.applications.application import Application
from assay.bytecode.constants import handed_to, row_at
from assay.bytecode.program.part import Part
from assay.bytecode.strings import hash_of
from assay.model import text
from assay.model.locator import InnerPlace, percent_encode
from assay.registry import In, analyser
from assay.vocabulary.uses import AssetUse

ASSETS = b"assets/"
_NAMED = re.compile(rb"assets/.+|res/raw[^/]*/.+|META-INF/services/.+|lib/[^/]+/.+", re.DOTALL)
"""Files that code opens by name: assets, raw resources, service files, libraries."""
_BEFORE = (b"", b"/", b"file:///android_asset/", b"asset:///", b"android_asset/")
_LIBRARY = re.compile(rb"lib/[^/]+/lib(.+)\.so")
_PLAIN = re.compile(rb"[^./]*")
_TAKES = re.compile(r"AssetManager;->|Asset\w*\(|oadLibrary\(|getResource\w*\(")
"""A name without dot and slash can be any word: it counts where it is handed to such a method."""


@analyser(
    question="Which files of its archives does the code of this app name, and where?",
    reads=Application,
    emits=AssetUse,
    blind_to=(
        "names that are put together at run time, and files found by listing a folder",
        "files that are named from native code, scripts or pages",
        "a string that is not meant as a file's name and equals one",
        "which method takes the name, where it passes through a field, an array or a branch first",
    ),
)
def asset_uses(app: Application) -> Iterator[In]:
    """Yield the loads of names in the order of the DEX files, then of files."""
    written = _written(app)
    for part in app.code.parts if written else ():
        yield from (In(part.sha256, use) for use in _uses(app.package, part, written))


def _written(app: Application) -> dict[bytes, list[tuple[str, bytes]]]:
    """Return the ways in which code can write the names of files, each with (archive, name) of those it names."""
    found: dict[bytes, list[tuple[str, bytes]]] = {}
    for archive, member in app.members(_NAMED):
        for way in _ways(member.name):
            found.setdefault(way, []).append((archive.sha256, member.name))
    return found


def _ways(name: bytes) -> Iterator[bytes]:
    """Yield a file's name as resources of a class loader have it, as the asset manager has it, and as an URL."""
    yield name
    yield b"/" + name
    if name.startswith(ASSETS):
        yield from (before + name.removeprefix(ASSETS) for before in _BEFORE)
    if match := _LIBRARY.fullmatch(name):
        yield match[1]


def _uses(package: str, part: Part, written: dict[bytes, list[tuple[str, bytes]]]) -> Iterator[AssetUse]:
    columns = part.columns
    hashes = np.array([hash_of(way) for way in written], np.uint64)
    for string in np.flatnonzero(np.isin(columns.string_hashes, hashes)).tolist():
        way = columns.string(string)
        low, high = columns.string_user_starts[string : string + 2].tolist()
        for row in columns.string_users[low:high].tolist() if way in written else ():
            for archive, name in dict(written[way]).items():
                use = _use(package, part, row, way, archive, name)
                if not _PLAIN.fullmatch(way) or _TAKES.search(use.call):
                    yield use


def _use(package: str, part: Part, row: int, way: bytes, archive: str, name: bytes) -> AssetUse:
    dex, columns = part.dex(), part.columns
    definition = int(np.searchsorted(columns.reference_starts, row, "right")) - 1
    method, pc = int(columns.definition_methods[definition]), int(columns.reference_pcs[row])
    at = row_at(dex.instructions, definition, pc)
    taker = None if at is None else handed_to(dex, at)
    return AssetUse(
        place=str(InnerPlace("method", f"{dex.method_name(method)}+0x{pc:x}")),
        package=package,
        file=percent_encode(name),
        archive=archive,
        written=text.from_bytes(way),
        class_name=dex.names.method_class(method),
        method=dex.names.method_signature(method),
        code_offset=pc,
        call="" if taker is None else dex.method_name(taker),
    )
