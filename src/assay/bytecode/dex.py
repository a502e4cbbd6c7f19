"""The DEX reader: the code index of one file, with everything that was wrong with it.

Source: Android Open Source Project, "Dalvik executable format", versions 035 to 041.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from assay.bytecode.bodies import Bodies, read_bodies
from assay.bytecode.class_data import Fields, Methods, read_class_data
from assay.bytecode.details import Details
from assay.bytecode.header import Header, header_problems, is_dex, read_header
from assay.bytecode.instructions import Instructions, decode
from assay.bytecode.kernel import settled
from assay.bytecode.lookups import Users, equal, order_of, users
from assay.bytecode.names import Names
from assay.bytecode.opcodes import Reference
from assay.bytecode.static_values import StaticStrings, read_static_strings
from assay.bytecode.strings import Strings, hash_of, read_strings
from assay.bytecode.sweep import References, Sweep, sweep
from assay.bytecode.tables import U4, Tables, read_tables
from assay.model.errors import Unreadable
from assay.model.limits import MIB
from assay.model.problem import Problem
from assay.model.source import ByteSource
from assay.registry import reader

MAX_DEX_BYTES = 128 * MIB
"""Largest DEX file that is indexed, in bytes; the tables of ids make the largest real ones about 30 MB."""


class DexFile(Details):
    """One DEX file: id tables, strings, definitions and references as columns; text only where it is asked for.

    Method, field, type and string indices are those of the file's own id tables. Offsets of code are in 16-bit code
    units from the method's first instruction; all other offsets are in bytes from the file's first byte.
    """

    def __init__(self, source: ByteSource) -> None:
        """Index the file. Raises: Unreadable where nothing of the header can be read."""
        if source.size > MAX_DEX_BYTES:
            raise Unreadable(f"{source.size} bytes are more than the {MAX_DEX_BYTES} of the largest DEX file read")
        self.data = _aligned(source.view())
        view = self.data.data
        self.header: Header = read_header(view)
        self.tables: Tables
        self.tables, table_problems = read_tables(self.header, view)
        self.strings: Strings
        self.strings, string_problems = read_strings(self.tables, self.data, self.header.strings.offset)
        self.methods: Methods
        self.fields: Fields
        self.methods, self.fields, class_problems = read_class_data(self.tables, self.data)
        self.static_strings: StaticStrings
        self.static_strings, value_problems = read_static_strings(self.tables, self.data)
        self.units = self.data[: len(self.data) & ~1].view("<u2")
        self.bodies: Bodies
        self.bodies, body_problems = read_bodies(self.methods, self.units)
        self.swept: Sweep
        self.swept, code_problems = sweep(self.tables, self.methods, self.bodies, self.units)
        self.names = Names(view, self.tables, self.strings)
        self._problems = (
            *header_problems(self.header, view),
            *table_problems,
            *string_problems,
            *class_problems,
            *value_problems,
            *body_problems,
            *code_problems,
        )

    @property
    def problems(self) -> Sequence[Problem]:
        """Problems met while the file was indexed, in the order of its parts."""
        return self._problems

    @property
    def version(self) -> str:
        """The format version as stated, e.g. ``039``."""
        return self.header.version

    @property
    def references(self) -> References:
        """What all instructions refer to."""
        return self.swept.references

    @cached_property
    def instructions(self) -> Instructions:
        """All instructions, decoded on first use: about three bytes of memory for each byte of DEX."""
        return decode(self.methods, self.bodies, self.swept, self.units)

    @property
    def string_count(self) -> int:
        """Number of string ids that lie in the file."""
        return len(self.strings.offsets)

    @property
    def string_offsets(self) -> U4:
        """Offset of each string_data_item in bytes from the file's first byte. Shape (string_count,)."""
        return self.strings.offsets

    def string_bytes(self, index: int) -> bytes:
        """Return the MUTF-8 bytes of a string as found, without the closing NUL. Raises: IndexError."""
        return self.names.string_bytes(index)

    def string_text(self, index: int) -> str:
        """Return a string as text as found (`assay.model.text`). Raises: IndexError."""
        return self.names.string(index)

    def find_string(self, raw: bytes) -> list[int]:
        """Return the indices of all strings of exactly these MUTF-8 bytes, ascending."""
        rows = equal(self.strings.hashes, self._hash_order, hash_of(raw)).tolist()
        return [index for index in rows if self.string_bytes(index) == raw]

    def string_users(self, index: int) -> Iterator[tuple[int, int]]:
        """Yield (method index, code offset in 16-bit units) of each instruction that loads a string.

        Raises: IndexError.
        """
        return self.places(Reference.STRING, index)

    def places(self, kind: Reference, index: int) -> Iterator[tuple[int, int]]:
        """Yield (method index, code offset in 16-bit units) of each instruction that names an index of a kind.

        Raises: IndexError.
        """
        rows = self.users(kind).of(index)
        yield from zip(self.references.method[rows].tolist(), self.references.pc[rows].tolist(), strict=True)

    def definition(self, method: int) -> int | None:
        """Return the row of `methods`, `bodies` and `instructions.starts` that defines a method id, None without."""
        rows = np.flatnonzero(self.methods.method == method)
        return int(rows[0]) if len(rows) else None

    def find_definitions(self, name: str) -> list[int]:
        """Return the rows of `methods` of a name as `method_name` gives it, ascending; more than one is possible."""
        return [row for row, method in enumerate(self.methods.method.tolist()) if self.method_name(method) == name]

    def users(self, kind: Reference) -> Users:
        """Return the lookup from the table of a kind to references; it is made once."""
        if kind not in self._users:
            self._users[kind] = users(self.references, kind, self._rows[kind])
        return self._users[kind]

    def method_name(self, index: int) -> str:
        """Return a method id like ``Lorg/x/A;->m(I)V``, ``method@N`` where there is none."""
        return self.names.method(index)

    @cached_property
    def _hash_order(self) -> np.ndarray:
        return order_of(self.strings.hashes)

    @cached_property
    def _users(self) -> dict[Reference, Users]:
        return {}

    @cached_property
    def _rows(self) -> dict[Reference, int]:
        tables = self.tables
        return {
            Reference.STRING: len(tables.strings),
            Reference.TYPE: len(tables.types),
            Reference.FIELD: len(tables.fields),
            Reference.METHOD: len(tables.methods),
            Reference.CALL_SITE: len(tables.call_sites),
            Reference.METHOD_HANDLE: len(tables.method_handles),
            Reference.PROTO: len(tables.protos),
        }


def _aligned(view: memoryview) -> np.ndarray:
    """Return the bytes as an array on the grid of eight bytes; a copy only where they are not on it already."""
    data = np.frombuffer(view, np.uint8)
    return settled(data if data.ctypes.data % 8 == 0 else data.copy())


def _recognise(source: ByteSource) -> bool:
    return is_dex(source.read(0, 8))


@reader(
    kind="dex",
    gives=DexFile,
    rank=60,
    recognise=_recognise,
    blind_to=(
        "compact DEX and VDEX of Android 9 to 11",
        f"DEX files of more than {MAX_DEX_BYTES} bytes",
        "bytes that neither a table nor the code leads to",
        "what debug information names, unless something asks for a method's",
        "code that is downloaded, decrypted or built at run time",
        "native code behind native methods",
    ),
    source="Android Open Source Project, Dalvik executable format, versions 035 to 041",
    version=2,
)
def open_dex(source: ByteSource) -> DexFile:
    """Open a DEX file and index it. Raises: Unreadable."""
    return DexFile(source)
