"""Writes small ELF libraries for tests; knows nothing of the reader.

Layout: one read-only segment (headers, dynamic tables, constant data), one of code, one that is written to (dynamic
section, tables of pointers). Addresses are offsets plus `BASE`, so that a reader that takes one for the other fails.
"""

import struct
from dataclasses import dataclass, field

BASE = 0x10000
X86, ARM, X86_64, AARCH64, RISCV = 3, 40, 62, 183, 243
RELATIVE = {X86: 8, ARM: 23, X86_64: 8, AARCH64: 1027, RISCV: 3}
ABSOLUTE = {X86: 1, ARM: 2, X86_64: 1, AARCH64: 257, RISCV: 2}
GLOBAL, WEAK, LOCAL = 1, 2, 0
_PAGE = 16


def sleb(value: int) -> bytes:
    out = bytearray()
    while True:
        byte, value = value & 0x7F, value >> 7
        if value == (-1 if byte & 0x40 else 0):
            return bytes([*out, byte])
        out.append(byte | 0x80)


@dataclass
class Export:
    name: bytes
    size: int = 4
    binding: int = GLOBAL
    visibility: int = 0
    kind: int = 2


@dataclass
class Library:
    """What to write. `hashes`: of gnu, sysv; `relocations`: rela, rel, packed, packed-each, relr, none."""

    machine: int = AARCH64
    bits: int = 64
    needed: list[bytes] = field(default_factory=list)
    soname: bytes = b""
    imports: list[bytes] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)
    constants: list[bytes] = field(default_factory=list)
    tables: list[list[int]] = field(default_factory=list)
    hashes: tuple[str, ...] = ("gnu", "sysv")
    relocations: str = "rela"
    sections: bool = True
    build_id: bytes = b"\x01\x02\x03\x04\x05\x06\x07\x08"
    constant_at: list[int] = field(default_factory=list)
    """After `write`: offset of each constant. A table row is k ≥ 0 for constant k, -k for the k-th export."""
    table_at: list[int] = field(default_factory=list)
    export_at: list[int] = field(default_factory=list)

    @property
    def word(self) -> int:
        return self.bits // 8

    def number(self, *values: int) -> bytes:
        return struct.pack(f"<{len(values)}{'Q' if self.bits == 64 else 'I'}", *(v % (1 << self.bits) for v in values))

    # --- parts ------------------------------------------------------------------------------------

    def symbol(self, name: int, value: int, size: int, info: int, other: int, section: int) -> bytes:
        if self.bits == 64:
            return struct.pack("<IBBHQQ", name, info, other, section, value, size)
        return struct.pack("<IIIBBH", name, value, size, info, other, section)

    def names(self) -> tuple[bytes, dict[bytes, int]]:
        out, at = bytearray(b"\0"), {b"": 0}
        for name in [*self.needed, self.soname, *self.imports, *(export.name for export in self.exports)]:
            if name not in at:
                at[name] = len(out)
                out += name + b"\0"
        return bytes(out), at

    def gnu_hash(self) -> bytes:
        """One bucket, whose chain holds all exports; they follow the imports in the symbol table."""
        first, count = 1 + len(self.imports), len(self.exports)
        chain = [2 * k + (k == count - 1) for k in range(count)]
        return (
            struct.pack("<4I", 1, first, 1, 0)
            + self.number(0)
            + struct.pack(f"<{1 + count}I", first if count else 0, *chain)
        )

    def sysv_hash(self) -> bytes:
        count = 1 + len(self.imports) + len(self.exports)
        return struct.pack(f"<{3 + count}I", 1, count, 0, *[0] * count)

    def relocated(self, slots: list[tuple[int, int]]) -> tuple[bytes, list[int]]:
        """Return the relocations of (address, target), and the tags of the dynamic section that name them."""
        kind, info = self.relocations, RELATIVE[self.machine]
        if kind == "rela":
            return b"".join(self.number(at, info, to) for at, to in slots), [7, 8]
        if kind == "rel":
            return b"".join(self.number(at, info) for at, _ in slots), [17, 18]
        if kind == "relr":
            return self.relr(sorted(at for at, _ in slots)), [36, 35]
        if kind == "none":
            return b"", []
        return self.packed(slots, info, each=kind == "packed-each"), [0x60000011, 0x60000012]

    def packed(self, slots: list[tuple[int, int]], info: int, *, each: bool) -> bytes:
        out = b"APS2" + sleb(len(slots)) + sleb(0) + sleb(len(slots)) + sleb(8 if each else 8 | 1)
        out += b"" if each else sleb(info)
        before, target = 0, 0
        for at, to in slots:
            out += sleb(at - before) + (sleb(info) if each else b"") + sleb(to - target)
            before, target = at, to
        return out

    def relr(self, slots: list[int]) -> bytes:
        out, left, span = [], list(slots), self.bits - 1
        while left:
            base = left.pop(0)
            out.append(base)
            base += self.word
            while left and left[0] < base + span * self.word:
                here = [at for at in left if at < base + span * self.word]
                left = left[len(here) :]
                out.append(1 | sum(1 << (1 + (at - base) // self.word) for at in here))
                base += span * self.word
        return self.number(*out)

    # --- file -------------------------------------------------------------------------------------

    def write(self) -> bytes:
        self.constant_at, self.table_at, self.export_at = [], [], []
        names, name_at = self.names()
        head = 64 if self.bits == 64 else 52
        segment_size, section_size = (56, 64) if self.bits == 64 else (32, 40)
        out = bytearray(head + 5 * segment_size)
        symbol_size = 24 if self.bits == 64 else 16
        count = 1 + len(self.imports) + len(self.exports)
        places: dict[str, tuple[int, int]] = {}

        def put(name: str, raw: bytes) -> int:
            out.extend(bytes(-len(out) % _PAGE))
            places[name] = (len(out), len(raw))
            out.extend(raw)
            return places[name][0]

        note = struct.pack("<3I", 4, len(self.build_id), 3) + b"GNU\0" + self.build_id
        put("note", note if self.build_id else b"")
        put("dynsym", bytes(symbol_size * count))
        put("dynstr", names)
        put("gnu", self.gnu_hash() if "gnu" in self.hashes else b"")
        put("sysv", self.sysv_hash() if "sysv" in self.hashes else b"")
        slots = sum(map(len, self.tables))
        put("relocations", bytes(slots * 3 * 10 + 64))
        start = put("rodata", b"")
        for constant in self.constants:
            out.extend(bytes(len(out) % 2))
            self.constant_at.append(len(out))
            out.extend(constant + b"\0\0")
        places["rodata"] = (start, len(out) - start)
        code = put("text", b"\xc3" * (4 * len(self.exports) + 4))
        self.export_at = [code + 4 * k for k in range(len(self.exports))]
        dynamic_tags = self.tags(places, name_at)
        put("dynamic", self.number(*dynamic_tags))
        relocations, data = [], put("data", b"")
        for table in self.tables:
            out.extend(bytes(2 * self.word))
            self.table_at.append(len(out))
            for row in table:
                target = BASE + (self.constant_at[row] if row >= 0 else self.export_at[-row - 1])
                relocations.append((BASE + len(out), target))
                in_place = target if self.relocations in {"rel", "relr"} else 0
                out.extend(self.number(in_place))
        places["data"] = (data, len(out) - data)
        packed, tags = self.relocated(relocations)
        self.settle(out, places, packed, tags, dynamic_tags)
        self.symbols_into(out, places, name_at, symbol_size)
        self.headers_into(out, places, segment_size, section_size)
        return bytes(out)

    def tags(self, places: dict[str, tuple[int, int]], name_at: dict[bytes, int]) -> list[int]:
        tags = [value for name in self.needed for value in (1, name_at[name])]
        tags += [14, name_at[self.soname]] if self.soname else []
        tags += [5, BASE + places["dynstr"][0], 10, places["dynstr"][1], 6, BASE + places["dynsym"][0]]
        tags += [0x6FFFFEF5, BASE + places["gnu"][0]] if "gnu" in self.hashes else []
        tags += [4, BASE + places["sysv"][0]] if "sysv" in self.hashes else []
        return [*tags, *([0x70000000] * 4), 0, 0]

    def settle(
        self, out: bytearray, places: dict[str, tuple[int, int]], packed: bytes, tags: list[int], dynamic: list[int]
    ) -> None:
        """Write the relocations, and their place and size into the two entries kept free for them."""
        at = places["relocations"][0]
        assert len(packed) <= places["relocations"][1]
        out[at : at + len(packed)] = packed
        places["relocations"] = (at, len(packed))
        if tags:
            free = dynamic.index(0x70000000)
            dynamic[free : free + 4] = [tags[0], BASE + at, tags[1], len(packed)]
        else:
            dynamic = [*[tag for tag in dynamic if tag != 0x70000000], 0, 0, 0, 0]
        raw = self.number(*dynamic)
        out[places["dynamic"][0] : places["dynamic"][0] + len(raw)] = raw

    def symbols_into(
        self, out: bytearray, places: dict[str, tuple[int, int]], name_at: dict[bytes, int], size: int
    ) -> None:
        rows = [self.symbol(0, 0, 0, 0, 0, 0)]
        rows += [self.symbol(name_at[name], 0, 0, GLOBAL << 4 | 2, 0, 0) for name in self.imports]
        rows += [
            self.symbol(name_at[e.name], BASE + at, e.size, e.binding << 4 | e.kind, e.visibility, 7)
            for e, at in zip(self.exports, self.export_at, strict=True)
        ]
        at = places["dynsym"][0]
        out[at : at + size * len(rows)] = b"".join(rows)

    def headers_into(
        self, out: bytearray, places: dict[str, tuple[int, int]], segment_size: int, section_size: int
    ) -> None:
        code, dynamic = places["text"][0], places["dynamic"][0]
        segments = [
            (1, 4, 0, code), (1, 5, code, dynamic - code), (1, 6, dynamic, len(out) - dynamic),
            (2, 6, *places["dynamic"]), (4, 4, *places["note"]),
        ]  # fmt: skip
        head = 64 if self.bits == 64 else 52
        for k, (kind, flags, at, size) in enumerate(segments):
            where = self.number(at, BASE + at, BASE + at, size, size)
            row = struct.pack("<II", kind, flags) + where + self.number(1) if self.bits == 64 else (
                struct.pack("<I", kind) + where + struct.pack("<II", flags, 1)
            )  # fmt: skip
            out[head + k * segment_size : head + (k + 1) * segment_size] = row
        sections_at, count, last = self.sections_into(out, places, section_size) if self.sections else (0, 0, 0)
        ident = b"\x7fELF" + bytes([2 if self.bits == 64 else 1, 1, 1]) + bytes(9)
        out[:head] = (
            ident
            + struct.pack("<HHI", 3, self.machine, 1)
            + self.number(0, head, sections_at)
            + struct.pack("<I6H", 0, head, segment_size, len(segments), section_size, count, last)
        )

    def sections_into(self, out: bytearray, places: dict[str, tuple[int, int]], size: int) -> tuple[int, int, int]:
        kinds = {
            "note": (7, 2), "dynsym": (11, 2), "dynstr": (3, 2), "gnu": (0x6FFFFFF6, 2), "sysv": (5, 2),
            "relocations": (4, 2), "rodata": (1, 2), "text": (1, 6), "dynamic": (6, 3), "data": (1, 3),
        }  # fmt: skip
        names, rows = bytearray(b"\0"), [bytes(size)]
        for name, (kind, flags) in kinds.items():
            at, length = places[name]
            rows.append(self.section(len(names), kind, flags, (BASE + at, at, length)))
            names += b"." + name.encode() + b"\0"
        rows.append(self.section(len(names), 3, 0, (0, len(out), len(names) + 10)))
        names += b".shstrtab\0"
        out += names
        out += bytes(-len(out) % 8)
        where = len(out)
        out += b"".join(rows)
        return where, len(rows), len(rows) - 1

    def section(self, name: int, kind: int, flags: int, place: tuple[int, int, int]) -> bytes:
        entry = (24 if self.bits == 64 else 16) if kind == 11 else 0
        return (
            struct.pack("<II", name, kind)
            + self.number(flags, *place)
            + struct.pack("<II", 3 if kind in {6, 11} else 0, 1 if kind == 11 else 0)
            + self.number(1, entry)
        )
