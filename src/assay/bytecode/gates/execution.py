"""When a place in code runs: the branches it depends on in its method, at each call on the way, and up to an entry."""

from collections.abc import Callable
from functools import cached_property
from typing import Protocol

import msgspec

from assay.bytecode.flow.edges import CASE, EXCEPTION, ONWARD
from assay.bytecode.gates.formula import OPEN, SHUT, Branch, Formula, conjunction, disjunction, lost
from assay.bytecode.provenance.bodies import Bodies, Body
from assay.bytecode.provenance.links_record import Context, Link
from assay.model.errors import Unreadable

MAX_WAYS = 96
"""Most methods that are gone through on the ways in to one place."""
MAX_BRANCHES = 4096
"""Most branches of one method that the formula of a block goes through."""


NEVER_ENTERED = frozenset({"dead", "undeclared"})
"""Kinds of roots that nothing enters, as far as the program and its manifests say."""


class WaysIn(Protocol):
    """What is asked of links: see `assay.bytecode.provenance.links.Links`."""

    def into(self, definition: int) -> tuple[Link, ...]:
        """Return the links into a definition."""

    def root_kind(self, definition: int) -> str:
        """Return what makes a definition a place where the system enters, empty where it is none."""


class Execution:
    """Formulas of blocks and of chains, each made once."""

    def __init__(self, bodies: Bodies, links: WaysIn) -> None:
        """Keep what is asked; nothing is worked out yet."""
        self._bodies, self._links = bodies, links
        self._methods: dict[int, _Method | None] = {}
        self._within: dict[tuple[int, int, Context], Formula] = {}
        self._entered: dict[int, Formula] = {}

    def within(self, definition: int, row: int, context: Context) -> Formula:
        """Return when an instruction runs once its method was entered."""
        key = (definition, row, context)
        if key not in self._within:
            method = self._method(definition)
            self._within[key] = lost("code that cannot be read") if method is None else method.formula(row, context)
        return self._within[key]

    def of_block(self, definition: int, block: int, context: Context) -> Formula:
        """Return when a block runs once its method was entered."""
        method = self._method(definition)
        if method is None:
            return lost("code that cannot be read")
        return self.within(definition, int(method.body.flow.blocks.first[block]), context)

    def reached(self, definition: int, row: int, context: Context) -> Formula:
        """Return when an instruction runs at all: within its method, on the way of the context, and up to an entry."""
        parts = [self.within(definition, row, context)]
        parts += [self.within(link.caller, link.row, context[:at]) for at, link in enumerate(context)]
        top = context[0].caller if context else definition
        return conjunction([self.entered(top), *reversed(parts)])

    def entered(self, definition: int) -> Formula:
        """Return when a method is entered at all, over all ways in from entries of the system."""
        return self._ways(definition, [], [MAX_WAYS])[0]

    def branch_edge(self, definition: int, edge: int, context: Context) -> Formula:
        """Return the condition of one edge of the control flow, without that of reaching it."""
        method = self._method(definition)
        return lost("code that cannot be read") if method is None else method.edge(edge, context)

    def caught(self, definition: int, block: int, edge: int = -1) -> bool:
        """Return whether only exceptions lead to a block, or along an edge."""
        method = self._method(definition)
        if method is None:
            return False
        kind = int(method.body.flow.edges.kind[edge]) if edge >= 0 else ONWARD
        return kind == EXCEPTION or block not in method.plain

    def roots(self, definition: int, at: Callable[[int], bool] = lambda _: False) -> tuple[int, ...]:
        """Return the definitions through which the system enters on the ways to one, ascending.

        `at`: definitions beyond which is not looked, as if they were entered.
        """
        found: set[int] = set()
        seen, todo = {definition}, [definition]
        while todo and len(seen) < MAX_WAYS:
            each = todo.pop()
            if at(each):
                found.add(each)
            elif kind := self._links.root_kind(each):
                found.update(() if kind in NEVER_ENTERED else (each,))
            else:
                more = {link.caller for link in self._links.into(each)} - seen
                seen |= more
                todo.extend(sorted(more))
        return tuple(sorted(found))

    def _ways(self, definition: int, stack: list[int], budget: list[int]) -> tuple[Formula, bool]:
        """Return the formula, and whether a way round in a ring was left out: then it is true of this stack only."""
        if definition in self._entered:
            return self._entered[definition], False
        if kind := self._links.root_kind(definition):
            return (SHUT if kind in NEVER_ENTERED else OPEN), False
        ways, cut = [], False
        for link in self._links.into(definition):
            if link.caller == definition or link.caller in stack:
                cut = cut or link.caller != definition
                continue
            budget[0] -= 1
            if budget[0] < 0:
                ways.append(lost("more ways in than are followed"))
                cut = True
                break
            before, less = self._ways(link.caller, [*stack, definition], budget)
            cut = cut or less
            ways.append(conjunction([before, self.within(link.caller, link.row, ())]))
        found = disjunction(ways)
        if not cut:
            self._entered[definition] = found
        return found, cut

    def _method(self, definition: int) -> "_Method | None":
        if definition not in self._methods:
            body = self._bodies.of(definition)
            self._methods[definition] = None if body is None else _Method(body)
        return self._methods[definition]


