"""Which values hold the text on its way to a comparison: the object whose title is compared, and what holds that."""

from collections.abc import Mapping
from typing import NamedTuple

from assay.bytecode.provenance.bodies import Bodies, Body
from assay.bytecode.provenance.links_record import Context
from assay.bytecode.sites.record import Site

MAX_PARTS_DEEP = 3
"""Longest way from an object to what is read from it, and from that again."""


class Sides(NamedTuple):
    """The terms of the text and of the list, and by (definition, context) the values that hold the text."""

    text: int
    words: int
    bearing: Mapping[tuple[int, Context], frozenset[int]]


def bearers(bodies: Bodies, site: Site, context: Context) -> dict[tuple[int, Context], frozenset[int]]:
    """Return the values that hold the text, in the method of a site and in the callers on its way."""
    found: dict[tuple[int, Context], frozenset[int]] = {}
    body = bodies.of(site.definition)
    row, number = site.text
    call = None if body is None or row < 0 else body.call(row)
    values: tuple[int, ...] = ()
    if body is not None and row >= 0 and number >= 0:
        values = call.arguments[number : number + 1] if call is not None else body.reads(row)[number : number + 1]
    for at in range(len(context), -1, -1):
        if body is None:
            break
        behind = _behind(body, values)
        found[body.definition, context[:at]] = behind
        if at == 0:
            break
        link = context[at - 1]
        needed = [place for place, value in enumerate(body.parameters) if value in behind]
        values = tuple(value for place in needed if place < len(link.arguments)
                       for value in [link.arguments[place]] if value is not None)  # fmt: skip
        body = bodies.of(link.caller)
    return found


def parts(body: Body, value: int) -> tuple[int, ...]:
    """Return what a method reads from an object: fields and what calls on it give, at most `MAX_PARTS_DEEP` deep."""
    seen, level = {value}, [value]
    for _ in range(MAX_PARTS_DEEP):
        level = [part for each in level for part in _parts(body, each) if part not in seen]
        seen.update(level)
    return tuple(sorted(seen - {value}))


def _parts(body: Body, value: int) -> list[int]:
    found = []
    for row in body.readers(value):
        call, first = body.call(row), body.reads(row)[:1] == (value,)
        if call is not None:
            result = body.result(row) if first and not call.static else None
            found += [] if result is None else [result]
        elif first and body.opcode(row).startswith(("iget-object", "move-object")):
            found.append(body.value_of(row))
    return found


def _behind(body: Body, values: tuple[int, ...]) -> frozenset[int]:
    """Return values and those that they were read from, without `this` and without what calls are asked with."""
    own = set() if body.static else set(body.parameters[:1])
    seen, todo = set(values) - own, [value for value in values if value not in own]
    while todo:
        for each in _read_from(body, todo.pop()):
            if each >= 0 and each not in seen and each not in own:
                seen.add(each)
                todo.append(each)
    return frozenset(seen)


def _read_from(body: Body, value: int) -> tuple[int, ...]:
    if value >= body.values.first_junction:
        return tuple(body.values.sources(value))
    row = body.row_of(value)
    if row is None:
        return ()
    producer = body.producer(row)
    if producer is None:
        return body.reads(row)[:1] if body.opcode(row).startswith(("iget", "check-cast", "move", "aget")) else ()
    call = body.call(producer)
    return () if call is None else call.arguments[:1]
