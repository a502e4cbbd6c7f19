"""What a program of test classes means, in plain dictionaries, straight from the specification; no product code.

Source: Java Virtual Machine Specification, sections 5.4.3 to 5.4.6. A definition is (part, class, method id as text).
"""

from collections.abc import Iterator

from tests.bytecode.dex_items import Index, Method, MethodId, Unit
from tests.bytecode.program.kin import (
    ABSTRACT,
    CONSTRUCTOR,
    FINAL,
    INTERFACE,
    NATIVE,
    OBJECT,
    PRIVATE,
    PROTECTED,
    PUBLIC,
    STATIC,
    Kin,
)

Definition = tuple[int, str]
Signature = tuple[str, str]
OBJECT_METHODS = {("toString", "()Ljava/lang/String;"), ("hashCode", "()I"), ("equals", "(Ljava/lang/Object;)Z")}


class Oracle:
    def __init__(self, parts: list[list[Kin]]) -> None:
        self.parts = parts
        self.winner: dict[str, tuple[int, Kin]] = {}
        for number, classes in enumerate(parts):
            for each in classes:
                self.winner.setdefault(each.name, (number, each))
        stated = {name: self._stated(each) for name, (_, each) in self.winner.items()}
        self.direct: dict[str, list[str]] = {}
        for name, above in stated.items():
            self.direct[name] = [each for each in above if name not in reach(stated, each)]
        self.cyclic = {name for name in stated if len(self.direct[name]) < len(stated[name])}
        self.above = {name: reach(self.direct, name) - {name} for name in self.winner}

    def _stated(self, kin: Kin) -> list[str]:
        return [*([kin.superclass] if kin.superclass else []), *kin.interfaces]

    def superclass(self, name: str) -> str | None:
        _, kin = self.winner[name]
        return kin.superclass if kin.superclass in self.direct[name] else None

    def chain(self, name: str | None) -> Iterator[str]:
        """The class and its superclasses as far as they are in the program."""
        while name in self.winner:
            yield name
            name = self.superclass(name)

    def is_interface(self, name: str) -> bool:
        return name in self.winner and bool(self.winner[name][1].flags & INTERFACE)

    def below(self, name: str) -> set[str]:
        return {each for each in self.winner if name in self.above[each]}

    def declared(self, owner: str, signature: Signature) -> Method | None:
        return next((each for each in self.winner[owner][1].methods if of(each) == signature), None)

    def key(self, method: Method) -> Definition:
        return self.winner[method.id.owner][0], str(method.id)

    # --- resolution -------------------------------------------------------------------------------------------------

    def resolve(self, owner: str, signature: Signature) -> Method | None:
        if owner not in self.winner:
            return None
        return self._of_interface(owner, signature) if self.is_interface(owner) else self._of_class(owner, signature)

    def _of_interface(self, owner: str, signature: Signature) -> Method | None:
        found = self.declared(owner, signature) or self._most_specific([owner], signature)
        if found is None and OBJECT in self.winner:
            found = self.declared(OBJECT, signature)
            return found if found and found.access & PUBLIC and not found.access & STATIC else None
        return found

    def _of_class(self, owner: str, signature: Signature) -> Method | None:
        passed: list[str] = []
        refused = None
        for name in self.chain(owner):
            found = self.declared(name, signature)
            if found and (name == owner or self._inherited(found, [*passed, name])):
                return found
            if found:
                refused = found
                break
            passed.append(name)
        end = self.superclass(passed[-1])
        if refused is None and end == OBJECT and OBJECT not in self.winner and signature in OBJECT_METHODS:
            return None
        return self._most_specific(passed, signature) or refused

    def _inherited(self, method: Method, way: list[str]) -> bool:
        if method.access & PRIVATE:
            return False
        return bool(method.access & (PUBLIC | PROTECTED)) or len({package(each) for each in way}) == 1

    def _most_specific(self, classes: list[str], signature: Signature) -> Method | None:
        """The method of the first most specific interface in breadth-first order, one with a body first."""
        queue, seen = [], set()
        for name in classes:
            queue += [each for each in self.direct[name] if self.is_interface(each)]
        order = []
        while queue:
            name = queue.pop(0)
            if name not in seen:
                seen.add(name)
                order.append(name)
                queue += [each for each in self.direct[name] if self.is_interface(each)]
        candidates = [n for n in order if (m := self.declared(n, signature)) and not m.access & (PRIVATE | STATIC)]
        best = [n for n in candidates if not any(n in self.above[other] for other in candidates)]
        methods = [self.declared(name, signature) for name in best]
        bodies = [each for each in methods if each and not each.access & ABSTRACT]
        return (bodies or methods or [None])[0]

    # --- overriding -------------------------------------------------------------------------------------------------

    def overrides(self) -> set[tuple[Definition, Definition]]:
        pairs: set[tuple[str, str]] = set()
        methods = {str(m.id): m for name in self.winner for m in self.winner[name][1].methods if is_virtual(m)}
        for lower in methods.values():
            pairs |= {(str(lower.id), str(upper.id)) for upper in self._uppers(lower) if reaches(lower, upper)}
        for name in self.winner:
            pairs |= self._implemented_by_inheriting(name)
        kept_apart = [
            (str(lower.id), str(upper.id))
            for lower in methods.values()
            for upper in self._uppers(lower)
            if not reaches(lower, upper)
        ]
        grown = True
        while grown:  # what is overridden by something that one overrides
            more = {(a, b) for a, b in kept_apart if any((a, c) in pairs and (c, b) in pairs for c in methods)}
            grown = not more <= pairs
            pairs |= more
        return {(self.key(methods[a]), self.key(methods[b])) for a, b in pairs}

    def _uppers(self, method: Method) -> list[Method]:
        found = [self.declared(n, of(method)) for n in self.above[method.id.owner] if n in self.winner]
        return [each for each in found if each and is_virtual(each)]

    def _implemented_by_inheriting(self, name: str) -> set[tuple[str, str]]:
        pairs = set()
        for above in self.above[name] if not self.is_interface(name) else ():
            for upper in self.winner[above][1].methods if self.is_interface(above) else ():
                if is_virtual(upper) and not self.declared(name, of(upper)):
                    found = self.resolve(name, of(upper))
                    wish = found and found.access & ABSTRACT and self.is_interface(found.id.owner)
                    if found and is_virtual(found) and found is not upper and not wish:
                        pairs.add((str(found.id), str(upper.id)))
        return pairs

    # --- calls ------------------------------------------------------------------------------------------------------

    def made(self) -> set[str]:
        """Classes with instances: made or named by code, or with a supertype outside other than Object."""
        named = {
            unit.item
            for classes in self.parts
            for each in classes
            for m in each.methods
            for before, unit in zip(m.code or [], (m.code or [])[1:], strict=False)
            if isinstance(unit, Index) and before in (0x22, 0x1C)
        }
        open_ = {n for n in self.winner if any(a not in self.winner and a != OBJECT for a in self.above[n])}
        return {n for n in self.winner if n in named | open_ and not self.winner[n][1].flags & (ABSTRACT | INTERFACE)}

    def answers(self, name: str, signature: Signature) -> Method | None:
        """What an instance of a class runs; for an interface what it declares itself."""
        if self.is_interface(name):
            found = self.declared(name, signature)
            return found if found and is_virtual(found) and not found.access & ABSTRACT else None
        for each in self.chain(name):
            found = self.declared(each, signature)
            if found and is_virtual(found):
                return None if found.access & ABSTRACT else found
            default = self._most_specific([each], signature)
            if default and self._of_class(each, signature) is default:
                return None if default.access & ABSTRACT else default
        return None

    def targets(self, owner: str, signature: Signature) -> tuple[str, set[Definition]]:
        """How the targets of a virtual call are known, and which they are."""
        means = self.resolve(owner, signature)
        below = self.below(owner)
        if means and not means.access & ABSTRACT:
            lone = not below and not self.is_interface(owner)
            final = means.access & (FINAL | PRIVATE) or self.winner[owner][1].flags & FINAL
            if lone or final:
                return ("native" if means.access & NATIVE else "exact"), {self.key(means)}
        types = below | ({owner} if owner in self.winner else set())
        made = self.made()
        for among in (types & made, types):
            found = {self.key(m) for each in among if (m := self.answers(each, signature))}
            if found:
                return "hierarchy", found
        return "hierarchy", set()

    def edges(self, cap: int) -> set[tuple[Definition, int, Definition | None, str, int]]:
        """Caller, place, callee, precision, fan-out of each edge."""
        found = set()
        for number, classes in enumerate(self.parts):
            for each in classes:
                if self.winner[each.name][0] == number:
                    for method in each.methods:
                        for pc, opcode, called in calls(method.code or []):
                            for edge in self._edges(method, opcode, called, cap):
                                found.add((self.key(method), pc, *edge))
        return found

    def _edges(
        self, caller: Method, opcode: int, called: MethodId, cap: int
    ) -> list[tuple[Definition | None, str, int]]:
        signature = (called.name, str(called.proto))
        if opcode in (0x6F, 0x70, 0x71):
            start: str | None = called.owner
            if opcode == 0x6F and not self.is_interface(called.owner):
                start = self.superclass(caller.id.owner)
            means = self.resolve(start, signature) if start else None
            if means is None:
                return [(None, "outside", 0)]
            return [(self.key(means), "native" if means.access & NATIVE else "exact", 1)]
        means = self.resolve(called.owner, signature)
        how, targets = self.targets(called.owner, signature)
        rows: list[tuple[Definition | None, str, int]] = [] if means else [(None, "outside", len(targets))]
        if len(targets) > cap:
            return [*rows, (self.key(means) if means else None, "capped", len(targets))]
        if means and not targets:
            return [(self.key(means), "hierarchy", 0)]
        return [*rows, *((each, how, len(targets)) for each in targets)]


def reach(direct: dict[str, list[str]], name: str) -> set[str]:
    found, queue = {name}, [name]
    while queue:
        more = [each for each in direct.get(queue.pop(), []) if each not in found]
        found |= set(more)
        queue += more
    return found


def of(method: Method) -> Signature:
    return method.id.name, str(method.id.proto)


def package(name: str) -> str:
    return name.rpartition("/")[0]


def is_virtual(method: Method) -> bool:
    return not method.access & (PRIVATE | STATIC | CONSTRUCTOR) and method.id.name not in ("<init>", "<clinit>")


def reaches(lower: Method, upper: Method) -> bool:
    return bool(upper.access & (PUBLIC | PROTECTED)) or package(lower.id.owner) == package(upper.id.owner)


def calls(code: list[Unit]) -> Iterator[tuple[int, int, MethodId]]:
    for pc, unit in enumerate(code):
        if isinstance(unit, Index) and isinstance(unit.item, MethodId):
            before = code[pc - 1]
            assert isinstance(before, int)
            yield pc - 1, before & 0xFF, unit.item
