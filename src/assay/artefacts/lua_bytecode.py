"""Lua bytecode, versions 5.1 to 5.4: string constants with their places; sizes and byte order from the header.

Source: Lua 5.1, 5.2, 5.3 and 5.4, src/ldump.c and src/lundump.c (the manual does not describe the format).
"""

from assay.artefacts.bytecode_script import BytecodeScript
from assay.model.errors import Unreadable
from assay.model.limits import MAX_JSON_DEPTH
from assay.model.source import ByteSource
from assay.registry import reader

SIGNATURE = b"\x1bLua"
_TAIL = b"\x19\x93\r\n\x1a\n"
_SIZES = frozenset((1, 2, 4, 8, 16))
_NIL, _FALSE, _NUMBER, _INTEGER, _STRING, _TRUE, _LONG_STRING = 0, 1, 3, 0x13, 4, 0x11, 0x14


class LuaBytecode(BytecodeScript):
    """A chunk as luac writes it; debug information is stepped over, names in it are no constants."""

    def read_header(self) -> None:
        """Read version, byte order and sizes. Raises: Unreadable for another version or format."""
        cursor = self.cursor
        cursor.skip(4)
        version, form = cursor.byte(), cursor.byte()
        self.minor = version & 15
        if version >> 4 != 5 or not 1 <= self.minor <= 4 or form != 0:
            raise Unreadable(f"Lua bytecode of version {version >> 4}.{version & 15}, format {form}, is not known here")
        self.version = f"Lua 5.{self.minor}"
        if self.minor >= 3 and cursor.take(6) != _TAIL:
            raise Unreadable("Lua bytecode whose check bytes are not those of the format")
        self.order = "little"
        if self.minor <= 2:
            self.order = "little" if cursor.byte() else "big"
        self._sizes()

    def _sizes(self) -> None:
        names = "int size_t instruction integer number".split()
        absent = {1: {"integer"}, 2: {"integer"}, 3: set(), 4: {"int", "size_t"}}[self.minor]
        self.sizes = {name: self.cursor.byte() for name in names if name not in absent}
        if not _SIZES.issuperset(self.sizes.values()):
            raise Unreadable(f"Lua bytecode with numbers of impossible sizes: {self.sizes}")
        if self.minor <= 2:
            self.cursor.skip(1 if self.minor == 1 else 7)
            return
        raw = self.cursor.take(self.sizes["integer"])
        self.order = "little" if raw[0] == 0x78 else "big"
        self.cursor.skip(self.sizes["number"] + 1)

    def read_functions(self) -> None:
        """Read the outermost function and all inside it; nesting is held to `MAX_JSON_DEPTH`."""
        waiting = [1]
        tails: list[int] = []
        while waiting:
            if not waiting[-1]:
                waiting.pop()
                if tails:
                    self._behind_functions()
                    tails.pop()
                continue
            if len(waiting) > MAX_JSON_DEPTH:
                raise Unreadable(f"functions are nested deeper than {MAX_JSON_DEPTH}")
            waiting[-1] -= 1
            waiting.append(self._function())
            tails.append(1)

    # --- numbers and strings ----------------------------------------------------------------------

    def _int(self) -> int:
        if self.minor == 4:
            return self.cursor.big_varint()
        return self.cursor.number(self.sizes["int"], self.order)

    def _string_size(self) -> int:
        """Return the bytes of a string without the one that closes it, -1 for none at all."""
        if self.minor == 4:
            return self.cursor.big_varint() - 1
        if self.minor == 3:
            short = self.cursor.byte()
            return (short if short != 0xFF else self.cursor.number(self.sizes["size_t"], self.order)) - 1
        return self.cursor.number(self.sizes["size_t"], self.order) - 1

    def _string(self, *, keep: bool) -> None:
        size = self._string_size()
        if size < 0:
            return
        if keep and size:
            self.keep(size)
        else:
            self.cursor.skip(size)
        self.cursor.skip(self.minor <= 2)

    # --- functions --------------------------------------------------------------------------------

    def _function(self) -> int:
        """Read a function up to those inside it; return how many these are."""
        self.begin_function()
        if self.minor != 2:
            self._string(keep=False)
        self._int()
        self._int()
        self.cursor.skip(4 if self.minor == 1 else 3)
        self.cursor.skip(self._int() * self.sizes["instruction"])
        for _ in range(self._int()):
            self._constant()
        if self.minor >= 3:
            self._upvalues()
        return self._int()

    def _constant(self) -> None:
        kind = self.cursor.byte()
        if kind == _STRING or (self.minor >= 3 and kind == _LONG_STRING):
            self._string(keep=True)
        else:
            self.cursor.skip(self._size_of(kind))

    def _size_of(self, kind: int) -> int:
        """Return the bytes of a constant that is no string. Raises: Unreadable for a kind that is not known."""
        truth = 1 if self.minor <= 3 else 0
        sizes = {_NIL: 0, _FALSE: truth, _NUMBER: self.sizes["number"]}
        if self.minor == 3:
            sizes[_INTEGER] = self.sizes["integer"]
        if self.minor == 4:
            sizes |= {_TRUE: 0, _NUMBER: self.sizes["integer"], _INTEGER: self.sizes["number"]}
        if kind not in sizes:
            raise Unreadable(f"a constant of unknown kind {kind}")
        return sizes[kind]

    def _upvalues(self) -> None:
        self.cursor.skip(self._int() * (3 if self.minor == 4 else 2))

    def _behind_functions(self) -> None:
        """Step over what stands behind the functions inside a function: debug information."""
        if self.minor == 2:
            self._upvalues()
            self._string(keep=False)
        self.cursor.skip(self._int() * (1 if self.minor == 4 else self.sizes["int"]))
        if self.minor == 4:
            self._pairs()
        for _ in range(self._int()):
            self._string(keep=False)
            self._int()
            self._int()
        for _ in range(self._int()):
            self._string(keep=False)

    def _pairs(self) -> None:
        for _ in range(self._int()):
            self._int()
            self._int()


def is_lua_bytecode(source: ByteSource) -> bool:
    """Say whether the bytes begin as Lua bytecode does."""
    return source.read(0, 4) == SIGNATURE


@reader(
    kind="lua_bytecode",
    gives=LuaBytecode,
    recognise=is_lua_bytecode,
    rank=60,
    blind_to=(
        "bytecode of changed interpreters, and bytecode that was encrypted",
        "what the bytecode does, and names in debug information",
    ),
    source="Lua 5.1 to 5.4, src/ldump.c and src/lundump.c",
)
def open_lua_bytecode(source: ByteSource) -> LuaBytecode:
    """Open a compiled chunk. Raises: Unreadable."""
    return LuaBytecode(source)
