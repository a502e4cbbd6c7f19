"""The ways on which values come to a place: up through callers as long as they depend on parameters, no further."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from assay.bytecode.provenance.bodies import Bodies, Body
from assay.bytecode.provenance.links_record import MOST_CONTEXT, Context, Link

MAX_CHAINS = 48
"""Most ways that are told apart for one place; beyond them several callers are taken together."""


class WaysIn(Protocol):
    """What is asked of links."""

    def into(self, definition: int) -> tuple[Link, ...]:
        """Return the links into a definition."""

    def root_kind(self, definition: int) -> str:
        """Return what makes a definition a place where the system enters, empty where it is none."""


class Chain(NamedTuple):
    """A way in; `whole`: no other caller matters to the values asked for."""

    context: Context
    whole: bool


def chains(bodies: Bodies, links: WaysIn, definition: int, values: tuple[int, ...]) -> tuple[Chain, ...]:
    """Return the ways on which values of a definition may differ, by links in their order."""
    body = bodies.of(definition)
    if body is None:
        return ()
    found: list[Chain] = []
    todo: list[tuple[Context, int, frozenset[int]]] = [((), definition, parameters_behind(body, values))]
    while todo:
        context, top, needed = todo.pop(0)
        ways = () if not needed or links.root_kind(top) else links.into(top)
        many = len(found) + len(todo) + len(ways) > MAX_CHAINS or len(context) >= MOST_CONTEXT
        if not ways or many:
            found.append(Chain(context, whole=not (ways and many)))
            continue
        todo += [((link, *context), link.caller, _bound(bodies, link, needed)) for link in ways]
    return tuple(found)


def _bound(bodies: Bodies, link: Link, needed: frozenset[int]) -> frozenset[int]:
    """Return the parameters of a caller behind the values that needed parameters of a callee are bound to."""
    body = bodies.of(link.caller)
    bound = [each for at, each in enumerate(link.arguments) if at in needed and each is not None]
    return frozenset() if body is None else parameters_behind(body, tuple(bound))


def parameters_behind(body: Body, values: tuple[int, ...]) -> frozenset[int]:
    """Return the numbers of the parameters on which values may depend within their method, too many rather than few.

    What is written into an object is found where the object is an operand of a call beside others.
    """
    at = {value: number for number, value in enumerate(body.parameters)}
    found: set[int] = set()
    seen, todo = set(values), list(values)
    while todo:
        value = todo.pop()
        if value in at:
            found.add(at[value])
        more = {each for each in _behind(body, value) if each >= 0} - seen
        seen |= more
        todo += sorted(more)
    return frozenset(found)


def _behind(body: Body, value: int) -> Iterator[int]:
    if value >= body.values.first_junction:
        yield from body.values.sources(value)
        return
    row = body.row_of(value)
    if row is None:
        return
    producer = body.producer(row)
    yield from body.reads(row if producer is None else producer)
    if body.opcode(row).startswith(("new-", "move-result")):
        for reader in body.readers(value):
            if body.opcode(reader).startswith(("invoke-", "aput")):
                yield from body.reads(reader)
