"""The records of ELF files as numpy types, for files of 32 and of 64 bits, little-endian.

Source: System V Application Binary Interface (gABI), chapters 4 and 5: Elf32_* and Elf64_* structures.
"""

import msgspec
import numpy as np

_SHARED_HEADER = [("type", "<u2"), ("machine", "<u2"), ("version", "<u4")]
_COUNTS = [("flags", "<u4")] + [
    (name, "<u2") for name in ("ehsize", "phentsize", "phnum", "shentsize", "shnum", "shstrndx")
]


class Layout(msgspec.Struct, frozen=True, eq=False):
    """The records of one width. `word` is the size of an address in bytes; fields have the same names in both."""

    word: int
    header: np.dtype
    segment: np.dtype
    section: np.dtype
    symbol: np.dtype
    dynamic: np.dtype
    rel: np.dtype
    rela: np.dtype
    symbol_shift: int
    """How far the symbol's index lies above the type in `info` of a relocation, in bits."""

    @property
    def address(self) -> np.dtype:
        """The type of an address."""
        return np.dtype(f"<u{self.word}")


def _fields(names: str, kind: str) -> list[tuple[str, str]]:
    return [(name, kind) for name in names.split()]


_IDENT = [("ident", "S16"), *_SHARED_HEADER]

ELF32 = Layout(
    word=4,
    header=np.dtype([*_IDENT, *_fields("entry phoff shoff", "<u4"), *_COUNTS]),
    segment=np.dtype(_fields("type offset vaddr paddr filesz memsz flags align", "<u4")),
    section=np.dtype(_fields("name type flags addr offset size link info addralign entsize", "<u4")),
    symbol=np.dtype([*_fields("name value size", "<u4"), ("info", "u1"), ("other", "u1"), ("shndx", "<u2")]),
    dynamic=np.dtype(_fields("tag value", "<u4")),
    rel=np.dtype(_fields("offset info", "<u4")),
    rela=np.dtype([*_fields("offset info", "<u4"), ("addend", "<i4")]),
    symbol_shift=8,
)
ELF64 = Layout(
    word=8,
    header=np.dtype([*_IDENT, *_fields("entry phoff shoff", "<u8"), *_COUNTS]),
    segment=np.dtype([*_fields("type flags", "<u4"), *_fields("offset vaddr paddr filesz memsz align", "<u8")]),
    section=np.dtype([
        *_fields("name type", "<u4"), *_fields("flags addr offset size", "<u8"),
        *_fields("link info", "<u4"), *_fields("addralign entsize", "<u8"),
    ]),
    symbol=np.dtype([
        ("name", "<u4"), ("info", "u1"), ("other", "u1"), ("shndx", "<u2"), *_fields("value size", "<u8"),
    ]),
    dynamic=np.dtype(_fields("tag value", "<u8")),
    rel=np.dtype(_fields("offset info", "<u8")),
    rela=np.dtype([*_fields("offset info", "<u8"), ("addend", "<i8")]),
    symbol_shift=32,
)  # fmt: skip
