"""One package of a resource table: names of types and keys, and the values of each type and configuration.

Source: AOSP frameworks/base, libs/androidfw/include/androidfw/ResourceTypes.h (ResTable_package).
"""

import struct

from assay.artefacts.arsc_type import TypeValues
from assay.artefacts.problem_log import ProblemLog
from assay.artefacts.resource_chunk import STRING_POOL, Chunk, StringPool, chunk_at, chunks
from assay.model import text
from assay.model.errors import Unreadable
from assay.model.locator import ByteRange

MAX_ENTRIES = 4_000_000
"""Most entries read from one package of a table, counted over all types and configurations."""

_TYPE = 0x0201
_NAME_BYTES = 256


class ResourcePackage:
    """A package; `values` come in the order of its chunks."""

    def __init__(self, view: memoryview, chunk: Chunk, log: ProblemLog) -> None:
        """Read the package's chunks. Raises: Unreadable where its header does not fit."""
        if chunk.start + 8 + 4 + _NAME_BYTES + 16 > chunk.body:
            raise Unreadable("a package of a resource table is too short for its header")
        self.id = int.from_bytes(view[chunk.start + 8 : chunk.start + 12], "little") & 0xFF
        name = bytes(view[chunk.start + 12 : chunk.start + 12 + _NAME_BYTES]).decode("utf-16-le", "surrogatepass")
        self.name = text.from_str(name.partition("\0")[0])
        types, _, keys, _ = struct.unpack_from("<4I", view, chunk.start + 12 + _NAME_BYTES)
        offset = chunk.start + 12 + _NAME_BYTES + 16
        self._type_offset = int.from_bytes(view[offset : offset + 4], "little") if offset + 4 <= chunk.body else 0
        self._types = _pool(view, chunk, types)
        self._keys = _pool(view, chunk, keys)
        self.values: list[TypeValues] = []
        self._read(view, chunk, log)

    def _read(self, view: memoryview, chunk: Chunk, log: ProblemLog) -> None:
        left = MAX_ENTRIES
        for inner in chunks(view, chunk.body, chunk.stop):
            if inner.type != _TYPE:
                continue
            place = ByteRange(inner.start, inner.stop - inner.start)
            try:
                values = TypeValues(view, inner, self._type_offset, left)
            except ValueError as error:
                log.add(place, str(error), "passed over", "resources may be missing")
                continue
            if values.skipped:
                what = f"{values.skipped} entries lead outside their chunk"
                log.add(place, what, "passed over", "resources are missing")
            self.values.append(values)
            left -= len(values)

    def id_of(self, values: TypeValues, row: int) -> int:
        """Return the resource id of a row."""
        entry = int(values.entry[row])
        return self.id << 24 | (values.type & 0xFF) << 16 | entry & 0xFFFF

    def name_of(self, values: TypeValues, row: int) -> str:
        """Return ``type/name`` of a row; a part without name is given by its number."""
        kind = self._types.text(values.name_index) or f"0x{values.type:02x}"
        return f"{kind}/{self._keys.text(int(values.key[row])) or f'0x{int(values.entry[row]):04x}'}"


def _pool(view: memoryview, package: Chunk, offset: int) -> StringPool:
    at = package.start + offset
    chunk = chunk_at(view, at, package.stop)
    if chunk is None or chunk.type != STRING_POOL:
        chunk = Chunk(STRING_POOL, package.stop, package.stop, package.stop)
    return StringPool(view, chunk)
