"""DEX files in plain Python, for checks that shall need nothing of the bench: names, code, paths through a method.

All work is counted and ends. What the runtime's own verifier refuses may be refused here, by one of `FAULTS`.

Source: Android Open Source Project, "Dalvik executable format", "Dalvik bytecode", versions up to 039.
"""

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from struct import calcsize, error, iter_unpack, unpack_from
from typing import Any, NamedTuple

_RUNS = """10x 12xwm 22xwm 32xwm 12xWm 22xWm 32xWm 12xwm 22xwm 32xwm 11xwq 11xWq 11xwq 11xw 10xe 11xer*3 11nwk 21swk
31iwk 21hwk 21sWk 31iWk 51lWk 21hWk 21cwtSk 31cwtSk 21cwtTk 11xt*2 21ctT 22cwtT 12xwt 21cwtTn 22cwtTn 35ctTn 3rctTn
31tt 11xte 10tg 20tg 30tg 31tz*2 23xw*5 22tb*6 21tb*6 10x*6 23xwt 23xWt 23xwt*5 23xt*7 22cwtG 22cWtG 22cwtG*5 22ctP*7
21cwtG 21cWtG 21cwtG*5 21ctP*7 35ctMv 35ctM*3 35ctMv 10x 3rctMv 3rctM*3 3rctMv 10x*2 12xw*2 12xW*2 12xw 12xW*2 12xw
12xW 12xw*2 12xW 12xw 12xW*2 12xw 12xW 12xw*4 23xw*3 23xwt*2 23xw*6 23xW*3 23xWt*2 23xW*6 23xw*5 23xW*5 12xwu*3
12xwut*2 12xwu*6 12xWu*3 12xWut*2 12xWu*6 12xwu*5 12xWu*5 22sw*3 22swt*2 22sw*3 22bw*3 22bwt*2 22bw*6 10x*23 45ctM
4rctM 35ct 3rct 21cwt*2""".split()
OPCODES = [run.split("*")[0] for run in _RUNS for _ in range(int((run + "*1").split("*")[1]))]
"""Format and flags of each opcode: w writes its first register, W a pair, u and reads it too, m moves, k is a constant,
q takes a result, n makes an object; S T G P M names a string, type, field that is got or put, method; v dispatches;
t throws, r returns a value, e ends, b and z branch, g jumps."""
WORK = 100_000_000
_MOST = 128 << 20
_DEEPEST = 99
FAULTS = (ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError, ValueError, error,
          zipfile.BadZipFile, zlib.error)  # fmt: skip


class DoesNotHold(Exception):
    """Says what does not hold."""


def need(holds: object, otherwise: str) -> None:
    """Raise DoesNotHold unless something holds."""
    if not holds:
        raise DoesNotHold(otherwise)


class Instruction(NamedTuple):
    """One instruction; `onward` and `caught` are code offsets; `onward` begins with the one behind where it goes on."""

    opcode: int
    flags: str
    end: int
    number: int
    names: str | None
    reads: list[int]
    writes: list[int]
    onward: list[int]
    caught: list[int]

    def side(self, number: int | None, otherwise: int) -> int:
        """Return where a comparison of a register with zero leads for a number; `otherwise` where that is not told."""
        if number is None or not 0x38 <= self.opcode <= 0x3D:
            return otherwise
        return self.onward[
            (number == 0, number != 0, number < 0, number >= 0, number > 0, number <= 0)[self.opcode - 0x38]
        ]


