"""Line numbers, parameter names and local variables of one method.

Source: Android Open Source Project, "Dalvik executable format": debug_info_item.
"""

from bisect import bisect_right
from typing import NamedTuple

import msgspec

from assay.bytecode.cursor import Cursor, broken
from assay.model.errors import Unreadable
from assay.model.locator import ByteRange
from assay.model.problem import Problem

MAX_STEPS = 1_000_000
"""Most byte codes read of one debug_info_item: the largest method has 65,536 code units."""

_END, _ADVANCE_PC, _ADVANCE_LINE, _START_LOCAL, _START_LOCAL_EXTENDED, _END_LOCAL, _RESTART_LOCAL = range(7)
_SET_PROLOGUE_END, _SET_EPILOGUE_BEGIN, _SET_FILE, _FIRST_SPECIAL = 7, 8, 9, 0x0A
_LINE_BASE, _LINE_RANGE = -4, 15
_WIDE = ("J", "D")
_COST = "line numbers and names of variables of this method may be missing"


class Line(NamedTuple):
    """From a code offset in 16-bit units on, code stems from a line; `file` is a string index where it was set."""

    pc: int
    line: int
    file: int | None = None


class Variable(NamedTuple):
    """A variable and the run of code units in which a register holds it; `end` is the first unit behind the run.

    Name and signature are string indices, `type` a type index, None where the file gives none; `this` has no name.
    """

    register: int
    first: int
    end: int
    name: int | None
    type: int | None
    signature: int | None = None
    is_this: bool = False


class DebugInfo(msgspec.Struct, frozen=True):
    """What a file says of one method's source.

    `lines` by rising code offset; `parameters`: string index of each parameter's name, None without, `this` not
    counted, as many as the file lists; `variables`: in the order in which they end, `this` and all parameters among
    them, those of equal end by register.
    Indices are as found.
    """

    lines: tuple[Line, ...] = ()
    parameters: tuple[int | None, ...] = ()
    variables: tuple[Variable, ...] = ()
    problems: tuple[Problem, ...] = ()

    def line(self, pc: int) -> int | None:
        """Return the line of the instruction at a code offset in 16-bit units, None before the first that has one."""
        row = bisect_right(self.lines, pc, key=lambda line: line.pc) - 1
        return self.lines[row].line if row >= 0 else None


class Entry(NamedTuple):
    """What is in a register when a method begins: the register, the type index, and whether it is `this`."""

    register: int
    type: int | None
    is_this: bool = False


def read_debug_info(data: memoryview, offset: int, units: int, entries: tuple[Entry, ...]) -> DebugInfo:
    """Return the debug information at an offset in bytes, for a body of so many code units; 0 is none.

    `entries` are the registers that hold `this` and the parameters, in order.
    """
    return _Machine(Cursor(data, offset), units).read(entries) if offset else DebugInfo()


def entries(first: int, this: int | None, parameters: list[tuple[int, str]]) -> tuple[Entry, ...]:
    """Return the registers that hold `this` and the parameters; `first` is the first of them.

    `this` is a type index, None for static methods; `parameters` are type indices with their descriptors.
    """
    found = [] if this is None else [Entry(first, this, is_this=True)]
    register = first + len(found)
    for type_, descriptor in parameters:
        found.append(Entry(register, type_))
        register += 2 if descriptor in _WIDE else 1
    return tuple(found)


