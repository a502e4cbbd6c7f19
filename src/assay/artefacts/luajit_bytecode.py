"""LuaJIT bytecode, formats 1 and 2: string constants and strings in constant tables, with their places.

Source: LuaJIT 2.0 and 2.1, src/lj_bcdump.h (the format stands in its comment).
"""

from assay.artefacts.bytecode_script import BytecodeScript
from assay.model.errors import Unreadable
from assay.model.source import ByteSource
from assay.registry import reader

SIGNATURE = b"\x1bLJ"
_STRIPPED = 2
_CHILD, _TABLE, _STRING = 0, 1, 5
_NUMBERS_OF = {0: 0, 2: 2, 3: 2, 4: 4}
"""Constants that are no strings, by kind: how many numbers follow."""
_NUMBERS_IN_TABLE = {0: 0, 1: 0, 2: 0, 3: 1, 4: 2}


class LuaJitBytecode(BytecodeScript):
    """A chunk as LuaJIT writes it."""

    def read_header(self) -> None:
        """Read version and flags. Raises: Unreadable for another version."""
        cursor = self.cursor
        cursor.skip(3)
        form = cursor.byte()
        if form not in {1, 2}:
            raise Unreadable(f"LuaJIT bytecode of format {form} is not known here")
        self.version = f"LuaJIT format {form}"
        self.stripped = bool(cursor.uleb128() & _STRIPPED)
        if not self.stripped:
            cursor.skip(cursor.uleb128())

    def read_functions(self) -> None:
        """Read one function after the other; each states its size, 0 ends the file."""
        cursor = self.cursor
        while size := cursor.uleb128():
            end = cursor.at + size
            if end > len(self._view):
                raise Unreadable(f"a function of {size} bytes at 0x{cursor.at:x} reaches over the end of the file")
            cursor.stop = end
            self._function()
            cursor.at, cursor.stop = end, len(self._view)

    def _function(self) -> None:
        self.begin_function()
        cursor = self.cursor
        cursor.skip(3)
        upvalues = cursor.byte()
        constants, _, instructions = cursor.uleb128(), cursor.uleb128(), cursor.uleb128()
        if not self.stripped and cursor.uleb128():
            cursor.uleb128()
            cursor.uleb128()
        cursor.skip(4 * instructions + 2 * upvalues)
        for _ in range(constants):
            self._constant()

    def _constant(self) -> None:
        kind = self.cursor.uleb128()
        if kind == _TABLE:
            array, pairs = self.cursor.uleb128(), self.cursor.uleb128()
            for _ in range(array + 2 * pairs):
                self._value(self.cursor.uleb128(), _NUMBERS_IN_TABLE)
        else:
            self._value(kind, _NUMBERS_OF)

    def _value(self, kind: int, numbers: dict[int, int]) -> None:
        if kind > _STRING:
            self.keep(kind - _STRING)
        elif kind < _STRING:
            for _ in range(numbers[kind]):
                self.cursor.uleb128()


def is_luajit(source: ByteSource) -> bool:
    """Say whether the bytes begin as LuaJIT bytecode does."""
    return source.read(0, 3) == SIGNATURE


@reader(
    kind="luajit_bytecode",
    gives=LuaJitBytecode,
    recognise=is_luajit,
    rank=60,
    blind_to=(
        "bytecode of changed interpreters, and bytecode that was encrypted",
        "what the bytecode does, and names in debug information",
    ),
    source="LuaJIT 2.0 and 2.1, src/lj_bcdump.h",
)
def open_luajit(source: ByteSource) -> LuaJitBytecode:
    """Open a compiled chunk. Raises: Unreadable."""
    return LuaJitBytecode(source)
