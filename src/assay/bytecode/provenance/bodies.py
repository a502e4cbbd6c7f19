"""The code of one definition with its values: what an instruction reads, who reads what it writes, what it calls."""

from bisect import bisect_left
from collections import OrderedDict
from functools import cached_property
from typing import NamedTuple

from assay.bytecode.class_data import ACC_STATIC
from assay.bytecode.columns.record import UNNAMED
from assay.bytecode.dex import DexFile
from assay.bytecode.flow.control_flow import ControlFlow, Flows
from assay.bytecode.opcodes import OPCODES, POLYMORPHIC
from assay.bytecode.program.calls import Precision
from assay.bytecode.program.names import descriptors
from assay.bytecode.program.program import Program
from assay.bytecode.provenance.boundary import Boundary
from assay.bytecode.provenance.links_record import Link
from assay.bytecode.provenance.naming import method_named, prototype_named, string_named
from assay.bytecode.provenance.uses_index import UsesIndex
from assay.model.errors import Unreadable

MOST_KEPT = 4096
"""Bodies kept at once; the one that was asked for longest ago goes first."""

_NAMES = tuple(row.name for row in OPCODES)
_WIDE = (b"J", b"D")


class Call(NamedTuple):
    """What an invoke calls, in the words of its reference; of an invoke-custom, of its call site (`owner` empty).

    `arguments`: values, the receiver first, one each (a wide one once); `targets`: definitions in the program, by
    rising number (of a lambda: the method that it runs, later); `capped`: there are more than are listed.
    """

    row: int
    pc: int
    owner: bytes
    name: bytes
    prototype: bytes
    static: bool
    arguments: tuple[int, ...]
    targets: tuple[int, ...]
    capped: bool = False