class Dex:
    """One file: `names` by flag of the opcode, `parents` of each class, the superclass first, `code` offsets."""

    def __init__(self, data: bytes) -> None:
        """Read the tables and what every class defines."""
        self.data, self.left = data + bytes(16), WORK
        tables = iter_unpack("<2I", data[0x38:0x68])
        strings = [self._text(at) for (at,) in self._rows("<I", tables)]
        types = [strings[name] for (name,) in self._rows("<I", tables)]
        protos = [f"({''.join(self._listed(types, at))}){types[back]}" for _, back, at in self._rows("<3I", tables)]
        fields = [self.kept(f"{types[a]}->{strings[c]}:{types[b]}") for a, b, c in self._rows("<2HI", tables)]
        methods = [(types[a], self.kept(strings[c] + protos[b])) for a, b, c in self._rows("<2HI", tables)]
        names = [self.kept("->".join(each)) for each in methods]
        self.names = {"S": strings, "T": types, "G": fields, "P": fields, "M": names}
        self.parents, self.code = dict[str, list[str]](), dict[tuple[str, str], int]()
        for owner, _, above, interfaces, _, _, body, _ in self._rows("<8I", tables):
            parents = ["" if above == 0xFFFFFFFF else types[above], *self._listed(types, interfaces)]
            if self.parents.setdefault(types[owner], parents) is parents:
                self.code.update((methods[n], at) for n, at in self._defined(body) if methods[n][0] == types[owner])
        self._methods = dict[tuple[str, str], Method]()

    def method(self, owner: str, signature: str) -> "Method":
        """Return a method that has code. Raises: DoesNotHold."""
        name = owner, signature
        if name not in self._methods:
            need(self.code.get(name), "there is no such code")
            self._methods[name] = Method(self, name)
        return self._methods[name]

    def kept(self, text: str, work: int = 1) -> str:
        """Return a text, and count what it and some other work take."""
        self.left -= len(text) + work
        need(self.left > 0, "checking it takes too much work")
        return text

    def numbers(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield LEB128 numbers and how many bits they have."""
        while True:
            value = bits = 0
            while bits == 0 or (self.data[at - 1] > 127 and bits < 35):
                value, bits, at = value | (self.data[at] & 127) << bits, bits + 7, at + 1
            self.kept("")
            yield value, bits

    def _rows(self, shape: str, tables: Iterator[tuple[int, int]]) -> Iterator[Any]:
        size, at = next(tables)
        return iter_unpack(shape, self.data[at : at + size * calcsize(shape)])

    def _text(self, at: int) -> str:
        at = next(end for end in range(at + 1, at + 6) if self.data[end - 1] < 128)
        return self.kept(self.data[at : self.data.index(0, at)].decode("utf-8", "backslashreplace"))

    def _listed(self, types: list[str], at: int) -> Iterator[str]:
        (size,) = unpack_from("<I", self.data, at) if at else (0,)
        return (self.kept(types[number]) for (number,) in iter_unpack("<H", self.data[at + 4 : at + 4 + 2 * size]))

    def _defined(self, at: int) -> Iterator[tuple[int, int]]:
        numbers = (number for number, _ in self.numbers(at))
        sizes = [next(numbers) if at else 0 for _ in range(4)]
        for _ in range(2 * (sizes[0] + sizes[1])):
            next(numbers)
        for size in sizes[2:]:
            method = 0
            for _ in range(size):
                method, _, code = method + next(numbers), next(numbers), next(numbers)
                yield method, code


State = tuple[int, int | None]
"""An instruction that is yet to run, by its code offset, and a register that holds a value then; None: any."""


class Method:
    """The code of a method; `graph` has every instruction that can be reached, by its code offset."""

    def __init__(self, dex: Dex, name: tuple[str, str]) -> None:
        """Decode the code, following it from its first instruction."""
        self.dex, self.name, at = dex, name, dex.code[name]
        self.registers, self.ins, _, tries, _, self.size = unpack_from("<4H2I", dex.data, at)
        self._first, behind = at + 16, at + 16 + (self.size * 2 + 3) // 4 * 4
        ranges = iter_unpack("<I2H", dex.data[behind : behind + 8 * tries])
        self._tries = [(low, low + n, list(self._catches(behind + 8 * tries + place))) for low, n, place in ranges]
        self.graph, todo = dict[int, Instruction](), [0]
        while todo:
            if (pc := todo.pop()) not in self.graph:
                self.graph[pc] = self._decoded(pc)
                todo += self.graph[pc].onward + self.graph[pc].caught

    @property
    def parameters(self) -> range:
        """The registers that parameters come in with."""
        return range(self.registers - self.ins, self.registers)

    def flows(self, states: Iterable[State], goal: State, barred: int = -1) -> bool:
        """Say whether a path leads from states to one that overwrites no value and does not pass an offset."""
        seen, todo = set(states), list(states)
        while todo and todo[-1] != goal:
            pc, register = todo.pop()
            one = self.graph[pc]
            kept = [] if register in one.writes else [register]
            kept += one.writes[:1] if "m" in one.flags and register == one.reads[0] else []
            after = {(to, each) for to in one.onward for each in kept} | {(to, register) for to in one.caught}
            after = after - seen if pc != barred else set()
            seen |= after
            todo += after
            self.dex.kept("", 10)
        return bool(todo)

    def decides(self, pc: int, side: int, goal: State) -> bool:
        """Say whether one side of a branch, and no other, leads to a state that asks for the register of the goal."""
        others = [(to, goal[1]) for to in self.graph[pc].onward if to != side]
        return bool(others) and self.flows([(side, goal[1])], goal, pc) and not self.flows(others, goal, pc)

    def number(self, pc: int, side: int, goal: State) -> int | None:
        """Return the number that a register holds behind one side of a branch; None where it holds something else.

        Raises: DoesNotHold where that is not told: it may hold several things, one of them a number or moved there.
        """
        kept, found = self.flows([(side, goal[1])], goal, pc), list[Instruction]()
        for place, one in self.graph.items():
            if goal[1] in one.writes and self.flows([(one.end, goal[1])], goal):
                before = kept and self.flows([(one.end, goal[1])], (side, goal[1]))
                found += [one] if before or self.flows([(side, None)], (place, None), pc) else []
        numbers = {one.number for one in found if "k" in one.flags and one.names is None}
        plain = not numbers and not any("m" in one.flags for one in found)
        need(plain or (len(numbers) == 1 and all("k" in one.flags for one in found)), "its register may hold several")
        return None if plain else numbers.pop()

    def behind(self, pc: int, register: int) -> set[State]:
        """Return the state behind an instruction that leaves a value in a register. Raises: DoesNotHold."""
        one = self.graph[pc]
        result = self.graph.get(one.end, one)
        if "q" in result.flags and register == result.writes[0]:
            return {(result.end, register)}
        need(register in (one.writes[:1] or one.reads), "its instruction leaves nothing in that register")
        return {(one.end, register)}

    def _catches(self, at: int) -> Iterator[int]:
        numbers = self.dex.numbers(at)
        size, bits = next(numbers)
        size -= (size >> bits - 1) << bits
        for _ in range(abs(size)):
            yield (next(numbers), next(numbers))[1][0]
        if size <= 0:
            yield next(numbers)[0]

    def _decoded(self, pc: int) -> Instruction:
        need(0 <= pc < self.size, "the code leads out of its method")
        at = self._first + 2 * pc
        opcode = self.dex.data[at]
        form, flags, number = OPCODES[opcode][:3], OPCODES[opcode][3:], self._number(at)
        used, end = self._registers(at), pc + int(form[0])
        onward = [] if "e" in flags else [pc + number] if "g" in flags else [end]
        onward += [pc + number] if "b" in flags else self._cases(pc, number) if "z" in flags else []
        ways = [place for low, high, places in self._tries if low <= pc < high for place in places]
        self.dex.kept("", len(self._tries) + len(onward) + len(ways))
        names = next((self.dex.names[flag][number] for flag in flags if flag in self.dex.names), None)
        writes = used[:1] if {"w", "W"} & {*flags} else []
        reads = used if "u" in flags else used[len(writes) :]
        writes += [writes[0] + 1] if "W" in flags else []
        return Instruction(opcode, flags, end, number, names, reads, writes, onward, ways if "t" in flags else [])

    def _number(self, at: int) -> int:
        """Return the constant, the branch offset or the index of an instruction."""
        form = OPCODES[self.dex.data[at]]
        if (form[2] == "c" and form[0] != "3") or form[:3] in {"35c", "3rc"}:
            return int(unpack_from("<2xH", self.dex.data, at)[0])
        (number,) = unpack_from({"1": "<xb", "2": "<2xh", "3": "<2xi"}.get(form[0], "<2xq"), self.dex.data, at)
        shift = (48 if "W" in form else 16) if form[:3] == "21h" else 0
        return int(number) >> 4 if form[:3] == "11n" else int(number) << shift

    def _registers(self, at: int) -> list[int]:  # noqa: PLR0911 - one for each shape
        """Return the registers of an instruction in the order of its operands."""
        form, (byte, unit, more) = OPCODES[self.dex.data[at]][:3], unpack_from("<xB2H", self.dex.data, at)
        low, high = byte & 15, byte >> 4
        match form[1:]:
            case "0x" | "0t":
                return []
            case "1n":
                return [low]
            case "5c":
                return [*(more >> shift & 15 for shift in (0, 4, 8, 12)), low][:high]
            case "rc":
                return [*range(more, more + byte)]
            case "3x":
                return [byte, unit & 255, unit >> 8]
            case "2b":
                return [byte, unit & 255]
            case "2x" if form != "12x":
                return [byte, unit] if form == "22x" else [unit, more]
        return [low, high] if form[1] == "2" else [byte]

    def _cases(self, pc: int, step: int) -> list[int]:
        need(0 <= pc + step < self.size, "a switch leads out of its method")
        at = self._first + 2 * (pc + step)
        kind, size = unpack_from("<2H", self.dex.data, at)
        at += {0x100: 8, 0x200: 4 + 4 * size}[kind]
        return [pc + to for (to,) in iter_unpack("<i", self.dex.data[at : at + 4 * size])]


def can_call(dexes: Mapping[str, Dex], call: Instruction, callee: Method) -> bool:
    """Say whether a call can run a method: the one it names, or the one that an object of a class below runs."""
    owner, _, signature = (call.names or "").partition("->")
    below = (each for dex in dexes.values() for each in dex.parents if "v" in call.flags)
    return (signature, len(call.reads)) == (callee.name[1], callee.ins) and any(
        runs(dexes, each, signature) == callee.name[0] and owner in _above(dexes, each) for each in (owner, *below)
    )


def runs(dexes: Mapping[str, Dex], owner: str, signature: str) -> str:
    """Return the class whose code runs when an object of a class is asked for a method; one outside where it is."""
    for _ in range(_DEEPEST):
        dex = next((dex for dex in dexes.values() if owner in dex.parents), None)
        if dex is None or (owner, signature) in dex.code:
            return owner
        owner = dex.parents[owner][0]
    raise DoesNotHold("classes are below themselves")


def _above(dexes: Mapping[str, Dex], owner: str) -> set[str]:
    seen, todo = {owner}, [owner]
    for each in todo:
        parents = {parent for dex in dexes.values() for parent in dex.parents.get(each, ())} - seen
        seen |= parents
        todo += sorted(parents)
        next(iter(dexes.values())).kept("", len(parents))
    return seen


def dex_files(path: str) -> list[bytes]:
    """Return the DEX file that a file is, or those that it holds as a ZIP archive. Raises: what FAULTS lists."""
    if not zipfile.is_zipfile(path):
        return [Path(path).read_bytes()]
    with zipfile.ZipFile(path) as archive:
        entries = [each for each in archive.infolist() if each.filename.endswith(".dex") and each.file_size <= _MOST]
        return [archive.read(each) for each in entries]
