"""Linked programs: hierarchy, resolution and call edges of whole packages, worked out anew from what dexllm reads.

What this file works out is simple and slow: a class loader takes the first definition; a method is looked for in the
class, its superclasses, then its interfaces (Java Virtual Machine Specification, sections 5.4.3.3 and 5.4.3.4).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assay.bytecode import columns
from assay.bytecode.dex import DexFile
from assay.bytecode.program.part import Part
from assay.bytecode.program.program import Program
from assay.model.source import BufferSource
from tests.differential import dexllm_code
from tests.differential.differences import Table, hold
from tests.differential.material import FULL, Code, archives, code

pytestmark = pytest.mark.differential
MOST = 1 << 40 if FULL else 2_500_000
"""Most bytes of DEX of a package that is linked."""
SUPERTYPES: Table = {}
SUBTYPES: Table = {}
CALLS: Table = {}
DIRECT, STATIC, SUPER = (0x70, 0x76), (0x71, 0x77), (0x6F, 0x75)
INTERFACE = 0x0200


def in_order(path: Path) -> list[Code]:
    """Return the DEX files of a package as its class loader takes them."""
    found = {each.name.rpartition("!")[2]: each for each in code(path)}
    numbered = {name: match for name in found if (match := re.fullmatch(r"classes(\d*)\.dex", name))}
    return [found[name] for name in sorted(numbered, key=lambda name: int(numbered[name][1] or 1))] or [*found.values()]


def linked(files: list[Code]) -> Program:
    return Program([part(each) for each in files])


def part(file: Code) -> Part:
    dex = DexFile(BufferSource(file.raw))
    built = columns.build(dex)
    return Part(sha256=built.dex_sha256, name=file.name, columns=built, dex=lambda: dex)


class World:
    """What a class loader sees, from dexllm's words alone."""

    def __init__(self, files: list[Code]) -> None:
        self.heads: dict[str, Any] = {}
        self.home: dict[str, Any] = {}
        for file in files:
            dex = dexllm_code.opened(file.raw)
            for head in dex.list_class_headers():
                if self.heads.setdefault(head.descriptor, head) is head:
                    self.home[head.descriptor] = dex

    @cached_property
    def methods(self) -> dict[str, set[str]]:
        """Signatures by class."""
        return {
            name: {each.partition("->")[2] for each in dex.list_class_methods(name)} for name, dex in self.home.items()
        }

    @cached_property
    def direct(self) -> dict[str, tuple[str, ...]]:
        """Superclass and interfaces of each class."""
        heads = self.heads.values()
        return {each.descriptor: (each.superclass_descriptor, *each.interface_descriptors) for each in heads}

    @cached_property
    def below(self) -> dict[str, set[str]]:
        """All proper subtypes of each type, in or outside the program."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in self.heads:
            for above in self.above(name):
                found[above].add(name)
        return found

    def above(self, name: str) -> set[str]:
        found: set[str] = set()
        waiting = list(self.direct.get(name, ()))
        while waiting:
            each = waiting.pop()
            if each and each not in found:
                found.add(each)
                waiting += self.direct.get(each, ())
        return found

    def means(self, owner: str, signature: str) -> str:
        """Return the method that a reference means, empty outside the program."""
        name = owner
        while name in self.heads:
            if signature in self.methods[name]:
                return f"{name}->{signature}"
            name = self.heads[name].superclass_descriptor
        if name:
            for each in self.above(owner):
                if each in self.heads and signature in self.methods[each] and self.heads[each].access_flags & INTERFACE:
                    return f"{each}->{signature}"
        return ""

    def calls(self) -> Iterator[tuple[str, int, int, str]]:
        for name, dex in self.home.items():
            for method in dex.list_class_methods(name):
                for site in dex.find_call_sites_from(method):
                    yield method, site.bytecode_offset // 2, site.invoke_opcode, site.callee_descriptor

    def may_reach(self, callee: str) -> set[str]:
        """Return every method that a virtual call can reach: by class hierarchy, whatever has instances."""
        owner, _, signature = callee.partition("->")
        types = {owner} | self.below[owner]
        types |= {each for name in types for each in self.above(name)}
        return {f"{each}->{signature}" for each in types if signature in self.methods.get(each, ())}


def supertypes(program: Program) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    shadowed = set(program.shadowed.tolist())
    for class_id in range(len(program.class_part)):
        if class_id not in shadowed:
            name, above = program.class_name(class_id), program.superclass_name(class_id)
            interfaces = tuple(sorted(each.decode() for each in program.interface_names(class_id)))
            yield name, "" if above is None else above.decode(), interfaces


def above_by_dexllm(world: World) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for name, head in world.heads.items():
        yield name, head.superclass_descriptor, tuple(sorted(head.interface_descriptors))


def all_subtypes(program: Program) -> Iterator[tuple[str, str]]:
    for class_id in range(len(program.class_part)):
        if not program.linked.shadowed[class_id]:
            name = program.class_name(class_id)
            yield from ((name, program.class_name(each)) for each in program.subtypes(class_id).tolist())


def edges(program: Program) -> dict[tuple[str, int], list[str]]:
    """Return the callees of every call, empty text for outside."""
    calls, found = program.calls, defaultdict(list)
    names = [program.method_name(each) for each in range(len(program.definition_part))]
    for caller, pc, callee in zip(calls.caller.tolist(), calls.pc.tolist(), calls.callee.tolist(), strict=True):
        found[names[caller], pc].append(names[callee] if callee >= 0 else "")
    return found


def expected(world: World, caller: str, opcode: int, callee: str) -> list[str]:
    """Return the one method that a call means that is not virtual."""
    owner, _, signature = callee.partition("->")
    if opcode in SUPER and not world.heads[caller.partition("->")[0]].access_flags & INTERFACE:
        head = world.heads.get(owner)
        if head is None or not head.access_flags & INTERFACE:
            owner = world.heads[caller.partition("->")[0]].superclass_descriptor
    return [world.means(owner, signature)]


def check(world: World, found: dict[tuple[str, int], list[str]]) -> Iterator[tuple[str, int, int, str, str]]:
    """Yield each call whose edges are not what is worked out here."""
    for caller, pc, opcode, callee in world.calls():
        ours = found.pop((caller, pc), [])
        if opcode in (*DIRECT, *STATIC, *SUPER):
            theirs = expected(world, caller, opcode, callee)
            if ours != theirs:
                yield caller, pc, opcode, callee, f"{ours} != {theirs}"
        elif not ours or not set(ours) - {""} <= world.may_reach(callee):
            yield caller, pc, opcode, callee, f"{ours[:3]} not in the hierarchy"


@archives
def test_programs_are_what_follows_from_dexllm(archive: Path) -> None:
    files = in_order(archive)
    if sum(len(each.raw) for each in files) > MOST:
        pytest.skip("large programs are compared by `make differential`")
    program, world = linked(files), World(files)
    hold(archive.name, supertypes(program), above_by_dexllm(world), SUPERTYPES)
    pairs = ((name, each) for name in world.heads for each in world.below[name])
    hold(archive.name, all_subtypes(program), pairs, SUBTYPES)
    found = edges(program)
    hold(archive.name, check(world, found), (), CALLS)
    assert set(found) <= custom_calls(program)


def custom_calls(program: Program) -> set[tuple[str, int]]:
    """Return the places of the calls that dexllm does not give: invoke-custom and invoke-polymorphic."""
    names, found = [program.method_name(each) for each in range(len(program.definition_part))], set()
    for number, each in enumerate(program.parts):
        dex = each.dex()
        code = dex.instructions
        for row in np.flatnonzero(code.opcode >= 0xFA).tolist():
            definition = int(np.searchsorted(code.starts, row, side="right")) - 1
            found.add((names[program.definition_id(number, definition)], int(code.pc[row])))
    return found