class Body:
    """One definition that has code. Rows are those of `flow.graph.code`, values those of `values`.

    `direct`: links of its calls that were made so far, by row and callee.
    """

    def __init__(
        self, program: Program, definition: int, flow: ControlFlow, dex: DexFile, boundary: Boundary
    ) -> None:  # fmt: skip
        """Decode the code and follow its values. Raises: Unreadable over the limits of `values`."""
        self.definition = definition
        self.part = program.parts[int(program.definition_part[definition])]
        self.flow, self.values, self.dex = flow, flow.values, dex
        self.registers = self.values.registers
        self._program, self._boundary = program, boundary
        code = flow.graph.code
        self._pcs: list[int] = code.pc.tolist()
        self._opcodes: list[int] = code.opcode.tolist()
        self.operands: list[tuple[int, int, int]] = list(
            zip(code.a.tolist(), code.b.tolist(), code.c.tolist(), strict=True)
        )
        self._read_starts: list[int] = self.values.read_starts.tolist()
        self._read_values: list[int] = self.values.read_value.tolist()
        self._calls: dict[int, Call | None] = {}
        self.direct: dict[tuple[int, int], Link] = {}

    @property
    def rows(self) -> int:
        """Number of instructions."""
        return len(self._opcodes)

    @cached_property
    def key(self) -> tuple[bytes, bytes, bytes]:
        """Class, name and prototype, as bytes."""
        columns = self.part.columns
        row = int(self._program.definition_row[self.definition])
        return method_named(columns, int(columns.definition_methods[row]))

    @cached_property
    def static(self) -> bool:
        """Whether it has no `this`."""
        return bool(int(self._program.linked.definition_access[self.definition]) & ACC_STATIC)

    @cached_property
    def parameters(self) -> tuple[int, ...]:
        """The value of each parameter, `this` first; empty where the code has fewer registers than it needs."""
        widths = [*([] if self.static else [1]), *_widths(self.key[2])]
        first = self.registers - sum(widths)
        starts = [first + sum(widths[:at]) for at in range(len(widths))]
        return tuple(starts) if first >= 0 else ()

    @cached_property
    def returns(self) -> list[tuple[int, int]]:
        """The row of each return that gives something, and the value."""
        rows = [row for row in range(self.rows) if _NAMES[self._opcodes[row]].startswith("return")]
        return [(row, reads[0]) for row in rows if (reads := self.reads(row)) and reads[0] >= 0]

    def pc(self, row: int) -> int:
        """Return the offset of an instruction from the method's first, in 16-bit units. Raises: IndexError."""
        return self._pcs[_checked(row)]

    def row_at(self, pc: int) -> int | None:
        """Return the row of the instruction that begins at a code offset."""
        row = bisect_left(self._pcs, pc)
        return row if row < self.rows and self._pcs[row] == pc else None

    def opcode(self, row: int) -> str:
        """Return the mnemonic. Raises: IndexError."""
        return _NAMES[self._opcodes[_checked(row)]]

    def block(self, row: int) -> int:
        """Return the block of an instruction. Raises: IndexError."""
        return int(self.flow.blocks.of[_checked(row)])

    def value_of(self, row: int) -> int:
        """Return the value that an instruction writes."""
        return self.registers + row

    def row_of(self, value: int) -> int | None:
        """Return the instruction that writes a value; None for what registers begin with, and for junctions."""
        return value - self.registers if self.registers <= value < self.values.first_junction else None

    def reads(self, row: int) -> tuple[int, ...]:
        """Return the value behind each operand in order, -1 where none reaches it; wide ones once. Raises: IndexError.

        Of an invoke: one a register, so that wide arguments stand twice (`call` gives them once).
        """
        return tuple(self._read_values[self._read_starts[_checked(row)] : self._read_starts[row + 1]])

    def readers(self, value: int) -> list[int]:
        """Return the rows that read a value itself, ascending; those behind a junction read that."""
        return self._readers.get(value, [])

    def result(self, row: int) -> int | None:
        """Return the value of the move-result behind an invoke or filled-new-array. Raises: IndexError."""
        _checked(row)
        behind = row + 1 < self.rows and self.opcode(row + 1).startswith("move-result")
        gives = self.opcode(row).startswith(("invoke-", "filled-new-array"))
        return self.value_of(row + 1) if behind and gives else None

    def producer(self, row: int) -> int | None:
        """Return the row whose result a move-result takes. Raises: IndexError."""
        before = row - 1
        taken = self.opcode(row).startswith("move-result") and before >= 0
        return before if taken and self.opcode(before).startswith(("invoke-", "filled-new-array")) else None

    def call(self, row: int) -> Call | None:
        """Return what an instruction calls, None where it is no call. Raises: IndexError."""
        if row not in self._calls:
            self._calls[row] = self._call(row) if self.opcode(row).startswith("invoke-") else None
        return self._calls[row]

    @cached_property
    def calls(self) -> list[Call]:
        """All its calls in the order of code."""
        return [call for row in range(self.rows) if (call := self.call(row)) is not None]

    @cached_property
    def meets(self) -> dict[int, tuple[int, ...]]:
        """The junctions, ascending, by each value that meets others in them."""
        found: dict[int, tuple[int, ...]] = {}
        starts, meeting = self.values.meeting_starts.tolist(), self.values.meeting.tolist()
        for row in range(len(starts) - 1):
            for value in meeting[starts[row] : starts[row + 1]]:
                found[value] = (*found.get(value, ()), self.values.first_junction + row)
        return found

    @cached_property
    def _readers(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row in range(self.rows):
            for value in dict.fromkeys(self.reads(row)):
                found.setdefault(value, []).append(row)
        return found

    @cached_property
    def _reached(self) -> dict[int, tuple[tuple[int, ...], bool]]:
        """By code offset: the definitions that may be called, and whether more are possible."""
        calls = self._program.calls
        found: dict[int, tuple[tuple[int, ...], bool]] = {}
        first, end = calls.caller_starts[self.definition : self.definition + 2].tolist()
        edges = (calls.pc[first:end].tolist(), calls.callee[first:end].tolist(), calls.precision[first:end].tolist())
        for pc, callee, precision in zip(*edges, strict=True):
            known, capped = found.get(pc, ((), False))
            kept = callee >= 0 and not self._boundary.has(callee)
            found[pc] = ((*known, callee) if kept else known), capped or precision == Precision.CAPPED
        return found

    def _call(self, row: int) -> Call:
        name = self.opcode(row)
        custom = name.startswith("invoke-custom")
        owner, called, prototype = self._custom(row) if custom else self._method(row)
        static = custom or name.startswith("invoke-static")
        targets, capped = self._reached.get(self._pcs[row], ((), False))
        arguments = self._arguments(row, prototype, static=static)
        return Call(row, self._pcs[row], owner, called, prototype, static, arguments, targets, capped)

    def _method(self, row: int) -> tuple[bytes, bytes, bytes]:
        owner, name, prototype = method_named(self.part.columns, self.operands[row][1])
        if self._opcodes[row] in POLYMORPHIC:
            prototype = prototype_named(self.part.columns, self.operands[row][0] >> 8)
        return owner, name, prototype

    def _custom(self, row: int) -> tuple[bytes, bytes, bytes]:
        index = self.operands[row][1]
        if not 0 <= index < len(self.dex.tables.call_sites):
            return b"", UNNAMED, UNNAMED
        site, columns = self.dex.call_site(index), self.part.columns
        name = UNNAMED if site.name is None else string_named(columns, site.name)
        return b"", name, UNNAMED if site.prototype is None else prototype_named(columns, site.prototype)

    def _arguments(self, row: int, prototype: bytes, *, static: bool) -> tuple[int, ...]:
        """Return one value a parameter; as many as the instruction passes registers for."""
        passed = self.reads(row)
        found, at = [], 0
        for width in (*(() if static else (1,)), *_widths(prototype)):
            if at >= len(passed):
                break
            found.append(passed[at])
            at += width
        return tuple(found)


class Bodies:
    """The bodies of a program, made when they are asked for, up to a `boundary`; at most `MOST_KEPT` are kept.

    Nothing here depends on what was asked before: analysers can share it.
    """

    def __init__(self, program: Program, boundary: Boundary | None = None) -> None:
        """Keep the program; nothing is decoded yet."""
        self._program, self.boundary = program, boundary or Boundary(program)
        self._kept: OrderedDict[int, Body | None] = OrderedDict()
        self._flows: dict[int, tuple[Flows, DexFile]] = {}

    def of(self, definition: int) -> Body | None:
        """Return the body of a definition; None without code that can be read or is followed. Raises: IndexError."""
        if definition in self._kept:
            self._kept.move_to_end(definition)
        else:
            self._kept[definition] = self._made(definition)
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return self._kept[definition]

    @cached_property
    def index(self) -> UsesIndex:
        """Who uses what the program names."""
        return UsesIndex(self._program)

    def _made(self, definition: int) -> Body | None:
        row = int(self._program.definition_row[_checked(definition)])
        if self.boundary.has(definition):
            return None
        flows, dex = self._of_part(int(self._program.definition_part[definition]))
        flow = flows.of(row)
        try:
            return Body(self._program, definition, flow, dex, self.boundary) if len(flow.graph.code.pc) else None
        except Unreadable:
            return None

    def _of_part(self, part: int) -> tuple[Flows, DexFile]:
        if part not in self._flows:
            dex = self._program.parts[part].dex()
            self._flows[part] = Flows(dex), dex
        return self._flows[part]


def _widths(prototype: bytes) -> tuple[int, ...]:
    return tuple(2 if each in _WIDE else 1 for each in (descriptors(prototype) or [b"V"])[:-1])


def _checked(row: int) -> int:
    if row < 0:
        raise IndexError(row)
    return row
