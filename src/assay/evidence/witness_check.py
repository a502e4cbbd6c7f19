"""Re-verifies in the DEX bytes that each step of a witness follows from the one before it."""

import hashlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace as Step
from typing import Any

if __package__:
    from assay.evidence.plain_code import Method, State, asks, can_call, method
    from assay.evidence.plain_dex import FAULTS, Dex, DoesNotHold, dex_files, need
else:
    from plain_code import Method, State, asks, can_call, method  # type: ignore[import-not-found,no-redef]
    from plain_dex import FAULTS, Dex, DoesNotHold, dex_files, need  # type: ignore[import-not-found,no-redef]

KINDS = {"constant": "k", "source": "MG", "made": "nL", "parameter": "", "through": "", "argument": "ML", "call": "M",
         "callback": "M", "branch": "bz", "result": "M", "field-write": "P", "field-read": "G", "consequence": "Me",
         "store-write": "M", "store-read": "M", "object": "", "compare": "Mb", "return": "r", "past": "bz"}  # fmt: skip
ORIGINS = {"constant", "source", "made", "parameter"}
TAKE = KINDS.keys() - ORIGINS - {"call", "result", "field-read", "store-read", "object"}
TRAILS = {"text": "compare", "list": "compare", "outcome": "consequence", "flow": "consequence"}
FIELDS = dict.fromkeys(("register", "to", "reference", "value", "side", "outcome", "store", "origin", "key"))
FREE = (TAKE | ORIGINS | {"call"}) - {"compare", "branch", "past", "parameter"}


class Trail(Step):
    """Steps one after the other; `calls`: those it went into; `known`: the number that is followed, where told."""

    def walk(self, steps: list[dict[str, Any]]) -> list[Step]:
        """Return the steps. Raises: DoesNotHold at the first that is not what it says or does not follow."""
        read, self.known, self.calls = list[Step](), None, list[tuple[Method, int]]()
        for number, fields in enumerate(steps, 1):
            try:
                read.append(self.step(fields))
                need(number == 1 or self.follows(*read[-2:]), "it does not follow from the step before")
                self.note(read[-1])
            except (DoesNotHold, *FAULTS) as fault:
                raise DoesNotHold(f"{self.name}, step {number}: {fault}") from None
        return read

    def step(self, fields: dict[str, Any]) -> Step:
        """Return a step whose instruction can be reached, is of its kind, names what it says, and uses the register."""
        s = Step(**FIELDS | fields, m=method(self.dexes[fields["dex"]], fields["class"], fields["method"]))
        need(s.code_offset in s.m.graph, "no path leads to its instruction")
        s.at, s.one = s.code_offset, s.m.graph[s.code_offset]
        need(not KINDS[s.kind] or {*KINDS[s.kind]} & {*s.one.flags}, f"its instruction is not one for {s.kind}")
        told = s.value if s.kind == "constant" else s.reference
        named = s.one.number if s.kind == "constant" and s.one.names is None else s.one.names
        need(s.kind == "parameter" or (told, type(told)) == (named, type(named)), "its instruction names another thing")
        return s

    def note(self, s: Step) -> None:
        """Keep in mind which calls the trail is in, and which number it follows."""
        if s.kind in {"argument", "call"} and "L" not in s.one.flags:
            self.calls.append((s.m, s.at))
        elif s.kind in {"argument", "callback", "field-read", "store-read"}:
            self.calls.clear()
        if s.kind not in {"argument", "return", "result", "field-write", "field-read", "branch", "past"}:
            self.known = s.value if s.kind == "constant" and s.one.names is None else s.outcome

    def follows(self, s: Step, n: Step) -> bool:  # noqa: C901, PLR0911 - one way for each kind
        """Say whether a step follows from the one before it."""
        uses = [*(n.one.reads[:1] if "P" in n.one.flags else n.one.reads), *[None] * (n.kind == "consequence")]
        opened = (s.kind, s.at, n.kind) == ("object", n.at, "store-write")
        need(n.kind not in TAKE or n.register in uses or opened, "its instruction does not use that register")
        match s.kind:
            case "return":
                return n.kind == "result" and self.enters(n, s.m) and (self.calls or [(n.m, n.at)]).pop() == (n.m, n.at)
            case "field-write" | "object" if n.kind == "field-read":
                return bool(n.reference == s.reference)
            case "store-write":
                return n.kind == "store-read" and (n.store, self.given(n)) == (s.store, self.given(s))
            case "branch" | "past":
                return n.kind in FREE and n.m is s.m and self.decided(s, n)
            case "call" | "callback":
                return n.kind in FREE and self.enters(s, n.m)
            case "argument":
                given = s.one.reads if s.origin is None else [s.register] * n.m.ins
                slots = [slot for slot, register in enumerate(given) if register == s.register]
                return self.enters(s, n.m) and self.takes(n, n.m, {(0, n.m.parameters[slot]) for slot in slots})
            case "object" if opened:
                return bool(n.m is s.m and n.register == s.to)
            case "through" if n.kind == "object":
                return n.m is s.m and s.m.flows(self.leaves(n), (s.at, s.to))
        return s.to is not None and s.kind not in {"consequence", "field-write"} and self.takes(n, s.m, self.leaves(s))

    def takes(self, n: Step, m: Method, states: set[State]) -> bool:
        """Say whether a step takes the value that states of a method hold."""
        return n.m is m and n.kind in TAKE and n.register is not None and m.flows(states, (n.at, n.register))

    def leaves(self, s: Step) -> set[State]:
        """Return the states in which a step leaves the value."""
        if s.kind == "parameter" or (s.kind == "compare" and "b" in s.one.flags):
            there = s.one.reads if s.kind == "compare" else s.m.parameters if s.at == 0 else ()
            need(s.to in there, "nothing comes in that register")
            return {(s.at, s.to)}
        need(s.kind != "compare" or isinstance(s.outcome, int), "it does not say what the comparison gives")
        return {s.m.behind(s.at, s.to, returned=s.kind == "result")}

    def decided(self, s: Step, n: Step) -> bool:
        """Say whether a side of a branch alone, the one the number leads to or past, reaches a step or its register."""
        need(s.side in s.one.onward and s.one.leads(self.known, s.side, past=s.kind == "past"), "it goes another way")
        self.known = s.m.number(s.at, s.side, (n.at, n.register)) if n.kind in {"return", "field-write"} else None
        return any(s.m.decides(s.at, s.side, (n.at, each), sure=s.kind == "branch") for each in (None, n.register))

    def enters(self, s: Step, m: Method) -> bool:
        """Say whether a step's call can run a method; one with an origin, by asking the object that it is handed."""
        return can_call(self.dexes, s.one, m) if s.origin is None else asks(self.dexes, self.given(s), m)

    def given(self, s: Step) -> str:
        """Return the constant, or the class of the object, that `origin`, or a trail `key`, hands to a step's call."""
        if s.key is not None:
            first, *_, last = Trail(dexes=self.dexes, name="key").walk(s.key)
            need(first.kind == "constant" and (last.m, last.at) == (s.m, s.at), "its key does not come to it")
            return str(first.one.names)
        return str(s.m.gives(s.origin, s.at, {s.register} if s.kind == "callback" else {*s.one.reads} - {s.register}))