class _Machine:
    """The state machine of the specification."""

    def __init__(self, cursor: Cursor, units: int) -> None:
        self._cursor = cursor
        self._units = units
        self._offset = cursor.place
        self._pc = 0
        self._line = 0
        self._file: int | None = None
        self._lines: list[Line] = []
        self._live: dict[int, Variable] = {}
        self._last: dict[int, Variable] = {}
        self._ended: list[Variable] = []
        self._problems: list[Problem] = []
        self._astray: list[int] = []

    def read(self, entries: tuple[Entry, ...]) -> DebugInfo:
        parameters: list[int | None] = []
        try:
            self._line = self._cursor.uleb128()
            self._parameters(parameters)
            self._enter(entries, parameters)
            self._run()
        except Unreadable as error:
            self._problems.append(broken("debug information", self._offset, error, _COST))
        for register in sorted(self._live):
            self._end(register, self._units)
        if self._astray:
            self._problems.append(_no_variable(self._astray))
        return DebugInfo(tuple(self._lines), tuple(parameters), tuple(self._ended), tuple(self._problems))

    def _parameters(self, found: list[int | None]) -> None:
        for _ in range(self._cursor.uleb128()):
            if len(found) == MAX_STEPS:
                raise Unreadable(f"there are more than {MAX_STEPS} names of parameters")
            found.append(_index(self._cursor.uleb128p1()))

    def _enter(self, entries: tuple[Entry, ...], parameters: list[int | None]) -> None:
        names = iter(parameters)
        for register, type_, is_this in entries:
            name = None if is_this else next(names, None)
            self._begin(Variable(register, 0, self._units, name, type_, is_this=is_this))

    def _run(self) -> None:
        for _ in range(MAX_STEPS):
            code = self._cursor.byte()
            if code == _END:
                return
            if code >= _FIRST_SPECIAL:
                self._special(code - _FIRST_SPECIAL)
            else:
                self._step(code)
        raise Unreadable(f"there are more than {MAX_STEPS} byte codes")

    def _special(self, adjusted: int) -> None:
        self._line += _LINE_BASE + adjusted % _LINE_RANGE
        self._pc += adjusted // _LINE_RANGE
        if self._pc >= self._units:
            raise Unreadable(f"a line begins at code unit {self._pc}, the method has {self._units}")
        if not 0 <= self._line < 1 << 32:
            raise Unreadable(f"the line number becomes {self._line}")
        self._lines.append(Line(self._pc, self._line, self._file))

    def _step(self, code: int) -> None:
        if code == _ADVANCE_PC:
            self._pc += self._cursor.uleb128()
        elif code == _ADVANCE_LINE:
            self._line += self._cursor.sleb128()
        elif code == _SET_FILE:
            self._file = _index(self._cursor.uleb128p1())
        elif code in (_START_LOCAL, _START_LOCAL_EXTENDED):
            self._start(extended=code == _START_LOCAL_EXTENDED)
        elif code == _END_LOCAL:
            self._end(self._cursor.uleb128(), self._pc)
        elif code == _RESTART_LOCAL:
            self._restart(self._cursor.uleb128())

    def _start(self, *, extended: bool) -> None:
        register = self._cursor.uleb128()
        name, type_ = _index(self._cursor.uleb128p1()), _index(self._cursor.uleb128p1())
        signature = _index(self._cursor.uleb128p1()) if extended else None
        self._begin(Variable(register, self._pc, self._units, name, type_, signature))

    def _begin(self, variable: Variable) -> None:
        self._end(variable.register, self._pc)
        self._live[variable.register] = variable

    def _restart(self, register: int) -> None:
        before = self._last.get(register)
        if before is None:
            self._astray.append(self._cursor.place - 1)
        elif register not in self._live:
            self._live[register] = before._replace(first=self._pc)

    def _end(self, register: int, end: int) -> None:
        """End what a register holds, if it holds something; a run without code is no variable."""
        variable = self._live.pop(register, None)
        if variable is None:
            return
        self._last[register] = variable
        end = min(end, self._units)
        if variable.first < end:
            self._ended.append(variable._replace(end=end))


def _no_variable(places: list[int]) -> Problem:
    what = f"{len(places)} variables begin anew in a register that held none; the first here"
    return Problem(place=str(ByteRange(places[0], 1)), what=what, instead="passed over", cost=_COST)


def _index(number: int) -> int | None:
    return None if number < 0 else number
