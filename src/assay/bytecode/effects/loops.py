"""Loops around a comparison: how they are left where it matches, and where it does not."""

from collections.abc import Iterator

from assay.bytecode.gates.truth import Truth
from assay.bytecode.provenance.bodies import Body

Ways = dict[tuple[int, bool], Truth]
"""How branches go, by row and whether the test holds."""


def leaving(body: Body, row: int, *, match: bool) -> Ways:
    """Return that a loop which a match leaves is not left before it: branches out of it that ask something else.

    Only where some way leads from the match out of the loop without coming round; else all elements are gone through.
    """
    block, header = body.block(row), body.flow.loops.innermost(body.block(row))
    if not match or header < 0:
        return {}
    out = list(_out(body, header))
    before = [edge for edge in out if _before(body, edge, block)]
    return {} if len(before) == len(out) else dict(_never(body, before))


def together(body: Body, row: int, *, equal: bool, match: bool) -> Ways:
    """Return how a loop goes that holds characters of two texts against each other: one that differs leaves it.

    On a match none does, so that it is left where the word is at its end; else it is left before that. What is asked
    behind it about how far it came has that answer too. `equal`: whether the branch at the row is taken where they are
    the same.
    """
    found: Ways = {(row, equal): Truth.YES if match else Truth.NO, (row, not equal): Truth.NO if match else Truth.YES}
    block, header = body.block(row), body.flow.loops.innermost(body.block(row))
    if header < 0:
        return found
    out = list(_out(body, header))
    ends = [edge for edge in out if _before(body, edge, block)]
    if len(ends) == len(out) or not ends:
        return found
    if not match:
        found.update(_never(body, ends))
    for edge in ends:
        found.update(_asked_behind(body, header, _last(body, edge), match=match))
    return found


def inside(body: Body, header: int) -> set[int]:
    """Return the blocks of a loop, those of loops within it too."""
    loops, found = body.flow.loops, set()
    for block in range(len(body.flow.blocks.range)):
        at = loops.innermost(block)
        while at >= 0 and at != header:
            at = int(loops.outer[at])
        if at == header:
            found.add(block)
    return found


def dominates(body: Body, one: int, other: int) -> bool:
    """Return whether every way to a block leads through another."""
    immediate = body.flow.dominators.tolist()
    at = other
    while at >= 0 and at != one:
        above = immediate[at]
        if above == at:
            return False
        at = above
    return at == one


def _out(body: Body, header: int) -> Iterator[int]:
    """Yield the edges out of a loop, those of exceptions left out."""
    edges, within = body.flow.edges, inside(body, header)
    for edge in range(len(edges.target)):
        kind = int(edges.kind[edge])
        if int(edges.source[edge]) in within and int(edges.target[edge]) not in within and kind in {0, 1}:
            yield edge


def _before(body: Body, edge: int, block: int) -> bool:
    source = int(body.flow.edges.source[edge])
    return source != block and dominates(body, source, block)


def _last(body: Body, edge: int) -> int:
    return int(body.flow.blocks.first[int(body.flow.edges.source[edge]) + 1]) - 1


def _never(body: Body, edges: list[int]) -> Iterator[tuple[tuple[int, bool], Truth]]:
    for edge in edges:
        row = _last(body, edge)
        if body.opcode(row).startswith("if-"):
            yield (row, int(body.flow.edges.kind[edge]) == 1), Truth.NO


def _asked_behind(body: Body, header: int, row: int, *, match: bool) -> Iterator[tuple[tuple[int, bool], Truth]]:
    """Yield how branches behind a loop go that hold the same two numbers against each other as its end."""
    own, within = body.reads(row), inside(body, header)
    for other in range(body.rows if len(own) == 2 else 0):
        name = body.opcode(other)
        if name not in _REACHED or body.block(other) in within or not _alike(body, own, body.reads(other)):
            continue
        yield (other, True), Truth.YES if _REACHED[name] == match else Truth.NO
        yield (other, False), Truth.NO if _REACHED[name] == match else Truth.YES


_REACHED = {"if-eq": True, "if-ne": False}
"""Whether a test holds where a counter has come to its end."""


def _alike(body: Body, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Return whether two pairs are the same values: one the very same, the other the same or asked in the same way."""
    for a, b in (other, other[::-1]):
        if one[0] == a and _same(body, one[1], b):
            return True
        if one[1] == b and _same(body, one[0], a):
            return True
    return False


def _same(body: Body, one: int, other: int) -> bool:
    if one == other:
        return True
    calls = [body.call(row) for value in (one, other) if (row := _made(body, value)) is not None]
    if len(calls) < 2 or calls[0] is None or calls[1] is None:
        return False
    return (calls[0].owner, calls[0].name, calls[0].arguments) == (calls[1].owner, calls[1].name, calls[1].arguments)


def _made(body: Body, value: int) -> int | None:
    """Return the call that gives a value."""
    row = body.row_of(value)
    return None if row is None else body.producer(row)