class _Method:
    """The control dependence of one method, exceptions left out of it: what only they reach has a branch of its own."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self._kept: dict[tuple[int, Context], Formula] = {}

    @cached_property
    def always(self) -> frozenset[int]:
        """Blocks on every way from the entry to an end without exceptions."""
        immediate = self.body.flow.plain_post_dominators.immediate.tolist()
        found, block = {0}, 0
        while (block := immediate[block]) >= 0 and block not in found:
            found.add(block)
        return frozenset(found)

    @cached_property
    def plain(self) -> frozenset[int]:
        """Blocks that ways without exceptions reach."""
        edges = self.body.flow.edges
        found, todo = {0}, [0]
        while todo:
            block = todo.pop()
            for edge in range(int(edges.starts[block]), int(edges.starts[block + 1])):
                target = int(edges.target[edge])
                if int(edges.kind[edge]) != EXCEPTION and target not in found:
                    found.add(target)
                    todo.append(target)
        return frozenset(found)

    def formula(self, row: int, context: Context) -> Formula:
        """Return when a row runs once the method was entered."""
        block = self.body.block(row)
        if (block, context) not in self._kept:
            try:
                self._kept[block, context] = self._block(block, context, [], [MAX_BRANCHES])
            except Unreadable as cause:
                self._kept[block, context] = lost(str(cause))
        return self._kept[block, context]

    def edge(self, edge: int, context: Context) -> Formula:
        """Return the condition of one edge."""
        edges, blocks = self.body.flow.edges, self.body.flow.blocks
        source, kind = int(edges.source[edge]), int(edges.kind[edge])
        row = int(blocks.first[source + 1]) - 1
        name = self.body.opcode(row)
        here = Branch(self.body.definition, context, row, taken=kind not in {ONWARD, EXCEPTION})
        if kind == EXCEPTION:
            return Formula("branch", branch=msgspec.structs.replace(here, taken=True, exception=True))
        if name.startswith("if-"):
            return Formula("branch", branch=here)
        if "switch" not in name:
            return OPEN
        keys = self._keys(source, int(edges.target[edge]) if kind == CASE else None)
        return Formula("branch", branch=msgspec.structs.replace(here, keys=keys))

    def _keys(self, block: int, target: int | None) -> tuple[int, ...]:
        """Return the keys of a switch that lead to a block; all of them for None."""
        edges = self.body.flow.edges
        rows = range(int(edges.starts[block]), int(edges.starts[block + 1]))
        return tuple(
            int(edges.value[edge])
            for edge in rows
            if int(edges.kind[edge]) == CASE and target in {None, int(edges.target[edge])}
        )

    def _block(self, block: int, context: Context, stack: list[int], budget: list[int]) -> Formula:
        """Return when a block runs: what only exceptions lead to, when one of the blocks that they leave runs."""
        if block in self.always:
            return OPEN
        edges, ways = self.body.flow.edges, []
        entering = edges.entering[int(edges.entering_starts[block]) : int(edges.entering_starts[block + 1])].tolist()
        for edge in self.body.flow.plain_control_dependence.of(block) if block in self.plain else entering:
            source = int(edges.source[edge])
            budget[0] -= 1
            if budget[0] < 0:
                return lost("more branches in one method than are followed")
            if source in stack or source == block:
                continue
            before = self._block(source, context, [*stack, block], budget)
            ways.append(conjunction([before, self.edge(edge, context)]))
        return disjunction(ways)
