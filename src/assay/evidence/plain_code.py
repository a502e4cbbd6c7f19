"""Code of DEX files in plain Python: instructions, and the paths on which registers keep what they hold.

Source: Android Open Source Project, "Dalvik bytecode", versions up to 039.
"""

from collections.abc import Iterable, Iterator, Mapping
from struct import iter_unpack, unpack_from
from typing import NamedTuple

if __package__:
    from assay.evidence.plain_dex import Dex, above, need, runs
else:
    from plain_dex import Dex, above, need, runs  # type: ignore[import-not-found,no-redef]

_RUNS = """10x 12xwm 22xwm 32xwm 12xWm 22xWm 32xWm 12xwm 22xwm 32xwm 11xwq 11xWq 11xwq 11xw 10xe 11xer*3 11nwk 21swk
31iwk 21hwk 21sWk 31iWk 51lWk 21hWk 21cwtSk 31cwtSk 21cwtTk 11xt*2 21ctT 22cwtT 12xwt 21cwtTn 22cwtTn 35ctTn 3rctTn
31tt 11xte 10tg 20tg 30tg 31tz*2 23xw*5 22tb*6 21tb*6 10x*6 23xwt 23xWt 23xwt*5 23xt*7 22cwtG 22cWtG 22cwtG*5 22ctP*7
21cwtG 21cWtG 21cwtG*5 21ctP*7 35ctMv 35ctM*3 35ctMv 10x 3rctMv 3rctM*3 3rctMv 10x*2 12xw*2 12xW*2 12xw 12xW*2 12xw
12xW 12xw*2 12xW 12xw 12xW*2 12xw 12xW 12xw*4 23xw*3 23xwt*2 23xw*6 23xW*3 23xWt*2 23xW*6 23xw*5 23xW*5 12xwu*3
12xwut*2 12xwu*6 12xWu*3 12xWut*2 12xWu*6 12xwu*5 12xWu*5 22sw*3 22swt*2 22sw*3 22bw*3 22bwt*2 22bw*6 10x*23 45ctM
4rctM 35ctL 3rctL 21cwt*2""".split()
OPCODES = [run.split("*")[0] for run in _RUNS for _ in range(int((run + "*1").split("*")[1]))]
"""Format and flags of each opcode: w writes its first register, W a pair, u and reads it too, m moves, k is a constant,
q takes a result, n makes an object; S T G P M L names a string, type, field that is got or put, method, a lambda's;
v dispatches; t throws, r returns a value, e ends, b and z branch, g jumps."""


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

    def leads(self, number: int | None, side: int, *, past: bool) -> bool:
        """Say whether a comparison of a register with zero leads a number to a side, or past it; to it if not told."""
        if number is None or not 0x38 <= self.opcode <= 0x3D:
            return not past
        holds = (number == 0, number != 0, number < 0, number >= 0, number > 0, number <= 0)[self.opcode - 0x38]
        return (self.onward[holds] != side) == past


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

    def decides(self, pc: int, side: int, goal: State, *, sure: bool) -> bool:
        """Say whether one side of a branch, and no other, leads to a state that asks for the register of the goal.

        `sure`: or whether that side always leads to the instruction, and another one does not.
        """
        others = [(to, goal[1]) for to in self.graph[pc].onward if to != side]
        if not others or not self.flows([(side, goal[1])], goal, pc):
            return False
        surely = sure and goal[1] is None and self.always(side, goal[0])
        missed = surely and not all(self.always(to, goal[0]) for to, _ in others)
        return missed or not self.flows(others, goal, pc)

    def always(self, start: int, goal: int) -> bool:
        """Say whether no path leads from an instruction out of the method that does not pass another one."""
        ends = [pc for pc, one in self.graph.items() if "e" in one.flags and pc != goal]
        return not any(self.flows([(start, None)], (end, None), goal) for end in ends)

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

    def behind(self, pc: int, register: int, *, returned: bool) -> State:
        """Return the state behind an instruction that leaves a value in a register. Raises: DoesNotHold."""
        one = self.graph[pc]
        result = self.graph.get(one.end, one)
        if "q" in result.flags and register == result.writes[0]:
            return (result.end, register)
        need(not returned and register in (one.writes[:1] or one.reads), "it leaves nothing in that register")
        return (one.end, register)

    def gives(self, origin: int, pc: int, registers: Iterable[int]) -> str:
        """Return what an instruction makes and hands to another in one of some registers. Raises: DoesNotHold."""
        one, behind = self.graph[origin], self.graph[self.graph[origin].end]
        states = {(behind.end, behind.writes[0])} if "L" in one.flags else {(one.end, one.writes[0])}
        ways = [self.flows(states, (pc, register)) for register in registers]
        need({"k", "n", "L"} & {*one.flags} and any(ways), "what its origin gives does not come to it")
        return str(one.names)

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
        names = self.dex.lambdas[number] if "L" in flags else names
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


def method(dex: Dex, owner: str, signature: str) -> Method:
    """Return a method that has code. Raises: DoesNotHold."""
    name = owner, signature
    if name not in dex.kept_methods:
        need(dex.code.get(name), "there is no such code")
        dex.kept_methods[name] = Method(dex, name)
    found: Method = dex.kept_methods[name]
    return found


def can_call(dexes: Mapping[str, Dex], call: Instruction, callee: Method) -> bool:
    """Say whether a call can run a method: the one it names, or the one that an object of a class below runs.

    A lambda can run its own, once it is handed on.
    """
    owner, _, signature = (call.names or "").partition("->")
    if "L" in call.flags:
        return call.names == "->".join(callee.name) and len(call.reads) <= callee.ins
    below = (each for dex in dexes.values() for each in dex.parents if "v" in call.flags)
    return (signature, len(call.reads)) == (callee.name[1], callee.ins) and any(
        runs(dexes, each, signature) == callee.name[0] and owner in above(dexes, each)
        for each in (owner, callee.name[0], *below)
    )


def asks(dexes: Mapping[str, Dex], made: str, callee: Method) -> bool:
    """Say whether an object of a class, or the lambda of a method, runs a method when it is asked for it."""
    return made == "->".join(callee.name) or runs(dexes, made, callee.name[1]) == callee.name[0]