def verify(trails: dict[str, list[dict[str, Any]]], dexes: dict[str, Dex]) -> None:
    """Check trails by name, in DEX files by sha256. Raises: DoesNotHold, one of FAULTS."""
    places = set()
    for name, trail in sorted(trails.items()):
        read, sort = Trail(dexes=dexes, name=name).walk(trail), name.partition(":")[0]
        need(read and read[-1].kind == TRAILS.get(sort), f"{name}: it does not end where such a trail ends")
        need(read[0].kind in ({"compare"} if sort == "outcome" else ORIGINS), f"{name}: it does not begin there")
        places |= {(each.m, each.at) for each in read if each.kind == "compare"}
    need(trails and len(places) < 2, "the trails do not meet in one comparison")


def examine(witness: str, *paths: str) -> tuple[int, str]:
    """Return the exit code for a witness and the files it is about (0 holds, 3 unreadable, 5 not), and a sentence."""
    try:
        trails = json.loads(Path(witness).read_bytes())["trails"]
        files = {hashlib.sha256(data).hexdigest(): data for path in paths for data in dex_files(path)}
        wanted = {step["dex"] for trail in trails.values() for step in trail}
        verify(trails, {name: Dex(files[name]) for name in wanted})
        return 0, f"{witness}: all {sum(map(len, trails.values()))} steps hold"
    except DoesNotHold as fault:
        return 5, f"{witness}: it does not hold: {ascii(fault.args[0])[1:-1]}"
    except FAULTS as fault:
        return 3, f"{witness}: it or a file it is about cannot be read: {type(fault).__name__}: {str(fault)!a}"


if __name__ == "__main__":
    code, sentence = examine(*sys.argv[1:]) if sys.argv[2:] else (2, "usage: witness_check.py WITNESS.json FILE…")
    sys.stdout.write(sentence + "\n")
    sys.exit(code)
