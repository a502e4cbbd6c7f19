"""Who names a field, type, method or string, over all parts of a program at once: places of instructions by number.

Every lookup costs what it finds: the tables that turn the meaning of ids round are sorted once, in numpy.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.bytecode.columns.record import U4
from assay.bytecode.kernel import settled
from assay.bytecode.opcodes import OPCODES, opcode
from assay.bytecode.program.program import Program
from assay.bytecode.program.symbols import I4, I8
from assay.bytecode.strings import hash_of

NEW_INSTANCE, CONST_CLASS = (opcode("new-instance"),), (opcode("const-class"),)
_WRITES = tuple(value for value, row in enumerate(OPCODES) if row.name.startswith(("iput", "sput")))
_READS = tuple(value for value, row in enumerate(OPCODES) if row.name.startswith(("iget", "sget")))
_STATIC = tuple(value for value, row in enumerate(OPCODES) if row.name.startswith(("sget", "sput")))
_CALLS = tuple(value for value, row in enumerate(OPCODES) if row.name.startswith("invoke-"))


class Place(NamedTuple):
    """An instruction: the definition, and its offset from the first instruction in 16-bit units."""

    definition: int
    pc: int


class _Inverse:
    """From a number to the rows that have it, ascending."""

    def __init__(self, numbers: I4 | I8) -> None:
        self._order = np.argsort(numbers, kind="stable")
        self._sorted = settled(numbers[self._order])

    def of(self, number: int) -> list[int]:
        first, end = np.searchsorted(self._sorted, [number, number + 1]).tolist()
        found: list[int] = self._order[first:end].tolist()
        return found


class UsesIndex:
    """The users of what a program names, those in classes that its loader never finds left out.

    All lists of places are in the order of definitions, then of code.
    """

    def __init__(self, program: Program) -> None:
        """Keep the program; tables are sorted on first use."""
        self._program = program
        self._names = program.linked.names
        self.writers_of_field = lru_cache(maxsize=16384)(self._writers_of_field)
        self.readers_of_field = lru_cache(maxsize=16384)(self._readers_of_field)
        self.made = lru_cache(maxsize=16384)(self._made)

    def field_key(self, part: int, field_id: int) -> int:
        """Return the number of what a field id of a part means: a defined field, or one outside. Raises: IndexError."""
        starts = self._names.field_starts
        if not 0 <= part < len(starts) - 1 or not 0 <= field_id < starts[part + 1] - starts[part]:
            raise IndexError((part, field_id))
        return int(self._field_keys[int(starts[part]) + field_id])

    def _writers_of_field(self, key: int) -> tuple[Place, ...]:
        """Return the instructions that write a field (`field_key`)."""
        return tuple(self._of_field(key, _WRITES))

    def _readers_of_field(self, key: int) -> tuple[Place, ...]:
        """Return the instructions that read a field (`field_key`)."""
        return tuple(self._of_field(key, _READS))

    def static_uses(self, class_id: int) -> list[Place]:
        """Return the instructions that read or write a static field that a class itself has. Raises: IndexError."""
        fields = self._program.linked.fields
        first, end = fields.starts[_checked(class_id) : class_id + 2].tolist()
        keys: list[int] = fields.rows[first:end].tolist()
        return sorted(place for key in keys for place in self._of_field(key, _STATIC))

    def _made(self, class_id: int) -> tuple[Place, ...]:
        """Return where instances of a very class are made. Raises: IndexError."""
        return tuple(self.types(int(self._program.linked.class_symbols[_checked(class_id)]), NEW_INSTANCE))

    def named(self, class_id: int) -> list[Place]:
        """Return where a class is named as a value. Raises: IndexError."""
        return self.types(int(self._program.linked.class_symbols[_checked(class_id)]), CONST_CLASS)

    def types(self, symbol: int, opcodes: Sequence[int]) -> list[Place]:
        """Return the instructions of some opcodes that name a type by its symbol."""
        rows = self._types.of(symbol) if symbol >= 0 else []
        return self._places(rows, self._names.type_starts, "type", opcodes)

    def calls(self, owners: Iterable[bytes], name: bytes, prototype: bytes) -> list[Place]:
        """Return the calls whose reference names a signature in one of some classes, or in a subclass of one.

        Subclasses are those of the program; what calls of them mean by overriding is not looked at.
        """
        signature = self._names.method_signature(name, prototype)
        if signature < 0:
            return []
        wanted = self._symbols_below(owners)
        rows = [row for row in self._signatures.of(signature) if int(self._names.method_types[row]) in wanted]
        return self._places(rows, self._names.method_starts, "method", _CALLS)

    def calls_named(self, owners: Iterable[bytes], name: bytes) -> list[Place]:
        """Return the calls as `calls` does, of every prototype."""
        symbol = self._names.symbol(name)
        keys = self._names.method_keys
        first, end = np.searchsorted(keys, [symbol << 32, (symbol + 1) << 32]).tolist() if symbol >= 0 else (0, 0)
        wanted = self._symbols_below(owners) if first < end else set()
        rows = [
            row
            for signature in range(first, end)
            for row in self._signatures.of(signature)
            if int(self._names.method_types[row]) in wanted
        ]
        return self._places(sorted(rows), self._names.method_starts, "method", _CALLS)

    def strings(self, raw: bytes) -> list[Place]:
        """Return the instructions that load a string of exactly these MUTF-8 bytes."""
        found: list[Place] = []
        for part, known in enumerate(self._program.parts):
            columns = known.columns
            rows = np.flatnonzero(columns.string_hashes == np.uint64(hash_of(raw))).tolist()
            users = [
                _users(columns.string_user_starts, columns.string_users, r) for r in rows if columns.string(r) == raw
            ]
            found += self._of_rows(part, users, None)
        return found

    def _of_field(self, key: int, opcodes: Sequence[int]) -> list[Place]:
        rows = self._fields.of(key) if key >= 0 else []
        return self._places(rows, self._names.field_starts, "field", opcodes)

    def _places(self, rows: list[int], starts: I8, kind: str, opcodes: Sequence[int]) -> list[Place]:
        """Return the users of ids by running number over the parts."""
        found: list[Place] = []
        by_part: dict[int, list[U4]] = {}
        for row in rows:
            part = int(np.searchsorted(starts, row, "right")) - 1
            columns = self._program.parts[part].columns
            firsts, users = getattr(columns, f"{kind}_user_starts"), getattr(columns, f"{kind}_users")
            by_part.setdefault(part, []).append(_users(firsts, users, row - int(starts[part])))
        for part in sorted(by_part):
            found += self._of_rows(part, by_part[part], opcodes)
        return found

    def _of_rows(self, part: int, users: list[U4], opcodes: Sequence[int] | None) -> list[Place]:
        columns = self._program.parts[part].columns
        rows = np.sort(np.concatenate([np.zeros(0, np.int64), *(each.astype(np.int64) for each in users)]))
        if opcodes is not None:
            rows = rows[np.isin(columns.reference_opcodes[rows], opcodes)]
        own = np.searchsorted(columns.reference_starts, rows, "right") - 1
        definitions = own + int(self._program.linked.definition_starts[part])
        kept = self._live[definitions]
        pcs = columns.reference_pcs[rows][kept].tolist()
        return [Place(*each) for each in zip(definitions[kept].tolist(), pcs, strict=True)]

    def _symbols_below(self, owners: Iterable[bytes]) -> set[int]:
        """Return the symbols of some classes and of all their subtypes in the program."""
        found: set[int] = set()
        hierarchy, linked = self._program.hierarchy, self._program.linked
        for symbol in (self._names.symbol(owner) for owner in owners):
            if symbol < 0:
                continue
            found.add(symbol)
            node = int(hierarchy.node_of_symbol[symbol])
            if node >= 0:
                found.update(linked.class_symbols[hierarchy.all_subtypes(node)].tolist())
        return found

    @cached_property
    def _live(self) -> npt.NDArray[np.bool_]:
        owners, shadowed = self._program.linked.definition_classes, self._program.linked.shadowed
        return (owners < 0) | ~shadowed[np.maximum(owners, 0)] if len(shadowed) else owners < 0

    @cached_property
    def _field_keys(self) -> I8:
        """The defined field of each field id, and behind all of these one number for each that is outside."""
        known = self._program.resolved_fields.astype(np.int64)
        names = self._names
        pairs = names.field_types.astype(np.int64) << 32 | np.maximum(names.field_signatures, 0)
        _, numbers = np.unique(pairs, return_inverse=True)
        broken = (names.field_types < 0) | (names.field_signatures < 0)
        outside = np.where(broken, -1, numbers + len(self._program.linked.field_ids))
        return settled(np.where(known >= 0, known, outside))

    @cached_property
    def _fields(self) -> _Inverse:
        return _Inverse(self._field_keys)

    @cached_property
    def _types(self) -> _Inverse:
        return _Inverse(self._names.type_symbols)

    @cached_property
    def _signatures(self) -> _Inverse:
        return _Inverse(self._names.method_signatures)


def _users(starts: I8, users: U4, row: int) -> U4:
    return users[int(starts[row]) : int(starts[row + 1])]


def _checked(row: int) -> int:
    if row < 0:
        raise IndexError(row)
    return row
